"""Bank files: payments out as ISO 20022 `pain.001`, and what banks answer as `pain.002` and `camt`.

Promises: the same payments give the same bytes, amounts are whole minor units or refused, and what is read
of a file carries the bank's own names of things. Refuses: payments a bank would refuse for their form, files
that do not add up. It moves nothing: values in, bytes out, and the other way. docs/algorithms/bank-files.md.
`days` says on which days banks pay: docs/algorithms/payouts.md.
"""

from utfall.bank.accounts import BankAccount, Scheme, account_problem, bank_account, written
from utfall.bank.days import banking_day, banking_day_before, days_over, is_banking_day
from utfall.bank.letters import basic_latin, fitted
from utfall.bank.payments import Address, Payee, Payer, Payment, PaymentFile, payment_problems
from utfall.bank.references import is_reference, ocr_reference, rf_reference
from utfall.bank.statements import (
    Balance,
    Head,
    Movement,
    Seen,
    Statement,
    movements_of,
    read_statements,
    scan_statements,
)
from utfall.bank.statuses import (
    PaymentStatus,
    ReportHead,
    StatusReport,
    Verdict,
    read_status_report,
    scan_report,
    statuses_of,
)
from utfall.bank.transfers import write_transfers
from utfall.bank.xmlfile import BankFileError, message_of

__all__ = [
    "Address",
    "Balance",
    "BankAccount",
    "BankFileError",
    "Head",
    "Movement",
    "Payee",
    "Payer",
    "Payment",
    "PaymentFile",
    "PaymentStatus",
    "ReportHead",
    "Scheme",
    "Seen",
    "Statement",
    "StatusReport",
    "Verdict",
    "account_problem",
    "bank_account",
    "banking_day",
    "banking_day_before",
    "basic_latin",
    "days_over",
    "fitted",
    "is_banking_day",
    "is_reference",
    "message_of",
    "movements_of",
    "ocr_reference",
    "payment_problems",
    "read_statements",
    "read_status_report",
    "rf_reference",
    "scan_report",
    "scan_statements",
    "statuses_of",
    "write_transfers",
    "written",
]
