"""What is published, what is still owed or in question, and how do new files get in?"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from view import (
    controls,
    data_page,
    findings_panel,
    frame,
    import_panel,
    mapping_panel,
    refresh_panel,
    snapshots_panel,
)
from view.texts import _
from warehouse import actions, read, records
from warehouse.errors import JunhengError
from warehouse.home import open_home

controls.entered()
home = open_home()
published = actions.current(home)


def take(tray: import_panel.Tray, dry_run: bool, progress: Callable[[str], None]) -> actions.ImportReport:
    """Import the chosen files, or only check them."""
    return actions.import_uploads(
        home, tray.uploads, school_year=tray.year, partial=tray.partial, dry_run=dry_run, progress=progress
    )


def attempt(tray: import_panel.Tray, progress: Callable[[str], None]) -> actions.Trial:
    """Work out on a copy what importing the chosen files would change."""
    return actions.try_uploads(
        home, tray.uploads, school_year=tray.year, partial=tray.partial, progress=progress
    )


compare = partial(actions.compare, home)
refresh = partial(actions.refresh, home)
doings = import_panel.Doings(
    take,
    attempt,
    actions.comparison,
    actions.count_uploads,
    actions.template_archive,
    mapping_panel.Matching(
        partial(actions.suggest_uploads, home), partial(actions.remember, home), JunhengError
    ),
    refresh_panel.Refreshing(published.id if published else None, refresh, compare, JunhengError),
    JunhengError,
)
seal, roll_back = partial(actions.seal, home), partial(actions.rollback, home)
last_sealed, seals = partial(actions.last_sealed, home), partial(actions.listed_seals, home)
keeping = snapshots_panel.Keeping(compare, seal, roll_back, last_sealed, seals, JunhengError)
if published is None:
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
    sent_back = findings_panel.SentBack(actions.findings_workbook, actions.findings_archive)
    findings_panel.draw(issues, pick, sent_back)
elif part == "published":
    data_page.published(records.source_sheets(pick.snapshot), pick)
    snapshots_panel.draw(actions.history(home), pick, keeping)
else:
    import_panel.draw(doings, pick.names)
frame.source(pick, sources=read.sources(pick.snapshot))
