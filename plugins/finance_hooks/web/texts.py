"""The words of the pages, in Dutch and English, a file for each page."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from finance_hooks.model.park_reason_text import Language

FOLDER = Path(__file__).with_name("texts")


@cache
def texts(language: Language) -> Mapping[str, str]:
    """Read all texts of a language, by their keys."""
    return MappingProxyType({row["key"]: row[language] for row in rows()})


def rows() -> Iterator[dict[str, str]]:
    """Read all texts: key, `nl` and `en`."""
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def say(language: Language, key: str, **values: object) -> str:
    """Say one text with its values in place."""
    return texts(language)[key].format(**values)
