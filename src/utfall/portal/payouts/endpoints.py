"""Payouts by API: everything that the pages do, for both sides."""

from base64 import b64encode
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Status

from utfall.bank import bank_account
from utfall.portal.access import Permission
from utfall.portal.payouts import facade
from utfall.portal.payouts.chapter import EARNING, HOUSE, SEEING
from utfall.portal.payouts.due_schemas import DueSumAnswer, due_sum_shown
from utfall.portal.payouts.rate_pages import ENVELOPE
from utfall.portal.payouts.rate_schemas import RatesAnswer, RatesSent, rates_shown
from utfall.portal.payouts.schemas import (
    BankAccountSent,
    BankFileAnswer,
    BatchAnswer,
    BatchSent,
    CameBackAnswer,
    CameBackWanted,
    CommissionsAnswer,
    CommissionsWanted,
    DetailsAnswer,
    DueAnswer,
    EarningsAnswer,
    OutcomeSent,
    PartWanted,
    PayoutAnswer,
    PayoutsWanted,
    PublisherWanted,
    ReleaseSent,
    WaySent,
    WhySent,
    WishesSent,
    batch_shown,
    came_back_shown,
    commission_shown,
    details_shown,
    due_shown,
    earnings_shown,
    payout_shown,
    sums_shown,
)
from utfall.portal.rest.facade import ApiRequest, Endpoints, Listed, Paging, Query, listed
from utfall.rates import LARGEST_TABLE

endpoints = Endpoints("payouts", _("Payouts"))
OWN: dict[str, Any] = {"needs": Permission.MONEY, "kinds": EARNING | HOUSE}
OPERATING: dict[str, Any] = {"needs": Permission.MONEY, "kinds": HOUSE}


@endpoints.get("/earnings", kinds=EARNING | HOUSE, answers=list[EarningsAnswer], summary="Earnings")
def earnings(request: ApiRequest, wanted: Query[PublisherWanted]) -> list[dict[str, Any]]:
    """By currency: what was earned, where it stands, when it moves on, and why it is not paid yet."""
    return [earnings_shown(one) for one in facade.earnings(request.caller, wanted.publisher)]


@endpoints.get("/payouts/details", answers=DetailsAnswer, summary="How a publisher is paid", **OWN)
def details(request: ApiRequest, wanted: Query[PublisherWanted]) -> dict[str, Any]:
    """And what is missing before anything can be."""
    return details_shown(facade.details(request.caller, wanted.publisher))


@endpoints.put(
    "/payouts/details/account", answers=DetailsAnswer, summary="Set the account that is paid to", **OWN
)
def set_account(request: ApiRequest, wanted: Query[PublisherWanted], sent: BankAccountSent) -> dict[str, Any]:
    """It is used after three days; nothing is paid until then, and the owners are told by mail."""
    account = bank_account(sent.scheme, sent.number, sent.country, sent.bic)
    return details_shown(facade.set_account(request.caller, sent.holder, account, publisher=wanted.publisher))


@endpoints.put("/payouts/details", answers=DetailsAnswer, summary="Set how often a publisher is paid", **OWN)
def set_wishes(request: ApiRequest, wanted: Query[PublisherWanted], sent: WishesSent) -> dict[str, Any]:
    """And from which amount on."""
    return details_shown(facade.set_wishes(request.caller, **sent.dict(), publisher=wanted.publisher))


@endpoints.post(
    "/payouts/details/ask",
    answers=DetailsAnswer,
    needs=Permission.MONEY,
    kinds=EARNING,
    summary="Ask for a payout",
)
def ask(request: ApiRequest) -> dict[str, Any]:
    """For those who are paid when they ask."""
    return details_shown(facade.ask(request.caller))


@endpoints.post("/payouts/details/stop", answers=DetailsAnswer, summary="Stop payouts", **OWN)
def stop(request: ApiRequest, wanted: Query[PublisherWanted], sent: WhySent) -> dict[str, Any]:
    """Nothing is paid until the operator lets it go on."""
    return details_shown(facade.stop(request.caller, sent.why, publisher=wanted.publisher))


