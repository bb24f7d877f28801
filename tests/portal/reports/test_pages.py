"""Reports in a browser: put together, narrowed, kept, sent, taken along."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.portal.conftest import ClientOf
from tests.portal.market import MARKER, Tenant, TwoTenants
from tests.portal.reports import measured
from utfall.portal.access import Role
from utfall.portal.reports.models import ReportFile, SavedReport, Schedule

ASKED = {"m": ["clicks", "revenue", "cvr"], "by": ["day", "program"], "days": "last_7", "against": "period"}


def signed_in(client_of: ClientOf, tenant: Tenant, role: Role = Role.OWNER) -> Client:
    return client_of(tenant.users[role])


def text_of(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())  # type: ignore[attr-defined]


def test_the_first_page_offers_reports_to_begin_with(busy: TwoTenants, client_of: ClientOf) -> None:
    answer = signed_in(client_of, busy.a.advertiser).get(f"/{busy.a.advertiser.slug}/reports/")
    assert answer.status_code == 200
    assert "Day by day" in text_of(answer)


def test_before_the_first_click_it_says_so(market: TwoTenants, client_of: ClientOf) -> None:
    measured.empty()
    client = signed_in(client_of, market.a.advertiser)
    assert "Nothing has been measured yet" in text_of(client.get(f"/{market.a.advertiser.slug}/reports/"))
    answer = client.get(f"/{market.a.advertiser.slug}/reports/", ASKED)
    assert answer.status_code == 409
    assert "Nothing has been measured yet" in text_of(answer)


def test_a_report_shows_its_rows_its_totals_and_what_metrics_mean(
    busy: TwoTenants, client_of: ClientOf
) -> None:
    client = signed_in(client_of, busy.a.advertiser)
    answer = client.get(f"/{busy.a.advertiser.slug}/reports/", ASKED)
    text = text_of(answer)
    assert answer.status_code == 200
    assert "Total 6" in text
    assert "Valid clicks; robots" in text
    assert MARKER not in text


def test_a_dimension_goes_across(busy: TwoTenants, client_of: ClientOf) -> None:
    asked = {"m": ["clicks"], "by": ["publisher"], "pivot": "day", "days": "last_7"}
    answer = signed_in(client_of, busy.operator).get(f"/{busy.operator.slug}/reports/", asked)
    assert answer.status_code == 200
    assert answer.content.decode().count("<small>") >= 3


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"m": ["clicks"], "days": "custom"}, "from which day"),
        ({"m": ["clicks"], "days": "custom", "from": "2026-02-02", "to": "2026-02-01"}, "Swap them"),
        ({"m": ["clicks"], "where": "program", "is": "nobody"}, "Nothing is called"),
        ({"m": ["clicsk"]}, "Did you mean clicks"),
    ],
)
def test_what_cannot_be_asked_is_said_and_can_be_mended(
    busy: TwoTenants, client_of: ClientOf, asked: dict[str, str | list[str]], says: str
) -> None:
    client = signed_in(client_of, busy.a.advertiser)
    answer = client.get(f"/{busy.a.advertiser.slug}/reports/", asked)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "Make the report" in text_of(answer)


def test_the_single_events_are_the_callers_own(busy: TwoTenants, client_of: ClientOf) -> None:
    for side in (busy.a, busy.b):
        client = signed_in(client_of, side.publisher)
        answer = client.get(f"/{side.publisher.slug}/reports/events/", {"m": ["clicks"], "days": "last_7"})
        rows = answer.content.decode().count('<th scope="row">')
        assert rows == {busy.a.publisher.slug: 12, busy.b.publisher.slug: 18}[side.publisher.slug]
        assert "Cost" not in text_of(answer)


def test_a_report_is_kept_shared_sent_and_removed(busy: TwoTenants, client_of: ClientOf) -> None:
    slug = busy.a.advertiser.slug
    client = signed_in(client_of, busy.a.advertiser)
    client.post(f"/{slug}/reports/save/", {**ASKED, "name": "Mornings"})
    kept = SavedReport.objects.system().get()
    page = f"/{slug}/reports/saved/{kept.pk}/"
    colleague = signed_in(client_of, busy.a.advertiser, Role.VIEWER)
    assert colleague.get(page).status_code == 404
    client.post(f"{page}change/", {"name": "Every morning", "shared": "on"})
    assert "Every morning" in text_of(colleague.get(page))
    assert colleague.post(f"{page}remove/").status_code == 403
    client.post(f"{page}schedule/", {"rhythm": "daily", "hour": "6", "zone": "Europe/Oslo"})
    sent = Schedule.objects.system().get()
    assert (sent.hour, sent.zone) == (6, "Europe/Oslo")
    client.post(f"{page}remove/")
    assert not SavedReport.objects.system().exists()
    assert not Schedule.objects.system().exists()


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_file_is_made_as_work_and_fetched_by_nobody_else(
    busy: TwoTenants, client_of: ClientOf, form: str
) -> None:
    from utfall.portal.work.running import do_next

    slug = busy.a.advertiser.slug
    client = signed_in(client_of, busy.a.advertiser)
    answer = client.post(f"/{slug}/reports/files/make/", {**ASKED, "form": form, "name": "=mine"})
    while do_next():
        pass
    made = ReportFile.objects.system().get()
    assert client.get(answer.headers["Location"]).status_code == 200
    sent = client.get(f"/{slug}/reports/files/{made.pk}/fetch/")
    content = b"".join(sent.streaming_content)  # type: ignore[attr-defined]
    sent.close()
    assert len(content) == made.bytes > 0
    assert made.rows == 3
    other = signed_in(client_of, busy.a.advertiser, Role.MANAGER)
    assert other.get(f"/{slug}/reports/files/{made.pk}/fetch/").status_code == 404
    place = Path(made.token)
    assert place.name == made.token
