"""Who writes: nobody signs in yet, so a name is kept as it was typed and is labelled unverified."""

from __future__ import annotations

from dataclasses import dataclass

from workspace.refusals import RefusedError

LONGEST = 40
UNVERIFIED = ("未核验", "unverified")


@dataclass(frozen=True)
class Author:
    """A name, and whether a sign-in vouches for it."""

    name: str
    is_verified: bool = False


def typed(name: str | None) -> Author:
    """Return the author of a typed name; without a name nothing may be written."""
    plain = " ".join((name or "").split())
    if not plain or len(plain) > LONGEST:
        raise RefusedError(
            f"请写明姓名（不超过 {LONGEST} 个字），按所写记录。",
            f"Give a name (at most {LONGEST} characters); it is kept as typed.",
            2,
        )
    return Author(plain)


def told(name: str, language: str, *, is_verified: bool = False) -> str:
    """Return a name as readers see it: with the mark that nobody vouches for it."""
    mark = UNVERIFIED[language == "en"]
    return name if is_verified else (f"{name} ({mark})" if language == "en" else f"{name}（{mark}）")
