"""The sample documents as entries in Exact's codes, and the part of a chart that they need."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from finance_hooks.model.chart import Chart, ChartCode, ChartPeriod
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.keys import make_reference
from finance_hooks.model.money import ZERO, from_cents, round_half_up, spread_cents, to_cents

NL_DIVISION = "1234567"
BE_DIVISION = "7654321"
NAMESPACE = uuid.UUID("7d1f0c52-6c1b-4a53-9a55-2f8f3a1b6c10")
ENTRY_DATE = date(2026, 10, 15)


def line(
    number: int,
    account: str,
    amount: str,
    vat_code: str | None,
    description: str,
    *,
    cost_centre: str | None = None,
    cost_unit: str | None = None,
    reverse_charge: str = "0.00",
) -> EntryLine:
    return EntryLine(
        number=number,
        ledger_account=account,
        amount=Decimal(amount),
        description=description,
        vat_code=vat_code,
        reverse_charge_amount=Decimal(reverse_charge),
        cost_centre=cost_centre,
        cost_unit=cost_unit,
        source_lines=(number,),
    )


def invoice(
    kind: EntryKind,
    number: str,
    party: str,
    lines: Sequence[EntryLine],
    *,
    vat: Mapping[str, str] | None = None,
    journal: str | None = None,
    administration: str = NL_DIVISION,
    description: str = "",
    currency: str = "EUR",
    rate: str | None = None,
    g_account: str = "0.00",
    payment_term: str | None = "30",
) -> Entry:
    """Make a sales or purchase entry; `vat` is the VAT per code, spread over that code's lines."""
    spread = _spread_vat(lines, vat or {})
    net, tax = sum((each.amount for each in spread), ZERO), sum((each.vat_amount for each in spread), ZERO)
    factor = Decimal(rate or 1)
    return Entry(
        posting_key=f"test/100/{kind}/{number}/1|exactonline:{administration}|book|1",
        reference=make_reference(f"test/100/{kind}/{number}/1|exactonline:{administration}|book|1"),
        kind=kind,
        administration=administration,
        journal=journal or ("70" if kind is EntryKind.SALES else "60"),
        number=number,
        entry_date=ENTRY_DATE,
        due_date=ENTRY_DATE + timedelta(days=30),
        fiscal_year=2026,
        period=ENTRY_DATE.month,
        party=party,
        description=description or number,
        currency=currency,
        rate=Decimal(rate) if rate else None,
        payment_term=payment_term,
        gross=net + tax,
        vat=tax,
        gross_in_books=round_half_up((net + tax) * factor),
        g_account_amount=Decimal(g_account),
        lines=spread,
    )


def memorial(number: str, lines: Sequence[EntryLine], *, administration: str = NL_DIVISION) -> Entry:
    debit = sum((each.amount for each in lines if each.amount > 0), ZERO)
    key = f"test/100/memorial/{number}/1|exactonline:{administration}|book|1"
    return Entry(
        posting_key=key,
        reference=make_reference(key),
        kind=EntryKind.MEMORIAL,
        administration=administration,
        journal="90",
        number=number,
        entry_date=ENTRY_DATE,
        due_date=None,
        fiscal_year=2026,
        period=ENTRY_DATE.month,
        party=None,
        description=number,
        currency="EUR",
        rate=None,
        payment_term=None,
        gross=debit,
        vat=ZERO,
        gross_in_books=debit,
        g_account_amount=ZERO,
        lines=tuple(lines),
    )


def _spread_vat(lines: Sequence[EntryLine], vat: Mapping[str, str]) -> tuple[EntryLine, ...]:
    shares: dict[int, Decimal] = {}
    for code, amount in vat.items():
        carrying = [each for each in lines if each.vat_code == code]
        cents = spread_cents(to_cents(Decimal(amount)), [to_cents(each.amount) for each in carrying])
        shares |= {each.number: from_cents(part) for each, part in zip(carrying, cents, strict=True)}
    return tuple(
        EntryLine(
            number=each.number,
            ledger_account=each.ledger_account,
            amount=each.amount,
            description=each.description,
            vat_code=each.vat_code,
            vat_amount=shares.get(each.number, ZERO),
            reverse_charge_amount=each.reverse_charge_amount,
            cost_centre=each.cost_centre,
            cost_unit=each.cost_unit,
            source_lines=each.source_lines,
        )
        for each in lines
    )


SALES, PURCHASE = EntryKind.SALES, EntryKind.PURCHASE

