"""What one line of an entry is held to: account or relation, amounts, currency.

Sources: schema of POST FiEntries, help.afas.nl App_Conect_UpdDsc_070, texts from Spend Cloud and Zenvoices.
"""

from decimal import ROUND_HALF_UP, Decimal

from emulators.afas import periods
from emulators.afas.books import (
    BASE_CURRENCY,
    CREDITOR,
    DEBTOR,
    LEDGER,
    RELATION_TABLES,
    ZERO,
    Books,
    Line,
    Row,
)
from emulators.afas.entry_header import PURCHASE, SALES, Header, check_date
from emulators.afas.errors import Refused
from emulators.afas.shapes import Element

CENT = Decimal("0.01")
RATE_SLACK = Decimal("0.02")
SIDES = {SALES: DEBTOR, PURCHASE: CREDITOR}
COLLECT_ACCOUNTS = {DEBTOR: "1300", CREDITOR: "1600"}
CONDITION_FIELDS = {DEBTOR: "PayCon", CREDITOR: "PaymentCondition"}


def check_line(books: Books, header: Header, element: Element) -> Line:
    """Resolve one line without what hangs below it; raise Refused for the first thing that is wrong."""
    sent = element.fields
    if "EnNo" in sent:
        raise Refused("entry_number_given")
    if "InId" in sent and "InI2" in sent:
        raise Refused("both_invoice_numbers")
    kind = sent["VaAs"]
    if kind not in {LEDGER, DEBTOR, CREDITOR}:
        raise Refused("value_unknown", field="Kenmerk rekening")
    account, collected = (_ledger if kind == LEDGER else _relation)(books, kind, sent["AcNr"])
    check_date(books, header, sent["EnDa"])
    debit, credit = _amounts(books, sent)
    line = Line(
        kind=kind,
        account=account,
        ledger_account=collected,
        entry_date=sent["EnDa"],
        voucher_date=sent["BpDa"],
        voucher=sent.get("BpNr"),
        invoice=sent.get("InId"),
        text=sent.get("Ds"),
        debit=debit,
        credit=credit,
        vat_code=sent.get("VaId"),
        debit_fc=debit,
        credit_fc=credit,
        sent=dict(sent),
    )
    _currency(books, line)
    if kind == LEDGER and "BankAccount" in sent:
        raise Refused("payment_account")
    if kind != LEDGER:
        _relation_fields(books, header, line)
    return line


def _ledger(books: Books, _kind: str, code: str) -> tuple[str, str]:
    account = books.find("Profit_Accounts", code)
    if account is None:
        raise Refused("value_unknown", field="Rekeningnummer")
    if account["Blocked"]:
        raise Refused("account_blocked", account=account["Account"])
    if account["CollectAccount"] and books.switches.text("ledger_on_collect_account") == "refused":
        raise Refused("collect_account", account=account["Account"])
    return account["Account"], account["Account"]


def _relation(books: Books, kind: str, code: str) -> tuple[str, str]:
    relation = books.find(RELATION_TABLES[kind], code)
    if relation is None:
        raise Refused("value_unknown", field="Rekeningnummer")
    number = relation["DebtorId" if kind == DEBTOR else "CreditorId"]
    # A creditor's Blocked is "fully blocked, not visible any more", a debtor's is for deliveries.
    never = kind == CREDITOR and relation["Blocked"]
    held = relation["Blocked"] or relation.get("TempBlocked")
    if never or (held and books.switches.text("blocked_relation") == "refused"):
        raise Refused("relation_blocked", side=kind, account=number)
    return number, relation.get("CollectAccount") or COLLECT_ACCOUNTS[kind]


def _amounts(books: Books, sent: Row) -> tuple[Decimal, Decimal]:
    debit, credit = (_cents(books, sent.get(name, ZERO)) for name in ("AmDe", "AmCr"))
    if not debit and not credit and books.switches.text("zero_amounts") == "refused":
        raise Refused("no_amount")
    if debit and credit:
        raise Refused("two_amounts")
    if (debit < 0 or credit < 0) and books.switches.text("negative_amounts") == "refused":
        raise Refused("negative")
    return debit, credit


def _cents(books: Books, amount: Decimal) -> Decimal:
    rounded = amount.quantize(CENT, rounding=ROUND_HALF_UP)
    if rounded != amount and books.switches.text("third_decimal") == "refused":
        raise Refused("fraction")
    return rounded


def _currency(books: Books, line: Line) -> None:
    """Take over currency, rate and foreign amounts of a relation line."""
    code = line.sent.get("CuId", BASE_CURRENCY)
    listed = [row for row in books.rows("Profit_Currency") if row["CurrencyId"] == code]
    if not listed:
        raise Refused("value_unknown", field="Valuta")
    if code == BASE_CURRENCY:
        return
    if line.kind == LEDGER:
        raise Refused("currency_on_ledger", account=line.account)
    line.currency = code
    line.rate = line.sent.get("Rate") or max(listed, key=lambda row: row["StartDate"])["Exchange_Rate"]
    line.debit_fc, line.credit_fc = (
        _foreign(books, line, name, base) for name, base in (("AmDc", line.debit), ("AmCc", line.credit))
    )


def _foreign(books: Books, line: Line, name: str, base: Decimal) -> Decimal:
    direction = books.switches.text("rate_direction")
    worked = base / line.rate if direction == "base_per_foreign" else base * line.rate
    sent: Decimal | None = line.sent.get(name)
    if sent is None:
        return worked.quantize(CENT, rounding=ROUND_HALF_UP)
    # The base amounts of several lines were rounded, so the two sides agree within what that leaves.
    slack = RATE_SLACK * max(line.rate, 1 / line.rate, Decimal(1))
    if direction != "unchecked" and abs(sent - worked) > slack:
        raise Refused("currency_amount")
    return _cents(books, sent)


def _relation_fields(books: Books, header: Header, line: Line) -> None:
    sent = line.sent
    relation = books.find(RELATION_TABLES[line.kind], line.account) or {}
    code = sent.get("PaCd") or relation.get(CONDITION_FIELDS[line.kind])
    condition = books.find("Qubz_PaymentConditions", code) if code else None
    if "PaCd" in sent and (condition is None or condition["Blocked"]):
        raise Refused("value_unknown", field="Betalingsvoorwaarde")
    own_side = SIDES.get(header.kind) == line.kind
    line.due = sent.get("DaEx") or (periods.due_date(line.voucher_date, condition) if own_side else None)
    bank = sent.get("BankAccount")
    if bank and bank.replace(" ", "") != relation.get("IBAN"):
        raise Refused("bank_account", bank=bank, account=line.account)
    if sent.get("AmGa", ZERO) > abs(line.amount):
        raise Refused("g_account")
