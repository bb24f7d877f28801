"""What docs/algorithms/audit.md works out by hand is what the log does."""

import json
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from utfall.portal.audit.chain import GENESIS, hash_of
from utfall.portal.audit.models import AuditEntry

TEXT = (Path(__file__).parents[3] / "docs" / "algorithms" / "audit.md").read_text(encoding="utf-8")


def test_the_worked_example_is_true() -> None:
    hashed = re.findall(r"^printf '%s' '(.*)' \| sha256sum$", TEXT, re.MULTILINE)
    said = re.findall(r"^([0-9a-f]{64})  -$", TEXT, re.MULTILINE)
    assert [sha256(one.encode()).hexdigest() for one in hashed] == said
    prior = GENESIS
    for text, expected in zip(hashed, said, strict=True):
        told = json.loads(text)
        assert told["prior"] == prior
        columns = {**told, "at": datetime.fromisoformat(told["at"])}
        columns |= {side: json.dumps(told[side]) for side in ("before", "after")}
        assert hash_of(AuditEntry(**columns)) == expected
        prior = expected
