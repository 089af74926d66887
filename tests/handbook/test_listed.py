"""Every setting there is stands in the handbook, and every setting that stands there is one."""

import re
from typing import Any

import pytest

from finance_hooks.mapping.schemas import ADMINISTRATIONS, EXPORTS, POLICIES, TABLES, Schema
from finance_hooks.model.document_warning import WarningCode
from finance_hooks.provider_info import connection_types
from handbook.paths import DOCS, PROJECT, REFERENCE
from tests.house.tree import own_files

VARIABLE = re.compile(r"\bFINANCE_[A-Z][A-Z_]+\b")
SCHEMAS = (ADMINISTRATIONS, POLICIES, EXPORTS, *TABLES)
EXPLAINED = (ADMINISTRATIONS, POLICIES, EXPORTS)


def variables_in_code() -> set[str]:
    """Return the environment variables of ours; connections and Airflow's own variables have names too."""
    folders = ("plugins", "local", "dags", "chaos", "bench")
    texts = (
        path.read_text(encoding="utf-8")
        for path in own_files()
        if path.relative_to(PROJECT).parts[0] in folders and path.suffix == ".py"
    )
    quoted = re.compile(r"[\"'](FINANCE_[A-Z][A-Z_]+)[\"']")
    return {name for text in texts for name in quoted.findall(text)}


def test_every_environment_variable_is_listed_and_no_other() -> None:
    page = (REFERENCE / "settings.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `(FINANCE_[A-Z_]+)` \|", page, re.MULTILINE)) == variables_in_code()


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_every_column_of_a_mapping_file_is_listed(schema: Schema) -> None:
    page = (REFERENCE / "mapping-files.md").read_text(encoding="utf-8")

    for column in schema.columns:
        assert re.search(rf"{re.escape(schema.name)}` \| `{column.name}` \|", page)


@pytest.mark.parametrize("schema", EXPLAINED, ids=lambda schema: schema.name)
def test_every_column_that_sets_something_is_explained(schema: Schema) -> None:
    mapping = (DOCS / "mapping.md").read_text(encoding="utf-8")
    chapter = mapping.partition(f"\n## {schema.name}\n")[2].partition("\n## ")[0]

    left_out = [column.name for column in schema.columns if f"`{column.name}`" not in chapter]

    assert left_out in ([], ["note"])


@pytest.mark.parametrize("code", WarningCode)
def test_every_warning_is_listed(code: WarningCode) -> None:
    assert f"| `{code}` |" in (REFERENCE / "park-reasons.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "declared", connection_types(), ids=lambda declared: str(declared["connection-type"])
)
def test_every_field_of_a_connection_is_explained(declared: dict[str, Any]) -> None:
    page = (DOCS / "connections.md").read_text(encoding="utf-8")
    chapter = page.partition(f"\n## {declared['connection-type']}: ")[2].partition("\n## ")[0]

    assert [name for name in declared["conn-fields"] if f"`{name}`" not in chapter] == []
