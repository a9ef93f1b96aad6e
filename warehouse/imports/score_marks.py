"""What a cell of scores says where it is no number: absent, void or nought, alone or beside a remark."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

_AROUND = "[]【】\"“”'。,，;；"
_MINUS = r"^[−–—‐‑﹣](\d)"
_IDLE_POINT = r"^(\d+)。(\d)"
_REMARK = r"\(([^()]*)\)?"
_NOUGHTS = r"^按|^[0零](?:\.0+)?分?|(?:[记计按作]?[0零](?:\.0+)?分?(?:处理|计算|计)?)$"


def cleaned(text: pl.Expr) -> pl.Expr:
    """Return cells in half width and upper case, without white space, quotation marks and 分."""
    return (
        text.str.normalize("NFKC")
        .str.replace_all(r"[\s\u00a0\u200b\u3000\ufeff]", "")
        .str.strip_chars(_AROUND)
        .str.replace(r"^\((.*)\)$", "$1")
        .str.replace(_MINUS, "-$1")
        .str.replace(_IDLE_POINT, "$1.$2")
        .str.replace(r"(\d)分$", "$1")
        .str.to_uppercase()
    )


def meaning(text: pl.Expr, marks: Mapping[str, str]) -> pl.Expr:
    """Return what a cleaned cell means by the list of marks, else null.

    缺考（病）, 0分缺考 and 0（作弊） are the word beside their remark or nought; 89（补考） is none of them.
    """
    worded = pl.when(text.str.contains(r"[^\d.+-]")).then(text)
    bare = worded.str.replace_all(_REMARK, "")
    beside = bare.str.replace_all(_NOUGHTS, "")
    remark = pl.when(beside == "").then(text.str.extract(_REMARK))
    return pl.coalesce(
        word.replace_strict(dict(marks), default=None, return_dtype=pl.String)
        for word in (text, bare, beside, remark)
    )
