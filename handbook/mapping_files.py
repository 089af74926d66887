"""Write the page of every mapping file: its columns, which may stay empty, and what tells rows apart."""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.mapping.schemas import ADMINISTRATIONS, EXPORTS, POLICIES, TABLES, TARGET_SCHEMAS, Schema
from finance_hooks.model.park_reason_text import Language
from handbook.tables import code, codes, table

HEAD: Mapping[Language, str] = MappingProxyType(
    {
        "nl": """# Kolommen

Elke kolom van elk mappingbestand, in de volgorde van het bestand. Wat zij betekenen staat onder
[mapping](../mapping.md). Rijen die in sleutel en datums overeenkomen worden geweigerd.

""",
        "en": """# Columns

Every column of every mapping file, in the order in which it stands there. What they mean stands under
[mapping](../mapping.md). Rows that agree in key and dates are refused.

""",
    }
)
WORDS: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        "nl": {
            "file": "Bestand",
            "key": "Sleutel",
            "absent": "mag weg",
            "empty": "mag leeg",
            "title": "Per kolom",
            "column": "Kolom",
        },
        "en": {
            "file": "File",
            "key": "Key",
            "absent": "may be left out",
            "empty": "may be empty",
            "title": "By column",
            "column": "Column",
        },
    }
)


def write_mapping_files(language: Language) -> str:
    """Write a row per file, then a row per column."""
    words = WORDS[language]
    schemas = [ADMINISTRATIONS, POLICIES, EXPORTS, *TABLES]
    files = [
        (code(_path(schema)), codes(schema.keys), "" if schema.required else words["absent"])
        for schema in schemas
    ]
    columns = [
        (code(_path(schema)), code(column.name), "" if column.required else words["empty"])
        for schema in schemas
        for column in schema.columns
    ]
    return (
        f"{HEAD[language]}{table((words['file'], words['key'], ''), files)}\n"
        f"## {words['title']}\n\n{table((words['file'], words['column'], ''), columns)}"
    )


def _path(schema: Schema) -> str:
    if schema in TARGET_SCHEMAS:
        return f"<target>/{schema.name}"
    return f"qubz/{schema.name}" if schema in TABLES else schema.name
