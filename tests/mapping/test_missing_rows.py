"""A reason says which row it asks for, and which tables hold that row on the document's date."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from finance_hooks.mapping.missing_rows import MissingRow, answered, missing_row, role_of
from finance_hooks.mapping.tables import Tables, read_tables
from finance_hooks.model.document import Document, DocumentType
from finance_hooks.model.park_reason import ReasonCode
from tests.mapping.examples import ROWS, a_document, a_line, the_administration, vat_of, write_folder
from tests.mapping.map_one import MapOne, without

DAY = "2026-10-31"
ACCOUNT = MissingRow(file="ledger_accounts.csv", cells=("8000",))
PARTY = MissingRow(file="parties.csv", cells=("10045", "debtor"))
CODE = MissingRow(file="vat_codes.csv", cells=("VH21",))


def asked_by(map_one: MapOne, document: Document, rows: Mapping[str, Iterable[str]]) -> list[MissingRow]:
    mapped = map_one(document, rows)
    found = [
        missing_row(reason.code, reason.field, reason.value, role_of(document.type))
        for reason in mapped.reasons
    ]
    return [one for one in found if one is not None]


def tables_of(folder: Path, **rows: Iterable[str]) -> Tables:
    """Read the example tables with other rows in some files, named without folder and ending."""
    changed = {
        f"{'qubz' if name == 'article_accounts' else 'books'}/{name}.csv": lines
        for name, lines in rows.items()
    }
    write_folder(folder, changed)
    return read_tables(the_administration(folder), folder)


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("journals.csv", "nl,sales_invoice", ("sales_invoice",)),
        ("ledger_accounts.csv", "nl,8000", ("8000",)),
        ("vat_codes.csv", "nl,VH21", ("VH21",)),
        ("parties.csv", "*,*,debtor", ("10045", "debtor")),
        ("cost_centres.csv", "*,INZ", ("INZ",)),
        ("payment_terms.csv", "*,30", ("30",)),
    ],
)
def test_reason_of_mapping_names_the_row_that_was_taken_away(
    map_one: MapOne, name: str, start: str, expected: tuple[str, ...]
) -> None:
    (row,) = asked_by(map_one, a_document(), without(f"books/{name}", start))

    assert row == MissingRow(file=name, cells=expected)
    assert row.is_known
    assert row.schema.name == name


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"article": "A"}, ("A", "")),
        ({"activity": "B"}, ("", "B")),
        ({"article": "A", "activity": "B"}, ("A", "B")),
        ({"article": "A, A"}, ("A, A", "")),
        ({"article": "A, A", "activity": "B"}, ("", "")),
        ({}, ("", "")),
    ],
)
def test_line_without_an_account_asks_for_its_article_and_activity(
    map_one: MapOne, fields: dict[str, str], expected: tuple[str, str]
) -> None:
    line = a_line(1, None, "100.00", **fields)

    (row,) = asked_by(map_one, a_document([line], [vat_of("VH21", "21.00")]), {})

    assert row == MissingRow(file="article_accounts.csv", cells=expected)
    assert row.is_known == any(expected)


def test_cost_unit_asks_for_its_own_table(map_one: MapOne) -> None:
    line = a_line(1, "8000", "100.00", cost_unit="GLAS")

    assert asked_by(map_one, a_document([line]), {}) == [MissingRow(file="cost_units.csv", cells=("GLAS",))]


def test_purchase_asks_for_a_creditor_and_a_memorial_does_not_say() -> None:
    roles = [
        role_of(each)
        for each in (DocumentType.PURCHASE_INVOICE, DocumentType.SALES_CREDIT_NOTE, DocumentType.MEMORIAL)
    ]

    assert roles == ["creditor", "debtor", ""]
    unknown = missing_row(ReasonCode.PARTY_UNMAPPED, "party", "10045", "")
    assert unknown is not None
    assert not unknown.is_known


@pytest.mark.parametrize(
    ("code", "field"),
    [(ReasonCode.PERIOD_CLOSED, "period"), (ReasonCode.PARTY_UNMAPPED, "name"), (ReasonCode.ON_HOLD, None)],
)
def test_other_reasons_ask_for_no_row(code: ReasonCode, field: str | None) -> None:
    assert missing_row(code, field, "x", "debtor") is None


def test_row_answers_on_the_dates_it_holds_for(tmp_path: Path) -> None:
    before = tables_of(tmp_path, ledger_accounts=["nl,1300,,,1,"])
    after = tables_of(tmp_path, ledger_accounts=["nl,1300,,,1,", "nl,8000,2026-10-01,,1,"])
    asked = {(ACCOUNT, DAY), (ACCOUNT, "2026-09-30")}

    assert answered(asked, after, before) == {(ACCOUNT, DAY)}
    assert answered(asked, before, before) == set()


def test_vat_code_that_had_a_row_is_not_known_to_agree_now(tmp_path: Path) -> None:
    without_code = tables_of(tmp_path, vat_codes=["nl,VL9,,,,,,,5,,,,"])
    with_code = tables_of(tmp_path, vat_codes=["nl,VH21,,,,,,,5,,,,"])

    assert answered({(CODE, DAY)}, with_code, without_code) == {(CODE, DAY)}
    assert answered({(CODE, DAY)}, with_code, with_code) == set()


def test_party_is_answered_by_a_row_of_its_own_or_a_new_rule(tmp_path: Path) -> None:
    nothing = tables_of(tmp_path, parties=["*,*,creditor,{number},"])
    rule = tables_of(tmp_path, parties=["*,*,debtor,{number},"])
    own = tables_of(tmp_path, parties=["*,*,debtor,{number},", "nl,10045,debtor,X,"])
    asked = {(PARTY, DAY)}

    assert answered(asked, rule, nothing) == asked
    assert answered(asked, rule, rule) == set()
    assert answered(asked, own, rule) == asked


def test_article_is_answered_when_its_account_has_a_row_too(tmp_path: Path) -> None:
    article = MissingRow(file="article_accounts.csv", cells=("NEW", "B"))
    asked = {(article, DAY)}
    before = tables_of(tmp_path)
    by_article = tables_of(tmp_path, article_accounts=[*ROWS["qubz/article_accounts.csv"], "100,NEW,,8000,"])
    unmapped = tables_of(tmp_path, article_accounts=[*ROWS["qubz/article_accounts.csv"], "100,NEW,,9999,"])

    assert answered(asked, by_article, before) == asked
    assert answered(asked, unmapped, before) == set()
    assert answered(asked, before, before) == set()
