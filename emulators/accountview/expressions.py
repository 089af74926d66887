"""The free FoxPro expression of `Filter`: comparisons, EMPTY(), NOT, AND, OR and brackets.

Seen: `!EMPTY(dct_file.obj_code) AND dct_file.dbf_type=2`, `dct_fld.dbf_name='ART_LINE'` and
`(transact.trn_date >= {^2016-01-01} AND transact.trn_date <= {^2016-12-31})` (ForecastXL/accountview-ruby).
"""

import operator
import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from emulators.accountview.books import Row
from emulators.accountview.dictionary import MOMENTS, NUMBERS, TEXT, Field
from emulators.accountview.errors import AccountViewError
from emulators.accountview.filters import Test, comparable, field_named
from emulators.accountview.values import parse_moment
from emulators.switches import Switches

TOKEN = re.compile(
    r"\s*(?:(?P<date>\{\^[^}]*\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<truth>\.[tTfF]\.)|(?P<joint>\.?\b(?:AND|OR|NOT)\b\.?)|(?P<name>[A-Za-z_][\w.]*)"
    r"|(?P<sign><=|>=|<>|!=|==|[=<>#!()$]))",
    re.IGNORECASE,
)
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "==": operator.eq, "<>": operator.ne, "#": operator.ne, "!=": operator.ne,
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


class Expression:
    """One expression, read once and tried on many rows."""

    def __init__(self, text: str, table: str, switches: Switches) -> None:
        """Read the expression; raise AccountViewError when it makes no sense."""
        self._table = table
        self._switches = switches
        self._text = text
        self._tokens = self._split(text)
        self.fits: Test = self._either()
        if self._tokens:
            raise self._wrong()

    def _split(self, text: str) -> list[tuple[str, str]]:
        tokens, place = [], 0
        while text[place:].strip():
            found = TOKEN.match(text, place)
            if found is None:
                raise self._wrong()
            kind = str(found.lastgroup)
            tokens.append((kind, found[kind].strip(".").upper() if kind == "joint" else found[kind]))
            place = found.end()
        return tokens

    def _wrong(self) -> AccountViewError:
        return AccountViewError(f"Ongeldige filteruitdrukking '{self._text}'")

    def _take(self, *wanted: str) -> bool:
        if self._tokens and self._tokens[0][1].upper() in wanted:
            self._tokens.pop(0)
            return True
        return False

    def _next(self) -> tuple[str, str]:
        if not self._tokens:
            raise self._wrong()
        return self._tokens.pop(0)

    def _either(self) -> Test:
        tests = [self._both()]
        while self._take("OR"):
            tests.append(self._both())
        return lambda row: any(test(row) for test in tests)

    def _both(self) -> Test:
        tests = [self._single()]
        while self._take("AND"):
            tests.append(self._single())
        return lambda row: all(test(row) for test in tests)

    def _single(self) -> Test:
        if self._take("!", "NOT"):
            negated = self._single()
            return lambda row: not negated(row)
        if self._take("("):
            inner = self._either()
            self._expect(")")
            return inner
        kind, word = self._next()
        if kind != "name":
            raise self._wrong()
        return self._empty() if word.upper() == "EMPTY" else self._comparison(field_named(word, self._table))

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self._wrong()

    def _empty(self) -> Test:
        self._expect("(")
        field = field_named(self._next()[1], self._table)
        self._expect(")")
        return lambda row: not row.get(field.name)

    def _comparison(self, field: Field) -> Test:
        if field.kind == "L" and (not self._tokens or self._tokens[0][0] == "joint" or self._ends()):
            return lambda row: bool(row.get(field.name))
        kind, sign = self._next()
        compare = COMPARISONS.get(sign) if kind == "sign" else None
        if compare is None:
            raise self._wrong()
        value = self._literal(field)
        if field.kind in TEXT and sign in {"=", "<>", "#", "!="} and self._switches.on("prefix_equal"):
            return lambda row: (row.get(field.name) or "").startswith(value) == (sign == "=")
        return lambda row: compare(_held(field, row), value)

    def _ends(self) -> bool:
        return self._tokens[0][1] == ")"

    def _literal(self, field: Field) -> Any:  # noqa: ANN401 - what a field holds
        kind, word = self._next()
        if kind == "text" and field.kind in TEXT:
            return word[1:-1]
        if kind == "number" and field.kind in NUMBERS:
            return Decimal(word)
        if kind == "truth" and field.kind == "L":
            return word.lower() == ".t."
        if kind == "date" and field.kind in MOMENTS:
            return self._moment(word)
        raise self._wrong()

    def _moment(self, word: str) -> datetime:
        try:
            return parse_moment(word[2:-1].replace(" ", "T"), self._switches)
        except ValueError as error:
            raise self._wrong() from error


def _held(field: Field, row: Row) -> Any:  # noqa: ANN401 - what a field holds
    content = row.get(field.name)
    if field.kind in MOMENTS:
        return comparable(content)
    if field.kind in NUMBERS:
        return content or 0
    return content or ""
