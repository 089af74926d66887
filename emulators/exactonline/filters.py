"""The $filter language of OData 2 as Exact speaks it, turned into a test on rows.

Sources: vendor's query string options page; WCF Data Services (texts with positions).
"""

from collections.abc import Callable
from typing import Any

from emulators.exactonline.errors import ExactError, bad_query
from emulators.exactonline.filter_words import Node, Token, constant, literal, tokens
from emulators.exactonline.resources import Resource

Test = Callable[[Any], Any]
NUMERIC = frozenset({"int", "int64", "double"})
EDM = {
    "guid": "Edm.Guid",
    "string": "Edm.String",
    "date": "Edm.DateTime",
    "int": "Edm.Int32",
    "int64": "Edm.Int64",
    "double": "Edm.Double",
    "boolean": "Edm.Boolean",
    "binary": "Edm.Binary",
}
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "gt": lambda left, right: _both(left, right) and left > right,
    "ge": lambda left, right: _both(left, right) and left >= right,
    "lt": lambda left, right: _both(left, right) and left < right,
    "le": lambda left, right: _both(left, right) and left <= right,
}
# function: (kinds of its arguments, kind it gives, what it does)
FUNCTIONS: dict[str, tuple[tuple[str, ...], str, Callable[..., Any]]] = {
    "substringof": (("string", "string"), "boolean", lambda part, text: part in text),
    "startswith": (("string", "string"), "boolean", lambda text, part: text.startswith(part)),
    "endswith": (("string", "string"), "boolean", lambda text, part: text.rstrip().endswith(part)),
    "trim": (("string",), "string", lambda text: text.strip()),
    "tolower": (("string",), "string", lambda text: text.lower()),
    "toupper": (("string",), "string", lambda text: text.upper()),
    "length": (("string",), "int", len),
}


def parse(text: str, shape: Resource, *, date_only: bool) -> Node:
    """Turn a filter into a test on rows; raise Exact's 400 when it is wrong."""
    return _Parser(tokens(text), shape, date_only=date_only).whole()


class _Parser:
    """Descend through or, and, not, comparison, operand."""

    def __init__(self, tokens: list[Token], shape: Resource, *, date_only: bool) -> None:
        self._tokens = tokens
        self._shape = shape
        self._date_only = date_only
        self._place = 0

    def whole(self) -> Node:
        node = self._either()
        if self._place != len(self._tokens) or node.kind != "boolean":
            raise bad_query()
        return node

    def _either(self) -> Node:
        node = self._both()
        while self._take("or"):
            node = _join(node, self._both(), _or)
        return node

    def _both(self) -> Node:
        node = self._negation()
        while self._take("and"):
            node = _join(node, self._negation(), _and)
        return node

    def _negation(self) -> Node:
        if self._take("not"):
            inner = self._negation()
            return Node("boolean", lambda row: not inner.read(row), inner.fields)
        return self._comparison()

    def _comparison(self) -> Node:
        left = self._operand()
        token = self._next()
        if token is None or token.text not in COMPARISONS or token.kind != "word":
            return left
        self._place += 1
        right = self._operand()
        _check_kinds(token, left, right)
        if left.fields and right.fields:
            raise bad_query(f"Filtering on these fields is not supported: {', '.join(right.fields)}")
        compare, one, other = COMPARISONS[token.text], _comparable(left), _comparable(right)
        return Node("boolean", lambda row: compare(one(row), other(row)), left.fields + right.fields)

    def _operand(self) -> Node:
        token = self._next()
        if token is None:
            raise bad_query()
        self._place += 1
        if token.kind == "mark":
            return self._group(token)
        if token.kind == "word":
            return self._word(token)
        return literal(token, date_only=self._date_only)

    def _group(self, token: Token) -> Node:
        if token.text != "(":
            raise bad_query()
        node = self._either()
        self._expect(")")
        return node

    def _word(self, token: Token) -> Node:
        if token.text in {"true", "false"}:
            return constant("boolean", token.text == "true")
        if token.text == "null":
            return constant("null", None)
        following = self._next()
        if following is not None and following.text == "(" and following.kind == "mark":
            return self._call(token)
        kind = self._shape.types.get(token.text)
        if kind is not None:
            return Node(kind, lambda row: row.get(token.text), (token.text,))
        if token.text.partition("/")[0] in self._shape.links:
            raise bad_query(f"Filtering on these fields is not supported: {token.text}")
        raise no_property(token.text, self._shape, token.position)

    def _call(self, token: Token) -> Node:
        if token.text not in FUNCTIONS:
            raise bad_query(f"Unknown function '{token.text}' at position {token.position}.")
        kinds, gives, work = FUNCTIONS[token.text]
        self._expect("(")
        arguments = [self._either()]
        while self._take(","):
            arguments.append(self._either())
        self._expect(")")
        if tuple(each.kind for each in arguments) != kinds:
            raise bad_query(f"No applicable function found for '{token.text}' at position {token.position}.")
        fields = tuple(name for each in arguments for name in each.fields)
        return Node(gives, lambda row: _apply(work, [each.read(row) for each in arguments]), fields)

    def _next(self) -> Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _take(self, text: str) -> bool:
        token = self._next()
        taken = token is not None and token.text == text and token.kind in {"word", "mark"}
        self._place += taken
        return taken

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise bad_query()


def no_property(name: str, shape: Resource, position: int) -> ExactError:
    """Refuse a field that the resource does not have."""
    entity = shape.entity.rpartition(".")[2]
    return bad_query(
        f"No property {name} exists in type Exact.Metadata.Entity.{entity} at position {position}."
    )


def _check_kinds(token: Token, left: Node, right: Node) -> None:
    kinds = {left.kind, right.kind} - {"null"}
    if len(kinds) > 1 and not kinds <= NUMERIC:
        raise bad_query(
            f"Operator '{token.text}' incompatible with operand types '{EDM[left.kind]}' and"
            f" '{EDM[right.kind]}' at position {token.position}."
        )


def _join(left: Node, right: Node, how: Callable[[Test, Test], Test]) -> Node:
    if left.kind != "boolean" or right.kind != "boolean":
        raise bad_query()
    return Node("boolean", how(left.read, right.read), left.fields + right.fields)


def _or(left: Test, right: Test) -> Test:
    return lambda row: bool(left(row) or right(row))


def _and(left: Test, right: Test) -> Test:
    return lambda row: bool(left(row) and right(row))


def _comparable(node: Node) -> Test:
    """Return how an operand is read: SQL Server, beneath Exact, minds neither case nor blanks at the end."""
    if not node.fields:
        constant = _folded(node.read({}))
        return lambda _row: constant
    return lambda row: _folded(node.read(row))


def _folded(content: Any) -> Any:  # noqa: ANN401 - any value of a row
    return content.rstrip(" ").casefold() if isinstance(content, str) else content


def _apply(work: Callable[..., Any], arguments: list[Any]) -> Any:  # noqa: ANN401 - what the function gives
    if any(each is None for each in arguments):
        return None
    return work(
        *(each.casefold() if isinstance(each, str) and len(arguments) > 1 else each for each in arguments)
    )


def _both(left: object, right: object) -> bool:
    return left is not None and right is not None
