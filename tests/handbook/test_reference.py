"""The reference pages say what the code says today, and leave nothing out."""

import re
from dataclasses import fields

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.posting_state import MOVES, PostingState
from finance_hooks.model.preflight_fault import FaultCode
from finance_hooks.provider_info import connection_types
from finance_hooks.targets.base import Target, TargetSettings
from finance_hooks.targets.registry import TARGETS
from handbook.fields import RESOURCES, rules_by_field, source_paths, source_rows
from handbook.languages import in_dutch
from handbook.pages import FOLDER, write_page, written_pages
from handbook.paths import DOCS
from handbook.vendor_pages import vendor_page

ENTRY_FIELDS = {
    field
    for target in TARGETS.values()
    for made in target.lineage_fields.values()
    for made_of in made.values()
    for field in made_of
}


SENT = [
    (target, kind, field)
    for target in TARGETS.values()
    for kind, made in target.lineage_fields.items()
    for field in made
]


LANGUAGES: tuple[Language, ...] = ("nl", "en")
VENDOR_PAGE = re.compile(r"\[[^\]]{5,}\]\(https://[^)]+\)")


def kept(name: str, language: Language = "en") -> str:
    page = f"{FOLDER}{name}"
    return (DOCS / (in_dutch(page) if language == "nl" else page)).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", written_pages())
def test_page_is_what_the_code_writes(page: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == write_page(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [*ReasonCode, *FaultCode])
def test_every_reason_and_fault_has_a_row_in_both_languages(code: str, language: Language) -> None:
    page = kept("park-reasons.md", language)
    rows = [line for line in page.splitlines() if line.startswith(f"| `{code}` |")]

    assert len(rows) == sum(code in kind for kind in (set(ReasonCode), set(FaultCode)))
    assert all(len(line.split(" | ")) == 4 and all(line.split(" | ")) for line in rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", PostingState)
def test_every_state_says_where_it_leads(state: PostingState, language: Language) -> None:
    moves = kept("states.md", language).split("\n## ")[1]
    row = next(line for line in moves.splitlines() if line.startswith(f"| `{state}` |"))

    leads_to = row.split(" | ")[1]
    assert {other for other in PostingState if f"`{other}`" in leads_to} == {
        after for before, after in MOVES if before is state
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_every_package_has_its_limits_and_fields(target: Target, language: Language) -> None:
    label = target.settings.label

    assert f"\n## {label}\n" in kept("limits.md", language)
    assert f"\n## {label}\n" in kept("fields.md", language)


@pytest.mark.parametrize(("target", "kind", "field"), SENT, ids=lambda each: getattr(each, "name", str(each)))
def test_every_field_that_is_sent_names_the_page_of_the_vendor(
    target: Target, kind: EntryKind, field: str
) -> None:
    page = vendor_page(target.settings.slug, kind, field)

    assert page is not None
    assert VENDOR_PAGE.fullmatch(page)
    rows = [line for line in kept("fields.md").splitlines() if line.startswith(f"| `{field}` |")]
    assert any(line.endswith(f"| {page} |") for line in rows)


def test_no_field_is_documented_by_a_package_that_does_not_have_it() -> None:
    assert vendor_page("sage", EntryKind.SALES, "Journal") is None
    assert vendor_page("twinfield", EntryKind.MEMORIAL, "total.dim2") is None


@pytest.mark.parametrize("setting", [each.name for each in fields(TargetSettings)])
def test_every_setting_of_a_package_is_explained(setting: str) -> None:
    assert f"| `{setting}` |" in kept("limits.md")


def test_every_field_of_a_connection_is_listed() -> None:
    page = kept("connections.md")

    left_out = [
        name
        for declared in connection_types()
        for name in declared["conn-fields"]
        if f"| `extra.{name}` |" not in page.partition(f"Type `{declared['connection-type']}`")[2]
    ]

    assert left_out == []


def test_every_field_that_is_sent_has_a_rule_and_no_rule_is_idle() -> None:
    assert set(rules_by_field()) == ENTRY_FIELDS


@pytest.mark.parametrize("field", sorted(ENTRY_FIELDS))
def test_every_rule_names_fields_that_are_read_from_the_source(field: str) -> None:
    read = {(row["resource"], row["canonical_field"]) for row in source_rows()}

    for word in rules_by_field()[field]["source"].split():
        rows, _, name = word.rpartition(".")
        assert any((f"{each}/{rows}" if rows else each, name) in read for each in RESOURCES.values())


def test_path_of_a_line_field_names_the_list_it_stands_in() -> None:
    assert list(source_paths("lines.ledger_account", [EntryKind.MEMORIAL])) == ["Lines.LedgerAccount"]


def test_what_is_made_of_nothing_in_the_source_names_no_path() -> None:
    assert list(source_paths("due_date", [EntryKind.MEMORIAL])) == []
