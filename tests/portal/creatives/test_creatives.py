"""The way of a creative from an upload to a partner's page."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.portal.creatives.files import GOOD, image, mp4, packed, sent
from tests.portal.market import TwoTenants
from tests.portal.partners.test_partnerships import approved
from utfall.portal.access import Forbidden, NotFound, Refused, Role
from utfall.portal.audit import facade as audit
from utfall.portal.audit.contracts import DecidedBy, PolicyView, Required
from utfall.portal.creatives import facade
from utfall.portal.creatives.contracts import Copy, CreativeDraft, CreativeFilter, CreativeView, Kind, State
from utfall.portal.creatives.reviewing import APPROVAL
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import LinkDraft
from utfall.portal.site import site


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def draft(market: TwoTenants, **said: object) -> CreativeDraft:
    return CreativeDraft(program=approved(market).program, **said)  # type: ignore[arg-type]


def shown(market: TwoTenants, **said: object) -> CreativeView:
    return facade.upload(
        market.a.advertiser.caller(), draft(market, is_ready=True, **said), sent(image(), "autumn_sale.png")
    )


def reviewed_by(market: TwoTenants, who: DecidedBy) -> None:
    wanted = PolicyView(kind=APPROVAL, required=Required.ALWAYS, decided_by=who)
    audit.set_policy(market.operator.caller(), wanted)


def test_an_upload_is_named_by_its_content_and_kept_for_the_edge(market: TwoTenants) -> None:
    view = shown(market)
    name = view.address.removeprefix(f"{site().public_url}/m/")
    stored = Path(site().media_dir) / name
    assert stored.stat().st_size == view.bytes
    assert (view.name, view.alt, view.size, view.kind) == (
        "autumn sale",
        "autumn sale",
        "300×250",
        Kind.IMAGE,
    )
    assert [one.name for one in stored.parent.iterdir() if one.name.startswith(".")] == []


def test_a_bundle_is_a_folder_and_a_video_a_file(market: TwoTenants) -> None:
    caller, wanted = market.a.advertiser.caller(), draft(market)
    ad = facade.upload(caller, wanted, sent(packed(GOOD), "ad.zip"))
    assert ad.address.endswith("/index.html")
    folder = Path(site().media_dir) / ad.address.split("/")[-2]
    assert sorted(one.name for one in folder.iterdir()) == sorted(GOOD)
    film = facade.upload(caller, wanted, sent(mp4(), "film.exe"))
    assert (film.kind, film.duration_ms, film.state) == (Kind.VIDEO, 6000, State.DRAFT)


def test_partners_see_what_is_approved_and_within_its_dates(market: TwoTenants) -> None:
    view = shown(market)
    publisher, advertiser = market.a.publisher.caller(), market.a.advertiser.caller()
    assert [one.id for one in facade.creatives(publisher).items] == [view.id]
    now = timezone.now()
    later = CreativeDraft(program=view.program, starts_at=now + timedelta(days=1))
    over = CreativeDraft(program=view.program, ends_at=now - timedelta(days=1))
    for said in (later, over):
        facade.change(advertiser, view.id, said)
        assert facade.creatives(publisher).items == []
        with pytest.raises(NotFound):
            facade.creative(publisher, view.id)
    assert facade.creative(advertiser, view.id).is_over


def test_strangers_see_nothing(market: TwoTenants) -> None:
    view = shown(market)
    for stranger in (market.b.advertiser.caller(), market.b.publisher.caller(), market.b.agency.caller()):
        assert facade.creatives(stranger).items == []
        with pytest.raises(NotFound):
            facade.creative(stranger, view.id)
    with pytest.raises(NotFound):
        facade.archive(market.b.advertiser.caller(), view.id)
    with pytest.raises((Forbidden, NotFound)):
        facade.archive(market.a.publisher.caller(), view.id)
    with pytest.raises(Forbidden):
        facade.archive(market.a.advertiser.caller(Role.VIEWER), view.id)


def test_the_same_content_is_found_out_under_any_name(market: TwoTenants) -> None:
    view = shown(market)
    caller = market.a.advertiser.caller()
    with pytest.raises(Refused) as refused:
        facade.upload(caller, CreativeDraft(program=view.program, name="other"), sent(image(), "b.png"))
    assert codes(refused) == ["duplicate"]
    facade.archive(caller, view.id)
    facade.upload(caller, CreativeDraft(program=view.program), sent(image()))
    with pytest.raises(Refused) as refused:
        facade.restore(caller, view.id)
    assert codes(refused) == ["duplicate"]


def test_several_files_each_have_a_verdict(market: TwoTenants) -> None:
    files = [sent(image(), "a.png"), sent(b"<svg>", "b.svg"), sent(image(colour="#531"), "c.png")]
    verdicts = facade.upload_many(market.a.advertiser.caller(), draft(market), files)
    assert [one.code for one in verdicts] == ["", "file_unknown", ""]
    assert [one.view and one.view.name for one in verdicts] == ["a", None, "c"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"destination": "https://elsewhere.test/"}, "destination_elsewhere"),
        ({"destination": "javascript:alert(1)"}, "destination_unreadable"),
        ({"language": "xx"}, "language_unknown"),
        ({"alt": "x" * 201}, "text_too_long"),
        ({"name": "a\x07"}, "text_unfit"),
        ({"starts_at": timezone.now(), "ends_at": timezone.now() - timedelta(1)}, "dates_reversed"),
    ],
)
def test_what_is_said_of_a_creative_is_checked(
    market: TwoTenants, said: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        facade.upload(market.a.advertiser.caller(), draft(market, **said), sent(image()))
    assert codes(refused) == [code]


def test_the_operator_can_want_to_look_first(market: TwoTenants) -> None:
    reviewed_by(market, DecidedBy.OPERATOR)
    view = shown(market)
    advertiser, operator = market.a.advertiser.caller(), market.operator.caller()
    assert view.state is State.IN_REVIEW
    with pytest.raises(Refused) as refused:
        facade.approve(advertiser, view.id)
    assert codes(refused) == ["not_yours_to_approve"]
    with pytest.raises(Refused) as refused:
        facade.reject(operator, view.id, " ")
    assert codes(refused) == ["reason_missing"]
    assert facade.reject(operator, view.id, "The price is old.").reason == "The price is old."
    assert facade.submit(advertiser, view.id).state is State.IN_REVIEW
    assert facade.approve(operator, view.id).state is State.APPROVED


def test_what_a_reviewer_saw_is_looked_at_again_when_it_changes(market: TwoTenants) -> None:
    reviewed_by(market, DecidedBy.COLLEAGUE)
    view = shown(market)
    manager = market.a.advertiser.caller(Role.MANAGER)
    assert facade.approve(manager, view.id).state is State.APPROVED
    said = CreativeDraft(program=view.program, alt=view.alt, language="sv")
    assert facade.change(manager, view.id, said).state is State.APPROVED
    elsewhere = CreativeDraft(program=view.program, alt=view.alt, destination="https://acme.test/sale")
    assert facade.change(manager, view.id, elsewhere).state is State.IN_REVIEW


def test_every_step_is_in_the_log(market: TwoTenants) -> None:
    view = shown(market)
    caller = market.a.advertiser.caller()
    facade.archive(caller, view.id)
    said = [entry.action for entry in audit.entries(caller).items if entry.action.startswith("creative.")]
    assert said == ["creative.archived", "creative.approved", "creative.made"]


def test_the_gallery_is_filtered(market: TwoTenants) -> None:
    view = shown(market, language="sv")
    caller = market.a.advertiser.caller()
    text = facade.write_text(
        caller, CreativeDraft(program=view.program, is_ready=True), Copy(headline="Autumn sale")
    )

    def found(**wanted: object) -> list[int]:
        return [one.id for one in facade.creatives(caller, CreativeFilter(**wanted)).items]  # type: ignore[arg-type]

    assert found() == [text.id, view.id]
    assert found(size="300x250") == found(kind=Kind.IMAGE) == found(language="sv") == [view.id]
    assert found(search="sale", kind=Kind.TEXT) == [text.id]
    assert found(state=State.ARCHIVED) == []
    there = facade.choices(caller)
    assert (there.sizes, there.languages, there.kinds) == (("300x250",), ("sv",), (Kind.IMAGE, Kind.TEXT))


def test_a_native_ad_says_whose_it_is(market: TwoTenants) -> None:
    caller, wanted = market.a.advertiser.caller(), draft(market)
    with pytest.raises(Refused) as refused:
        facade.write_native(caller, wanted, Copy(headline="Tents"), sent(image()))
    assert codes(refused) == ["sponsor_missing"]
    words = Copy(headline="Tents", sponsored_by="Acme")
    with pytest.raises(Refused) as refused:
        facade.write_native(caller, wanted, words, sent(image()), sent(image(size=(30, 20))))
    assert codes(refused) == ["icon_not_square"]
    view = facade.write_native(caller, wanted, words, sent(image()), sent(image(size=(64, 64))))
    assert view.icon_address.endswith(".png")


def test_the_code_carries_the_publishers_link(market: TwoTenants) -> None:
    view = shown(market, alt='Autumn "sale" <now>')
    publisher = market.a.publisher.caller()
    link = links.create_link(publisher, LinkDraft(program=view.program, subs=("top",)))
    code = facade.snippet(publisher, view.id, link.id).code
    assert code == (
        f'<a href="{link.address}" rel="sponsored noopener" target="_blank">'
        f'<img src="{view.address}" width="300" height="250" '
        'alt="Autumn &quot;sale&quot; &lt;now&gt;" loading="lazy"></a>\n'
        f'<img src="{site().public_url}/i/{link.key}.gif?sub1=top" width="1" height="1" alt="">'
    )
    links.end_link(publisher, link.id)
    with pytest.raises(Refused) as refused:
        facade.snippet(publisher, view.id, link.id)
    assert codes(refused) == ["link_ended"]


def test_the_code_of_an_html5_ad_hands_it_the_link_and_a_sandbox(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    wanted = draft(market, is_ready=True, destination="https://acme.test/sale?a=1")
    view = facade.upload(caller, wanted, sent(packed(GOOD), "ad.zip"))
    publisher = market.a.publisher.caller()
    link = links.create_link(publisher, LinkDraft(program=view.program))
    found = facade.snippet(publisher, view.id, link.id)
    assert found.click_address == f"{link.address}?url=https%3A%2F%2Facme.test%2Fsale%3Fa%3D1"
    assert "clickTag=http%3A%2F%2F" in found.code
    assert 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"' in found.code


def test_the_words_of_a_native_ad_are_in_its_own_language(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    words = Copy(headline="Tält", sponsored_by="Acme", body="<b>", call_to_action="Se tälten")
    view = facade.write_native(caller, draft(market, is_ready=True, language="sv"), words, sent(image()))
    publisher = market.a.publisher.caller()
    link = links.create_link(publisher, LinkDraft(program=view.program))
    code = facade.snippet(publisher, view.id, link.id).code
    assert "<small>Annons från Acme</small>" in code
    assert "&lt;b&gt;" in code
