"""What the workspace will not do, said in both languages; `office` passes it on to pages and commands."""

from __future__ import annotations


class RefusedError(Exception):
    """A sentence that the reader can act on; `exit_code` is the command line's."""

    def __init__(self, message_zh: str, message_en: str, exit_code: int = 1) -> None:
        super().__init__(message_zh)
        self.message_zh = message_zh
        self.message_en = message_en
        self.exit_code = exit_code
        self.about: int | None = None
        """The number of the ledger entry that was refused, where there is one."""
