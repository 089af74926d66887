"""Organisations, parties, VAT codes and payment terms, and what happens to bad rows."""

from dataclasses import replace

import pytest

from finance_hooks.model.document import VatRounding
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.masters import FinanceLink, Masters
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.masters import MasterRows, parse_masters, parse_organisation, vanished_masters
from finance_hooks.sources.qubz.rules import check_document
from tests.sources.qubz.examples import Row, document, rows, sample


def organisation_row(code: str, **fields: object) -> Row:
    return next(row for row in rows("organisations") if row["Code"] == code) | fields


def masters(contract: SourceContract, organisation: str = "100", **changed: list[Row]) -> Masters:
    tables = {name: rows(name) for name in ("relations", "vatcodes", "paymentterms")} | changed
    return parse_masters(
        parse_organisation(organisation_row(organisation), contract),
        MasterRows(
            relations=tables["relations"],
            vat_codes=tables["vatcodes"],
            payment_terms=tables["paymentterms"],
        ),
        contract,
    )


def test_sample_organisation_brings_its_finance_link(contract: SourceContract) -> None:
    found = parse_organisation(organisation_row("200"), contract)

    assert (found.country, found.currency, found.vat_rounding) == ("BE", "EUR", VatRounding.PER_INVOICE)
    assert found.finance_link == FinanceLink(
        target="exactonline", export_type="api_based", nationality="BE", administration="7654321"
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"VatRounding": None}, "VatRounding: is missing"),
        ({"Country": "DE"}, "Country = DE"),
        ({"FinanceLink": {"Target": "SAP"}}, "FinanceLink.Target = SAP"),
        ({"FinanceLink": {"Target": "AFAS", "Nationality": "FR"}}, "FinanceLink.Nationality = FR"),
        ({"FiscalYearStartMonth": 13}, "expected 1 to 12"),
    ],
)
def test_organisation_that_cannot_be_read_is_a_configuration_error(
    fields: Row, expected: str, contract: SourceContract
) -> None:
    with pytest.raises(ConfigurationError, match="organisation 100") as raised:
        parse_organisation(organisation_row("100", **fields), contract)

    assert expected in str(raised.value)


@pytest.mark.parametrize("rounding", ["PerLine", "Either"])
def test_belgian_organisation_that_rounds_per_line_is_a_configuration_error(
    rounding: str, contract: SourceContract
) -> None:
    with pytest.raises(ConfigurationError, match="rounds VAT per invoice"):
        parse_organisation(organisation_row("200", VatRounding=rounding), contract)


def test_organisation_without_link_has_none(contract: SourceContract) -> None:
    assert parse_organisation(organisation_row("100", FinanceLink=None), contract).finance_link is None


def test_party_carries_what_rules_ask_of_it(nl: Masters) -> None:
    party = nl.parties["20007"]

    assert (party.is_debtor, party.is_creditor, party.self_billing_agreement) == (True, True, True)
    assert (party.vat_number, party.country, party.payment_term) == ("NL123456782B12", "NL", "14")
    assert nl.parties["30001"].country == "BE"


def test_vat_code_without_category_takes_its_treatments(contract: SourceContract) -> None:
    code = {"Code": "X", "Treatment": "IntraEuGoods"}

    assert masters(contract, vatcodes=[code]).vat_codes["X"].category == "K"


def test_unreadable_master_row_spoils_only_documents_that_name_it(contract: SourceContract) -> None:
    codes = [row | {"Treatment": "Unheard"} if row["Code"] == "VH21" else row for row in rows("vatcodes")]
    found = masters(contract, vatcodes=codes)

    reasons = check_document(document(sample("s5"), contract, found), found).reasons

    assert [(reason.code.value, reason.value) for reason in reasons] == [("vat_code_unknown", "VH21")]
    assert reasons[0].detail == "Treatment = Unheard: no member of Treatment in enums.csv"
    assert check_document(document(sample("s8"), contract, found), found).reasons == ()


def test_rows_of_other_organisations_are_left_out(contract: SourceContract) -> None:
    terms = [
        {"Code": "30", "Days": 30, "Organisation": "100"},
        {"Code": "30", "Days": 60, "Organisation": "200"},
    ]

    assert masters(contract, paymentterms=terms).payment_terms["30"].days == 30


def test_masters_that_disappeared_are_named(nl: Masters) -> None:
    parties = {number: party for number, party in nl.parties.items() if number != "10045"}

    assert vanished_masters(nl, replace(nl, parties=parties)) == ("relations 10045",)
    assert vanished_masters(nl, nl) == ()


def test_inactive_party_is_a_warning_only(contract: SourceContract, nl: Masters) -> None:
    parties = {**nl.parties, "10045": replace(nl.parties["10045"], active=False)}
    found = replace(nl, parties=parties)

    checked = check_document(document(sample("s1"), contract, found), found)

    assert (checked.reasons, [warning.code.value for warning in checked.warnings]) == ((), ["party_inactive"])
