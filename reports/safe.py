"""Text that came from outside: it must not run where a document is opened, nor break its file."""

from __future__ import annotations

import re

STARTS = ("=", "+", "-", "@", "\t", "\r")
BROKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def plain(text: object) -> str:
    """Return a text with an apostrophe before what a spreadsheet might run, without control characters.

    A lone sign, as forms write for “none”, runs nothing and stays.
    """
    shown = "" if text is None else BROKEN.sub(" ", str(text))
    return f"'{shown}" if shown.startswith(STARTS) and len(shown.strip()) > 1 else shown
