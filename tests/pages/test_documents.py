"""The page that makes documents: what each holds, the check, the schools drawn."""

from __future__ import annotations

import pytest

from tests.pages.conftest import Open, words


@pytest.mark.parametrize(
    ("lang", "said", "press", "checked"),
    [
        (
            "zh",
            ("6 种材料可以导出，数字都出自快照", "整改台账", "抽到 8 所", "河口初级中学"),
            "生成",
            "● 已核对：60 个数字与快照一致",
        ),
        (
            "en",
            ("6 documents can be exported", "Rectification ledger", "8 schools drawn", "河口初级中学"),
            "Make",
            "● Checked: 60 figures agree with the snapshot",
        ),
    ],
)
def test_document_is_made_checked_and_offered(
    open_page: Open, lang: str, said, press: str, checked: str
) -> None:
    page = open_page("documents", lang=lang)
    shown = words(page)
    assert [one for one in said if one not in shown] == []
    button = next(one for one in page.button if one.key == "make_ledger")
    assert button.label == press
    made = button.click().run()
    assert not made.exception
    assert checked in words(made)
    assert [one.proto.label for one in made.get("download_button")] == [
        f"{'下载' if lang == 'zh' else 'Download'} xlsx"
    ]


def test_same_seed_draws_the_same_schools_and_the_next_draw_others(open_page: Open) -> None:
    def drawn(page) -> list[str]:
        return [one.label.split(" · ")[0] for one in page.expander]

    page = open_page("documents")
    page.number_input(key="draw_schools").set_value(5).run()
    first = drawn(page)
    assert first == drawn(open_page("documents").number_input(key="draw_schools").set_value(5).run())
    second = drawn(page.number_input(key="draw_times").set_value(2).run())
    assert len(first) == len(second) == 5
    assert set(first) != set(second)
