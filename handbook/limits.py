"""Write the page of what is fixed about each package: lengths, times, limits, as declared."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import fields
from importlib import import_module
from inspect import getsource
from itertools import pairwise
from types import MappingProxyType, ModuleType

from finance_hooks.model.attachment import AttachmentLimits
from finance_hooks.model.park_reason_text import Language
from finance_hooks.targets.base import Target, TargetSettings
from finance_hooks.targets.registry import TARGETS
from handbook.tables import code, table

MEANING: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "slug": ("naam in mappen en administrations.csv", "name in folders and administrations.csv"),
        "label": ("naam op de pagina's", "name on the pages"),
        "countries": ("landen van de boeken", "countries of the books"),
        "batch_size": ("boekingen per aanroep", "entries per request"),
        "lines_max": ("regels per boeking", "lines per entry"),
        "settle_s": (
            "seconden dat het pakket nog bezig kan zijn met een aanroep waarvan het antwoord verloren ging",
            "seconds the package may still be working on a request whose answer was lost",
        ),
        "request_timeout_s": ("seconden waarna een aanroep stopt", "seconds after which a request is ended"),
        "description_length": (
            "tekens van een omschrijving, met kenmerk",
            "characters of a description, reference included",
        ),
        "number_length": ("tekens van een factuurnummer", "characters of an invoice number"),
        "takes_long_purchase_numbers": (
            "een langer nummer van een leverancier mag",
            "a supplier's number may be longer",
        ),
    }
)
HEAD: Mapping[Language, str] = MappingProxyType(
    {
        "nl": """# Grenzen

Wat van elk pakket vastligt, zoals de code het heeft. Wat ervan komt (aanroepen per duizend documenten)
staat op de [pagina van het pakket](../targets/index.md).

""",
        "en": """# Limits

What is fixed about each package, as the code has it. What follows from it (calls per thousand documents)
stands on the [package's own page](../targets/index.md).

""",
    }
)
COLUMNS: Mapping[Language, tuple[tuple[str, str], tuple[str, str, str]]] = MappingProxyType(
    {
        "nl": (("Naam", "Betekenis"), ("Naam", "Waarde", "In de code (Engels)")),
        "en": (("Name", "Meaning"), ("Name", "Value", "In the code")),
    }
)


def write_limits(language: Language) -> str:
    """Write the settings that all packages have beside each other, then those each has of its own."""
    targets = list(TARGETS.values())
    rows = [
        (code(each.name), MEANING[each.name][language != "nl"], *(_said(t, each.name) for t in targets))
        for each in fields(TargetSettings)
    ]
    head = (*COLUMNS[language][0], *(target.settings.label for target in targets))
    own = "".join(_own_part(target, language) for target in targets)
    return f"{HEAD[language]}{table(head, rows)}{own}"


def _said(target: Target, name: str) -> str:
    value = getattr(target.settings, name)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _own_part(target: Target, language: Language) -> str:
    settings = import_module(f"finance_hooks.targets.{target.settings.slug}.settings")
    rows = [(code(name), value, said) for name, value, said in _own_limits(settings)]
    return f"\n## {target.settings.label}\n\n{table(COLUMNS[language][1], rows)}"


def _own_limits(settings: ModuleType) -> Iterator[tuple[str, str, str]]:
    said = _docstrings(settings)
    for name, value in vars(settings).items():
        if name.isupper() and not name.startswith("_") and (text := _written(value)):
            yield name, text, said.get(name, "")


def _written(value: object) -> str:
    """Write a value that is a limit; nothing for what is none."""
    if isinstance(value, AttachmentLimits):
        return ", ".join(f"{each.name} {getattr(value, each.name)}" for each in fields(value))
    if isinstance(value, Mapping):
        figures = [f"{key}: {each}" for key, each in value.items() if isinstance(each, int)]
        return ", ".join(figures)
    return str(value) if isinstance(value, int) else ""


def _docstrings(module: ModuleType) -> dict[str, str]:
    """Read the docstring behind each name of a module."""
    body = ast.parse(getsource(module)).body
    found = {}
    for named, said in pairwise(body):
        if isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant):
            for target in _targets_of(named):
                found[target] = " ".join(str(said.value.value).split())
    return found


def _targets_of(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    if isinstance(statement, ast.Assign):
        return [each.id for each in statement.targets if isinstance(each, ast.Name)]
    return []
