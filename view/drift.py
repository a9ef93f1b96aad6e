"""What has changed since a snapshot was last sealed as submitted, in one line."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from view import compared, links
from view.controls import Pick
from view.texts import _, language

FLIPS = ("verdicts", "county_verdicts", "coefficients", "items")


def line(sealed: Any, pick: Pick, compare: Callable[[str, str, str], Any], refusal: type[Exception]) -> None:
    """Draw the grade of the change since the seal and what flips; nothing before the first seal.

    `sealed` is the snapshot sealed last; `refusal` is what `compare` raises when the two cannot be compared.
    """
    if sealed is None or sealed.id == pick.snapshot_id:
        return
    title = _("自封存“{label}”以来", label=sealed.seal.get("label", ""))
    try:
        said = _said(compare(sealed.id, pick.snapshot_id, language()))
    except refusal as refused:
        said = refused.message(language())  # type: ignore[attr-defined]
    way = links.link(_("逐条看"), "data", part="published")
    text = f"<b>{escape(title)}</b>{_('：')}{escape(said)} {way}"
    links.block(f'<div class="note">{text}</div>', key="drift")


def _said(comparison: Any) -> str:
    """Return the grade with its shape, then how many verdicts flip."""
    flips = [
        _("{title} {n}", title=part.title, n=len(part.lines))
        for part in comparison.sections
        if part.name in FLIPS
    ]
    shape = compared.SHAPES.get(comparison.grade, "")
    return " · ".join([f"{shape} {comparison.words}", *(flips or [_("没有判定翻转")])])
