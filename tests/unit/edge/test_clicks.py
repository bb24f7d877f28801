"""The fast bytes of a click are the very bytes of its event."""

from hypothesis import given
from hypothesis import strategies as st

from utfall.edge.agents import Agent
from utfall.edge.chance import Ids
from utfall.edge.clicks import encoded_click
from utfall.edge.landing import landing_of
from utfall.edge.touching import Asked
from utfall.events import Click, Consent, encode
from utfall.terms import Link

SOME_TEXT = st.none() | st.text(max_size=40)


@given(
    st.integers(min_value=0, max_value=(1 << 48) - 1),
    st.sampled_from(Consent),
    st.tuples(SOME_TEXT, SOME_TEXT, SOME_TEXT),
    st.builds(Agent, SOME_TEXT, SOME_TEXT, SOME_TEXT, SOME_TEXT),
    st.lists(st.text(max_size=5), max_size=10).map(tuple),
)
def test_the_fast_bytes_of_a_click_are_those_of_its_event(
    now: int,
    consent: Consent,
    seen: tuple[str | None, str | None, str | None],
    agent: Agent,
    sub: tuple[str, ...],
) -> None:
    link = Link(id=3, key="k", program=4, publisher=5, destination="https://shop.example/")
    landing = landing_of(link, 6, consent_required=True, valid_until=1)
    assert landing is not None
    raw = Ids().raw(now)
    visitor, address, country = seen
    click = Click(
        id=raw.hex(),
        occurred_at=now,
        received_at=now,
        advertiser=6,
        program=4,
        publisher=5,
        link=3,
        consent=consent,
        visitor=visitor,
        address=address,
        device=agent.device,
        os=agent.os,
        browser=agent.browser,
        robot=agent.robot,
        country=country,
        sub=sub,
    )
    assert encoded_click(raw, now, landing, Asked(consent, sub), (*seen, None), agent) == encode(click)
