"""The OpenAPI document: names that say of what, schemas that are needed, files where files are sent."""

import json
from functools import cache
from typing import Any

from utfall.portal.rest.api import build
from utfall.portal.rest.naming import NAMES

VAGUE = {
    *("Answer", "At", "Change", "Decision", "Health", "Kind", "Move", "Order", "Policy", "Required", "Stage"),
    *("Started", "State", "Status", "Verdict", "Wanted", "Why", "Period", "Measure", "Over", "Came"),
}
"""What says too little where it stands beside the schemas of all other apps."""


@cache
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(build().get_openapi_schema(), default=str))
    return found


def test_every_schema_says_of_what_it_is() -> None:
    assert not VAGUE & set(document()["components"]["schemas"])


def test_no_two_apps_still_use_one_name() -> None:
    """The second would be called after its app; and one schema does not stand there twice."""
    schemas = document()["components"]["schemas"]
    apps = {one.capitalize() for one in NAMES} - {"Post"}
    doubled = [
        name for app in apps for name in schemas if name.startswith(app) and name[len(app) :] in schemas
    ]
    assert not doubled


def test_every_schema_is_referred_to_and_every_reference_leads_somewhere() -> None:
    text = json.dumps(document())
    schemas = document()["components"]["schemas"]
    for name in schemas:
        assert f'"#/components/schemas/{name}"' in text, name
    referred = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert referred <= set(schemas)


def test_every_name_that_is_given_is_in_use() -> None:
    given = {name for names in NAMES.values() for name in names.values()}
    assert given <= set(document()["components"]["schemas"])


def test_a_file_that_may_be_left_out_is_a_part_of_the_form() -> None:
    native = document()["paths"]["/api/v1/creatives/natives"]["post"]
    assert not [one for one in native["parameters"] if one.get("name") == "icon"]
    form = native["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert {"image", "icon"} <= set(form["properties"])
    assert "icon" not in form.get("required", ())
    assert "image" in form["required"]


def test_no_file_is_asked_for_in_an_address() -> None:
    for path, methods in document()["paths"].items():
        for operation in methods.values():
            for one in operation.get("parameters", ()):
                assert "binary" not in json.dumps(one), path
