"""What the demo's people have agreed beyond the bare market: profiles, applications, goals, links, creatives.

Everything is done through the facades, by the people themselves, so that the portal remembers who did what.
"""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from utfall.cli.demo_people import standing_for
from utfall.demo.cast import APP, SERVICE, SHOP

if TYPE_CHECKING:
    from utfall.demo.cast import Partner
    from utfall.demo.plans import Goal
    from utfall.portal.access import Caller
    from utfall.terms import Market

People = Mapping[str, "Caller"]
"""The demo's people by name, each in their organisation."""

SELLER: Final = 1
"""The advertiser whose shop the demo opens."""
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


PROGRAMS: Final = (
    Presented(
        SHOP, "Astrid Lind", "Clothes and shoes for the fells, and for the way there", "", "fashion", ("SE",)
    ),
    Presented(
        *(SERVICE, "Henrik Dahl", "Bookkeeping that small companies understand"),
        *("https://balansera.example", "software", ("SE",)),
    ),
    Presented(
        *(APP, "Ingrid Solberg", "Walks nearby, with the weather and a friend"),
        *("https://turvenn.example", "games", ("NO",)),
    ),
)
TOLD_BY: Final = {
    11: "Since 2014 we walk the fells from Grövelsjön to Abisko and write down what held. Our readers buy "
    "few things and keep them; every review says who paid for the boots.",
    12: "340 000 members in Sweden, Norway and Denmark. We send a member on, and pass on a part of what "
    "we earn. No member is paid for a purchase that was sent back.",
    14: "We try every code each morning and take down what has ended. Most visitors search for a shop's "
    "name together with the word code.",
    15: "We compare prices with freight, day by day, in Sweden and Norway. Readers come with a thing in "
    "mind and leave to buy it.",
    16: "News, weekend guides and a Saturday supplement about life outdoors. We sell space beside the "
    "articles, and never in them.",
    19: "A film every Sunday, four seasons, one wardrobe. What is paid for is said in the first ten seconds.",
    35: "Familieturer for alle årstider, med bål, kakao og ærlige høydemeter.",
}
"""What the publishers with people of their own say of themselves, beyond their headline."""
VERIFIED: Final = frozenset({11, 12, 15, 18, 22, 35, 36, 43, 46})
_CATEGORIES: Final = {SHOP: "fashion", SERVICE: "software", APP: "sports"}


def leading_to(shop: str, market: "Market") -> "Market":
    """The market with the seller's links leading to the demo's shop."""
    own = {program.id for program in market.programs if program.advertiser == SELLER}
    links = tuple(
        msgspec.structs.replace(link, destination=f"{shop}/") if link.program in own else link
        for link in market.links
    )
    return msgspec.structs.replace(market, links=links)


def enrich(people: People, shop: str, goals: Mapping[int, "Goal"]) -> None:
    """Let the demo's people agree on all that makes a market alive, unless they have."""
    from django.db import transaction

    from utfall.portal.links import facade as links
    from utfall.portal.programs import facade as programs

    astrid = people["Astrid Lind"]
    if not programs.program(astrid, SHOP).website:
        with transaction.atomic():
            _present(people, shop)
            _tell_of_publishers(people)
            _steer(people, goals)
            _ask(people)
            _promote(people, shop)
            _hand_in(people["Ingrid Solberg"])
        _feed(people["Johan Ek"], shop)
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
        if one.number == SHOP:
            asked = Question(
                key="where", kind=QuestionKind.TEXT, words="Where will your readers meet us?", required=False
            )
            said = replace(said, questions=(asked,))
        facade.describe(caller, one.number, said)


def _tell_of_publishers(people: People) -> None:
    """Every publisher says who it is, and names the site it promotes from."""
    from utfall.demo.cast import PARTNERS

    callers = {caller.number: caller for caller in people.values() if caller.publishers}
    for one in PARTNERS:
        _tell_of(callers.get(one.number) or standing_for(one.number, one.name), one, people["Olle Nordin"])


def _tell_of(caller: "Caller", one: "Partner", operator: "Caller") -> None:
    from utfall.portal.partners import facade
    from utfall.portal.partners.contracts import ProfileView, PropertyDraft, PropertyKind

    said = ProfileView(
        publisher=one.number,
        headline=one.headline,
        description=TOLD_BY.get(one.number, ""),
        countries=("NO", "SE") if set(one.clicks) == {APP} else ("SE", "NO"),
        languages=("nb",) if set(one.clicks) == {APP} else ("sv",),
        categories=tuple(_CATEGORIES[program] for program in one.clicks),
        monthly_visitors=one.visitors or None,
    )
    facade.set_profile(caller, said)
    site = PropertyDraft(
        kind=PropertyKind.NEWSLETTER if one.kind.value == "email" else PropertyKind.SITE,
        name=f"{one.site}.example",
        url=f"https://{one.site}.example",
        promotion_type=one.kind.value,
        audience={"monthly": one.visitors} if one.visitors else {},
    )
    owned = facade.add_property(caller, site)
    if one.number in VERIFIED:
        facade.set_verified(operator, owned.id)


