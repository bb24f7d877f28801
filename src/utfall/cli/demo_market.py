"""What the demo's people have agreed beyond the bare market: profiles, applications, goals, links, creatives.

Everything is done through the facades, by the people themselves, so that the portal remembers who did what.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

if TYPE_CHECKING:
    from utfall.portal.access import Caller
    from utfall.terms import Market

People = Mapping[str, "Caller"]
"""The demo's people by name, each in their organisation."""

SELLER: Final = 1
"""The advertiser whose shop the demo opens."""
FJALL: Final = 101
NORDLYS: Final = 102
HYGGE: Final = 103
LINK: Final = "kanguiden"
"""The key of the link that the demo is shown with."""


class Presented(NamedTuple):
    """What a program says of itself. An empty website: the demo's shop."""

    number: int
    by: str
    tagline: str
    website: str
    category: str
    countries: tuple[str, ...]


class Owned(NamedTuple):
    """What a publisher tells of itself, and the site it has."""

    by: str
    headline: str
    description: str
    visitors: int
    categories: tuple[str, ...]
    site: str
    promotion_type: str
    is_verified: bool


PROGRAMS: Final = (
    Presented(FJALL, "Astrid Lind", "Clothes and shoes for the fells", "", "sports", ("SE",)),
    Presented(
        *(NORDLYS, "Ingrid Solberg", "Power from wind and water, at one price"),
        *("https://nordlysstrom.example", "energy", ("NO",)),
    ),
    Presented(
        *(HYGGE, "Nora Haugen", "Candles, textiles and lamps for long evenings"),
        *("https://hyggehjem.example", "home", ("DK", "SE")),
    ),
    Presented(
        *(104, "Olle Nordin", "The lake game with two million players"),
        *("https://saimaaspel.example", "games", ("FI", "SE", "NO")),
    ),
    Presented(
        *(105, "Olle Nordin", "Islands and inns along the coast"),
        *("https://kustresor.example", "travel", ("SE", "NO")),
    ),
    Presented(
        *(106, "Olle Nordin", "Everybody reads about summer in November"),
        *("https://midsommarmedia.example", "media", ("SE",)),
    ),
)
PUBLISHERS: Final = (
    Owned(
        "Sofia Friberg",
        "Walks with a tent, tested gear, and where the path ends",
        "Since 2014 we walk the fells from Grövelsjön to Abisko and write down what held. Our readers buy "
        "few things and keep them; every review says who paid for the boots.",
        120_000,
        ("sports", "travel"),
        "https://friluftsbloggen.example",
        "content",
        True,
    ),
    Owned(
        "Oskar Nyman",
        "Money back on what our members buy anyway",
        "340 000 members in Sweden, Norway and Denmark. We send a member on, and pass on a part of what "
        "we earn. No member is paid for a purchase that was sent back.",
        900_000,
        ("fashion", "home", "energy"),
        "https://cashbacka.example",
        "cashback",
        True,
    ),
    Owned(
        "Karl Kodell",
        "Codes that work, and none that do not",
        "We try every code each morning and take down what has ended. Most visitors search for a shop's "
        "name together with the word code.",
        410_000,
        ("fashion", "home"),
        "https://kodkungen.example",
        "voucher",
        False,
    ),
    Owned(
        "Linnea Falk",
        "Prices of four hundred shops, side by side",
        "We compare prices with freight, day by day, in Sweden and Norway. Readers come with a thing in "
        "mind and leave to buy it.",
        650_000,
        ("electronics", "sports", "energy"),
        "https://prisfyren.example",
        "price_comparison",
        True,
    ),
    Owned(
        "Elias Ström",
        "The morning paper of the west coast",
        "News, weekend guides and a Saturday supplement about life outdoors. We sell space beside the "
        "articles, and never in them.",
        1_300_000,
        ("media", "travel"),
        "https://morgonbladet.example",
        "display",
        False,
    ),
)


def leading_to(shop: str, market: "Market") -> "Market":
    """The market with the seller's links leading to the demo's shop."""
    own = {program.id for program in market.programs if program.advertiser == SELLER}
    links = tuple(
        msgspec.structs.replace(link, destination=f"{shop}/") if link.program in own else link
        for link in market.links
    )
    return msgspec.structs.replace(market, links=links)


def enrich(people: People, shop: str) -> None:
    """Let the demo's people agree on all that makes a market alive, unless they have."""
    from django.db import transaction

    from utfall.portal.links import facade as links
    from utfall.portal.programs import facade as programs

    astrid = people["Astrid Lind"]
    if not programs.program(astrid, FJALL).website:
        with transaction.atomic():
            _present(people, shop)
            _tell_of_publishers(people)
            _steer(astrid)
            _ask(people)
            _promote(people, shop)
            _hand_in(people["Ingrid Solberg"])
    sofia = people["Sofia Friberg"]
    for one in links.links(sofia).items:
        if one.key == LINK:
            links.check_link(sofia, one.id)


def _present(people: People, shop: str) -> None:
    from utfall.portal.programs import facade
    from utfall.portal.programs.contracts import Question, QuestionKind

    for one in PROGRAMS:
        caller = people[one.by]
        said = replace(
            facade.program(caller, one.number).profile,
            tagline=one.tagline,
            website=one.website or shop,
            category=one.category,
            countries=one.countries,
        )
        if one.number == FJALL:
            asked = Question(
                key="where", kind=QuestionKind.TEXT, words="Where will your readers meet us?", required=False
            )
            said = replace(said, questions=(asked,))
        facade.describe(caller, one.number, said)


