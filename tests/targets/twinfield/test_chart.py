from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from finance_hooks.model.chart import ChartPeriod, DatedPercentage
from finance_hooks.model.document import EntryKind
from finance_hooks.targets.twinfield.chart import (
    Lists,
    VatKind,
    make_chart,
    read_chart,
    read_dimensions,
    read_offices,
    read_vat_code,
    write_chart,
)

PERIOD = ChartPeriod(
    fiscal_year=2026, number=1, first_date=date(2026, 1, 1), last_date=date(2026, 1, 31), is_open=True
)


def vat(code: str, kind: str, *accounts: str, status: str = "active") -> etree._Element:
    listed = "".join(f"<account id='1'><dim1>{account}</dim1></account>" for account in accounts)
    return etree.fromstring(
        f"<vat status='{status}' result='1'><code>{code}</code><name>Btw {code}</name><type>{kind}</type>"
        f"<percentages><percentage><date>20121001</date><percentage>21.000000000</percentage><accounts>{listed}</accounts>"
        "</percentage><percentage><date>20010101</date><percentage>19</percentage><accounts><account>"
        "<dim1>9999</dim1></account></accounts></percentage></percentages></vat>"
    )


LISTS = Lists(
    name="Voorbeeld B.V.",
    country="NL",
    currency="EUR",
    daybooks={"sales": {"VRK": "Verkoop"}, "purchase": {"INK": "Inkoop"}, "journal": {"MEMO": "Memoriaal"}},
    dimensions={
        "BAS": {"1300": "Debiteuren", "1530": "Btw"},
        "PNL": {"8210": "Omzet"},
        "DEB": {"D10045": "De Proef"},
        "CRD": {"C70020": "Verbrander"},
        "KPL": {"KP10": "Inzameling"},
        "PRJ": {"REST": "Restafval"},
    },
    vat_codes=(read_vat_code(vat("VH", "sales", "1530")),),
    periods=(PERIOD,),
)


def test_codes_keep_the_kind_they_have_in_twinfield() -> None:
    chart = make_chart("NL42", LISTS)

    assert (chart.administration, chart.name, chart.country, chart.currency) == (
        "NL42",
        "Voorbeeld B.V.",
        "NL",
        "EUR",
    )
    assert {code: each.kind for code, each in chart.journals.items()} == {
        "VRK": "sales",
        "INK": "purchase",
        "MEMO": "journal",
    }
    assert {code: each.kind for code, each in chart.parties.items()} == {"D10045": "DEB", "C70020": "CRD"}
    assert set(chart.cost_centres) == {"KP10"}
    assert set(chart.cost_units or {}) == {"REST"}
    assert chart.codes_of("payment_terms") is None
    assert chart.periods == (PERIOD,)


def test_accounts_that_vat_codes_book_on_are_marked() -> None:
    chart = make_chart("NL42", LISTS)

    assert {code: each.kind for code, each in chart.ledger_accounts.items()} == {
        "1300": "BAS",
        "1530": "VAT",
        "8210": "PNL",
    }


@pytest.mark.parametrize(
    ("document", "kind", "accounts"),
    [
        (vat("VH", "sales", "1530"), VatKind.SALES, ("1530",)),
        (vat("IH", "purchase", "1520"), VatKind.PURCHASE, ("1520",)),
        (vat("IVLH", "purchase", "1520", "1535"), VatKind.SHIFTED, ("1520", "1535")),
    ],
)
def test_vat_code_with_two_accounts_shifts_the_vat(
    document: etree._Element, kind: VatKind, accounts: tuple[str, ...]
) -> None:
    found = read_vat_code(document)

    assert (found.code.kind, found.accounts) == (kind, accounts)
    assert found.code.percentage == Decimal(21)
    assert found.code.blocked is False


def test_codes_say_which_entries_they_serve() -> None:
    chart = make_chart("NL42", LISTS)

    assert {code: set(each.serves or ()) for code, each in chart.journals.items()} == {
        "VRK": {EntryKind.SALES},
        "INK": {EntryKind.PURCHASE},
        "MEMO": {EntryKind.MEMORIAL},
    }
    assert chart.parties["D10045"].serves == frozenset({EntryKind.SALES})
    assert chart.parties["C70020"].serves == frozenset({EntryKind.PURCHASE})
    assert chart.vat_codes["VH"].serves == frozenset({EntryKind.SALES})
    assert chart.ledger_accounts["8210"].needs_cost_centre is None


def test_vat_code_keeps_its_percentages_by_date() -> None:
    assert read_vat_code(vat("VH", "sales", "1530")).code.percentages == (
        DatedPercentage(percentage=Decimal(19), since=date(2001, 1, 1), until=date(2012, 9, 30)),
        DatedPercentage(percentage=Decimal(21), since=date(2012, 10, 1)),
    )


def test_vat_code_that_is_not_active_is_blocked_and_may_have_no_percentage() -> None:
    bare = etree.fromstring("<vat><code>X</code><type>sales</type></vat>")

    assert read_vat_code(vat("VO19", "sales", "1530", status="deleted")).code.blocked is True
    assert read_vat_code(bare).code.percentage is None


def test_vat_code_of_an_unknown_type_is_an_error() -> None:
    with pytest.raises(ValueError, match="neither"):
        read_vat_code(vat("X", "neither"))


def test_row_that_names_the_type_is_no_dimension() -> None:
    document = etree.fromstring(
        "<dimensions><dimension name='De Proef'>D10045</dimension><dimension name=''>DEB</dimension>"
        "<dimension name='Echt'>DEBX</dimension><dimension name='leeg'/></dimensions>"
    )

    assert read_dimensions(document, "DEB") == {"D10045": "De Proef", "DEBX": "Echt"}


def test_offices_are_read_by_code() -> None:
    document = etree.fromstring(
        "<offices result='1'><office name='X'>NL42</office><office>NL43</office></offices>"
    )

    assert read_offices(document) == {"NL42": "X", "NL43": ""}


def test_chart_survives_the_cache() -> None:
    chart = make_chart("NL42", LISTS)

    assert read_chart(write_chart(chart)) == chart
    assert read_chart('{"administration": "NL42"}') is None
