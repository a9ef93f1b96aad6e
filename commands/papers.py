"""The inspection office's commands: the documents to hand in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from commands.terminal import say, speak_plainly
from office import documents
from warehouse.home import Home


@click.command()
@click.argument("document", type=click.Choice(list(documents.KINDS)))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="写到哪个文件")
@click.option("--school-year", type=int, help="学年，2024 即 2024—2025 学年；不写即最近一年")
@click.option("--standard", help="标准代码，例如 national_2017；不写即该学年的标准")
@click.option("--template", type=click.Path(path_type=Path), help="自评报告的 Word 模板")
@click.option("--schools", default=8, show_default=True, type=click.IntRange(1), help="模拟抽查几所学校")
@click.option("--seed", default=1, show_default=True, help="模拟抽查的随机种子，同一种子抽出的学校相同")
@click.option("--draw", default=1, show_default=True, type=click.IntRange(1), help="第几次抽取，不重复抽")
@click.option("--pdf", "with_pdf", is_flag=True, help="同时生成 PDF（需要 LibreOffice）")
@click.pass_obj
@speak_plainly
def export(home: Home, document: str, out: Path, **wanted: Any) -> None:
    """导出迎检材料，逐个数字与快照核对 / export a document, every figure checked against the snapshot."""
    wish = documents.Wish(
        document,
        year=wanted["school_year"],
        standard=wanted["standard"],
        template=wanted["template"],
        with_pdf=wanted["with_pdf"],
        **{name: wanted[name] for name in ("schools", "seed", "draw")},
    )
    files, made = documents.write(home, wish, out)
    for path in files:
        click.echo(path)
    if made.figures:
        say(
            f"{made.figures} 个数字与快照 {made.basis.snapshot_id} 核对一致。",
            f"{made.figures} figures agree with snapshot {made.basis.snapshot_id}.",
        )
    else:
        say("这份材料没有取自快照的数字，不需要核对。", "No figure of this document is the snapshot's.")


COMMANDS = (export,)