@endpoints.post(
    "/payouts/publishers/{int:publisher}/resume",
    answers=DetailsAnswer,
    summary="Let payouts go on",
    **OPERATING,
)
def resume(request: ApiRequest, publisher: int, sent: WhySent) -> dict[str, Any]:
    """The operator's to decide, whoever stopped them."""
    return details_shown(facade.resume(request.caller, publisher, sent.why))


@endpoints.get("/payouts", kinds=SEEING, answers=Listed[PayoutAnswer], summary="Payouts")
def payouts(request: ApiRequest, wanted: Query[PayoutsWanted]) -> dict[str, Any]:
    """Yours, or everybody's; newest first."""
    return listed(facade.payouts(request.caller, **wanted.dict()), payout_shown)


@endpoints.get(
    "/payouts/due", answers=list[DueAnswer], summary="Who is due, and why others are not", **OPERATING
)
def due(request: ApiRequest) -> list[dict[str, Any]]:
    """Every payable balance with its verdict today."""
    return [due_shown(one) for one in facade.due(request.caller)]


@endpoints.get(
    "/payouts/due/sums", answers=list[DueSumAnswer], summary="What is due, by currency", **OPERATING
)
def due_sums(request: ApiRequest) -> list[dict[str, object]]:
    """In so many payouts, and what of the payable waits; who and why: `GET /payouts/due`."""
    return [due_sum_shown(one) for one in facade.due_sums(request.caller)]


@endpoints.get(
    "/payouts/came-back", answers=Listed[CameBackAnswer], summary="Payouts that came back", **OPERATING
)
def came_back(request: ApiRequest, wanted: Query[CameBackWanted]) -> dict[str, Any]:
    """Refused by the bank or the book, or returned: each with its next step."""
    return listed(facade.came_back(request.caller, **wanted.dict()), came_back_shown)


@endpoints.get("/payouts/rates", answers=RatesAnswer, summary="Where exchange rates stand", **OPERATING)
def exchange_rates(request: ApiRequest) -> dict[str, object]:
    """Which table is in use, how old it is, and the rate of each currency that is used."""
    return rates_shown(facade.exchange_rates(request.caller))


@endpoints.post(
    "/payouts/rates/fetch", answers=RatesAnswer, summary="Fetch newer exchange rates", **OPERATING
)
def fetch_rates(request: ApiRequest) -> dict[str, object]:
    """From where the operator said; `last_fetch` says how it went."""
    return rates_shown(facade.fetch_rates_now(request.caller))


@endpoints.post(
    "/payouts/rates/file",
    answers=RatesAnswer,
    summary="Give newer exchange rates",
    takes=LARGEST_TABLE + ENVELOPE,
    needs=Permission.OPERATE,
    kinds=HOUSE,
)
def give_rates(request: ApiRequest, file: RatesSent) -> dict[str, object]:
    """A table as the European Central Bank offers it, with a newer day than the one in use."""
    return rates_shown(facade.give_rates(request.caller, file.read(LARGEST_TABLE + 1)))


