"""One line of a journal page: account, VAT and amounts, checked and completed."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from emulators.accountview import periods
from emulators.accountview.books import Books, Row
from emulators.accountview.dictionary import tables
from emulators.accountview.errors import AccountViewError, blocked, mandatory, unknown
from emulators.accountview.head import INVOICES, Head, codes, relation_fits, write_blocked

FIELDS = tables()["DJ_LINE"]
CODES = {"COST_CODE": "COST", "PROJ_CODE": "PROJECTS"}
# Their tables are not emulated: no code of theirs exists.
CODES_OF_NOTHING = ("PC_CODE", "DIST_CODE", "OBLI_NR", "PART_CODE", "ADM_CODE")
COLLECTIVE_ROLES = {1: "D", 2: "C"}
SALES_VAT, PURCHASE_VAT = 1, 2
VAT_TYPES = {"sales": SALES_VAT, "purchase": PURCHASE_VAT}
TOLERANCE = Decimal("0.05")
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, amounts in the sign they were sent in; `shifted` VAT is booked twice and adds nothing."""

    sent: Row
    account: Row
    vat: Row | None
    net: Decimal
    vat_amount: Decimal
    shifted: Decimal
    currency_net: Decimal
    currency_vat: Decimal


@dataclass(slots=True, kw_only=True)
class Amounts:
    """What a line sends as amounts, in home currency and in the page's."""

    net: Decimal
    vat: Decimal | None
    currency_net: Decimal
    currency_vat: Decimal


def read(books: Books, head: Head, sent: Row, number: int) -> Line:
    """Check a line; raise AccountViewError with every reason, naming the line."""
    reasons = [*write_blocked(FIELDS, sent, books), *_codes(books, head, sent)]
    if reasons:
        raise AccountViewError(*(f"Regel {number}: {reason}" for reason in reasons))
    account = books.table("LEDGER")[sent["ACCT_NR"]]
    try:
        return _amounts(books, head, sent, account)
    except AccountViewError as error:
        raise AccountViewError(*(f"Regel {number}: {reason}" for reason in error.reasons)) from error


def _codes(books: Books, head: Head, sent: Row) -> list[str]:
    number = sent.get("ACCT_NR")
    if not number:
        return [mandatory(FIELDS["ACCT_NR"])]
    account = books.find("LEDGER", number)
    if account is None:
        return [unknown(FIELDS["ACCT_NR"], number)]
    if account["REC_BLK"]:
        return [blocked(FIELDS["ACCT_NR"], number)]
    return [
        *_date(books, head, sent),
        *codes(books, FIELDS, CODES, sent),
        *(unknown(FIELDS[name], sent[name]) for name in CODES_OF_NOTHING if sent.get(name)),
        *_cost_centre(head, account, sent),
        *_relation(books, account, sent),
        *_vat_code(books, head, account, sent),
        *_quantity(account, sent),
        *_spread(sent),
    ]


def _date(books: Books, head: Head, sent: Row) -> list[str]:
    day = sent.get("TRN_DATE")
    if day is None and books.switches.text("line_date") == "required":
        return [mandatory(FIELDS["TRN_DATE"])]
    return periods.check(books, day, head.period) if day else []


def _quantity(account: Row, sent: Row) -> list[str]:
    return [mandatory(FIELDS["TRN_QTY"])] if account["QTY_MAND"] and not sent.get("TRN_QTY") else []


def _spread(sent: Row) -> list[str]:
    return ["Spreiden over perioden is niet mogelijk"] if sent.get("BEG_PER") or sent.get("END_PER") else []


def _cost_centre(head: Head, account: Row, sent: Row) -> list[str]:
    code = sent.get("COST_CODE") or head.sent.get("COST_CODE") or account["COST_CODE"]
    if code:
        sent["COST_CODE"] = code
    return [mandatory(FIELDS["COST_CODE"])] if account["COST_MAND"] and not code else []


def _relation(books: Books, account: Row, sent: Row) -> list[str]:
    """Demand relation and document number on a collective account (Visma, FAQ of the year end)."""
    role = COLLECTIVE_ROLES.get(int(account["ACCT_LINK"] or 0))
    number = sent.get("SUB_NR")
    if role is None:
        absent = number and books.find("CONTACT", number) is None
        return [unknown(FIELDS["SUB_NR"], number)] if absent else []
    if not number:
        return [mandatory(FIELDS["SUB_NR"])]
    if not sent.get("INV_NR"):
        return [mandatory(FIELDS["INV_NR"])]
    return relation_fits(books, FIELDS["SUB_NR"], number, role)


