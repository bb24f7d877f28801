"""Papers: numbers without a gap, over all that was earned since the one before, or what one takes back."""

from utfall.engine.batch import Entry
from utfall.engine.draft import Draft
from utfall.engine.money.desk import currency_problem, decided, next_receipt, operator, post, slice_of
from utfall.engine.money.documents import MoneyBody
from utfall.engine.money.state import MoneySlice, Papered, PaperState, Party
from utfall.events import Paper, Reason
from utfall.money import minor_micros, round_ratio


def settle_paper(draft: Draft, event: Paper) -> None:
    """A paper was issued."""
    body = MoneyBody(event=event.id, kind="paper", occurred_at=event.occurred_at)
    if event.paper.owner == "advertiser":
        body.advertiser = event.party
    else:
        body.publisher = event.party
    body.paper, body.paper_kind, body.digest = event.name, event.paper.value, event.digest
    body.currency, body.net_micros, body.tax_micros = event.currency, event.net_micros, event.tax_micros
    if event.corrects is not None:
        body.corrects = event.corrects
    decided(draft, event, _issue, body=body)


def _issue(draft: Draft, event: Paper, body: MoneyBody) -> Reason | None:
    money = slice_of(draft)
    if reason := _form_problem(draft, event) or _series_problem(money, event):
        return reason
    party = Party(event.paper.owner, event.party, event.currency)
    before = money.papered.setdefault(party, Papered())
    through = before.through if event.corrects is not None else event.through
    if reason := _amount_problem(money, event, party, before):
        return reason
    carried = before.carried_micros - event.net_micros
    left = carried + money.earned.get((party, through), 0)
    money.papered[party] = Papered(through, carried)
    money.series[event.series] = event.number
    _take_back(draft, event)
    body.transaction = post(draft, event, event.currency, *_entries(event))
    body.since, body.through, body.left_micros = before.through, through, left
    _keep(draft, event, body, before.through, through, left)
    return None


def _form_problem(draft: Draft, event: Paper) -> Reason | None:
    """Why a paper cannot be read at all."""
    if event.paper.owner == "advertiser" and event.party not in draft.terms.advertisers:
        return Reason.UNKNOWN_ADVERTISER
    if event.paper.owner == "publisher" and event.party not in draft.terms.publishers:
        return Reason.UNKNOWN_PUBLISHER
    if reason := currency_problem(event.currency, event.net_micros, event.tax_micros):
        return reason
    sign = -1 if event.paper.is_credit else 1
    if not 0 <= sign * event.tax_micros <= sign * event.net_micros or not event.net_micros:
        return Reason.INVALID_FIELD
    return Reason.INVALID_FIELD if event.corrects is not None and not event.paper.is_credit else None


def _series_problem(money: MoneySlice, event: Paper) -> Reason | None:
    return None if event.number == money.series.get(event.series, 0) + 1 else Reason.NOT_NEXT_NUMBER


def _amount_problem(money: MoneySlice, event: Paper, party: Party, before: Papered) -> Reason | None:
    """Why the net is not what a paper of the party must say."""
    if event.corrects is not None:
        return _correction_problem(money, event, party)
    if not before.through <= event.through <= money.bound:
        return Reason.UNKNOWN_BOUND
    standing = before.carried_micros + money.earned[party, event.through]
    unit = minor_micros(event.currency)
    return None if event.net_micros == round_ratio(standing, unit, "down") * unit else Reason.AMOUNT_DIFFERS


def _correction_problem(money: MoneySlice, event: Paper, party: Party) -> Reason | None:
    other = money.papers.get(event.corrects or "")
    if other is None or Party(other.owner, other.party, other.currency) != party:
        return Reason.UNKNOWN_PAPER
    left = other.net_micros - other.credited_micros
    if other.net_micros < 0 or -event.net_micros > left or -event.tax_micros > other.tax_micros:
        return Reason.EXCEEDS_PAPER
    return None


def _take_back(draft: Draft, event: Paper) -> None:
    if event.corrects is not None:
        other = slice_of(draft).papers[event.corrects]
        other.credited_micros -= event.net_micros
        draft.money.papers[other.name] = other


def _entries(event: Paper) -> tuple[Entry, ...]:
    net, tax = event.net_micros, event.tax_micros
    if event.paper.owner == "publisher":
        return (Entry("publisher", event.party, "payable", -tax), operator("vat_in", tax))
    return (
        Entry("advertiser", event.party, "owed", -net),
        Entry("advertiser", event.party, "receivable", net + tax),
        operator("vat_out", -tax),
    )


def _keep(draft: Draft, event: Paper, body: MoneyBody, since: int, through: int, left: int) -> None:
    state = PaperState(
        id=next_receipt(draft),
        name=event.name,
        kind=event.paper.value,
        series=event.series,
        number=event.number,
        owner=event.paper.owner,
        party=event.party,
        currency=event.currency,
        period_from=event.period_from,
        period_until=event.period_until,
        since=since,
        through=through,
        net_micros=event.net_micros,
        tax_micros=event.tax_micros,
        settled_micros=0,
        credited_micros=0,
        left_micros=left,
        due=event.due,
        corrects=event.corrects,
        digest=event.digest,
        event=event.id,
        at=event.occurred_at,
        transaction=body.transaction,
    )
    slice_of(draft).papers[state.name] = draft.money.papers[state.name] = state
