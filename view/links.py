"""Blocks of our own HTML whose links open pages without loading the application again.

A link keeps its real address, so it can be copied, opened in a new tab and printed; a plain click is
caught and turned into a change of page inside the session.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from html import escape
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from view.texts import language

SCRIPT = """
export default function ({ parentElement, data, setTriggerValue }) {
  let root = parentElement.querySelector('.jh');
  if (!root) {
    root = document.createElement('div');
    parentElement.appendChild(root);
  }
  root.className = 'jh ' + (data.look || '');
  if (root.source !== data.html) { root.innerHTML = data.html; root.source = data.html; }
  root.onclick = (event) => {
    const head = event.target.closest('th[data-sort]');
    if (head) return sort(head);
    const link = event.target.closest('a[data-page]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    setTriggerValue('go', { page: link.dataset.page, query: link.search.slice(1) });
  };
  root.onkeydown = (event) => {
    const head = event.target.closest('th[data-sort]');
    if (head && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); sort(head); }
  };
}
function sort(head) {
  const place = [...head.parentElement.children].indexOf(head);
  const body = head.closest('table').tBodies[0];
  const up = head.getAttribute('aria-sort') === 'descending';
  const key = (row) => row.children[place].dataset.v ?? row.children[place].textContent;
  const rows = [...body.rows].sort((first, second) => {
    const a = key(first), b = key(second);
    if (a === '' || b === '') return (a === '') - (b === '');
    const order = head.dataset.sort === 'number' ? a - b : a.localeCompare(b, 'zh');
    return up ? order : -order;
  });
  head.parentElement.querySelectorAll('[aria-sort]').forEach((other) => other.removeAttribute('aria-sort'));
  head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
  body.append(...rows);
}
"""
CHOSEN = ("school", "indicator", "group", "consortium", "exam", "grade", "subject", "item", "todo")
KEPT = ("lang", "year", "stage", "standard", *CHOSEN)

_choices: ContextVar[Mapping[str, str]] = ContextVar("choices", default=MappingProxyType({}))
_block = st.components.v2.component("junheng_block", js=SCRIPT, isolate_styles=False)


def note_address() -> None:
    """Remember the present choices for this run's links: asking the address for each link would be slow."""
    _choices.set({key: st.query_params[key] for key in KEPT if key in st.query_params})


def href(page: str, **ids: object) -> str:
    """Return the address of a page with the present choices, `ids` put over them."""
    kept = dict(_choices.get()) | {key: str(value) for key, value in ids.items() if value is not None}
    return f"{page}?{urlencode(kept)}"


def link(text: str, page: str, **ids: object) -> str:
    """Return an anchor to a page of ours; `text` is plain and gets escaped."""
    return f'<a data-page="{escape(page)}" href="{escape(href(page, **ids))}">{escape(text)}</a>'


def _go(key: str) -> None:
    wish = (st.session_state.get(key) or {}).get("go")
    if wish:
        st.session_state["go"] = (wish["page"], dict(parse_qsl(wish["query"])))


def block(html: str, key: str, look: str = "") -> None:
    """Draw our own HTML with working links; `key` is unique on the page, `look` a class of the sheet."""
    _block(key=key, data={"html": html, "look": f"{look} {language()}"}, on_go_change=lambda: _go(key))


def wish() -> tuple[str, dict[str, str]] | None:
    """Return the page and ids a clicked link asked for, once."""
    return st.session_state.pop("go", None)
