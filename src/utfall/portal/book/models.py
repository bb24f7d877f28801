"""The tables of the book. Their SQL stands in `migrations/0001_tables.sql`; what they refuse in
`0001_guards.sql`.

Ids of terms are plain numbers: the terms live in sealed snapshots, not here. Times are UTC milliseconds,
amounts integer micros; a balance is such a number in decimal, for it may outgrow 64 bits. Relations without a
constraint exist for reading; settlement writes both sides in one transaction.
"""

from django.db import models

from utfall.portal.book.money_models import Answer, Exchange, Funding, Line, Paper, Payout

__all__ = [
    "Account",
    "Answer",
    "Batch",
    "Bond",
    "Budget",
    "Click",
    "Commission",
    "Conversion",
    "Cursor",
    "Customer",
    "Entry",
    "Exchange",
    "Fence",
    "Funding",
    "Identity",
    "Line",
    "Outbox",
    "Paper",
    "Payout",
    "Position",
    "Receipt",
    "Seen",
    "Side",
    "Tier",
    "TrafficMemory",
    "Transaction",
]


class Account(models.Model):
    """What a party owes (positive) or is owed (negative) in a bucket and currency. Numbered by first use.

    Of its balance, `outside_micros` is what money that moved outside did; the rest was earned.
    """

    id = models.BigIntegerField(primary_key=True)
    owner = models.TextField()
    owner_id = models.BigIntegerField()
    bucket = models.TextField()
    currency = models.TextField()
    balance_micros = models.TextField(default="0")
    outside_micros = models.TextField(default="0")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("owner", "owner_id", "bucket", "currency"), name="account_of"),
        )


class Conversion(models.Model):
    """An order: its key, where it stands, and as `state` all that the engine knows of it."""

    id = models.BigIntegerField(primary_key=True)
    advertiser = models.BigIntegerField()
    outcome = models.TextField()
    reference = models.TextField()
    event = models.TextField()
    occurred_at = models.BigIntegerField()
    status = models.TextField()
    reason = models.TextField(null=True)
    program = models.BigIntegerField(null=True)
    publisher = models.BigIntegerField(null=True)
    currency = models.TextField()
    amount_micros = models.BigIntegerField()
    commission_micros = models.BigIntegerField()
    fee_micros = models.BigIntegerField()
    state = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("advertiser", "outcome", "reference"), name="conversion_of"),
        )


class Transaction(models.Model):
    """A balanced set of entries. Inserting its row seals it: the entries are there, and no more follow."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.TextField()
    currency = models.TextField()
    occurred_at = models.BigIntegerField()
    program = models.BigIntegerField()
    publisher = models.BigIntegerField()
    batch = models.BigIntegerField()
    event = models.TextField(null=True)
    conversion = models.ForeignKey(Conversion, models.DO_NOTHING, null=True, db_constraint=False)
    rule = models.BigIntegerField(null=True)
    corrects = models.ForeignKey("self", models.DO_NOTHING, null=True, db_constraint=False)


class Entry(models.Model):
    """One side of a transaction: debit positive, credit negative."""

    pk = models.CompositePrimaryKey("transaction_id", "account_id")
    transaction = models.ForeignKey(Transaction, models.DO_NOTHING, related_name="entries")
    account = models.ForeignKey(Account, models.DO_NOTHING, related_name="entries", db_constraint=False)
    amount_micros = models.BigIntegerField()


class Commission(models.Model):
    """What a publisher earned with one conversion, or with touches posted together; `due_at` is when time
    moves it, in the row of whoever won: the other parties of a conversion move with it.

    `number` is the conversion's, or for touches and bonuses that of the transaction that accrued it.
    `released` made it payable, `paid_by` took it off: the transaction of a payout or exchange.
    """

    pk = models.CompositePrimaryKey("source", "number", "publisher")
    source = models.TextField()
    number = models.BigIntegerField()
    program = models.BigIntegerField()
    publisher = models.BigIntegerField()
    currency = models.TextField()
    status = models.TextField()
    commission_micros = models.BigIntegerField()
    due_at = models.BigIntegerField(null=True)
    released = models.BigIntegerField(null=True)
    paid_by = models.BigIntegerField(null=True)


class Tier(models.Model):
    """What a tier counts of a publisher in a period, and the correction that stands for it. `state`: all that
    the engine knows of it.
    """

    pk = models.CompositePrimaryKey("rule", "period", "publisher")
    rule = models.BigIntegerField()
    period = models.TextField()
    publisher = models.BigIntegerField()
    program = models.BigIntegerField()
    currency = models.TextField()
    orders = models.BigIntegerField()
    status = models.TextField()
    commission_micros = models.BigIntegerField()
    fee_micros = models.BigIntegerField()
    due_at = models.BigIntegerField(null=True)
    state = models.BinaryField()


class Budget(models.Model):
    """One row of a limit: how much of a cap a period has reserved and settled. Publisher 0, and the empty
    customer: all together.
    """

    pk = models.CompositePrimaryKey("limit_id", "period", "customer", "publisher")
    limit_id = models.BigIntegerField()
    period = models.TextField()
    customer = models.TextField(default="")
    publisher = models.BigIntegerField()
    cap = models.BigIntegerField()
    reserved = models.BigIntegerField()
    settled = models.BigIntegerField()


class Customer(models.Model):
    """How many orders a pseudonymous customer of an advertiser has placed, and when the latest was."""

    pk = models.CompositePrimaryKey("advertiser", "customer")
    advertiser = models.BigIntegerField()
    customer = models.TextField()
    orders = models.BigIntegerField()
    last_at = models.BigIntegerField(null=True)


class Bond(models.Model):
    """To whom a customer's first attributed order in a program bonds it."""

    pk = models.CompositePrimaryKey("advertiser", "customer", "program")
    advertiser = models.BigIntegerField()
    customer = models.TextField()
    program = models.BigIntegerField()
    state = models.BinaryField()


