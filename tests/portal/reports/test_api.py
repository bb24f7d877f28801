"""Reports by API, with a key."""

from tests.portal.conftest import ClientOf
from tests.portal.market import Tenant, TwoTenants
from utfall.portal.access import Permission
from utfall.portal.people import facade as people


def header(tenant: Tenant) -> dict[str, str]:
    key = people.create_key(tenant.caller(), "reports", [Permission.LOOK])
    return {"authorization": f"Bearer {key.secret}"}


def test_a_report_is_asked_for_and_answered_in_micros(busy: TwoTenants, client_of: ClientOf) -> None:
    client = client_of(**header(busy.a.advertiser))
    body = {"metrics": ["clicks", "cost"], "by": ["day"], "order": ["day"]}
    told = client.post("/api/v1/reports", body, "application/json").json()
    assert [row["clicks"] for row in told["rows"]] == [2, 2, 2]
    assert told["totals"][0]["cost"] == 3 * (11_000_000 + 2 * 2_200_000)
    assert told["shipped"] == 3


def test_what_stands_in_a_pages_address_can_be_asked_for(busy: TwoTenants, client_of: ClientOf) -> None:
    client = client_of(**header(busy.a.advertiser))
    asked = "m=clicks&m=cost&by=day&days=last_7&where=publisher&is={}&order=-day&rows=2"
    told = client.get(f"/api/v1/reports?{asked.format(busy.a.publisher.number)}").json()
    assert [row["clicks"] for row in told["rows"]] == [2, 2]
    assert told["rows"][0]["day"] > told["rows"][1]["day"]
    assert client.get(f"/api/v1/reports?{asked.format(busy.b.publisher.number)}").json()["rows"] == []
    assert client.get("/api/v1/reports?by=day").status_code == 422


def test_many_questions_have_one_answer_each(busy: TwoTenants, client_of: ClientOf) -> None:
    client = client_of(**header(busy.a.publisher))
    body = {"queries": [{"metrics": ["clicks"]}, {"metrics": ["clicks"], "by": ["device"]}]}
    told = client.post("/api/v1/reports/many", body, "application/json").json()
    assert [sum(row["clicks"] for row in one["rows"]) for one in told] == [6, 6]


def test_a_refusal_names_its_reason(busy: TwoTenants, client_of: ClientOf) -> None:
    client = client_of(**header(busy.a.publisher))
    answer = client.post("/api/v1/reports", {"metrics": ["cost"]}, "application/json")
    assert answer.status_code == 422
    assert "not_in_scope" in answer.content.decode()


def test_a_report_is_kept_changed_and_removed(busy: TwoTenants, client_of: ClientOf) -> None:
    client = client_of(**header(busy.a.advertiser))
    report = {"metrics": ["clicks"], "by": ["program"], "days": "last_7"}
    kept = client.post("/api/v1/reports/saved", {"name": "One", "report": report}, "application/json").json()
    path = f"/api/v1/reports/saved/{kept['id']}"
    client.put(path, {"name": "Two", "report": report, "shared": True}, "application/json")
    assert client.get(path).json()["name"] == "Two"
    assert [one["name"] for one in client.get("/api/v1/reports/saved").json()["items"]] == ["Two"]
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


def test_a_file_is_made_and_fetched(busy: TwoTenants, client_of: ClientOf) -> None:
    from utfall.portal.work.running import do_next

    client = client_of(**header(busy.a.advertiser))
    body = {"report": {"metrics": ["clicks"], "by": ["day"]}, "form": "csv"}
    made = client.post("/api/v1/reports/files", body, "application/json").json()
    while do_next():
        pass
    told = client.get(f"/api/v1/reports/files/{made['id']}").json()
    sent = client.get(f"/api/v1/reports/files/{made['id']}/content")
    assert len(b"".join(sent.streaming_content)) == told["bytes"]  # type: ignore[attr-defined]
    sent.close()


def test_events_metrics_and_dimensions_are_told(busy: TwoTenants, client_of: ClientOf) -> None:
    client = client_of(**header(busy.a.advertiser))
    body = {"report": {"metrics": ["clicks"], "days": "last_7"}, "limit": 5}
    assert len(client.post("/api/v1/reports/events", body, "application/json").json()) == 5
    assert {"clicks", "cost"} <= {one["name"] for one in client.get("/api/v1/reports/metrics").json()}
    assert {"day", "program"} <= {one["name"] for one in client.get("/api/v1/reports/dimensions").json()}
