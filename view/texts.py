"""The reader's language: sentences are written in Chinese and looked up for English."""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = {"zh": "中文", "en": "English"}
CATALOGUES = Path(__file__).parent / "locale"

_language: ContextVar[str] = ContextVar("language", default="zh")


def use(language: str) -> None:
    """Speak `language` (`zh` or `en`) for the rest of this run of the script."""
    _language.set(language)


def language() -> str:
    """Return the language spoken in this run."""
    return _language.get()


@lru_cache(maxsize=8)
def catalogue(code: str) -> dict[str, str]:
    """Return every translated sentence of a language, keyed by the Chinese one (empty for Chinese)."""
    said: dict[str, str] = {}
    for path in sorted((CATALOGUES / code / "LC_MESSAGES").glob("*.po")):
        with path.open(encoding="utf-8") as file:
            messages = read_po(file, locale=code)
        said |= {
            str(message.id): str(message.string) for message in messages if message.id and message.string
        }
    return said


def _(sentence: str, /, **values: object) -> str:
    """Return `sentence` in the reader's language, its {names} filled with `values`."""
    text = catalogue(language()).get(sentence, sentence)
    return text.format(**values) if values else text


def spoken(line: str) -> str:
    """Return a line of progress in the reader's words; what it names after the colon is looked up too."""
    head, colon, subject = line.partition("：")
    said = catalogue(language())
    return "".join(said.get(part, part) for part in (head, colon, subject))
