"""Where the wizard starts: the usual terms of four kinds of business, every one of them to be changed."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.events import Outcome
from utfall.portal.access.errors import Words
from utfall.portal.programs.contracts import Preset, PriceKind, TermsDraft, Visibility
from utfall.terms import ChannelPolicy, PromotionType, Windows
from utfall.terms.program import DAY_SECONDS

_TYPES = PromotionType


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a preset fills in. The price is in major units of whatever currency is chosen, or a share."""

    words: Words
    says: Words
    icon: str
    outcome: Outcome
    price: PriceKind
    ppm: int = 0
    units: int = 0
    terms: TermsDraft
    visibility: Visibility = Visibility.APPROVAL
    target: int = 0
    category: str = ""


def _windows(standard: int, incentive: int, soft: int, view: int) -> Windows:
    """Windows in days."""
    return Windows(
        standard=standard * DAY_SECONDS,
        incentive=incentive * DAY_SECONDS,
        soft=soft * DAY_SECONDS,
        view=view * DAY_SECONDS,
    )


_OWN: Final = {"email": ChannelPolicy.CLICK, "brand-search": ChannelPolicy.NONE}

PRESETS: Final[dict[Preset, Defaults]] = {
    Preset.SHOP: Defaults(
        words=_("A shop"),
        says=_("You pay a share of every sale (CPS)."),
        icon="shopping-cart",
        outcome=Outcome.SALE,
        price=PriceKind.SHARE,
        ppm=80_000,
        terms=TermsDraft(
            windows=_windows(30, 30, 7, 1),
            attribution=("code", "click", "view"),
            channels=_OWN,
            hold_days=30,
            auto_approval_days=30,
            promotion_types=(
                _TYPES.CONTENT,
                _TYPES.EMAIL,
                _TYPES.PRICE_COMPARISON,
                _TYPES.VOUCHER,
                _TYPES.CASHBACK,
                _TYPES.LOYALTY,
            ),
        ),
        target=1000,
    ),
    Preset.B2B: Defaults(
        words=_("B2B: demos and leads"),
        says=_("You pay for every qualified request for a demo (CPL)."),
        icon="briefcase",
        outcome=Outcome.LEAD,
        price=PriceKind.FLAT,
        units=250,
        terms=TermsDraft(
            windows=_windows(60, 0, 0, 0),
            attribution=("click", "code"),
            hold_days=14,
            auto_approval_days=None,
            promotion_types=(_TYPES.CONTENT, _TYPES.EMAIL, _TYPES.SEARCH),
        ),
        target=500,
        category="software",
    ),
    Preset.APP: Defaults(
        words=_("An app"),
        says=_("You pay for every install (CPI)."),
        icon="device-mobile",
        outcome=Outcome.INSTALL,
        price=PriceKind.FLAT,
        units=20,
        terms=TermsDraft(
            windows=_windows(7, 7, 1, 1),
            attribution=("click", "view"),
            hold_days=7,
            auto_approval_days=7,
            max_age_days=30,
            promotion_types=(_TYPES.CONTENT, _TYPES.DISPLAY, _TYPES.EMAIL, _TYPES.SUB_NETWORK),
        ),
        target=5000,
        category="games",
    ),
    Preset.LOCAL: Defaults(
        words=_("A local business"),
        says=_("You pay for every booking or visit that you name (CPA)."),
        icon="map-pin",
        outcome=Outcome.ACTION,
        price=PriceKind.FLAT,
        units=50,
        terms=TermsDraft(
            windows=_windows(14, 14, 0, 0),
            attribution=("code", "click"),
            hold_days=14,
            auto_approval_days=14,
            promotion_types=(
                _TYPES.CONTENT,
                _TYPES.VOUCHER,
                _TYPES.CARD_LINKED,
                _TYPES.EMPLOYEE_BENEFITS,
                _TYPES.EMAIL,
            ),
        ),
        target=200,
        category="services",
    ),
    Preset.BLANK: Defaults(
        words=_("Start from nothing"),
        says=_("Careful defaults and no price."),
        icon="file",
        outcome=Outcome.SALE,
        price=PriceKind.SHARE,
        terms=TermsDraft(),
    ),
}
