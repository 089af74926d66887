"""Write the page of fields: what each package is sent, of which of our words, of which fields of 21QUBZ."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from finance_hooks.model.document import EntryKind
from finance_hooks.model.park_reason_text import Language
from finance_hooks.targets.base import Target
from finance_hooks.targets.registry import TARGETS
from handbook.paths import PROJECT
from handbook.tables import code, codes, table
from handbook.vendor_pages import vendor_page

RULES = Path(__file__).with_name("made_of.csv")
SOURCE = PROJECT / "include" / "mappings" / "qubz" / "fields.csv"
RESOURCES: Mapping[EntryKind, str] = MappingProxyType(
    {
        EntryKind.SALES: "salesinvoices",
        EntryKind.PURCHASE: "purchaseinvoices",
        EntryKind.MEMORIAL: "memorials",
    }
)
KINDS: Mapping[EntryKind, Mapping[Language, str]] = MappingProxyType(
    {
        EntryKind.SALES: {"nl": "Verkoop", "en": "Sales"},
        EntryKind.PURCHASE: {"nl": "Inkoop", "en": "Purchase"},
        EntryKind.MEMORIAL: {"nl": "Memoriaal", "en": "Memorial"},
    }
)
HEAD: Mapping[Language, str] = MappingProxyType(
    {
        "nl": """# Velden

Van veld tot veld: eerst de regel waarmee ons woord uit het document van 21QUBZ ontstaat, dan per pakket en
soort boeking waar het terechtkomt, volgens welke regel, en op welke pagina van de leverancier het veld
beschreven staat. De bronvelden zijn die van `qubz/fields.csv` zoals het meegeleverd is.
Relaties staan op [hun eigen pagina](../relations.md), de mappingbestanden [hier](../mapping.md).

""",
        "en": """# Fields

From field to field: first the rule by which our word comes from the document of 21QUBZ, then per package
and kind of entry where it goes, by which rule, and on which page of the vendor the field is documented.
The source fields are those of `qubz/fields.csv` as it is delivered.
Relations have [their own page](../relations.md), the mapping files stand [here](../mapping.md).

""",
    }
)
WORDS: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        "nl": {
            "rules": "Regels",
            "word": "Ons woord",
            "rule": "Regel",
            "field": "Veld van het pakket",
            "page": "Pagina van de leverancier",
            "everything": "Alles wat gelezen wordt.",
            "type": "Type",
            "required": "Verplicht",
            "default": "Standaard",
        },
        "en": {
            "rules": "Rules",
            "word": "Our word",
            "rule": "Rule",
            "field": "Target field",
            "page": "Vendor page",
            "everything": "Everything that is read.",
            "type": "Type",
            "required": "Required",
            "default": "Default",
        },
    }
)


def write_fields(language: Language) -> str:
    """Write the rules, the fields of every package, and the fields that are read from the source."""
    words = WORDS[language]
    rules = [
        (code(row["field"]), codes(_any_source(row)), row[language]) for row in rules_by_field().values()
    ]
    head = (words["word"], "21QUBZ", words["rule"])
    parts = "".join(_target_part(target, language) for target in TARGETS.values())
    leads = " · ".join(f"[{label}](#{label.lower().replace(' ', '-')})" for label in _labels())
    before = f"{HEAD[language]}{leads}\n\n## {words['rules']}\n\n{table(head, rules)}"
    return f"{before}{parts}{_source_part(language)}"


def _labels() -> Iterator[str]:
    yield from (target.settings.label for target in TARGETS.values())
    yield "21QUBZ"


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


def _target_part(target: Target, language: Language) -> str:
    label = target.settings.label
    kinds = "".join(
        f"\n### {label}: {KINDS[kind][language]}\n\n{_kind_table(target, kind, language)}"
        for kind in target.lineage_fields
    )
    return f"\n## {label}\n{kinds}"


def _kind_table(target: Target, kind: EntryKind, language: Language) -> str:
    rows = [
        (
            code(name),
            codes(made_of),
            codes(dict.fromkeys(path for field in made_of for path in source_paths(field, [kind]))),
            "; ".join(rules_by_field()[field][language] for field in made_of),
            vendor_page(target.settings.slug, kind, name),
        )
        for name, made_of in target.lineage_fields[kind].items()
    ]
    words = WORDS[language]
    return table((words["field"], words["word"], "21QUBZ", words["rule"], words["page"]), rows)


def _source_part(language: Language) -> str:
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
    words = WORDS[language]
    head = ("Resource", "21QUBZ", words["word"], words["type"], words["required"], words["default"])
    return f"\n## 21QUBZ\n\n{words['everything']}\n\n{table(head, rows)}"
