"""What does each indicator mean, how is it computed, and who says so?"""

import streamlit as st

from view import controls, frame, glossary, parameters, tables
from view.texts import _
from warehouse import read, read_inspection, records

pick = controls.current()
coefficients = read.balance(pick.snapshot, pick.standard, pick.year).to_dicts()
frame.header(pick, _("指标说明"), glossary.summary(pick, coefficients))
text = glossary.search()

known = pick.names.indicators_of(pick.standard, pick.stage)
codes = [row["indicator_code"] for row in glossary.found(known, text)]
examples = glossary.found(records.examples(pick.snapshot).to_dicts(), text)
terms = glossary.found(records.terms(pick.snapshot).to_dicts(), text)
items = glossary.found(read_inspection.asked(pick.snapshot).to_dicts(), text)
rules = records.rules(pick.snapshot)
listed = [row["rule_code"] for row in glossary.found(rules.to_dicts(), text)]
rules = rules.filter(rules["rule_code"].is_in(listed))
opened = st.query_params.get("indicator", "")

if codes:
    frame.section(_("指标与标准"), _("点指标名称看底线、限值和算例"))
    glossary.indicator_table(pick, codes, opened)
if opened in codes:
    glossary.opened(pick, opened, examples)
glossary.items(items, pick)
glossary.terms(terms, pick)
glossary.examples(examples, pick)
if not text:
    parameters.draw(records.parameters(pick.snapshot), pick.names)
if listed:
    frame.section(_("数据检查"), _("共 {n} 条；错误的行不入库，提示的照常计算", n=len(listed)))
    tables.table(rules, glossary.rule_columns(), pick.names, key="rules")
if not (codes or items or terms or examples or listed):
    st.info(_("没有找到“{text}”。换一个词，或清空查找框看全部。", text=text))
frame.source(pick, sources=read.sources(pick.snapshot))
