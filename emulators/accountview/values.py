"""Turn what a client sends for a field into what the field holds.

Letters and forms of values: omniboost/go-accountview.net (history of its types), a PHP client and a Pascal
client, which send dates, logicals and numbers in different ways.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from emulators.accountview.books import AMSTERDAM
from emulators.accountview.dictionary import MOMENTS, NUMBERS, TEXT, Field
from emulators.switches import Switches

PSEUDO = {"ROWID": "C", "HEADERID": "C", "ROWACTION": "N"}
LETTERS = {
    **dict.fromkeys(TEXT, "C"),
    **dict.fromkeys(NUMBERS, "NI"),
    **dict.fromkeys(MOMENTS, "T"),
    "L": "L",
}
LENIENT = "CNLTIYDBM"
LOGICALS = {"true": True, "false": False}
NONE_IS_NULL = frozenset(
    {(table, name) for table in ("DJ_PAGE", "DJ_LINE") for name in ("INV_NR", "SUB_NR", "VAT_CODE")}
)
CURRENCY_DECIMALS = 4
LARGEST_AMOUNT = Decimal("922337203685477.5807")
MOMENT = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T(\d{1,2}):(\d{2}):(\d{2})(?:\.\d{1,7})?(Z|[+-]\d{2}:\d{2})?)?"
)


class WrongValueError(ValueError):
    """A value that its field does not take, with the sentence that says so."""


def wrong_letter(field: Field, letter: str, switches: Switches) -> str | None:
    """Say what is wrong with a FieldType, or None."""
    if switches.text("field_types") == "lenient" and letter in LENIENT:
        return None
    if letter and letter in LETTERS[field.kind]:
        return None
    return f"Veldtype '{letter}' is niet geldig voor veld {field.name}"


def typed(field: Field, sent: object, switches: Switches) -> object:
    """Return the value of a field; raise WrongValueError."""
    if sent is None:
        return None
    if field.kind in TEXT:
        return _text(field, sent, switches)
    if field.kind == "L":
        return _logical(field, sent)
    if field.kind in MOMENTS:
        return _moment(field, sent, switches)
    return _number(field, sent)


def in_capitals(text: str, switches: Switches) -> str:
    """Return a number or code as the program keeps it (switch `capitals`)."""
    return text.upper() if switches.text("capitals") == "forced" else text


def parse_moment(text: str, switches: Switches) -> datetime:
    """Read a date or moment in any of the forms clients send; ValueError when it is none."""
    found = MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - AccountView keeps no zone
    zone = found.group(7)
    if zone and switches.text("zoned_dates") == "converted":
        aware = datetime.fromisoformat(f"{moment.isoformat()}{zone.replace('Z', '+00:00')}")
        return aware.astimezone(AMSTERDAM).replace(tzinfo=None)
    return moment


def _text(field: Field, sent: object, switches: Switches) -> str:
    if not isinstance(sent, str):
        if isinstance(sent, bool | dict | list) or switches.text("other_types_for_text") == "refused":
            raise WrongValueError(f"Ongeldige waarde voor {field.description}: tekst verwacht")
        sent = str(sent)
    absent_by_null = (field.table, field.name) in NONE_IS_NULL
    if not sent and absent_by_null and switches.text("empty_text_for_none") == "refused":
        raise WrongValueError(f"{field.description} '' bestaat niet")
    text = _ansi(field, sent.rstrip() if field.kind == "C" else sent, switches)
    if field.kind == "C" and len(text) > field.length:
        if switches.text("text_too_long") == "refused":
            raise WrongValueError(f"{field.description} is langer dan {field.length} tekens")
        text = text[: field.length].rstrip()
    return in_capitals(text, switches) if "!" in field.format else text


def _ansi(field: Field, text: str, switches: Switches) -> str:
    kept = text.encode("cp1252", errors="replace").decode("cp1252")
    if kept != text and switches.text("outside_windows_1252") == "refused":
        raise WrongValueError(f"{field.description} bevat ongeldige tekens")
    return kept


def _logical(field: Field, sent: object) -> bool:
    if isinstance(sent, bool):
        return sent
    found = LOGICALS.get(sent.lower()) if isinstance(sent, str) else None
    if found is None:
        raise WrongValueError(f"Ongeldige waarde voor {field.description}: logische waarde verwacht")
    return found


def _moment(field: Field, sent: object, switches: Switches) -> date | None:
    if sent == "":
        return None
    try:
        moment = parse_moment(sent if isinstance(sent, str) else "", switches)
    except ValueError as error:
        raise WrongValueError(f"Ongeldige waarde voor {field.description}: datum verwacht") from error
    return moment.date() if field.kind == "D" else moment


def _number(field: Field, sent: object) -> Decimal | int:
    if isinstance(sent, bool) or not isinstance(sent, int | Decimal | str):
        raise WrongValueError(f"Ongeldige waarde voor {field.description}: getal verwacht")
    try:
        number = Decimal(sent)
    except InvalidOperation as error:
        raise WrongValueError(f"Ongeldige waarde voor {field.description}: getal verwacht") from error
    largest = Decimal(10) ** field.length - 1 if field.kind == "N" else LARGEST_AMOUNT
    if not number.is_finite() or abs(number) > largest:
        raise WrongValueError(f"Ongeldige waarde voor {field.description}: getal te groot")
    if field.kind == "I":
        if number != number.to_integral_value():
            raise WrongValueError(f"Ongeldige waarde voor {field.description}: geheel getal verwacht")
        return int(number)
    return round(number, CURRENCY_DECIMALS) if _is_finer(field, number) else number


def _is_finer(field: Field, number: Decimal) -> bool:
    return field.kind == "Y" and number != round(number, CURRENCY_DECIMALS)
