"""Every setting there is stands in the handbook, and every setting that stands there is one."""

import re
from pathlib import Path
from typing import Any

import pytest

from finance_hooks.mapping.schemas import ADMINISTRATIONS, EXPORTS, POLICIES, TABLES, Schema
from finance_hooks.model.document_warning import WarningCode
from finance_hooks.provider_info import connection_types
from handbook.languages import DUTCH
from handbook.paths import DOCS, PROJECT
from tests.house.tree import own_files

VARIABLE = re.compile(r"\bFINANCE_[A-Z][A-Z_]+\b")
SCHEMAS = (ADMINISTRATIONS, POLICIES, EXPORTS, *TABLES)
LANGUAGES = pytest.mark.parametrize("folder", [DOCS, DOCS / DUTCH], ids=["en", "nl"])
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


@LANGUAGES
def test_every_environment_variable_is_listed_and_no_other(folder: Path) -> None:
    page = (folder / "reference" / "settings.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `(FINANCE_[A-Z_]+)` \|", page, re.MULTILINE)) == variables_in_code()


@LANGUAGES
@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_every_column_of_a_mapping_file_is_listed(schema: Schema, folder: Path) -> None:
    page = (folder / "reference" / "mapping-files.md").read_text(encoding="utf-8")

    for column in schema.columns:
        assert re.search(rf"{re.escape(schema.name)}` \| `{column.name}` \|", page)


@LANGUAGES
@pytest.mark.parametrize("schema", EXPLAINED, ids=lambda schema: schema.name)
def test_every_column_that_sets_something_is_explained(schema: Schema, folder: Path) -> None:
    mapping = (folder / "mapping.md").read_text(encoding="utf-8")
    chapter = mapping.partition(f"\n## {schema.name}\n")[2].partition("\n## ")[0]

    left_out = [column.name for column in schema.columns if f"`{column.name}`" not in chapter]

    assert left_out in ([], ["note"])


@LANGUAGES
@pytest.mark.parametrize("code", WarningCode)
def test_every_warning_is_listed(code: WarningCode, folder: Path) -> None:
    assert f"| `{code}` |" in (folder / "reference" / "park-reasons.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "declared", connection_types(), ids=lambda declared: str(declared["connection-type"])
)
def test_every_field_of_a_connection_is_explained(declared: dict[str, Any]) -> None:
    page = (DOCS / "connections.md").read_text(encoding="utf-8")
    chapter = page.partition(f"\n## {declared['connection-type']}: ")[2].partition("\n## ")[0]

    assert [name for name in declared["conn-fields"] if f"`{name}`" not in chapter] == []
