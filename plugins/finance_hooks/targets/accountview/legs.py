"""Tell the legs of a booking: from the ledger's rows, or worked out from a page that is not posted yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.money import ZERO
from finance_hooks.targets.accountview.company import Company
from finance_hooks.targets.accountview.conventions import Conventions
from finance_hooks.targets.accountview.pages import ReadPage
from finance_hooks.targets.accountview.wire import Row, read_amount, read_flag, read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg; amounts are debit minus credit, in the currency of the books and in the page's own.

    `is_party` marks the leg of the debtor or creditor on an invoice.
    """

    account: str
    amount: Decimal
    in_currency: Decimal
    vat_code: str | None = None
    is_vat: bool = False
    is_party: bool = False
    cost_centre: str | None = None
    party: str | None = None
    description: str = ""


def legs_of_rows(company: Company, conventions: Conventions, rows: Sequence[Row]) -> list[Leg]:
    """Read the legs from the ledger."""
    sign = conventions.transactions_positive.sign
    return [_leg_of_row(company, sign, row) for row in rows]


def legs_of_page(company: Company, conventions: Conventions, kind: EntryKind, page: ReadPage) -> list[Leg]:
    """Work out the legs that a page stands for: its lines, their VAT, and the party's."""
    sign = conventions.debit_sign(kind)
    is_gross = read_flag(page.header.get("GROSS_FLG"))
    lines = [_net_line(line) for line in page.lines] if is_gross else page.lines
    legs = [leg for line in lines for leg in _legs_of_line(company, kind, sign, line)]
    if kind is EntryKind.MEMORIAL:
        return legs
    journal = company.journals.get(read_text(page.header["DJ_CODE"]) or "")
    counter = Leg(
        account=(journal.account if journal is not None else None) or "",
        amount=-sum((leg.amount for leg in legs), ZERO),
        in_currency=-sum((leg.in_currency for leg in legs), ZERO),
        is_party=True,
        party=read_text(page.header.get("SUB_NR")),
        description=read_text(page.header.get("HDR_DESC")) or "",
    )
    return [counter, *legs]


def _leg_of_row(company: Company, sign: int, row: Row) -> Leg:
    account, vat_code = read_text(row["ACCT_NR"]) or "", read_text(row.get("VAT_CODE"))
    return Leg(
        account=account,
        amount=sign * read_amount(row["AMOUNT"]),
        in_currency=sign * read_amount(row.get("CUR_AMT")),
        vat_code=vat_code,
        is_vat=vat_code is not None and company.is_vat_account(account, vat_code),
        is_party=account in company.collective_accounts,
        cost_centre=read_text(row.get("COST_CODE")),
        party=read_text(row.get("SUB_NR")),
        description=read_text(row.get("TRN_DESC")) or "",
    )


def _net_line(line: Row) -> Row:
    """Take the VAT out of a line whose page states amounts that include it."""
    return {
        **line,
        "AMOUNT": read_amount(line["AMOUNT"]) - read_amount(line.get("VAT_AMT")),
        "CUR_AMT": read_amount(line.get("CUR_AMT")) - read_amount(line.get("CUR_VAT")),
    }


def _legs_of_line(company: Company, kind: EntryKind, sign: int, line: Row) -> Iterator[Leg]:
    vat_code = read_text(line.get("VAT_CODE"))
    description = read_text(line.get("TRN_DESC")) or ""
    yield Leg(
        account=read_text(line["ACCT_NR"]) or "",
        amount=sign * read_amount(line["AMOUNT"]),
        in_currency=sign * read_amount(line.get("CUR_AMT")),
        vat_code=vat_code,
        cost_centre=read_text(line.get("COST_CODE")),
        party=read_text(line.get("SUB_NR")),
        description=description,
    )
    rules = company.vat_codes.get(vat_code or "")
    vat, in_currency = sign * read_amount(line.get("VAT_AMT")), sign * read_amount(line.get("CUR_VAT"))
    if rules is None or vat_code is None or vat == ZERO:
        return
    is_shifted = rules.is_reverse and kind is EntryKind.PURCHASE
    yield Leg(
        account=rules.account or "",
        amount=vat,
        in_currency=ZERO if is_shifted else in_currency,
        vat_code=vat_code,
        is_vat=True,
        description=description,
    )
    if is_shifted:
        yield Leg(
            account=rules.reverse_account or "",
            amount=-vat,
            in_currency=ZERO,
            vat_code=vat_code,
            is_vat=True,
            description=description,
        )