class Click(models.Model):
    """A click found again by its id, for it has an identity, or sub-ids that its token cannot hold."""

    id = models.BinaryField(primary_key=True)
    at = models.BigIntegerField()
    state = models.BinaryField()


class Identity(models.Model):
    """A click or view of one visitor or customer, in order of time."""

    pk = models.CompositePrimaryKey("advertiser", "identity", "at", "touch")
    advertiser = models.BigIntegerField()
    identity = models.BinaryField()
    at = models.BigIntegerField()
    touch = models.BinaryField()
    state = models.BinaryField()


class Seen(models.Model):
    """An event id that was settled, so that its like is refused as a duplicate."""

    event = models.BinaryField(primary_key=True)


class Receipt(models.Model):
    """Why a decision is what it is: the body both parties read, and a side for each."""

    id = models.BigIntegerField(primary_key=True)
    hash = models.TextField()
    prior = models.TextField(null=True)
    kind = models.TextField()
    conversion = models.ForeignKey(Conversion, models.DO_NOTHING, null=True, db_constraint=False)
    transaction = models.ForeignKey(Transaction, models.DO_NOTHING, null=True, db_constraint=False)
    program = models.BigIntegerField(null=True)
    publisher = models.BigIntegerField(null=True)
    batch = models.BigIntegerField()
    body = models.BinaryField()
    advertiser_side = models.BinaryField()
    publisher_side = models.BinaryField()


class Side(models.Model):
    """What one more party of an order reads beside a receipt's body."""

    pk = models.CompositePrimaryKey("receipt_id", "publisher")
    receipt = models.ForeignKey(Receipt, models.DO_NOTHING, related_name="sides", db_constraint=False)
    publisher = models.BigIntegerField()
    side = models.BinaryField()


class Batch(models.Model):
    """A manifest that was settled, with the signed root of its receipts (none when it wrote none)."""

    seq = models.BigIntegerField(primary_key=True)
    now = models.BigIntegerField()
    snapshot = models.TextField()
    events = models.BigIntegerField()
    manifest = models.BinaryField()
    first_receipt = models.BigIntegerField()
    receipts = models.BigIntegerField()
    root = models.BinaryField(null=True)
    signature = models.BinaryField(null=True)
    key = models.TextField(null=True)


class TrafficMemory(models.Model):
    """What one batch remembered of clicks, for as long as the memory lasts."""

    batch = models.BigIntegerField(primary_key=True)
    now = models.BigIntegerField()
    changes = models.BinaryField()


class Cursor(models.Model):
    """One row: the last batch in the book, and the last numbers given out."""

    id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    now = models.BigIntegerField()
    last_order = models.BigIntegerField()
    last_transaction = models.BigIntegerField()
    last_receipt = models.BigIntegerField()
    receipt_hash = models.TextField()


class Position(models.Model):
    """How far a stream is settled; `checksum` of the commit that ends there, where one does."""

    stream = models.TextField(primary_key=True)
    position = models.BigIntegerField()
    checksum = models.BinaryField(null=True)


class Fence(models.Model):
    """One row: the epoch of the settler that may commit. It belongs to this file, not to history."""

    id = models.BigIntegerField(primary_key=True)
    epoch = models.BigIntegerField()
    holder = models.TextField()


class Outbox(models.Model):
    """What a batch tells the lake, until the lake has it."""

    batch = models.BigIntegerField(primary_key=True)
    body = models.BinaryField()
