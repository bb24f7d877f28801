"""The components as they stand in a page."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

from utfall.portal.access import Slice
from utfall.portal.look.charts import Chart, Series
from utfall.portal.look.states import KINDS, ROLES, STATES


def rendered(template: str, query: str = "", **told: Any) -> str:
    request = RequestFactory().get("/acme/partners/" + query)
    request.user = SimpleNamespace(is_authenticated=False)  # type: ignore[assignment]
    made: str = engines["django"].from_string(template).render(told, request)
    return made


def test_a_state_is_a_colour_an_icon_and_a_word() -> None:
    told = rendered("{% status 'active' %}")
    assert ("state-good" in told, "#circle-check" in told, "Active" in told) == (True, True, True)
    assert all(state.words and state.icon for state in STATES.values())
    assert "peculiar" in rendered("{% status 'peculiar' %}"), "an unknown state is told, not hidden"


def test_every_kind_and_role_has_words() -> None:
    assert all(str(words) for words in (*KINDS.values(), *ROLES.values()))


def test_what_people_wrote_is_escaped_everywhere() -> None:
    bad = "<script>alert(1)</script>"
    chart = Chart(title=bad, labels=[bad], series=[Series(bad, [1])])
    told = rendered(
        "{% avatar bad %}{% code bad 'HTML' %}{% copyable bad %}{% term bad bad %}{% badge bad %}"
        "{% copyable bad shown=bad %}"
        "{% text_diff bad other %}{% diff before after %}{% chart chart %}{% kpi bad bad %}"
        "{% card title=bad %}{{ bad }}{% endcard %}{% empty title=bad text=bad %}{% endempty %}",
        bad=bad,
        other=bad + " more",
        before={"x": bad},
        after={"x": "y"},
        chart=chart,
    )
    assert "<script>alert" not in told
    assert "\\u003cscript>alert" in told, "a script element of data cannot be left either"


def test_what_is_copied_may_be_shown_otherwise() -> None:
    told = rendered("{% copyable 'SE4550' shown='SE45 50' %}")
    assert 'data-copied="SE4550"' in told
    assert ">SE45 50</code>" in told
    assert "data-copied" not in rendered("{% copyable 'SE4550' %}")


def test_a_difference_shows_only_what_changed() -> None:
    told = rendered("{% diff a b names %}", a={"x": 1, "y": 2}, b={"x": 1, "y": 3}, names={"y": "Window"})
    assert "Window" in told
    assert "<del>2</del>" in told
    assert "<ins>3</ins>" in told
    assert told.count("<tr>") == 2
    assert "Nothing differs" in rendered("{% diff a a %}", a={"x": 1})
    money = rendered(
        "{% diff none b %}", none=None, b={"total": {"micros": 3_038_750_000, "currency": "SEK"}}
    )
    assert "3,038.75" in money
    assert "micros" not in money


def test_a_list_goes_on_from_its_cursor_and_keeps_its_filters() -> None:
    told = rendered("{% pager page target='#rows' %}", "?q=fjall&after=90", page=Slice([], 40))
    assert "?q=fjall&amp;after=40" in told
    assert 'href="/acme/partners/?q=fjall"' in told, "the way back to the beginning"
    assert rendered("{% pager page %}", page=Slice([])).strip() == ""


def test_a_column_sorts_up_and_then_down() -> None:
    assert "?sort=name" in rendered("{% sort_link 'name' 'Name' %}")
    down = rendered("{% sort_link 'name' 'Name' %}", "?sort=name&after=7")
    assert "?sort=-name" in down
    assert "after" not in down


@pytest.mark.parametrize(("state", "asks"), [("running", True), ("done", False), ("failed", False)])
def test_progress_asks_again_until_the_task_is_over(state: str, asks: bool) -> None:
    task = SimpleNamespace(state=state, done=42, total=90, said="Day 42", error="It broke.")
    told = rendered("{% progress task '/task' %}", task=task)
    assert ('hx-get="/task"' in told) == asks
    assert 'aria-live="polite"' in told
    assert ("It broke." in told) == (state == "failed")


def test_a_chart_is_a_table_too_and_the_unknown_is_no_zero() -> None:
    chart = Chart(title="Sales", labels=["1 nov", "2 nov"], series=[Series("Sales", [4, None])])
    told = rendered("{% chart chart %}", chart=chart)
    assert '<td class="number">4</td>' in told
    assert '<td class="number">–</td>' in told
    assert '"values": [4, null]' in told


def test_a_share_beyond_the_whole_says_so() -> None:
    told = rendered("{% bar 1200 1000 'of the cap' %}{% bar 5 0 %}")
    assert "120%" in told
    assert "inline-size:100.00%" in told
    assert "share-bad" in told