SAMPLES: Mapping[str, Entry] = {
    "S1": invoice(
        SALES,
        "F2026-0042",
        "10045",
        [
            line(1, "80501", "150.00", "4", "Lediging rolcontainer 240 l", cost_centre="INZ"),
            line(2, "80502", "12.50", "4", "Huur container oktober", cost_centre="VERH"),
            line(3, "80503", "176.70", "4", "Verwerking restafval 1,240 ton", cost_centre="VERW"),
            line(4, "80504", "6.75", "4", "Milieutoeslag"),
        ],
        vat={"4": "72.65"},
        description="Inzameling oktober 2026, Restaurant De Proef, Voorbeeldstad",
    ),
    "S2": invoice(
        SALES,
        "F2026-0043",
        "20007",
        [
            line(1, "80330", "3307.20", "5", "Oud ijzer 12,480 ton", cost_centre="HANDEL"),
            line(2, "80502", "185.00", "4", "Huur afzetcontainer"),
        ],
        vat={"4": "38.85"},
        payment_term="14",
    ),
    "S3": invoice(
        SALES,
        "C2026-0007",
        "10045",
        [
            line(1, "80501", "-18.75", "4", "Correctie lediging", cost_centre="INZ"),
            line(2, "80504", "-0.84", "4", "Correctie toeslag"),
        ],
        vat={"4": "-4.11"},
        description="Creditnota bij F2026-0042",
    ),
    "S4": invoice(SALES, "F2026-0044", "30010", [line(1, "80345", "2638.48", "6", "Oud papier 22,360 ton")]),
    "S5": invoice(
        SALES,
        "F2026-0045",
        "10045",
        [line(1, "80506", "128.80", "4", "Milieustraat 460 kg", cost_centre="MILIEU")],
        vat={"4": "27.05"},
    ),
    "S6": invoice(
        SALES,
        "F2026-0046",
        "10060",
        [line(1, "80507", "27.60", "0", "Milieustraat bewoner 120 kg", cost_centre="MILIEU")],
        payment_term=None,
    ),
    "S7": invoice(
        SALES,
        "F2026-0047",
        "20007",
        [line(1, "80505", "2000.00", "4", "Detachering 32 uur", cost_centre="PERS", cost_unit="REST")],
        vat={"4": "420.00"},
        g_account="968.00",
    ),
    "S8": invoice(
        SALES,
        "A2026-0001",
        "10080",
        [
            line(1, "80510", "115.32", "0", "Vast tarief", cost_centre="HEFFING"),
            line(2, "80510", "121.50", "0", "9 ledigingen 240 l", cost_centre="HEFFING"),
        ],
    ),
    "S9": invoice(
        SALES,
        "V2026-0001",
        "50010",
        [
            line(1, "700000", "37.50", "03", "Lediging rolcontainer", cost_centre="INZ"),
            line(2, "700100", "12.50", "03", "Huur container"),
        ],
        vat={"03": "10.50"},
        administration=BE_DIVISION,
    ),
    "P1": invoice(
        PURCHASE,
        "Z2026-0012",
        "70007",
        [
            line(1, "70251", "810.60", "20", "Oud ijzer 3,860 ton", reverse_charge="170.23"),
            line(2, "70251", "1147.00", "20", "Koper 0,185 ton", reverse_charge="240.87"),
        ],
        journal="61",
        payment_term="14",
        description="Zelffacturering Metaalhandel Test B.V.",
    ),
    "P2": invoice(
        PURCHASE, "Z2026-0013", "70060", [line(1, "70252", "14.45", "25", "Oud ijzer particulier 85 kg")]
    ),
    "P3": invoice(
        PURCHASE,
        "AVI-88120",
        "70020",
        [
            line(1, "70153", "2422.56", "4", "Verbranding 24,720 ton"),
            line(2, "70154", "988.80", "4", "Afvalstoffenbelasting"),
        ],
        vat={"4": "716.39"},
    ),
    "J1": memorial(
        "M2026-0010",
        [
            line(1, "14305", "1250.00", None, "Nog te factureren oktober"),
            line(2, "80590", "-1250.00", None, "Nog te factureren oktober"),
        ],
    ),
}

