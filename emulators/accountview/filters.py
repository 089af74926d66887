"""The numbered filters of a read: FilterControlSourceN, FilterOperatorN, FilterValueTypeN, FilterValueN.

Operators, types and date literals: those seen in working clients; FoxPro compares text from the left with
EXACT off, so that Equal finds what begins with the value (switch `prefix_equal`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from emulators.accountview.books import Row
from emulators.accountview.dictionary import MOMENTS, NUMBERS, TEXT, Field, tables
from emulators.accountview.errors import AccountViewError
from emulators.accountview.values import parse_moment
from emulators.switches import Switches

OPERATORS = {
    "equal": "equal",
    "notequal": "not_equal",
    "contains": "contains",
    "dateonorafterdate": "on_or_after",
    "42": "on_or_after",
    "43": "on_or_before",
}
ALL_KINDS = frozenset({*TEXT, *NUMBERS, *MOMENTS, "L"})
KINDS_OF = {"contains": TEXT, "on_or_after": MOMENTS, "on_or_before": MOMENTS}
LETTERS = {"C": TEXT, "N": NUMBERS, "I": NUMBERS, "D": MOMENTS, "T": MOMENTS, "L": frozenset("L")}
LITERAL = re.compile(r"\{\^(\d{4}-\d{1,2}-\d{1,2})(?:[ T](\d{1,2}:\d{2}:\d{2}))?\}")
TRUTHS = {".t.": True, "true": True, ".f.": False, "false": False}
SEPARATORS = {"comma": ",", "semicolon": ";"}
NEVER = datetime(1, 1, 1)  # noqa: DTZ001 - AccountView keeps no zone

Test = Callable[[Row], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One filter: which field, how, with which values (more than one for a list)."""

    field: Field
    operator: str
    values: tuple[Any, ...]
    switches: Switches

    def fits(self, row: Row) -> bool:
        """Tell whether a row passes."""
        content = row.get(self.field.name)
        if self.operator == "not_equal":
            return not any(self._equal(content, value) for value in self.values)
        return any(self._compare(content, value) for value in self.values)

    def _compare(self, content: Any, value: Any) -> bool:  # noqa: ANN401 - what a field holds
        if self.operator == "equal":
            return self._equal(content, value)
        if self.operator == "contains":
            return self._contains(content, value)
        held: datetime = comparable(content)
        return bool(held >= value if self.operator == "on_or_after" else held <= value)

    def _equal(self, content: Any, value: Any) -> bool:  # noqa: ANN401 - what a field holds
        if self.field.kind in TEXT:
            held, wanted = self._text(content), self._case(value)
            if self.switches.on("prefix_equal"):
                return held.startswith(wanted)
            return held.rstrip() == wanted.rstrip()
        if self.field.kind in MOMENTS:
            return bool(comparable(content) == value)
        return bool((content or 0) == value)

    def _contains(self, content: Any, value: Any) -> bool:  # noqa: ANN401 - what a field holds
        return self._case(value) in self._text(content)

    def _text(self, content: Any) -> str:  # noqa: ANN401 - what a field holds
        return self._case((content or "").ljust(self.field.length))

    def _case(self, text: str) -> str:
        return text.upper() if self.switches.text("filter_case") == "ignored" else text


def parse(asked: Mapping[str, str], table: str, switches: Switches) -> Test:
    """Return the test that the numbered filters make together; raise AccountViewError."""
    comparisons = []
    number = 1
    while f"filtercontrolsource{number}" in asked:
        comparisons.append(_comparison(asked, number, table, switches))
        number += 1
    stray = [
        name
        for name in asked
        if re.fullmatch(r"filter(controlsource|operator|value|valuetype)\d+", name)
        and not 1 <= int(re.sub(r"\D", "", name)) < number
    ]
    if stray:
        raise AccountViewError(f"{stray[0]} hoort niet bij een filter")
    joined = any if asked.get("matchanyfilter", "").lower() == "true" else all
    return lambda row: not comparisons or joined(each.fits(row) for each in comparisons)


def _comparison(asked: Mapping[str, str], number: int, table: str, switches: Switches) -> Comparison:
    field = field_named(asked[f"filtercontrolsource{number}"], table)
    operator = OPERATORS.get(asked.get(f"filteroperator{number}", "").lower())
    if operator is None:
        raise AccountViewError(f"Onbekende operator in FilterOperator{number}")
    letter = asked.get(f"filtervaluetype{number}", "").upper()
    if field.kind not in LETTERS.get(letter, frozenset()):
        raise AccountViewError(f"FilterValueType{number} '{letter}' past niet bij veld {field.name}")
    if field.kind not in KINDS_OF.get(operator, ALL_KINDS):
        raise AccountViewError(f"FilterOperator{number} past niet bij veld {field.name}")
    texts = _texts(asked, number, switches)
    values = tuple(value for text in texts for value in _values(field, text, switches))
    return Comparison(field=field, operator=operator, values=values, switches=switches)


def field_named(source: str, table: str) -> Field:
    """Find a field, with or without the table before it."""
    prefix, _, name = source.strip().upper().rpartition(".")
    field = tables()[table].get(name)
    if field is None or prefix not in {"", table}:
        raise AccountViewError(f"Veld '{source}' bestaat niet in tabel {table}")
    return field


def _texts(asked: Mapping[str, str], number: int, switches: Switches) -> Sequence[str]:
    text = asked.get(f"filtervalue{number}", "")
    if asked.get(f"filterislistofvalues{number}", "").lower() != "true":
        return [text]
    separator = SEPARATORS.get(switches.text("value_lists"))
    if separator is None:
        raise AccountViewError(f"FilterIsListOfValues{number} wordt niet ondersteund")
    return text.split(separator)


def _values(field: Field, text: str, switches: Switches) -> Sequence[Any]:
    if field.kind in TEXT:
        return [text]
    if field.kind == "L":
        if text.lower() not in TRUTHS:
            raise AccountViewError(f"Ongeldige filterwaarde '{text}' voor veld {field.name}")
        return [TRUTHS[text.lower()]]
    if field.kind in MOMENTS:
        return _moments(field, text, switches)
    try:
        return [Decimal(text)]
    except InvalidOperation as error:
        raise AccountViewError(f"Ongeldige filterwaarde '{text}' voor veld {field.name}") from error


def _moments(field: Field, text: str, switches: Switches) -> Sequence[datetime]:
    found = LITERAL.fullmatch(text)
    plain = switches.text("plain_date_filter")
    if found is None and plain == "nothing":
        return []
    try:
        if found is None and plain == "works":
            return [parse_moment(text, switches)]
        if found is not None:
            return [parse_moment(f"{found[1]}T{found[2]}" if found[2] else found[1], switches)]
    except ValueError as error:
        raise AccountViewError(f"Ongeldige filterwaarde '{text}' voor veld {field.name}") from error
    raise AccountViewError(f"Ongeldige filterwaarde '{text}' voor veld {field.name}")


def comparable(content: date | None) -> datetime:
    """Return a day or moment as a moment, an empty one as the first there is."""
    if content is None:
        return NEVER
    if isinstance(content, datetime):
        return content
    return datetime(content.year, content.month, content.day)  # noqa: DTZ001 - AccountView keeps no zone