def _vat_code(books: Books, head: Head, account: Row, sent: Row) -> list[str]:
    if not sent.get("VAT_CODE") and books.switches.text("ledger_vat_default") == "applied":
        sent["VAT_CODE"] = account["VAT_CODE"] or None
    code = sent.get("VAT_CODE")
    if not code:
        missing = account["VAT_MAND"] and head.kind in INVOICES
        return [mandatory(FIELDS["VAT_CODE"])] if missing or sent.get("VAT_AMT") else []
    vat = books.find("VAT", code)
    if vat is None:
        return [unknown(FIELDS["VAT_CODE"], code)]
    fits = VAT_TYPES.get(head.kind, vat["VAT_TYPE"]) == vat["VAT_TYPE"]
    if not fits and books.switches.on("vat_type_checked"):
        return [f"{FIELDS['VAT_CODE'].description} '{code}' past niet bij dit dagboek"]
    return []


def _amounts(books: Books, head: Head, sent: Row, account: Row) -> Line:
    vat = books.find("VAT", sent.get("VAT_CODE"))
    amounts = _home_amounts(books, head, sent)
    percentage = Decimal(vat["VAT_PCT"] or 0) if vat else ZERO
    computed = _computed(amounts.net, percentage, gross=head.gross and not _is_shifted(vat))
    if _is_shifted(vat):
        shifted = _shifted(books, amounts.vat, computed)
        taken = ZERO
    else:
        shifted = ZERO
        taken = _taken(books, amounts.vat, computed, percentage)
    included = taken if head.gross else ZERO
    currency_included = amounts.currency_vat if head.gross else ZERO
    return Line(
        sent=sent,
        account=account,
        vat=vat,
        net=amounts.net - included,
        vat_amount=taken,
        shifted=shifted,
        currency_net=amounts.currency_net - currency_included,
        currency_vat=amounts.currency_vat,
    )


def _is_shifted(vat: Row | None) -> bool:
    return bool(vat and vat["IS_REVERSE"] and vat["VAT_TYPE"] == PURCHASE_VAT)


def _home_amounts(books: Books, head: Head, sent: Row) -> Amounts:
    currency = head.currency
    if sent.get("CUR_CODE") not in {None, "", currency}:
        raise AccountViewError(f"{FIELDS['CUR_CODE'].description} wijkt af van die van de bladzijde")
    net, vat = sent.get("AMOUNT"), sent.get("VAT_AMT")
    if not head.foreign:
        if net is None:
            raise AccountViewError(mandatory(FIELDS["AMOUNT"]))
        return Amounts(net=_cents(net), vat=_maybe(vat), currency_net=ZERO, currency_vat=ZERO)
    foreign, foreign_vat = sent.get("CUR_AMT"), sent.get("CUR_VAT") or ZERO
    if foreign is None:
        raise AccountViewError(mandatory(FIELDS["CUR_AMT"]))
    return Amounts(
        net=_converted(books, head, net, foreign),
        vat=_converted(books, head, vat, foreign_vat) if vat is not None or foreign_vat else None,
        currency_net=_cents(foreign),
        currency_vat=_cents(foreign_vat),
    )


def _converted(books: Books, head: Head, home: Decimal | None, foreign: Decimal) -> Decimal:
    converted = head.home(foreign, books)
    rule = books.switches.text("currency_amounts")
    if home is None or rule == "recomputed":
        return converted
    if rule == "checked" and foreign and abs(home - converted) > TOLERANCE:
        raise AccountViewError(f"{FIELDS['AMOUNT'].description} {home} past niet bij de valutakoers")
    return _cents(home)


def _computed(amount: Decimal, percentage: Decimal, *, gross: bool) -> Decimal:
    base = 100 + percentage if gross else Decimal(100)
    return _cents(amount * percentage / base)


def _taken(books: Books, sent: Decimal | None, computed: Decimal, percentage: Decimal) -> Decimal:
    """Return the VAT of an ordinary code (switch `vat_amount`)."""
    if sent and not percentage:
        raise AccountViewError(f"{FIELDS['VAT_AMT'].description} is niet toegestaan bij 0%")
    rule = books.switches.text("vat_amount")
    if sent is None or rule == "recomputed":
        return computed
    if rule == "checked" and abs(sent - computed) > TOLERANCE:
        raise AccountViewError(f"{FIELDS['VAT_AMT'].description} moet {computed} zijn")
    return sent


def _shifted(books: Books, sent: Decimal | None, computed: Decimal) -> Decimal:
    """Return the VAT that a reverse-charge purchase shifts (switch `reverse_charge_vat`)."""
    rule = books.switches.text("reverse_charge_vat")
    if rule == "must_be_zero" and sent:
        raise AccountViewError(f"{FIELDS['VAT_AMT'].description} is niet toegestaan bij verlegde btw")
    return computed if sent is None or rule != "sent_amount" else sent


def _maybe(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else _cents(amount)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
