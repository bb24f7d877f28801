"""A link, a code and a domain of the side's."""

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.links import facade
from utfall.portal.links.contracts import CodeDraft, LinkDraft
from utfall.portal.links.models import Domain
from utfall.portal.partners import facade as partners


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """In the side's program, whose partner its publisher is or becomes."""
    program = int(made["program"])
    publisher, advertiser = side.publisher.caller(), side.advertiser.caller()
    if not partners.is_enrolled(program, side.publisher.number):
        invited = partners.invite(advertiser, program, side.publisher.number)
        partners.answer(publisher, invited.id, accept=True)
    link = facade.create_link(publisher, LinkDraft(program=program, name=f"{side.publisher.name} link"))
    word = side.publisher.name.split(maxsplit=1)[0].upper()
    code = facade.assign_code(
        advertiser, CodeDraft(program=program, publisher=side.publisher.number, code=f"{word}20")
    )
    domain = Domain.objects.system().create(host=f"{word.lower()}.go.test", publisher=side.publisher.number)
    return {"link": link.id, "code": code.id, "domain": domain.pk}
