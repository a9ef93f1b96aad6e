"""Pages run as a reader opens them: through app.py, with their choices in the address."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT
from tests.published import golden_home
from view import texts

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Return a function that opens a page of the golden county: open_page("overview", lang="en")."""
    monkeypatch.chdir(ROOT)

    def opened(page: str, home: Path | None = None, **ids: str) -> AppTest:
        monkeypatch.setenv("JUNHENG_HOME", str(home or golden_home().root))
        # Widgets are read back in this thread too: it has to speak the page's language.
        texts.use(ids.get("lang", "zh"))
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        for key, value in ids.items():
            test.query_params[key] = value
        test.run()
        if page not in {"overview", "welcome"}:
            test.switch_page(f"pages/{page}.py").run()
        assert not test.exception, test.exception
        return test

    return opened


def words(test: AppTest) -> str:
    """Return every word a page shows, without mark-up: its HTML, its own blocks and its buttons."""
    parts = [node.proto.body for node in test.main if node.type == "html"]
    parts += [json.loads(node.proto.json).get("html", "") for node in test.get("bidi_component")]
    parts += [node.proto.label for node in test.get("download_button")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", " ".join(parts))))