def _steer(people: People, goals: Mapping[int, "Goal"]) -> None:
    """A goal for each program with what one may cost, and words for the groups of partners."""
    from utfall.demo.cast import SELLER as SELLERS
    from utfall.portal.programs import facade
    from utfall.portal.programs.contracts import GoalDraft

    for one in PROGRAMS:
        goal, outcome = goals[one.number], SELLERS[one.number].outcome
        draft = GoalDraft(
            outcome=outcome,
            target=goal.target,
            max_cost_micros=goal.most_micros,
            starts_on=goal.starts_on,
            ends_on=goal.ends_on,
        )
        facade.set_goal(people[one.by], one.number, draft)
    astrid = people["Astrid Lind"]
    words = {
        "Premium": "Those we meet every quarter",
        "Creators": "People with a name and readers of their own",
    }
    for group in facade.groups(astrid, SHOP):
        facade.change_group(astrid, SHOP, group.id, group.name, words[group.name])


def _ask(people: People) -> None:
    """Applications that wait for an answer, and invitations that do."""
    from utfall.demo.cast import PARTNER
    from utfall.portal.partners import facade
    from utfall.portal.partners.contracts import ApplicationDraft

    for number, program, message in (
        (43, SHOP, "Company owners dress, too. A column on what to wear when the auditor comes."),
        (42, SHOP, "Readers ask for gloves that work on a screen. We would test yours on a fell."),
        (35, SHOP, "Våre lesere spør hva ungene bør ha på seg. Vi vil gjerne svare med noe som varer."),
        (15, SERVICE, "We compare four hundred shops, and their owners keep books."),
        (16, APP, "Our outdoor supplement has room beside the walk of the week."),
    ):
        one = PARTNER[number]
        of = {caller.number: caller for caller in people.values() if caller.publishers}
        caller = of.get(number) or standing_for(number, one.name)
        draft = ApplicationDraft(program=program, promotion_types=(one.kind.value,), message=message)
        facade.apply(caller, draft)
    linnea, sofia = people["Linnea Falk"], people["Sofia Friberg"]
    note = "Your readers look for boots. We know where they could wear them."
    facade.invite(people["Ingrid Solberg"], APP, linnea.number, note=note)
    note = "Every other reader of yours sells something. We would like to do their books."
    facade.invite(people["Henrik Dahl"], SERVICE, sofia.number, note=note)


def _promote(people: People, shop: str) -> None:
    """A link to one page of the shop, a code of the publisher's own, and what to put beside the text."""
    from utfall.portal.links import facade as links
    from utfall.portal.links.contracts import CodeDraft, LinkDraft
    from utfall.portal.partners import facade as partners

    astrid, sofia = people["Astrid Lind"], people["Sofia Friberg"]
    (site,) = partners.properties(sofia)
    draft = LinkDraft(
        program=SHOP,
        destination=f"{shop}/goods/K-204",
        name="The guide to boots",
        key=LINK,
        property=site.id,
        subs=("guide",),
    )
    links.create_link(sofia, draft)
    draft_code = CodeDraft(
        program=SHOP, publisher=sofia.number, code="VANDRA15", description="15 % off boots in spring"
    )
    links.assign_code(astrid, draft_code)
    _draw(people["Johan Ek"])


def _hand_in(ingrid: "Caller") -> None:
    """A new program, which the operator has yet to read."""
    from utfall.portal.programs import facade
    from utfall.portal.programs.contracts import Preset

    website = "https://turvenn.example/se"
    view = facade.create_draft(
        ingrid,
        name="Turvenn Sverige",
        currency="SEK",
        zone="Europe/Stockholm",
        preset=Preset.APP,
        website=website,
    )
    said = replace(view.profile, tagline="The same walks, on this side", category="games", countries=("SE",))
    facade.describe(ingrid, view.id, said)
    text = "Say what the app does, and show it on a real phone.\n\nNo bidding on our name."
    facade.draft_terms(ingrid, view.id, replace(facade.draft_of(view.terms), text=text))
    facade.submit(ingrid, view.id)


def _draw(johan: "Caller") -> None:
    """A banner and a text ad, ready to be put up."""
    from PIL import Image, ImageDraw

    from utfall.portal.creatives import facade
    from utfall.portal.creatives.contracts import Copy, CreativeDraft, Upload

    words = CreativeDraft(program=SHOP, name="Autumn boots", language="en", is_ready=True)
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
        program=SHOP, name="Fells, wide", language="en", alt="Blue fells behind each other", is_ready=True
    )
    facade.upload(johan, shown, Upload("fells.png", file))


def _feed(johan: "Caller", shop: str) -> None:
    """What the shop sells, as the file that it would send to anybody."""
    from utfall.demo.wares import WARES
    from utfall.portal.feeds import facade

    lines = ["id,title,price,link,image link,brand,product type,availability"]
    lines += [
        f"{one.sku},{one.name},{one.price}.00 SEK,{shop}/goods/{one.sku},{shop}/static/{one.picture}.svg,"
        f"Fjällbutiken,{one.category},in stock"
        for one in WARES
    ]
    facade.receive(johan, SHOP, facade.Upload("fjallbutiken.csv", BytesIO("\n".join(lines).encode())))
