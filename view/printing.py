"""The button that prints the page: the style sheet leaves out the side bar and the controls."""

from __future__ import annotations

import streamlit as st

SCRIPT = """
export default function ({ parentElement, data }) {
  let button = parentElement.querySelector('button');
  if (!button) {
    button = document.createElement('button');
    button.className = 'jh-print';
    parentElement.appendChild(button);
  }
  button.textContent = data.label;
  button.onclick = () => window.print();
}
"""

_button = st.components.v2.component("junheng_print", js=SCRIPT, isolate_styles=False)


def button(label: str) -> None:
    """Draw a button that opens the browser's print window."""
    _button(key="print", data={"label": label})
