"""The one exception of this room: something the reader can mend, said in both languages."""


class UnusableError(Exception):
    """What was handed in cannot be used."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(message_zh)
        self.message_zh = message_zh
        self.message_en = message_en
