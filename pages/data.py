"""What is published, what is still owed or in question, and how do new files get in?"""

from collections.abc import Callable

import streamlit as st

from view import controls, data_page, frame, import_panel, mapping_panel, refresh_panel, snapshots_panel
from view.texts import _
from warehouse import actions, read, records
from warehouse.errors import JunhengError
from warehouse.home import open_home

controls.entered()
home = open_home()


def published_id() -> str | None:
    """Return the id of what is published, if anything is."""
    now = actions.current(home)
    return now.id if now else None


def compare(before: str, after: str, language: str) -> actions.Comparison:
    """Tell what changed between two snapshots."""
    return actions.compare(home, before, after, language)


def take(tray: import_panel.Tray, dry_run: bool, progress: Callable[[str], None]) -> actions.ImportReport:
    """Import the chosen files, or only check them."""
    return actions.import_uploads(
        home, tray.uploads, school_year=tray.year, partial=tray.partial, dry_run=dry_run, progress=progress
    )


doings = import_panel.Doings(
    take,
    actions.template_archive,
    mapping_panel.Matching(
        lambda uploads: actions.suggest_uploads(home, uploads),
        lambda dataset, fields: actions.remember(home, dataset, fields),
        JunhengError,
    ),
    refresh_panel.Refreshing(
        published_id, lambda progress: actions.refresh(home, progress=progress), compare, JunhengError
    ),
    JunhengError,
)
keeping = snapshots_panel.Keeping(
    compare,
    lambda chosen, label: actions.seal(home, chosen, label),
    lambda chosen: actions.rollback(home, chosen),
    actions.is_intact,
    JunhengError,
)
if actions.current(home) is None:
    frame.html(f"<h1>{_('还没有发布的数据：先导入，再刷新')}</h1>", "top")
    import_panel.draw(doings, None)
    st.stop()

pick = controls.current()
owed = records.submissions(pick.snapshot, pick.year)
issues = records.issues(pick.snapshot)
frame.header(pick, _("数据"), data_page.verdict(pick, owed, issues))
part = data_page.part(pick.names)
if part == "progress":
    data_page.progress(owed, pick)
elif part == "issues":
    data_page.issues(issues, pick, actions.findings_workbook)
elif part == "published":
    data_page.published(records.source_sheets(pick.snapshot), pick)
    snapshots_panel.draw(actions.history(home), pick, keeping)
else:
    import_panel.draw(doings, pick.names)
frame.source(pick, sources=read.sources(pick.snapshot))