OTHERS: Mapping[str, Entry] = {
    "foreign currency": invoice(
        SALES,
        "F2026-0050",
        "40010",
        [line(1, "80340", "1000.00", "8", "Kunststof 4 ton")],
        journal="75",
        currency="USD",
        rate="0.92",
    ),
    "mixed signs": invoice(
        SALES,
        "F2026-0051",
        "10045",
        [
            line(1, "80501", "200.00", "4", "Lediging", cost_centre="INZ"),
            line(2, "80504", "-50.00", "4", "Korting"),
            line(3, "80330", "-10.00", "5", "Vergoeding oud ijzer"),
        ],
        vat={"4": "31.50"},
    ),
    "purchase credit note": invoice(
        PURCHASE,
        "AVI-C-881",
        "70020",
        [line(1, "70153", "-100.00", "4", "Correctie verbranding")],
        vat={"4": "-21.00"},
    ),
    "including vat code": invoice(
        SALES, "F2026-0052", "10045", [line(1, "80502", "50.00", "3", "Huur incl.")], vat={"3": "10.50"}
    ),
}


BELGIAN: Mapping[str, Entry] = {
    "sales": SAMPLES["S9"],
    "credit note": invoice(
        SALES,
        "VC2026-0001",
        "50010",
        [line(1, "700000", "-18.75", "03", "Correctie lediging", cost_centre="INZ")],
        vat={"03": "-3.94"},
        administration=BE_DIVISION,
    ),
    "mixed signs": invoice(
        SALES,
        "V2026-0002",
        "50020",
        [
            line(1, "700200", "200.00", "03", "Verwerking"),
            line(2, "700300", "-50.00", "03", "Korting"),
            line(3, "700430", "-10.00", "45", "Vergoeding schroot"),
        ],
        vat={"03": "31.50"},
        administration=BE_DIVISION,
    ),
    "purchase": invoice(
        PURCHASE,
        "VO-77",
        "75010",
        [line(1, "602000", "2422.56", "D21", "Verbranding"), line(2, "640000", "988.80", "D21", "Heffing")],
        vat={"D21": "716.39"},
        administration=BE_DIVISION,
    ),
    "self-billed": invoice(
        PURCHASE,
        "ZB2026-0001",
        "75040",
        [line(1, "600100", "1957.60", "87", "Schroot", reverse_charge="411.10")],
        journal="61",
        administration=BE_DIVISION,
    ),
    "memorial": memorial(
        "MB2026-0001",
        [
            line(1, "404000", "1250.00", None, "Op te stellen"),
            line(2, "700900", "-1250.00", None, "Op te stellen"),
        ],
        administration=BE_DIVISION,
    ),
    "foreign currency": invoice(
        SALES,
        "V2026-0003",
        "50030",
        [line(1, "700420", "1000.00", "47", "Uitvoer")],
        journal="75",
        currency="USD",
        rate="0.92",
        administration=BE_DIVISION,
    ),
}


def make_chart(administration: str = NL_DIVISION) -> Chart:
    """Make the part of the division's chart that the samples need, ids made from codes."""
    accounts = sorted({each.ledger_account for entry in _all(administration) for each in entry.lines})
    parties = sorted({(entry.party, entry.kind) for entry in _all(administration) if entry.party})
    return Chart(
        administration=administration,
        name="Voorbeeld Recycling B.V.",
        country="NL" if administration == NL_DIVISION else "BE",
        currency="EUR",
        journals=_codes({"60": "22", "61": "22", "70": "20", "75": "20", "90": "90"}),
        ledger_accounts={code: _code(code, "110", f"ledger_account/{code}") for code in accounts},
        vat_codes=_codes(
            {
                "0": "N",
                "25": "N",
                "03": "E",
                "4": "E",
                "3": "I",
                "5": "B",
                "6": "B",
                "8": "B",
                "20": "charged",
            }
        ),
        cost_centres=_codes(dict.fromkeys(("INZ", "VERW", "VERH", "HANDEL", "MILIEU", "PERS", "HEFFING"))),
        payment_terms=_codes(dict.fromkeys(("14", "30"))),
        parties={
            code: _code(code, "customer" if kind is SALES else "supplier", f"party/{code}")
            for code, kind in parties
            if code
        },
        periods=tuple(
            ChartPeriod(
                fiscal_year=2026,
                number=month,
                first_date=date(2026, month, 1),
                last_date=date(2026 + month // 12, month % 12 + 1, 1) - timedelta(days=1),
            )
            for month in range(1, 13)
        ),
    )


def _all(administration: str) -> list[Entry]:
    return [each for each in (*SAMPLES.values(), *OTHERS.values()) if each.administration == administration]


def _codes(kinds: Mapping[str, str | None]) -> Mapping[str, ChartCode]:
    return {code: _code(code, kind, None) for code, kind in kinds.items()}


def _code(code: str, kind: str | None, place: str | None) -> ChartCode:
    return ChartCode(code=code, name=code, kind=kind, id=str(uuid.uuid5(NAMESPACE, place)) if place else None)
