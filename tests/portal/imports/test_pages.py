"""The pages and the API of imports, as a browser and somebody's script use them."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.portal.imports.conftest import Moving, work_off
from tests.portal.imports.files import AWIN_PUBLISHERS, AWIN_TRANSACTIONS
from utfall.portal.access import Permission, Role
from utfall.portal.people import facade as people

ClientOf = Callable[..., Client]


@pytest.fixture
def browser(moving: Moving, client_of: ClientOf) -> Client:
    return client_of(moving.market.a.advertiser.users[Role.OWNER])


SELECT = re.compile(r'<select[^>]* name="([^"]+)".*?</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]*)" selected')
FORM = re.compile(r'<form method="post" class="stack".*?</form>', re.DOTALL)
CURRENCY = re.compile(r'name="currency" value="([^"]*)"')


def chosen(page: str) -> dict[str, str]:
    """What the form of columns would send as it stands."""
    form = FORM.search(page)
    assert form is not None
    told = {}
    for select in SELECT.finditer(form[0]):
        option = OPTION.search(select[0])
        told[select[1]] = option[1] if option else ""
    currency = CURRENCY.search(form[0])
    return told | ({"currency": currency[1]} if currency else {})


def test_guesses_are_marked_and_a_mapping_of_ones_own_is_used_again(moving: Moving, browser: Client) -> None:
    root = f"/{moving.market.a.advertiser.slug}/imports"

    def upload(text: str) -> str:
        file = SimpleUploadedFile("partners.csv", text.encode())
        return str(browser.post(f"{root}/new/", {"file": file})["Location"])

    place = upload(AWIN_PUBLISHERS)
    page = browser.get(place).content.decode()
    assert "columns are guesses" in page
    assert "A guess" in page
    renamed = AWIN_PUBLISHERS.replace("Publisher Name", "Who it is")
    place = upload(renamed) + "?network=awin&kind=publishers"
    said = chosen(browser.get(place).content.decode())
    said["column-name"] = str(renamed.partition("\n")[0].split(",").index("Who it is"))
    assert browser.post(place, said | {"keep_as": "Our partners"}).status_code == 302
    again = browser.get(upload(renamed)).content.decode()
    assert "By your own mapping “Our partners”" in again
    assert "A guess" not in again
    assert chosen(again)["column-name"] == said["column-name"]
    (forget,) = re.findall(r'action="([^"]+/forget/)"', again)
    assert browser.post(forget).status_code == 302
    assert "Our partners" not in browser.get(upload(renamed)).content.decode()


def test_a_file_goes_all_the_way_in_a_browser(moving: Moving, browser: Client) -> None:
    root = f"/{moving.market.a.advertiser.slug}/imports"
    assert "Nothing imported yet" in browser.get(f"{root}/").content.decode()
    assert browser.get(f"{root}/new/").status_code == 200
    assert browser.post(f"{root}/new/", {"file": io.BytesIO(b"one\n")}).status_code == 422
    for text in (AWIN_PUBLISHERS, AWIN_TRANSACTIONS):
        made = browser.post(f"{root}/new/", {"file": SimpleUploadedFile("awin.csv", text.encode())})
        assert made.status_code == 302
        page = browser.get(made["Location"]).content.decode()
        assert "Fjord Review" in page
        asked = browser.post(made["Location"], chosen(page))
        assert asked.status_code == 302, asked.content.decode()
        status = browser.get(asked["Location"])
        assert "goes on by itself" in status.content.decode()
        work_off()
        live = browser.get(asked["Location"] + "live/", headers={"HX-Request": "true"})
        assert live["HX-Refresh"] == "true"
        preview = browser.get(asked["Location"]).content.decode()
        assert "This is a preview" in preview
        assert browser.post(asked["Location"] + "import/").status_code == 302
        work_off()
    done = browser.get(asked["Location"] + "?verdict=conflict").content.decode()
    assert "Import the network&#x27;s publishers first" in done
    assert "What the network paid" in done
    table = b"".join(browser.get(asked["Location"] + "verdicts.csv")).decode()
    assert "9003,A-3,new,done" in table
    assert "A-3" in browser.get(f"{root}/history/?q=A-3").content.decode()
    assert browser.post(asked["Location"] + "undo/").status_code == 302
    work_off()
    assert "Undone" in browser.get(asked["Location"]).content.decode()


def test_columns_are_suggested_anew_and_blamed(moving: Moving, browser: Client) -> None:
    root = f"/{moving.market.a.advertiser.slug}/imports"
    view = moving.upload("a,b\n1,2\n")
    page = f"{root}/{view.id}/columns/"
    shown = browser.get(f"{page}?network=other&kind=links").content.decode()
    assert "Where it leads" in shown
    wrong = browser.post(f"{page}?network=other&kind=links", chosen(shown))
    assert wrong.status_code == 422
    assert 'id="id_column-destination-wrong"' in wrong.content.decode()
    assert browser.post(f"{root}/{view.id}/discard/").status_code == 302
    assert browser.get(page).status_code == 302


def test_a_file_that_is_too_large_is_refused_before_it_is_read(moving: Moving, browser: Client) -> None:
    root = f"/{moving.market.a.advertiser.slug}/imports"
    sent = browser.post(f"{root}/new/", {"file": io.BytesIO(b"x")}, CONTENT_LENGTH=str(21 << 20))
    assert sent.status_code == 413


def test_everything_by_api(moving: Moving) -> None:
    secret = people.create_key(moving.caller(), "mover", [Permission.LOOK, Permission.MANAGE]).secret
    client = Client(headers={"Authorization": f"Bearer {secret}"})

    def sent(method: str, path: str, body: Any = None, status: int = 200) -> Any:
        text = json.dumps(body) if body is not None else ""
        answer = client.generic(method, f"/api/v1{path}", text, content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json()

    file = SimpleUploadedFile("awin.csv", AWIN_PUBLISHERS.encode())
    made = client.post("/api/v1/imports", {"file": file})
    assert made.status_code == 201, made.content
    number = made.json()["id"]
    told = sent("GET", f"/imports/{number}/columns")
    columns = {one["name"]: one["column"] for one in told["fields"]}
    options = {**told["options"], "program": moving.program}
    sent("PUT", f"/imports/{number}/columns", {"columns": columns, "options": options}, 202)
    work_off()
    assert sent("GET", f"/imports/{number}")["verdicts"]["new"] == 2
    rows = sent("GET", f"/imports/{number}/rows?verdict=unreadable")["items"]
    assert [(one["code"], bool(one["mend"])) for one in rows] == [("name_missing", True)]
    sent("POST", f"/imports/{number}/import", status=202)
    work_off()
    assert sent("GET", "/imports")["items"][0]["state"] == "done"
    assert sent("GET", "/imported-sales")["items"] == []
    sent("POST", f"/imports/{number}/undo", status=202)
    work_off()
    assert sent("GET", f"/imports/{number}")["state"] == "undone"
    refused = sent("POST", f"/imports/{number}/discard", status=409)
    assert refused["problems"][0]["code"] == "not_waiting" if "problems" in refused else refused
