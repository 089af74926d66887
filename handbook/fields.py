"""Write the page of fields: what each package is sent, of which of our words, of which fields of 21QUBZ."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from finance_hooks.model.document import EntryKind
from finance_hooks.targets.base import Target
from finance_hooks.targets.registry import TARGETS
from handbook.paths import PROJECT
from handbook.tables import code, codes, table

RULES = Path(__file__).with_name("made_of.csv")
SOURCE = PROJECT / "include" / "mappings" / "qubz" / "fields.csv"
RESOURCES: Mapping[EntryKind, str] = MappingProxyType(
    {
        EntryKind.SALES: "salesinvoices",
        EntryKind.PURCHASE: "purchaseinvoices",
        EntryKind.MEMORIAL: "memorials",
    }
)
KINDS: Mapping[EntryKind, str] = MappingProxyType(
    {
        EntryKind.SALES: "Verkoop · Sales",
        EntryKind.PURCHASE: "Inkoop · Purchase",
        EntryKind.MEMORIAL: "Memoriaal · Memorial",
    }
)
HEAD = """# Velden · Fields

Van veld tot veld: eerst de regel waarmee ons woord uit het document van 21QUBZ ontstaat, dan per pakket en
soort boeking waar het terechtkomt. De bronvelden zijn die van `qubz/fields.csv` zoals het meegeleverd is.
Relaties staan op [hun eigen pagina](../relations.md), de mappingbestanden [hier](../mapping.md).

From field to field: first the rule by which our word comes from the document of 21QUBZ, then per package
and kind of entry where it goes. The source fields are those of `qubz/fields.csv` as it is delivered.
Relations have [their own page](../relations.md), the mapping files stand [here](../mapping.md).

"""


def write_fields() -> str:
    """Write the rules, the fields of every package, and the fields that are read from the source."""
    rules = [
        (code(row["field"]), codes(_any_source(row)), row["nl"], row["en"])
        for row in rules_by_field().values()
    ]
    head = ("Ons woord · Our word", "21QUBZ", "Regel", "Rule")
    parts = "".join(_target_part(target) for target in TARGETS.values())
    return f"{HEAD}## Regels · Rules\n\n{table(head, rules)}{parts}{_source_part()}"


@cache
def rules_by_field() -> Mapping[str, Mapping[str, str]]:
    """Read of what each field of an entry is made, and by which rule."""
    with RULES.open(encoding="utf-8", newline="") as rows:
        return MappingProxyType({row["field"]: row for row in csv.DictReader(rows)})


@cache
def source_rows() -> tuple[Mapping[str, str], ...]:
    """Read the fields of the source as they are delivered."""
    with SOURCE.open(encoding="utf-8", newline="") as rows:
        return tuple(csv.DictReader(rows))


def source_paths(field: str, kinds: Iterable[EntryKind]) -> Iterator[str]:
    """Name the fields of the source that a field of an entry of these kinds is made of, each once."""
    seen = set()
    for kind in kinds:
        for word in rules_by_field()[field]["source"].split():
            path = _path_of(word, RESOURCES[kind])
            if path and path not in seen:
                seen.add(path)
                yield path


def _path_of(word: str, resource: str) -> str:
    """Name the source's field behind our word; empty where this kind of document has none."""
    rows, _, name = word.rpartition(".")
    within = f"{resource}/{rows}" if rows else resource
    for row in source_rows():
        if (row["resource"], row["canonical_field"]) == (within, name):
            above = f"{_path_of(rows, resource)}." if rows else ""
            return f"{above}{row['source_path']}" if row["source_path"] else ""
    return ""


def _any_source(rule: Mapping[str, str]) -> Iterator[str]:
    return source_paths(rule["field"], EntryKind)


def _target_part(target: Target) -> str:
    module = import_module(f"finance_hooks.targets.{target.settings.slug}.lineage")
    pages = " ".join((module.__doc__ or "").strip().split("\n\n")[-1].split())
    kinds = "".join(
        f"\n### {target.settings.label}: {KINDS[kind]}\n\n{_kind_table(kind, fields)}"
        for kind, fields in target.lineage_fields.items()
    )
    return f"\n## {target.settings.label}\n\nBron · Vendor page: {pages}\n{kinds}"


def _kind_table(kind: EntryKind, fields: Mapping[str, tuple[str, ...]]) -> str:
    rows = [
        (
            code(name),
            codes(made_of),
            codes(dict.fromkeys(path for field in made_of for path in source_paths(field, [kind]))),
        )
        for name, made_of in fields.items()
    ]
    return table(("Veld van het pakket · Target field", "Ons woord · Our word", "21QUBZ"), rows)


def _source_part() -> str:
    rows = [
        (
            code(row["resource"]),
            code(row["source_path"]),
            code(row["canonical_field"]),
            row["type"],
            row["required"],
            code(row["default"]),
        )
        for row in source_rows()
    ]
    head = ("Resource", "21QUBZ", "Ons woord · Our word", "Type", "Verplicht · Required", "Default")
    return f"\n## 21QUBZ\n\nAlles wat gelezen wordt. Everything that is read.\n\n{table(head, rows)}"
