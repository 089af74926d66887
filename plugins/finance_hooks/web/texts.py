"""The words of the pages, in Dutch and English."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from finance_hooks.model.park_reason_text import Language

FILE = Path(__file__).with_name("texts.csv")


@cache
def texts(language: Language) -> Mapping[str, str]:
    """Read all texts of a language, by their keys."""
    with FILE.open(encoding="utf-8", newline="") as rows:
        return MappingProxyType({row["key"]: row[language] for row in csv.DictReader(rows)})


def say(language: Language, key: str, **values: object) -> str:
    """Say one text with its values in place."""
    return texts(language)[key].format(**values)
