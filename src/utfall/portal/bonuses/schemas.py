"""What is sent to and answered by the API of bonuses. Amounts are micros of the program's currency."""

from dataclasses import asdict
from typing import Any

from utfall.portal.bonuses.contracts import WORDS_CHARS, GrantDraft, GrantView, Kind, State
from utfall.portal.rest.facade import Field, Micros, Moment, Number, Schema, Strict


class GrantsWanted(Strict):
    """Which are wanted."""

    program: Number | None = None
    publisher: Number | None = None
    after: int | None = Field(None, ge=0, le=2**63 - 1, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class GrantSent(Strict):
    """A bonus or a placement."""

    publisher: Number
    micros: Micros
    kind: Kind = Kind.BONUS
    words: str = Field(max_length=WORDS_CHARS, description="What it is for: both of you read it.")

    def draft(self, program: int) -> GrantDraft:
        """As the facade takes it."""
        return GrantDraft(program=program, **self.dict())


class TakeBackSent(Strict):
    """How much of a grant is taken back; null: all that is left of it."""

    micros: Micros | None = None
    words: str = Field("", max_length=WORDS_CHARS)


class GrantAnswer(Schema):
    """A bonus or a placement, or (below zero) what takes one back."""

    id: int
    program: int
    advertiser: int
    publisher: int
    publisher_name: str
    currency: str
    micros: int
    left_micros: int = Field(description="What was not taken back of it.")
    reason: str = Field(description="`bonus`, `placement` or `clawback`.")
    words: str
    takes_back: int | None = Field(description="The grant that this takes back.")
    state: State
    code: str = Field(description="Why settlement refused it.")
    receipt: int | None
    at: Moment


class GrantedAnswer(Schema):
    """The grant; or the proposal that waits for a second person."""

    grant: GrantAnswer | None = None
    proposal: int | None = None


def shown(one: GrantView) -> dict[str, Any]:
    """A grant as it is answered."""
    return asdict(one)
