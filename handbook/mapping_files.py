"""Write the page of every mapping file: its columns, which may stay empty, and what tells rows apart."""

from finance_hooks.mapping.schemas import ADMINISTRATIONS, EXPORTS, POLICIES, TABLES, TARGET_SCHEMAS, Schema
from handbook.tables import code, codes, table

HEAD = """# Kolommen · Columns

Elke kolom van elk mappingbestand, in de volgorde van het bestand. Wat zij betekenen staat onder
[mapping](../mapping.md). Rijen die in sleutel en datums overeenkomen worden geweigerd.

Every column of every mapping file, in the order in which it stands there. What they mean stands under
[mapping](../mapping.md). Rows that agree in key and dates are refused.

"""


def write_mapping_files() -> str:
    """Write a row per file, then a row per column."""
    schemas = [ADMINISTRATIONS, POLICIES, EXPORTS, *TABLES]
    files = [
        (code(_path(schema)), codes(schema.keys), "" if schema.required else "mag weg · may be left out")
        for schema in schemas
    ]
    columns = [
        (code(_path(schema)), code(column.name), "" if column.required else "mag leeg · may be empty")
        for schema in schemas
        for column in schema.columns
    ]
    return (
        f"{HEAD}{table(('Bestand · File', 'Sleutel · Key', ''), files)}\n"
        f"## Per kolom · By column\n\n{table(('Bestand · File', 'Kolom · Column', ''), columns)}"
    )


def _path(schema: Schema) -> str:
    if schema in TARGET_SCHEMAS:
        return f"<target>/{schema.name}"
    return f"qubz/{schema.name}" if schema in TABLES else schema.name
