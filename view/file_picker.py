"""Our words over the file picker's own, which are English only."""

from __future__ import annotations

from view import frame
from view.texts import _


def words() -> None:
    """Put the drop zone and its button into the reader's language."""
    drop = _("把文件拖到这里，或点按钮选择")
    browse = _("选择文件")
    frame.html(
        "<style>[data-testid=stFileUploaderDropzoneInstructions]>*{display:none}"
        f"[data-testid=stFileUploaderDropzoneInstructions]::before{{content:'{drop}';color:var(--soft)}}"
        "[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer] p{display:none}"
        "[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer]::after"
        f"{{content:'{browse}'}}</style>"
    )
