"""VAT lines that Twinfield adds, and the balance of a booking.

Sources: the vendor's pages on transactions (vatvalue, autobalancevat: at most two cents); the generated line
in php-twinfield's recorded replies; a zero line for a zero rate in pronamic's recorded read reply.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from emulators.twinfield.books import CENT, ZERO, Line
from emulators.twinfield.chart import Rate, VatCode
from emulators.twinfield.draft import Draft, SentLine
from emulators.twinfield.errors import SIDES, word

HUNDRED = Decimal(100)
MOST_ROUNDING = Decimal("0.02")


@dataclass(slots=True, kw_only=True)
class Sums:
    """VAT and its base under one code, debit positive; `baseline` is the first line's place."""

    code: VatCode
    rate: Rate
    vat: Decimal = ZERO
    vatbase: Decimal = ZERO
    turnover: Decimal = ZERO
    baseturnover: Decimal = ZERO
    debit: bool = True
    currency_rate: Decimal = Decimal(1)


def add_lines(draft: Draft) -> None:
    """Work out each detail line's VAT and add the VAT lines that the client did not send itself."""
    own = {sent.line.vatcode for sent in draft.lines if sent.kind == "vat"}
    sums: dict[tuple[str, int], Sums] = {}
    for sent in draft.lines:
        code = draft.books.office.vat_codes.get(sent.line.vatcode)
        rate = code.rate_on(draft.date) if code else None
        if sent.kind != "detail" or code is None or rate is None:
            continue
        _work_out(sent, code, rate)
        if code.code in own:
            continue
        per_line = draft.books.switches.text("vat_lines") == "per_line"
        key = (code.code, sent.line.number if per_line else 0)
        _count(sums.setdefault(key, Sums(code=code, rate=rate)), sent)
    _check_own(draft)
    number = max((sent.line.number for sent in draft.lines), default=0)
    for found in sums.values():
        for line in _vat_lines(draft, found):
            number += 1
            line.number = number
            draft.generated.append(line)


def balance(draft: Draft) -> None:
    """Let the VAT side take a rest of two cents where asked, then remark on what does not balance."""
    rest = sum((line.signed for line in draft.all_lines()), ZERO)
    if rest and draft.reply.get("autobalancevat") == "true" and abs(rest) <= MOST_ROUNDING:
        _take_rest(draft, rest)
        rest = sum((line.signed for line in draft.all_lines()), ZERO)
    if not rest:
        _settle_base(draft)
    rest_base = sum((line.signed_base for line in draft.all_lines()), ZERO)
    for name, missing in (("balance", rest), ("balance_base", rest_base), ("balance_report", rest_base)):
        if missing:
            side = word(draft.books.user.language, SIDES, "credit" if missing > 0 else "debit")
            draft.remarks.error(draft.reply, name, missing=abs(missing), side=side)


def _work_out(sent: SentLine, code: VatCode, rate: Rate) -> None:
    line = sent.line
    computed = (line.value * rate.percentage / HUNDRED).quantize(CENT, ROUND_HALF_UP)
    vat = computed if sent.vatvalue is None else sent.vatvalue
    line.vatvalue = ZERO if code.treatment == "zero" else vat
    line.vatbase = sent.vatbase
    if line.vatbase is None:
        line.vatbase = (line.vatvalue * line.rate).quantize(CENT)


def _count(sums: Sums, sent: SentLine) -> None:
    sign = 1 if sent.line.debit else -1
    if not sums.turnover and not sums.vat:
        sums.debit = sent.line.debit
    sums.currency_rate = sent.line.rate
    sums.vat += sign * (sent.line.vatvalue or ZERO)
    sums.vatbase += sign * (sent.line.vatbase or ZERO)
    sums.turnover += sign * sent.line.value
    sums.baseturnover += sign * sent.line.base


def _vat_lines(draft: Draft, sums: Sums) -> Iterator[Line]:
    debit = sums.vat > 0 if sums.vat else sums.debit
    sides = [(sums.rate.account, debit)]
    if sums.code.treatment == "shifted":
        sides.append((sums.rate.counter_account, not debit))
        if draft.books.switches.number("reverse_charge_lines") == 0:
            sides = []
    for account, on_debit in sides:
        yield Line(
            number=0,
            kind="vat",
            dim1=account,
            debit=on_debit,
            value=abs(sums.vat),
            base=abs(sums.vatbase),
            rate=sums.currency_rate,
            vatcode=sums.code.code,
            turnover=abs(sums.turnover),
            baseturnover=abs(sums.baseturnover),
        )


def _check_own(draft: Draft) -> None:
    """Check VAT lines of the client: each names the line it is the VAT of."""
    for sent in draft.lines:
        if sent.kind != "vat":
            continue
        base = [each for each in draft.lines if str(each.line.number) == sent.baseline]
        if not base or base[0].line.vatcode != sent.line.vatcode:
            draft.remarks.error(sent.node, "base_line", code=sent.line.vatcode)


def _take_rest(draft: Draft, rest: Decimal) -> None:
    normal = [
        line
        for line in draft.generated
        if draft.books.office.vat_codes[line.vatcode].treatment == "normal" and line.value > MOST_ROUNDING
    ]
    if not normal:
        return
    line = max(normal, key=lambda each: each.value)
    change = -rest if line.debit else rest
    line.value += change
    line.base = (line.value * line.rate).quantize(CENT)
    last = [sent.line for sent in draft.lines if sent.line.vatcode == line.vatcode][-1]
    last.vatvalue = (last.vatvalue or ZERO) + (change if last.debit == line.debit else -change)
    last.vatbase = (last.vatvalue * last.rate).quantize(CENT)


def _settle_base(draft: Draft) -> None:
    """Put what rounding leaves in the base currency on the first line, unless the client sent base values."""
    rest = sum((line.signed_base for line in draft.all_lines()), ZERO)
    if not rest or not draft.lines or any(sent.own_base for sent in draft.lines):
        return
    first = draft.lines[0].line
    first.base += -rest if first.debit else rest
