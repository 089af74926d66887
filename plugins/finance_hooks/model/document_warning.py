"""Say what looks odd about a document that is booked all the same."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class WarningCode(StrEnum):
    """Everything a document can be reported for without being parked."""

    PERIOD_DIFFERS = "period_differs"
    QUANTITY_TIMES_PRICE = "quantity_times_price"
    LINE_NUMBER_REPEATED = "line_number_repeated"
    ORIGINAL_UNKNOWN = "original_unknown"
    PARTY_INACTIVE = "party_inactive"
    PARTY_ROLE = "party_role"
    BOOKED_ON_OPEN_DAY = "booked_on_open_day"
    LINES_ADDED_UP = "lines_added_up"


SENTENCES = {
    WarningCode.PERIOD_DIFFERS: (
        "periode of boekjaar volgt niet uit de datum; die van de bron geldt",
        "period or fiscal year does not follow from the date; the source's holds",
    ),
    WarningCode.QUANTITY_TIMES_PRICE: (
        "aantal maal prijs is niet het nettobedrag; het bedrag geldt",
        "quantity times price is not the net amount; the amount holds",
    ),
    WarningCode.LINE_NUMBER_REPEATED: (
        "regelnummer komt vaker voor",
        "the line number occurs more than once",
    ),
    WarningCode.ORIGINAL_UNKNOWN: (
        "de oorspronkelijke factuur is hier niet bekend",
        "the original invoice is not known here",
    ),
    WarningCode.PARTY_INACTIVE: ("de relatie is niet actief", "the party is not active"),
    WarningCode.PARTY_ROLE: (
        "de relatie is niet als debiteur of crediteur aangemerkt",
        "the party is not marked as the debtor or creditor it is here",
    ),
    WarningCode.BOOKED_ON_OPEN_DAY: (
        "de boeken zijn op de documentdatum afgesloten; geboekt op de eerste open dag",
        "the books are closed on the document date; booked on the first open day",
    ),
    WarningCode.LINES_ADDED_UP: (
        "meer regels dan het pakket toelaat; gelijke regels zijn opgeteld",
        "more lines than the package allows; equal lines were added up",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWarning:
    """One oddity of one document: where it is, what stands there, what was expected."""

    code: WarningCode
    document: str
    line: int | None = None
    field: str | None = None
    value: str | None = None
    detail: str | None = None


def warning_sentence(warning: DocumentWarning, language: Literal["nl", "en"] = "nl") -> str:
    """Write one warning as a sentence: document, line, field and value, what is odd about it."""
    dutch, english = SENTENCES[warning.code]
    where = [warning.document]
    if warning.line is not None:
        where.append(f"{'regel' if language == 'nl' else 'line'} {warning.line}")
    if warning.field is not None:
        where.append(warning.field if warning.value is None else f"{warning.field} = {warning.value}")
    detail = f" ({warning.detail})" if warning.detail else ""
    return f"{', '.join(where)}: {dutch if language == 'nl' else english}{detail}."
