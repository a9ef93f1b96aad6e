"""What a plan cannot do, said in both languages."""

from __future__ import annotations


class ImpossibleChangeError(Exception):
    """A change that this county cannot make."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message_zh = message_zh
        self.message_en = message_en

    def at(self, number: int) -> ImpossibleChangeError:
        """Return the same refusal with the place of the change in its scenario."""
        return ImpossibleChangeError(
            f"第 {number} 步：{self.message_zh}", f"Step {number}: {self.message_en}"
        )
