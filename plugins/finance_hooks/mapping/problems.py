"""Name what is wrong in a mapping file, for the person who keeps it, in Dutch and English.

Imported when Airflow parses the DAG file, so it needs nothing but the standard library.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Union

from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.printable import printable

CATALOGUE = Path(__file__).with_name("problem_texts.csv")
Value = Union["Said", str, int]


@dataclass(frozen=True, slots=True)
class Said:
    """Words about a file: the key of their text, and the values in it, which may be such words themselves."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()

    def words(self, language: Language, longest: int | None = None) -> str:
        """Write the words; a text of the file itself that is longer than `longest` is cut."""
        shown = {name: _shown(value, language, longest) for name, value in self.values}
        return texts()[self.key][language].format(**shown)


def said(key: str, **values: Value) -> Said:
    """Say something by the key of its text."""
    return Said(key, tuple(values.items()))


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Read what can be said, by key and language."""
    with CATALOGUE.open(encoding="utf-8", newline="") as rows:
        return MappingProxyType({row["key"]: row for row in csv.DictReader(rows)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of one file: where it stands, whose row it is, what is wrong and what to do.

    `line` counts from 1, the header; `None` when the whole file is meant. `whose` is the row's first cell
    (an administration, or an organisation in article_accounts.csv).
    """

    file: str
    line: int | None = None
    whose: str | None = None
    what: Said
    remedy: Said

    def sentence(self, language: Language, longest: int | None = None) -> str:
        """Write the problem as one sentence."""
        where = [self.file]
        if self.line is not None:
            where.append(f"{'regel' if language == 'nl' else 'line'} {self.line}")
        if self.whose:
            where.append(self.whose[:longest])
        what, remedy = self.what.words(language, longest), self.remedy.words(language)
        return printable(f"{', '.join(where)}: {what}; {remedy}.")

    def __str__(self) -> str:
        """Write the problem as one English sentence, for logs."""
        return self.sentence("en")


def write_problems(problems: Iterable[Problem], language: Language = "en") -> str:
    """List problems one a line, by file and line."""
    ordered = sorted(problems, key=lambda problem: (problem.file, problem.line or 0))
    return "\n".join(problem.sentence(language) for problem in ordered)


def _shown(value: Value, language: Language, longest: int | None) -> str:
    if isinstance(value, Said):
        return value.words(language, longest)
    text = str(value)
    return text if longest is None or len(text) <= longest else f"{text[:longest]}…"