def _tell_of_publishers(people: People) -> None:
    from utfall.portal.partners import facade
    from utfall.portal.partners.contracts import ProfileView, PropertyDraft, PropertyKind

    for one in PUBLISHERS:
        caller = people[one.by]
        said = ProfileView(
            publisher=caller.number,
            headline=one.headline,
            description=one.description,
            countries=("SE", "NO"),
            languages=("sv", "nb"),
            categories=one.categories,
            monthly_visitors=one.visitors,
        )
        facade.set_profile(caller, said)
        site = PropertyDraft(
            kind=PropertyKind.SITE,
            name=one.site.removeprefix("https://"),
            url=one.site,
            promotion_type=one.promotion_type,
            audience={"monthly": one.visitors},
        )
        owned = facade.add_property(caller, site)
        if one.is_verified:
            facade.set_verified(people["Olle Nordin"], owned.id)


def _steer(astrid: "Caller") -> None:
    """A goal with a ceiling, and groups to sort partners into."""
    from django.utils import timezone

    from utfall.events import Outcome
    from utfall.portal.programs import facade
    from utfall.portal.programs.contracts import GoalDraft

    today = timezone.localdate()
    goal = GoalDraft(
        outcome=Outcome.SALE,
        target=1500,
        max_cost_micros=450_000_000,
        starts_on=today,
        ends_on=today + timedelta(days=40),
    )
    facade.set_goal(astrid, FJALL, goal)
    premium = facade.groups(astrid, FJALL)[0]
    facade.change_group(astrid, FJALL, premium.id, premium.name, "Those we meet every quarter")
    facade.create_group(astrid, FJALL, "Creators", "People with a name and readers of their own")


def _ask(people: People) -> None:
    """Applications that wait for an answer, and an invitation that does."""
    from utfall.portal.partners import facade
    from utfall.portal.partners.contracts import ApplicationDraft

    for name, program, promotion_type, message in (
        ("Linnea Falk", FJALL, "price_comparison", "Boots are our third most compared thing this autumn."),
        ("Elias Ström", FJALL, "display", "Our outdoor supplement has room beside the walk of the week."),
        ("Sofia Friberg", HYGGE, "content", "Readers ask what to sit by when the tent is dry again."),
    ):
        draft = ApplicationDraft(program=program, promotion_types=(promotion_type,), message=message)
        facade.apply(people[name], draft)
    sofia = people["Sofia Friberg"]
    facade.invite(
        people["Ingrid Solberg"],
        NORDLYS,
        sofia.number,
        note="Your readers have cabins. We would like to be the power in them.",
    )


def _promote(people: People, shop: str) -> None:
    """A link to one page of the shop, a code of the publisher's own, and what to put beside the text."""
    from utfall.portal.links import facade as links
    from utfall.portal.links.contracts import CodeDraft, LinkDraft
    from utfall.portal.partners import facade as partners

    astrid, sofia = people["Astrid Lind"], people["Sofia Friberg"]
    (site,) = partners.properties(sofia)
    draft = LinkDraft(
        program=FJALL,
        destination=f"{shop}/goods/K-204",
        name="The guide to boots",
        key=LINK,
        property=site.id,
        subs=("guide",),
    )
    links.create_link(sofia, draft)
    code = CodeDraft(
        program=FJALL, publisher=sofia.number, code="FRILUFT10", description="10 % on a first order"
    )
    links.assign_code(astrid, code)
    _draw(people["Johan Ek"])


def _hand_in(ingrid: "Caller") -> None:
    """A new program, which the operator has yet to read."""
    from utfall.portal.programs import facade
    from utfall.portal.programs.contracts import Preset

    website = "https://nordlysstrom.example/se"
    view = facade.create_draft(
        ingrid,
        name="Nordlys Ström Sverige",
        currency="SEK",
        zone="Europe/Stockholm",
        preset=Preset.LOCAL,
        website=website,
    )
    said = replace(view.profile, tagline="The same wind, on this side", category="energy", countries=("SE",))
    facade.describe(ingrid, view.id, said)
    text = "Say whose power it is, and what it costs.\n\nNo bidding on our name."
    facade.draft_terms(ingrid, view.id, replace(facade.draft_of(view.terms), text=text))
    facade.submit(ingrid, view.id)


def _draw(johan: "Caller") -> None:
    """A banner and a text ad, ready to be put up."""
    from PIL import Image, ImageDraw

    from utfall.portal.creatives import facade
    from utfall.portal.creatives.contracts import Copy, CreativeDraft, Upload

    words = CreativeDraft(program=FJALL, name="Autumn boots", language="en", is_ready=True)
    facade.write_text(johan, words, Copy(headline="Boots for where the path ends", call_to_action="See them"))
    width, height = 970, 250
    banner = Image.new("RGB", (width, height), "#d7e3ea")
    pen = ImageDraw.Draw(banner)
    for top, colour in ((60, "#a9c0cc"), (110, "#6f8fa0"), (165, "#2f5061")):
        ridge = [(x, top + (x * 7919 // 97) % 70) for x in range(0, width + 98, 97)]
        pen.polygon([(0, height), *ridge, (width, height)], fill=colour)
    file = BytesIO()
    banner.save(file, "PNG")
    file.seek(0)
    shown = CreativeDraft(
        program=FJALL, name="Fells, wide", language="en", alt="Blue fells behind each other", is_ready=True
    )
    facade.upload(johan, shown, Upload("fells.png", file))
