"""What a file is by its first bytes, and a name for it that no system reads as anything but a name."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from pathlib import PurePosixPath

from workspace.refusals import RefusedError

SIGNATURES = {
    "pdf": (b"%PDF-",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "pptx": (b"PK\x03\x04",),
}
"""How each type begins; a type that is not here cannot be allowed, whatever the settings say."""

PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
MACROS = "vbaproject.bin"
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
LONGEST_NAME = 100


def checked(name: str, content: bytes, allowed: tuple[str, ...], max_bytes: int) -> tuple[str, str]:
    """Return a file's safe name and type; RefusedError when size, type or content will not do."""
    safe = safe_name(name)
    kind = safe.rpartition(".")[2].lower() if "." in safe else ""
    if not content:
        raise RefusedError(f"“{safe}”是空文件，没有保存。", f"“{safe}” is empty; it was not kept.")
    if len(content) > max_bytes:
        raise RefusedError(
            f"“{safe}”有 {len(content) / 1e6:.1f} MB，超过上限 {max_bytes / 1e6:g} MB。请压缩或拆分后再传。",
            f"“{safe}” has {len(content) / 1e6:.1f} MB; the limit is {max_bytes / 1e6:g} MB. Split it.",
        )
    if kind not in allowed or kind not in SIGNATURES:
        known = "、".join(name for name in allowed if name in SIGNATURES)
        raise RefusedError(
            f"“{safe}”的类型不能作为佐证。请另存为：{known}。",
            f"“{safe}” is of a type that is not taken. Save it as one of: {known}.",
        )
    if not _is_what_it_says(kind, content):
        raise RefusedError(
            f"“{safe}”的内容不是 {kind}，或带有宏。请用原来的软件另存为 {kind} 再传。",
            f"“{safe}” is no {kind} inside, or carries macros. Save it as {kind} again.",
        )
    return safe, kind


def _is_what_it_says(kind: str, content: bytes) -> bool:
    if not content.startswith(SIGNATURES[kind]):
        return False
    if kind not in PARTS:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return False
    return PARTS[kind] in names and not any(name.endswith(MACROS) for name in names)


def safe_name(name: str) -> str:
    """Return the last part of a name without what any system gives a meaning to."""
    text = unicodedata.normalize("NFC", name.replace("\\", "/"))
    plain = "".join(
        "_" if letter in '<>:"|?*' else letter
        for letter in PurePosixPath(text).name
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    stem, dot, kind = plain.strip(" .").rpartition(".")
    stem, kind = (stem.strip(" ."), kind) if dot else (kind, "")
    if not stem or RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem[:LONGEST_NAME]}.{kind[:10]}" if kind else stem[:LONGEST_NAME]
