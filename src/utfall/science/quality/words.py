"""A verdict's sentence, made of its numbers. Another language has other templates and the same numbers."""

from typing import Final

from utfall.science.quality.rows import Clicked, Detector, Numbers, Ordered, Verdict

SENTENCES: Final[dict[Detector, str]] = {
    Detector.LATE_CLICK: (
        "The click came {late_s:.0f} s after the checkout had begun. So did {share:.0%} of this publisher's "
        "{orders:.0f} orders with a known checkout; {others:.1%} elsewhere in the program."
    ),
    Detector.QUICK_CLICK: (
        "The order came {delay_s:.0f} s after the click. {share:.0%} of this publisher's {orders:.0f} orders "
        "came within {bound_s:.0f} s; {others:.1%} elsewhere, where the median is {median_s:.0f} s."
    ),
    Detector.FLOODED_CLICK: (
        "{clicks:.0f} clicks in {days:.0f} days, where {usual:.0f} are usual; the orders that followed lie "
        "{gap:.0%} behind those of others. This one came {delay_h:.1f} h after its click; the median is "
        "{median_h:.1f} h elsewhere."
    ),
    Detector.ROBOT_CLICKS: (
        "{clicks:.0f} clicks in {days:.0f} days, where {usual:.0f} are usual; {same:.0f} of them from this "
        "address on this day, where {others:.2f} are usual in the program."
    ),
    Detector.OWN_ORDER: (
        "One {who} placed {through:.0f} of {placed:.0f} orders through this publisher, which brings "
        "{share:.1%} of the program's."
    ),
    Detector.OWN_IDENTITY: "The buyer is the publisher: a visitor or customer that is known as its own.",
    Detector.DUPLICATE_LEAD: "The same {who} inquired {hours:.1f} h before; earlier inquiries: {before:.0f}.",
    Detector.LEAKED_CODE: (
        "The code without its holder's click: {orders:.0f} times in {days:.0f} days, "
        "where {usual:.1f} are usual."
    ),
}


def told(
    detector: Detector,
    one: Ordered | Clicked,
    numbers: Numbers,
    *,
    p_value: float | None = None,
    honest: float | None = None,
    who: str = "",
) -> Verdict:
    """A verdict with its sentence; how unlikely it is by chance is said last."""
    says = SENTENCES[detector].format(who=who, **numbers)
    return Verdict(
        subject=one.id,
        is_order=isinstance(one, Ordered),
        program=one.program,
        publisher=one.publisher,
        detector=detector,
        numbers=numbers,
        says=says + ("" if p_value is None else f" p {_small(p_value)}."),
        p_value=p_value,
        honest=honest,
    )


def _small(chance: float) -> str:
    """A probability as people write it.

    >>> _small(0.0), _small(3e-7), _small(0.02)
    ('< 1e-15', '= 3e-07', '= 0.02')
    """
    return "< 1e-15" if chance < 1e-15 else f"= {chance:.1g}"
