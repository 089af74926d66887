from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.chart import Chart, ChartPeriod, DatedPercentage
from finance_hooks.model.document import EntryKind
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
            "ID": "v4",
            "Code": "4  ",
            "Description": "Hoog",
            "Type": "E",
            "Charged": False,
            "Percentage": Decimal("0.21"),
            "IsBlocked": False,
        },
        {
            "ID": "v20",
            "Code": "20 ",
            "Description": "Verlegd",
            "Type": "E",
            "Charged": True,
            "Percentage": Decimal("0.21"),
            "IsBlocked": False,
        },
        {
            "ID": "v0",
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
    "cost_units": [{"Code": "REST", "Description": "Restafval"}],
    "vat_percentages": [
        {
            "VATCodeID": "v4",
            "Type": 0,
            "Percentage": Decimal("0.19"),
            "StartDate": "/Date(978307200000)/",
            "EndDate": "/Date(1348963200000)/",
        },
        {
            "VATCodeID": "v4",
            "Type": 0,
            "Percentage": Decimal("0.21"),
            "StartDate": "/Date(1349049600000)/",
            "EndDate": None,
        },
        {
            "VATCodeID": "v4",
            "Type": 1,
            "Percentage": Decimal("0.05"),
            "StartDate": "/Date(978307200000)/",
            "EndDate": None,
        },
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


def test_percentages_of_a_vat_code_are_kept_by_date() -> None:
    assert chart().vat_codes["4"].percentages == (
        DatedPercentage(percentage=Decimal(19), since=date(2001, 1, 1), until=date(2012, 9, 30)),
        DatedPercentage(percentage=Decimal(21), since=date(2012, 10, 1)),
    )
    assert chart().vat_codes["20"].percentages == ()


def test_codes_say_which_entries_they_serve() -> None:
    read = make_chart(DIVISION, {**LISTS, "vat_codes": [LISTS["vat_codes"][0] | {"VATTransactionType": "S"}]})

    assert read.journals["70"].serves == frozenset({EntryKind.SALES})
    assert read.vat_codes["4"].serves == frozenset({EntryKind.SALES})
    assert chart().vat_codes["4"].serves is None
    assert {code: set(party.serves or ()) for code, party in read.parties.items()} == {
        "10045": {EntryKind.SALES},
        "70007": {EntryKind.PURCHASE},
        "10001": {EntryKind.SALES, EntryKind.PURCHASE},
        "10002": set(),
    }
    assert read.codes_of("cost_units") == read.cost_units


@pytest.mark.parametrize(
    ("use", "own", "needs", "takes"),
    [
        (None, None, None, None),
        (0, None, False, True),
        (1, None, True, True),
        (1, "INZ", False, True),
        (2, None, False, False),
    ],
)
def test_account_says_whether_it_wants_or_takes_a_cost_centre(
    use: int | None, own: str | None, needs: bool | None, takes: bool | None
) -> None:
    row = LISTS["ledger_accounts"][0] | {"UseCostcenter": use, "Costcenter": own}

    account = make_chart(DIVISION, {**LISTS, "ledger_accounts": [row]}).ledger_accounts["80501"]

    assert (account.needs_cost_centre, account.takes_cost_centre) == (needs, takes)


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
