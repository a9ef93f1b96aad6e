"""The dashboard's server: Streamlit, told before its first visitor that the pages are those `app.py` names.

Streamlit takes a folder `pages/` for its own menu until an app has called `st.navigation` once; the first
reader would see file names for a menu, and a link to a page would run that page alone.
"""

from __future__ import annotations

import sys

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli


def main() -> None:
    """Serve `app.py`; arguments are Streamlit's own (`--server.port=…`)."""
    PagesManager.uses_pages_directory = False
    sys.argv = ["streamlit", "run", "app.py", *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
