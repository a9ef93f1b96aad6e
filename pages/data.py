"""What is published, what is still owed or in question, and how do new files get in?"""

import streamlit as st

from view import controls, data_page, frame, import_panel
from view.texts import _
from warehouse import actions, read, records
from warehouse.errors import JunhengError
from warehouse.home import open_home

controls.entered()
controls.entered()
home = open_home()
doings = import_panel.Doings(
    upload=lambda files, year, partial: actions.import_uploads(
        home, files, school_year=year, partial=partial
    ),
    refresh=lambda progress: actions.refresh(home, progress=progress),
    templates=actions.template_archive,
    refusal=JunhengError,
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
    data_page.issues(issues, pick)
elif part == "published":
    data_page.published(records.source_sheets(pick.snapshot), pick)
    import_panel.history(actions.history(home), pick, lambda chosen: actions.rollback(home, chosen))
else:
    import_panel.draw(doings, pick.names)
frame.source(pick, sources=read.sources(pick.snapshot))
