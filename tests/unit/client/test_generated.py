"""The generated part of the client: it is what the document says, and stands alone."""

import subprocess
import sys
from typing import Any, get_args

import msgspec
import pytest

from utfall.client import models
from utfall.client.models import KeyAnswer, OrganisationKind

ALONE = """
import importlib, json, pkgutil, sys
import utfall.client as client
for module in pkgutil.walk_packages(client.__path__, "utfall.client."):
    importlib.import_module(module.name)
print(json.dumps(sorted(sys.modules)))
"""


def structs() -> list[type[msgspec.Struct]]:
    found = [getattr(models, name) for name in models.__all__]
    return [one for one in found if isinstance(one, type) and issubclass(one, msgspec.Struct)]


@pytest.mark.parametrize("struct", structs(), ids=lambda struct: struct.__name__)
def test_every_model_can_be_read_and_written(struct: type[msgspec.Struct]) -> None:
    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(struct)
    with pytest.raises(msgspec.ValidationError):
        decoder.decode(b"7")
    assert struct.__struct_config__.frozen


def test_names_are_those_of_one_model_each() -> None:
    assert len(set(models.__all__)) == len(models.__all__)
    assert {get_args(one) for one in structs()} == {()}


def test_a_word_that_is_not_known_yet_is_kept() -> None:
    kind = msgspec.json.decode(b'"broker"', type=OrganisationKind)
    assert (kind, str(kind), kind in list(OrganisationKind)) == ("broker", "broker", False)
    assert msgspec.json.encode(kind) == b'"broker"'
    assert msgspec.json.decode(b'"auditor"', type=OrganisationKind) is OrganisationKind.AUDITOR
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b"7", type=OrganisationKind)


def test_the_client_needs_msgspec_and_nothing_else() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    loaded = set(msgspec.json.decode(done.stdout, type=list[str]))
    ours = {name for name in loaded if name.startswith("utfall.")}
    assert {name for name in ours if not name.startswith("utfall.client")} == set()
    assert not {"django", "ninja", "pydantic", "httpx", "cryptography", "click"} & loaded
    assert KeyAnswer.__name__ in models.__all__
