"""The one exception whose text a reader may see."""


class JunhengError(Exception):
    """Something the reader can act on, said in both languages.

    `exit_code` follows the command line's contract: 1 the data was refused or a test failed,
    2 wrong usage or no such path.
    """

    def __init__(self, message_zh: str, message_en: str, exit_code: int = 1) -> None:
        super().__init__(message_zh)
        self.message_zh = message_zh
        self.message_en = message_en
        self.exit_code = exit_code

    def message(self, language: str = "zh") -> str:
        """Return the sentence in `language` (`zh` or `en`)."""
        return self.message_en if language == "en" else self.message_zh
