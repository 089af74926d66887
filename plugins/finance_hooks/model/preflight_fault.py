"""Say what is wrong with one row of the mapping files, held against what the package really has."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.park_reason_text import Language

CATALOGUE = Path(__file__).with_name("preflight_faults.csv")


class FaultCode(StrEnum):
    """Every fault that preflight finds; the sentences stand in `preflight_faults.csv`."""

    CODE_UNKNOWN = "code_unknown"
    CODE_BLOCKED = "code_blocked"
    CODE_UNUSABLE = "code_unusable"
    JOURNAL_KIND = "journal_kind"
    JOURNAL_NUMBERS_ITSELF = "journal_numbers_itself"
    JOURNAL_CURRENCY = "journal_currency"
    VAT_PERCENTAGE = "vat_percentage"
    VAT_DIRECTION = "vat_direction"
    VAT_NOT_ALLOWED = "vat_not_allowed"
    COST_CENTRE_REQUIRED = "cost_centre_required"
    COST_CENTRE_NOT_ALLOWED = "cost_centre_not_allowed"
    COMBINATION_MISSING = "combination_missing"
    PARTY_SIDE = "party_side"
    SOURCE_ACCOUNT_UNMAPPED = "source_account_unmapped"
    PERIOD_MISSING = "period_missing"
    PERIOD_CLOSED = "period_closed"
    COUNTRY_DIFFERS = "country_differs"


CONDITIONS = frozenset(
    {FaultCode.VAT_NOT_ALLOWED, FaultCode.COST_CENTRE_REQUIRED, FaultCode.COST_CENTRE_NOT_ALLOWED}
)
"""What is no fault of a row but of the lines that combine it with something, or with nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightFault:
    """One fault: whose it is, where it stands, what stands there, and which documents it concerns.

    `content` is what the row says, by which documents know the rows they use; `None` for a fault of the
    administration itself. `dated_from` and `dated_until` are the document dates it holds for, open where
    `None`. `detail` completes the sentence.
    """

    code: FaultCode
    administration: str
    file: str
    line: int | None
    column: str
    value: str
    detail: str | None = None
    content: str | None = None
    dated_from: date | None = None
    dated_until: date | None = None

    @property
    def is_condition(self) -> bool:
        """Whether only some lines that use the row are wrong; the row itself then is in order."""
        return self.code in CONDITIONS

    def concerns(self, on: date) -> bool:
        """Say whether a document of this date is concerned."""
        return (self.dated_from or date.min) <= on <= (self.dated_until or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultText:
    """The sentence and remedy of one fault, and the reason that documents are parked with."""

    reason: ReasonCode
    nl: str
    en: str
    remedy_nl: str
    remedy_en: str


@cache
def fault_texts() -> Mapping[FaultCode, FaultText]:
    """Read the catalogue; every code has exactly one row, a test sees to it."""
    with CATALOGUE.open(encoding="utf-8", newline="") as rows:
        texts = {
            FaultCode(row.pop("code")): FaultText(reason=ReasonCode(row.pop("reason")), **row)
            for row in csv.DictReader(rows)
        }
    return MappingProxyType(texts)


def fault_sentence(fault: PreflightFault, language: Language = "nl") -> str:
    """Write one fault as a sentence: file, line, administration, code, what is wrong, what to do."""
    text = fault_texts()[fault.code]
    dutch = language == "nl"
    where = [fault.file]
    if fault.line is not None:
        where.append(f"{'regel' if dutch else 'line'} {fault.line}")
    where += [fault.administration, f"{fault.column} = {fault.value}"]
    sentence, remedy = (text.nl, text.remedy_nl) if dutch else (text.en, text.remedy_en)
    detail = f" ({fault.detail})" if fault.detail else ""
    return f"{', '.join(where)}: {sentence}{detail}; {remedy}."


_FAULTS = TypeAdapter(tuple[PreflightFault, ...])


def faults_to_plain(faults: tuple[PreflightFault, ...]) -> list[dict[str, Any]]:
    """Write faults as JSON-ready values."""
    plain: list[dict[str, Any]] = _FAULTS.dump_python(faults, mode="json")
    return plain


def faults_from_plain(plain: object) -> tuple[PreflightFault, ...]:
    """Read faults that `faults_to_plain` wrote."""
    return _FAULTS.validate_python(plain)
