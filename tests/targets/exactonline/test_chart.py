from datetime import date
from decimal import Decimal
from typing import Any

from finance_hooks.model.chart import Chart, ChartPeriod
from finance_hooks.targets.exactonline.chart import (
    RESOURCES,
    VatKind,
    make_chart,
    read_chart,
    vat_kind,
    write_chart,
)

DIVISION = {"Code": 1234567, "Description": "Voorbeeld B.V.", "Country": "NL ", "Currency": "EUR"}
LISTS: dict[str, list[dict[str, Any]]] = {
    "journals": [{"Code": "70", "Description": "Verkoop", "Type": 20, "IsBlocked": False}],
    "ledger_accounts": [
        {"ID": "g1", "Code": "80501", "Description": "Omzet", "Type": 110, "IsBlocked": True}
    ],
    "vat_codes": [
        {
            "Code": "4  ",
            "Description": "Hoog",
            "Type": "E",
            "Charged": False,
            "Percentage": Decimal("0.21"),
            "IsBlocked": False,
        },
        {
            "Code": "20 ",
            "Description": "Verlegd",
            "Type": "E",
            "Charged": True,
            "Percentage": Decimal("0.21"),
            "IsBlocked": False,
        },
        {
            "Code": "0  ",
            "Description": "Geen",
            "Type": "N",
            "Charged": False,
            "Percentage": None,
            "IsBlocked": False,
        },
    ],
    "cost_centres": [
        {"Code": "INZ", "Description": "Inzameling", "Active": True, "EndDate": None},
        {"Code": "OUD", "Description": "Oud", "Active": None, "EndDate": "/Date(1735603200000)/"},
        {"Code": "UIT", "Description": "Uit", "Active": False, "EndDate": None},
    ],
    "payment_terms": [{"Code": "30", "Description": "30 dagen"}],
    "parties": [
        {
            "ID": "p1",
            "Code": "             10045",
            "Name": "De Proef",
            "Status": "C",
            "IsSupplier": False,
            "Blocked": False,
        },
        {
            "ID": "p2",
            "Code": "             70007",
            "Name": "Metaal",
            "Status": "A",
            "IsSupplier": True,
            "Blocked": True,
        },
        {
            "ID": "p3",
            "Code": "             10001",
            "Name": "Beide",
            "Status": "C",
            "IsSupplier": True,
            "Blocked": False,
        },
        {
            "ID": "p4",
            "Code": "             10002",
            "Name": "Prospect",
            "Status": "P",
            "IsSupplier": False,
            "Blocked": False,
        },
    ],
    "periods": [
        {
            "FinYear": 2026,
            "FinPeriod": 1,
            "StartDate": "/Date(1767225600000)/",
            "EndDate": "/Date(1769817600000)/",
        }
    ],
}


def chart() -> Chart:
    return make_chart(DIVISION, LISTS)


def test_every_list_of_the_chart_is_read() -> None:
    assert set(LISTS) == set(RESOURCES)


def test_codes_lose_their_padding_and_keep_their_ids() -> None:
    read = chart()

    assert (read.administration, read.name, read.country, read.currency) == (
        "1234567",
        "Voorbeeld B.V.",
        "NL",
        "EUR",
    )
    assert read.parties["10045"].id == "p1"
    assert (read.ledger_accounts["80501"].id, read.ledger_accounts["80501"].blocked) == ("g1", True)
    assert read.journals["70"].kind == "20"


def test_percentage_of_a_vat_code_is_no_fraction() -> None:
    assert chart().vat_codes["4"].percentage == Decimal(21)


def test_kind_of_a_vat_code_says_what_exact_does_with_it() -> None:
    read = chart()

    kinds = [vat_kind(read, code) for code in ("4", "20", "0", None)]

    assert kinds == [VatKind.EXCLUDING, VatKind.REVERSE_CHARGE, VatKind.NONE, VatKind.NONE]


def test_role_of_an_account_is_kept() -> None:
    kinds = {code: party.kind for code, party in chart().parties.items()}

    assert kinds == {"10045": "customer", "70007": "supplier", "10001": "both", "10002": "neither"}


def test_cost_centre_ends_on_a_day_or_is_not_active() -> None:
    centres = chart().cost_centres

    assert centres["OUD"].valid_until == date(2024, 12, 31)
    assert [centres[code].blocked for code in ("INZ", "OUD", "UIT")] == [False, False, True]


def test_periods_do_not_say_whether_they_are_open() -> None:
    assert chart().periods == (
        ChartPeriod(fiscal_year=2026, number=1, first_date=date(2026, 1, 1), last_date=date(2026, 1, 31)),
    )


def test_chart_survives_the_cache() -> None:
    assert read_chart(write_chart(chart())) == chart()


def test_chart_that_an_older_version_kept_is_read_anew() -> None:
    assert read_chart('{"administration": "1234567"}') is None


def test_bulk_lists_are_read_with_a_filter_which_exact_may_demand() -> None:
    assert {part.path for part in RESOURCES.values() if part.filter} == {
        part.path for part in RESOURCES.values() if part.path.startswith("bulk/")
    }