@endpoints.get("/payouts/batches", answers=Listed[BatchAnswer], summary="Batches of payouts", **OPERATING)
def batches(request: ApiRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """Newest first."""
    return listed(facade.batches(request.caller, after=wanted.after, limit=wanted.limit), batch_shown)


@endpoints.post(
    "/payouts/batches", answers=BatchAnswer, status=201, summary="Prepare a batch of payouts", **OPERATING
)
def prepare(request: ApiRequest, sent: BatchSent) -> Any:
    """Freezes who is due; nothing is paid before its release."""
    made = facade.prepare(request.caller, sent.currency, pay_on=sent.pay_on, publishers=sent.publishers)
    return Status(201, batch_shown(made))


@endpoints.get(
    "/payouts/batches/{int:payout_batch}", answers=BatchAnswer, summary="One batch of payouts", **OPERATING
)
def batch(request: ApiRequest, payout_batch: int) -> dict[str, Any]:
    """Where it stands."""
    return batch_shown(facade.batch(request.caller, payout_batch))


@endpoints.get(
    "/payouts/batches/{int:payout_batch}/payouts",
    answers=Listed[PayoutAnswer],
    summary="The payouts of a batch",
    **OPERATING,
)
def payouts_of_batch(request: ApiRequest, payout_batch: int, wanted: Query[Paging]) -> dict[str, Any]:
    """Newest first."""
    found = facade.payouts_of_batch(request.caller, payout_batch, after=wanted.after, limit=wanted.limit)
    return listed(found, payout_shown)


@endpoints.post(
    "/payouts/batches/{int:payout_batch}/release",
    answers=BatchAnswer,
    summary="Release a batch of payouts",
    **OPERATING,
)
def release(request: ApiRequest, payout_batch: int, sent: ReleaseSent) -> dict[str, Any]:
    """Where two people are asked for, `proposal` is what the second has to decide."""
    return batch_shown(facade.release(request.caller, payout_batch, why=sent.why))


@endpoints.post(
    "/payouts/batches/{int:payout_batch}/discard",
    answers=BatchAnswer,
    summary="Discard a batch of payouts",
    **OPERATING,
)
def discard(request: ApiRequest, payout_batch: int) -> dict[str, Any]:
    """Everybody in it is due again."""
    return batch_shown(facade.discard(request.caller, payout_batch))


@endpoints.delete(
    "/payouts/batches/{int:payout_batch}/payouts/{int:payout}",
    answers=BatchAnswer,
    summary="Take a payout out of a batch",
    **OPERATING,
)
def take_out(request: ApiRequest, payout_batch: int, payout: int) -> dict[str, Any]:
    """Before its release."""
    return batch_shown(facade.take_out(request.caller, payout_batch, payout))


@endpoints.post(
    "/payouts/batches/{int:payout_batch}/send",
    answers=BatchAnswer,
    summary="Hand out the bank file of a batch",
    **OPERATING,
)
def send(request: ApiRequest, payout_batch: int, sent: WaySent) -> dict[str, Any]:
    """Once: then get the file, or find it in the directory."""
    return batch_shown(facade.send(request.caller, payout_batch, sent.way))


@endpoints.get(
    "/payouts/batches/{int:payout_batch}/file",
    answers=BankFileAnswer,
    summary="The bank file of a batch",
    conflicts=True,
    **OPERATING,
)
def bank_file(request: ApiRequest, payout_batch: int, wanted: Query[PartWanted]) -> dict[str, Any]:
    """ISO 20022 `pain.001.001.09`, the same bytes each time."""
    found = facade.bank_file(request.caller, payout_batch, wanted.part)
    return {"name": found.name, "content": b64encode(found.content).decode()}


@endpoints.get("/payouts/{int:payout}", kinds=SEEING, answers=PayoutAnswer, summary="One payout")
def payout(request: ApiRequest, payout: int) -> dict[str, Any]:
    """Where it stands."""
    return payout_shown(facade.payout(request.caller, payout))


@endpoints.get(
    "/payouts/{int:payout}/commissions",
    kinds=SEEING,
    answers=CommissionsAnswer,
    summary="The commissions of a payout",
)
def commissions(request: ApiRequest, payout: int, wanted: Query[CommissionsWanted]) -> dict[str, Any]:
    """Each with its receipt."""
    items, following = facade.commissions(request.caller, payout, after=wanted.after)
    sums = sums_shown(facade.sums(request.caller, payout))
    return {"items": [commission_shown(one) for one in items], "following": following, "sums": sums}


@endpoints.post(
    "/payouts/{int:payout}/outcome",
    answers=PayoutAnswer,
    summary="Note by hand what became of a payout",
    **OPERATING,
)
def note_by_hand(request: ApiRequest, payout: int, sent: OutcomeSent) -> dict[str, Any]:
    """Usually the bank's files say it."""
    return payout_shown(facade.note_by_hand(request.caller, payout, sent.end, why=sent.why))
