"""What the operations on splits and overrides take and answer."""

from utfall.portal.partners.sharing_contracts import OverrideDraft, SplitDraft, SplitView
from utfall.portal.rest.facade import Field, Moment, Number, Ppm, Schema, Strict


class SharingWanted(Strict):
    """Of which program."""

    program: Number | None = None


class ShareSaid(Schema):
    """A publisher and its share, in parts per million."""

    publisher: int
    ppm: int


class SplitAnswer(Schema):
    """How what a publisher wins in a program is shared; a publisher reads its own share only."""

    id: int
    program: int
    advertiser: int
    publisher: int
    shares: list[ShareSaid]
    starts_at: Moment
    ends_at: Moment | None

    @staticmethod
    def resolve_shares(view: SplitView) -> list[ShareSaid]:
        """The pairs of a view."""
        return [ShareSaid(publisher=publisher, ppm=ppm) for publisher, ppm in view.shares]


class ShareSent(Strict):
    """A publisher and its share, in parts per million."""

    publisher: Number
    ppm: Ppm


class SplitSent(Strict):
    """A split to be. The shares come to a million, and the publisher that wins has one of them."""

    program: Number
    publisher: Number = Field(description="Whose orders are shared.")
    shares: list[ShareSent] = Field(min_length=2, max_length=20)
    starts_at: Moment | None = Field(None, description="Null: at once.")
    ends_at: Moment | None = None

    def draft(self) -> SplitDraft:
        """As the facade takes it."""
        return SplitDraft(
            program=self.program,
            publisher=self.publisher,
            shares=tuple((one.publisher, one.ppm) for one in self.shares),
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )


class OverrideAnswer(Schema):
    """What a parent gets of what its child earns."""

    id: int
    program: int | None
    advertiser: int | None
    parent: int
    child: int
    ppm: int
    on_top: bool
    starts_at: Moment
    ends_at: Moment | None


class OverrideSent(Strict):
    """An override to be."""

    parent: Number
    child: Number
    ppm: Ppm = Field(description="Of what the child earns.")
    program: Number | None = Field(None, description="Null: in all programs.")
    on_top: bool = Field(False, description="The advertiser pays it; else the child gives it away.")
    starts_at: Moment | None = Field(None, description="Null: at once.")
    ends_at: Moment | None = None

    def draft(self) -> OverrideDraft:
        """As the facade takes it."""
        return OverrideDraft(**self.dict())


class SharingEnded(Strict):
    """When it ends, and why."""

    at: Moment | None = Field(None, description="Null: at once.")
    why: str = Field("", max_length=1000)
