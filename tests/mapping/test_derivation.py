"""What is told of where a field comes from holds for every field of every kind of document."""

from collections.abc import Iterator
from dataclasses import fields

import pytest

from finance_hooks.mapping.derivation import DERIVATIONS, Origin
from finance_hooks.mapping.folder import MAPPINGS
from finance_hooks.mapping.schemas import ARTICLE_ACCOUNTS, LEDGER_ACCOUNTS, PARTIES
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.sources.qubz.canonical import CANONICAL, DOCUMENT_RESOURCES
from finance_hooks.targets.base import Target
from finance_hooks.targets.registry import TARGETS

NOT_FROM_A_DOCUMENT = {"posting_key", "kind", "administration", "lines"}
ABOUT_THE_LINE = {"lines.number", "lines.source_lines", "lines.mapping_rows"}


def source_names() -> Iterator[str]:
    for resource in DOCUMENT_RESOURCES:
        for name in CANONICAL[resource]:
            yield name
            yield from (f"{name}.{inner}" for inner in CANONICAL.get(f"{resource}/{name}", ()))


def test_every_field_of_an_entry_says_where_it_comes_from() -> None:
    entry = {field.name for field in fields(Entry)} - NOT_FROM_A_DOCUMENT
    lines = {f"lines.{field.name}" for field in fields(EntryLine)} - ABOUT_THE_LINE

    assert set(DERIVATIONS) == entry | lines


def test_every_origin_is_a_field_that_some_document_has() -> None:
    origins = {origin.field for behind in DERIVATIONS.values() for origin in behind}

    assert origins - set(source_names()) == set()


def test_tables_are_named_by_their_place_below_the_mappings() -> None:
    origin = Origin(field="lines.article", tables=(ARTICLE_ACCOUNTS, LEDGER_ACCOUNTS))

    assert origin.describe("exactonline") == "qubz/article_accounts.csv; exactonline/ledger_accounts.csv"
    assert all((MAPPINGS / file).is_file() for file in origin.describe("exactonline").split("; "))


def test_value_that_goes_through_nothing_is_a_copy() -> None:
    (rate,), (journal, _), (number, _) = (DERIVATIONS[name] for name in ("rate", "journal", "number"))

    assert [origin.copies for origin in (rate, journal, number)] == [True, False, False]
    assert [origin.describe("afas") for origin in (rate, journal, number)] == [
        "",
        "afas/journals.csv",
        "the supplier's number where there is one",
    ]


def test_tables_are_named_before_what_else_happens() -> None:
    origin = Origin(field="party", tables=(PARTIES,), how="else the pattern")

    assert origin.describe("twinfield") == "twinfield/parties.csv; else the pattern"


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_package_declares_its_fields_by_those_of_an_entry(target: Target) -> None:
    assert set(target.lineage_fields) == set(EntryKind)
    for made_of in target.lineage_fields.values():
        assert all(made_of.values())
        assert {name for names in made_of.values() for name in names} <= set(DERIVATIONS)
