"""A document with hostile texts or numbers is parked with a reason, or its entry and payload say the same."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from finance_hooks.mapping.tables import Tables, read_tables
from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import write_reference
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.printable import UNPRINTABLE
from finance_hooks.sources.qubz.json_text import write_json
from finance_hooks.sources.qubz.rules import check_document
from finance_hooks.targets.accountview.checks import check_entry as check_accountview
from finance_hooks.targets.accountview.conventions import Conventions
from finance_hooks.targets.accountview.payload import make_page, write_page
from finance_hooks.targets.accountview.settings import SETTINGS as ACCOUNTVIEW
from finance_hooks.targets.afas.checks import check_entry as check_afas
from finance_hooks.targets.afas.payload import RateDirection as AfasRate
from finance_hooks.targets.afas.payload import make_payload as make_afas_payload
from finance_hooks.targets.afas.settings import SETTINGS as AFAS
from finance_hooks.targets.exactonline.checks import check_entry as check_exact
from finance_hooks.targets.exactonline.payload import RateDirection as ExactRate
from finance_hooks.targets.exactonline.payload import make_payload as make_exact_payload
from finance_hooks.targets.exactonline.settings import SETTINGS as EXACT
from finance_hooks.targets.twinfield.checks import check_entry as check_twinfield
from finance_hooks.targets.twinfield.payload import Manner, make_transaction
from finance_hooks.targets.twinfield.settings import SETTINGS as TWINFIELD
from tests.hostile.mutations import HOSTILE_TEXTS, HOSTILE_VALUES
from tests.hostile.source_parsers import MASTERS, parse_body
from tests.mapping.examples import map_all, the_administration, write_folder
from tests.sources.qubz.examples import sample
from tests.targets.accountview.sample_company import sample_company
from tests.targets.accountview.samples import SAMPLES as ACCOUNTVIEW_ENTRIES
from tests.targets.afas.sample_chart import sample_chart as afas_chart
from tests.targets.afas.samples import SAMPLES as AFAS_ENTRIES
from tests.targets.exactonline.sample_chart import make_chart as exact_chart
from tests.targets.exactonline.samples import SAMPLES as EXACT_ENTRIES
from tests.targets.twinfield.sample_chart import make_chart as twinfield_chart
from tests.targets.twinfield.samples import SAMPLES as TWINFIELD_ENTRIES

ODD = "".join(text for text in HOSTILE_TEXTS if len(text) < 50)
TEXTS = st.one_of(
    st.sampled_from(HOSTILE_TEXTS), st.text(max_size=90), st.text(st.sampled_from(ODD), max_size=90)
)
STORED_TEXTS = TEXTS.filter(lambda text: "\x00" not in text and text.isascii() | text.isprintable())
COST_CENTRES = tuple(f"*,{code},,,{code}," for code in ("INZ", "VERW", "VERH"))
NUMBERS = st.one_of(
    st.sampled_from([999_999_999_999, 9_999_999_999_999, -9_999_999_999_999, 10**13, "1e12", "9" * 13, 0]),
    st.decimals(allow_nan=True, allow_infinity=True).map(str),
)
TOP = ("InvoiceNumber", "SupplierInvoiceNumber", "Reference", "RelationNumber", "Currency", "PaymentTermCode")
FIGURES = ("TotalNet", "TotalVat", "TotalGross", "ExchangeRate", "ExportSequence", "FiscalYear", "Period")
IN_LINES = (
    "Description",
    "LedgerAccount",
    "VatCode",
    "CostCentre",
    "NetAmount",
    "Quantity",
    "UnitPrice",
    "VatRate",
)


class Way:
    """One package: its entry, how it is checked and written, and what the written body says."""

    def __init__(
        self,
        entry: Entry,
        check: Callable[[Entry], tuple[Reason, ...]],
        write: Callable[[Entry], Any],
        length: int,
    ) -> None:
        self.entry, self.check, self.write, self.length = entry, check, write, length


MANNER = Manner(is_final=False, free_text_field=None)
WAYS = {
    "exactonline": Way(
        EXACT_ENTRIES["S1"],
        lambda entry: check_exact(entry, exact_chart()),
        lambda entry: make_exact_payload(entry, exact_chart(), next(iter(ExactRate))).body,
        EXACT.description_length,
    ),
    "twinfield": Way(
        TWINFIELD_ENTRIES["S1"],
        lambda entry: check_twinfield(entry, twinfield_chart()),
        lambda entry: etree.tostring(make_transaction(entry, twinfield_chart(), MANNER), encoding="utf-8"),
        TWINFIELD.description_length,
    ),
    "afas": Way(
        AFAS_ENTRIES["S1"],
        lambda entry: check_afas(entry, afas_chart()),
        lambda entry: make_afas_payload(entry, afas_chart(), next(iter(AfasRate))),
        AFAS.description_length,
    ),
    "accountview": Way(
        ACCOUNTVIEW_ENTRIES["S1"],
        lambda entry: check_accountview(entry, sample_company()),
        lambda entry: write_page(entry, make_page(entry, Conventions())),
        ACCOUNTVIEW.description_length,
    ),
}


def values_of(body: str | bytes) -> list[object]:
    """Parse a written body and return every text and number in it."""
    if isinstance(body, bytes):
        return [element.text or "" for element in etree.fromstring(body).iter()]
    found: list[object] = []
    left: list[Any] = [json.loads(body, parse_float=Decimal)]
    while left:
        value = left.pop()
        if isinstance(value, dict | list):
            left += value.values() if isinstance(value, dict) else value
        else:
            found.append(value)
    return found


def amounts_in(body: str | bytes) -> list[str]:
    """Return what in a body is an amount, in order."""
    texts = [str(value) for value in values_of(body) if isinstance(value, Decimal | str)]
    return [text for text in texts if text.lstrip("-").replace(".", "", 1).isdecimal() and text[-3:-2] == "."]


def units(text: str) -> int:
    """Count a text as packages do."""
    return len(text.encode("utf-16-le")) // 2


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tables]:
    folder = write_folder(tmp_path_factory.mktemp("mappings"), {"books/cost_centres.csv": COST_CENTRES})
    return folder, read_tables(the_administration(folder), folder)


@pytest.mark.parametrize("name", WAYS)
@settings(max_examples=60)
@given(description=TEXTS, line=TEXTS)
def test_hostile_text_leaves_a_payload_whole(name: str, description: str, line: str) -> None:
    way = WAYS[name]
    spoilt = replace(
        way.entry,
        description=description,
        lines=tuple(replace(each, description=line) for each in way.entry.lines),
    )

    body = way.write(spoilt)

    texts = [value for value in values_of(body) if isinstance(value, str)]
    assert way.check(spoilt) == way.check(way.entry)
    assert not [text for text in texts if UNPRINTABLE.search(text.strip())]
    assert amounts_in(body) == amounts_in(way.write(way.entry))
    marked = [text for text in texts if write_reference(way.entry.reference) in text]
    assert marked or name == "afas"
    assert all(units(text) <= way.length for text in marked)


@pytest.mark.parametrize("name", WAYS)
@settings(max_examples=60)
@given(number=STORED_TEXTS)
def test_hostile_number_is_parked_or_written_as_it_is(name: str, number: str) -> None:
    way = WAYS[name]
    spoilt = replace(way.entry, number=number)
    reasons = way.check(spoilt)

    if reasons:
        assert {reason.field for reason in reasons} == {"number"}
    else:
        assert number in values_of(way.write(spoilt)) or name == "afas"


@settings(max_examples=150)
@given(
    name=st.sampled_from(["s1", "s2", "s8"]),
    top=st.dictionaries(st.sampled_from(TOP), TEXTS, max_size=2),
    figures=st.dictionaries(st.sampled_from(FIGURES), NUMBERS, max_size=2),
    line=st.dictionaries(
        st.sampled_from(IN_LINES), st.one_of(TEXTS, NUMBERS, st.sampled_from(HOSTILE_VALUES)), max_size=2
    ),
)
def test_hostile_document_is_parked_with_a_reason_or_becomes_an_entry_of_its_own_amounts(
    name: str,
    top: dict[str, str],
    figures: dict[str, object],
    line: dict[str, object],
    tables: tuple[Path, Tables],
) -> None:
    row = sample(name, **top, **figures)
    row["Lines"][0] |= line
    body = json.dumps(row, default=str).encode() if line else write_json(row)

    parsed = parse_body(body, "salesinvoices")

    assert (parsed.document is None) == bool(parsed.reasons)
    assert all(reason.document and (reason.field or reason.detail) for reason in parsed.reasons)
    if parsed.document is None:
        return
    checked = check_document(parsed.document, MASTERS)
    (mapped,) = map_all(tables[0], [parsed.document], masters=MASTERS, tables=tables[1])
    assert (mapped.entry is None) == bool(mapped.reasons)
    if mapped.entry is not None and not checked.reasons:
        lines = mapped.entry.lines
        assert abs(mapped.entry.gross) == abs(parsed.document.total_gross)
        assert sum((each.amount + each.vat_amount for each in lines), ZERO) == parsed.document.total_gross
