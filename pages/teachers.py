"""Is the staff trained, certified and teaching what it studied, and at which schools is it not?"""

import polars as pl
import streamlit as st

from view import controls, frame, staff
from view.texts import _
from warehouse import exchanges, read

pick = controls.current()
whole = exchanges.staff(pick.snapshot, "county", exchanges.COUNTY, "all").filter(
    pl.col("school_year") == pick.year
)
if whole.is_empty():
    frame.header(
        pick,
        _("教师队伍"),
        _("这一学年没有教师名册"),
        [_("请在数据页导入教师名册；要看培训、持证、年龄和教非所学，名册里要有相应的列。")],
    )
    st.stop()
frame.header(pick, _("教师队伍"), staff.verdict(whole), staff.evidence(whole))
stages = {
    stage: exchanges.staff(pick.snapshot, "county", exchanges.COUNTY, stage).filter(
        pl.col("school_year") == pick.year
    )
    for stage in controls.STAGES
}
staff.ages(pick, stages)
staff.school_table(pick, exchanges.staff_schools(pick.snapshot, pick.year, pick.stage))
frame.source(pick, sources=read.sources(pick.snapshot))
