"""Journal pages: numbered, totalled, kept with their lines and ledger rows."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from emulators.accountview import head as heads
from emulators.accountview import legs
from emulators.accountview import lines as page_lines
from emulators.accountview.books import Books, Page, Row, page_key
from emulators.accountview.errors import AccountViewError
from emulators.accountview.head import FIELDS, INVOICES, Head
from emulators.accountview.lines import ZERO, Line

WAITS_FOR_APPROVAL = 1


def create(books: Books, sent: Row, sent_lines: Sequence[Row], day: date) -> Page:
    """Book one page; raise AccountViewError with the reasons why not."""
    head = heads.read(books, dict(sent), day)
    lines, reasons = _lines(books, head, sent_lines)
    if reasons:
        if books.switches.text("refused_line") == "page_stays":
            _keep(books, head, lines, held=True)
        raise AccountViewError(*reasons)
    _check_totals(books, head, lines)
    return _keep(books, head, lines, held=bool(head.journal["SEND_APPR"]))


def _keep(books: Books, head: Head, lines: Sequence[Line], *, held: bool) -> Page:
    header = _header(books, head, lines)
    kept = [_kept_line(books, header, line, order) for order, line in enumerate(lines, start=1)]
    now = books.clock.now()
    page = Page(
        header=header,
        lines=kept,
        legs=legs.of_page(books, head, header, lines),
        kind=head.kind,
        booked_at=now,
        changed_at=now,
        held=held,
    )
    books.year.add(page)
    return page


def _lines(books: Books, head: Head, sent_lines: Sequence[Row]) -> tuple[list[Line], list[str]]:
    """Return the lines up to the first refused one, and every reason."""
    if not sent_lines:
        raise AccountViewError("De bladzijde heeft geen regels")
    found: list[Line] = []
    reasons: list[str] = []
    for number, sent in enumerate(sent_lines, start=1):
        try:
            line = page_lines.read(books, head, dict(sent), number)
        except AccountViewError as error:
            reasons += error.reasons
        else:
            found += [] if reasons else [line]
    return found, reasons


def _total(lines: Sequence[Line]) -> Decimal:
    return sum((line.net + line.vat_amount for line in lines), ZERO)


def _check_totals(books: Books, head: Head, lines: Sequence[Line]) -> None:
    total = _total(lines)
    if head.kind not in INVOICES:
        foreign = sum((line.currency_net + line.currency_vat for line in lines), ZERO)
        if head.journal["CHK_BAL"] and (total or foreign):
            raise AccountViewError(f"De bladzijde is niet in balans, verschil {total or foreign}")
        return
    if total < 0 and books.switches.text("negative_pages") == "refused":
        raise AccountViewError("Het bladzijdebedrag mag niet negatief zijn")
    control = head.sent.get("TGT_BAL")
    if control and control != total and books.switches.text("control_balance") == "checked":
        raise AccountViewError(f"{FIELDS['TGT_BAL'].description} {control} wijkt af van {total}")
    blocked_part = head.sent.get("BLK_AMT") or ZERO
    if abs(blocked_part) > abs(total) or blocked_part * total < 0:
        raise AccountViewError(f"{FIELDS['BLK_AMT'].description} is groter dan het bladzijdebedrag")


def _header(books: Books, head: Head, lines: Sequence[Line]) -> Row:
    number = _number(books, head)
    total = _total(lines)
    vat = sum((line.vat_amount for line in lines), ZERO)
    if books.switches.text("page_vat_of_reverse") == "shifted":
        vat += sum((line.shifted for line in lines), ZERO)
    relation = head.relation or {}
    term = books.find("PAY_COND", head.sent.get("DISC_CODE") or relation.get("DISC_CODE"))
    days = head.sent.get("CRED_DAYS")
    return (
        books.stamps("DJ_PAGE")
        | dict.fromkeys(("SUB_NR", "PROJ_CODE", "NO_POST"))
        | head.sent
        | {
            "PAGE_NR": number,
            "PAGE_NRV": Decimal(number) if number.isdecimal() else ZERO,
            "PAGE_NRD": page_key(head.sent["DJ_CODE"], number),
            "TRN_DATE": head.day,
            "PERIOD": Decimal(head.period),
            "INV_NR": _invoice_number(books, head),
            "CUR_CODE": head.currency,
            "EXCH_RATE": head.rate,
            "CUR_AMT": sum((line.currency_net + line.currency_vat for line in lines), ZERO),
            "CUR_VAT": sum((line.currency_vat for line in lines), ZERO),
            "GROSS_FLG": head.gross,
            "DISC_CODE": term["DISC_CODE"] if term and head.kind in INVOICES else None,
            "CRED_DAYS": days if days is not None else (term or {}).get("CRED_DAYS"),
            "PAGE_AMT": total,
            "PAGE_VAT": vat,
            "NETT_AMT": total - sum((line.vat_amount for line in lines), ZERO),
            "APPR_STATE": WAITS_FOR_APPROVAL if head.journal["SEND_APPR"] else 0,
        }
    )


def _number(books: Books, head: Head) -> str:
    journal = head.sent["DJ_CODE"]
    sent = head.sent.get("PAGE_NR")
    if sent and page_key(journal, sent) in books.year.pages:
        raise AccountViewError(f"{FIELDS['PAGE_NR'].description} '{sent}' bestaat al")
    last = books.year.last_numbers.get(journal, 0)
    number = sent or str(last + 1)
    if number.isdecimal():
        books.year.last_numbers[journal] = max(last, int(number))
    return str(number)


def _invoice_number(books: Books, head: Head) -> str | None:
    sent: str | None = head.sent.get("INV_NR")
    if not head.journal["NUM_AUTO"] or (sent and books.switches.text("num_auto") == "keeps"):
        return sent
    counter = f"INV_NR {head.sent['DJ_CODE']}"
    books.year.last_numbers[counter] = books.year.last_numbers.get(counter, 0) + 1
    return f"{books.book_year}{books.year.last_numbers[counter]:05}"


def _kept_line(books: Books, header: Row, line: Line, order: int) -> Row:
    return (
        books.stamps("DJ_LINE")
        | dict.fromkeys(("SUB_NR",))
        | line.sent
        | {
            "REC_ID": books.next_rec_id(),
            "SRC_ID": books.next_rec_id(),
            "SRC_TYPE": Decimal(1),
            "REC_ORD": order,
            "DJ_CODE": header["DJ_CODE"],
            "PAGE_NR": header["PAGE_NR"],
            "PAGE_NRV": header["PAGE_NRV"],
            "TRN_DATE": line.sent.get("TRN_DATE") or header["TRN_DATE"],
            "CUR_CODE": header["CUR_CODE"],
            "CUR_AMT": line.currency_net,
            "CUR_VAT": line.currency_vat,
            "EXCH_RATE": header["EXCH_RATE"],
            "AMOUNT": line.net + (line.vat_amount if header["GROSS_FLG"] else ZERO),
            "VAT_AMT": line.vat_amount or line.shifted,
            "BASE_AMT": line.net if line.vat else ZERO,
        }
    )
