"""What the pages of partners can do, the API can."""

from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from tests.portal.programs.test_api import key_of, send

ROOT = "/api/v1"


def test_a_partnership_is_made_moved_and_ended_by_api(market: TwoTenants) -> None:
    buyer, seller = key_of(market.a.advertiser), key_of(market.a.publisher)
    program = live(market.a.advertiser.caller(), market.operator.caller())
    (offer,) = send("GET", f"{ROOT}/marketplace", seller)["items"]
    assert (offer["program"], offer["is_open"], offer["obstacles"]) == (program.id, True, [])
    asked = send(
        "POST", f"{ROOT}/applications", seller, {"program": program.id, "promotion_types": ["content"]}
    )
    rows = {
        "rows": [
            {"application": asked["application"], "verdict": "approved"},
            {"application": 999, "verdict": "approved"},
        ]
    }
    verdicts = send("POST", f"{ROOT}/applications/decide", buyer, rows)
    assert [row["status"] for row in verdicts["rows"]] == [200, 404]
    one = f"{ROOT}/partnerships/{asked['id']}"
    assert send("GET", one, seller)["state"] == "approved"
    assert len(send("GET", f"{one}/enrolments", buyer)) == 1
    assert send("POST", f"{one}/pause", buyer, {"why": "Returns"})["state"] == "paused"
    assert send("POST", f"{one}/resume", buyer)["state"] == "approved"
    assert send("POST", f"{one}/letters", buyer, {"subject": "Hello", "text": "News"})["subject"] == "Hello"
    assert len(send("GET", f"{one}/letters", seller)) == 4
    assert send("POST", f"{one}/ban", buyer, {"reason": "spam", "why": "Spam"})["state"] == "banned"
    assert send("POST", f"{one}/lift-ban", buyer, {"why": "A mistake"})["state"] == "archived"


def test_a_publisher_tells_of_itself_by_api(market: TwoTenants) -> None:
    seller, buyer = key_of(market.a.publisher), key_of(market.b.advertiser)
    told = {"headline": "Tents", "countries": ["SE"], "languages": ["sv"], "categories": ["sports"]}
    assert send("PUT", f"{ROOT}/profile", seller, told)["listed"] is True
    site = {"kind": "site", "name": "Blog", "promotion_type": "content", "url": "https://blog.example"}
    made = send("POST", f"{ROOT}/properties", seller, site)
    assert made["token"]
    assert send("POST", f"{ROOT}/properties/{made['id']}/verify", seller)["work"]
    send("DELETE", f"{ROOT}/properties/{made['id']}", seller)
    assert send("GET", f"{ROOT}/properties", seller) == []
    assert send("POST", f"{ROOT}/properties/{made['id']}/restore", seller)["archived_at"] is None
    (found,) = send("GET", f"{ROOT}/publishers?q=tents", buyer)
    assert found["name"] == market.a.publisher.name
    assert found["properties"][0]["token"] == ""


def test_an_invitation_is_answered_by_api(market: TwoTenants) -> None:
    buyer, seller = key_of(market.a.advertiser), key_of(market.a.publisher)
    program = live(market.a.advertiser.caller(), market.operator.caller())
    wanted = {"program": program.id, "publisher": market.a.publisher.number}
    invited = send("POST", f"{ROOT}/partner-invitations", buyer, wanted)
    one = f"{ROOT}/partnerships/{invited['id']}"
    assert send("POST", f"{one}/answer", seller, {"accept": True})["state"] == "approved"
    assert send("POST", f"{one}/leave", seller)["state"] == "archived"
    mailed = send(
        "POST", f"{ROOT}/mail-invitations", buyer, {"program": program.id, "email": "new@blog.example"}
    )
    assert len(send("GET", f"{ROOT}/mail-invitations", buyer)) == 1
    send("DELETE", f"{ROOT}/mail-invitations/{mailed['id']}", buyer)
    assert send("GET", f"{ROOT}/mail-invitations", buyer) == []
