"""Put a reason into words for the person who must act, in Dutch and English."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from finance_hooks.model.park_reason import Actor, Reason, ReasonCode
from finance_hooks.model.printable import printable

Language = Literal["nl", "en"]
CATALOGUE = Path(__file__).with_name("park_reasons.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonText:
    """The sentence and remedy of one code, and who acts."""

    actor: Actor
    nl: str
    en: str
    remedy_nl: str
    remedy_en: str


@cache
def reason_texts() -> Mapping[ReasonCode, ReasonText]:
    """Read the catalogue; every code has exactly one row, a test sees to it."""
    with CATALOGUE.open(encoding="utf-8", newline="") as rows:
        texts = {
            ReasonCode(row.pop("code")): ReasonText(actor=Actor(row.pop("actor")), **row)
            for row in csv.DictReader(rows)
        }
    return MappingProxyType(texts)


def reason_sentence(reason: Reason, language: Language = "nl") -> str:
    """Write one reason as a sentence: document, line, field and value, what is wrong, what to do."""
    text = reason_texts()[reason.code]
    line_word = "regel" if language == "nl" else "line"
    where = [reason.document]
    if reason.line is not None:
        where.append(f"{line_word} {reason.line}")
    if reason.field is not None:
        where.append(reason.field if reason.value is None else f"{reason.field} = {reason.value}")
    sentence, remedy = (text.nl, text.remedy_nl) if language == "nl" else (text.en, text.remedy_en)
    detail = f" ({reason.detail})" if reason.detail else ""
    return printable(f"{', '.join(where)}: {sentence}{detail}; {remedy}.")
