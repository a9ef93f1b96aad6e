"""PDF by LibreOffice, where the machine has it: no window, a profile of its own, and a limit of time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from warehouse.errors import JunhengError

NAMES = ("soffice", "libreoffice")
PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
LIMIT_SECONDS = 240


def libreoffice() -> str | None:
    """Return where LibreOffice is, or None."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((place for place in PLACES if Path(place).exists()), None)


def pdf(content: bytes, suffix: str) -> bytes:
    """Return a document as PDF; JunhengError in plain words when it cannot be made here."""
    program = libreoffice()
    if program is None:
        raise JunhengError(
            "这台电脑没有 LibreOffice，不能直接生成 PDF。"
            "请安装 LibreOffice 后再试，或打开已导出的文件另存为 PDF。",
            "LibreOffice is not installed here, so no PDF can be made. Install it, or open the exported file "
            "and save it as PDF.",
        )
    with tempfile.TemporaryDirectory(prefix="junheng-pdf-") as folder:
        return _converted(program, content, suffix, Path(folder))


def _converted(program: str, content: bytes, suffix: str, folder: Path) -> bytes:
    source = folder / f"document{suffix}"
    source.write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
    ]
    try:
        subprocess.run(
            [*command, "--outdir", str(folder), str(source)],
            capture_output=True,
            timeout=LIMIT_SECONDS,
            check=True,
            env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
        )
        return source.with_suffix(".pdf").read_bytes()
    except (OSError, subprocess.SubprocessError) as error:
        raise JunhengError(
            "LibreOffice 没能转成 PDF（可能超时或安装不完整）。"
            "Word、Excel 文件不受影响，可打开后另存为 PDF。",
            "LibreOffice could not make the PDF (too slow, or not fully installed). "
            "The Word or Excel file is not affected: open it and save it as PDF.",
        ) from error


def pages_of_headings(content: bytes) -> list[int]:
    """Return on which page each heading of a PDF of ours stands, in their order."""
    text = content.decode("latin-1")
    kids = re.search(r"/Kids\s*\[([^\]]*)\]", text)
    pages = re.findall(r"(\d+) 0 R", kids[1]) if kids else []
    marks = re.findall(r"/Title\s*[<(].*?/Dest\s*\[(\d+) 0 R", text, re.DOTALL)
    return [pages.index(mark) + 1 for mark in marks if mark in pages]
