"""The finder: codes and names by type and pattern.

Sources: the vendor's page and WSDL of finder.asmx; its sample client (a section without a level, a search by
bank account, no items) and pronamic/wp-twinfield (no items); php-twinfield/twinfield (an office's country,
what each field searches); tim-online/go-twinfield, ForecastXL/twinfield-ruby (left out numbers are 0, as in
.NET); Tools4everBV's connector (users of a company).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield.books import Books
from emulators.twinfield.desk import Desk
from emulators.twinfield.errors import FaultError
from emulators.twinfield.read_transaction import is_open
from emulators.twinfield.wire import TWINFIELD, Envelope, child, made

Options = dict[str, str]
Row = tuple[str, ...]
OPTIONS: dict[str, set[str]] = {
    "OFF": {"consolidate", "currency", "includeid"},
    "DIM": {
        "office", "level", "section", "dimtype", "group", "matchtype", "includehidden", "modifiedsince",
    },
    "TRS": {"office", "category", "hidden", "ic"},
    "VAT": {"office", "vattype"},
    "IVT": {"office", "dim1", "dim2", "dim3", "dim4", "dim5", "dim6", "value", "openvalue", "curcode"},
    "CUR": {"office"},
    "DMT": {"office", "finlevel"},
    "USR": {"office", "company"},
}  # fmt: skip
SECTIONS = {"financials"}
TITLES = {"IVT": ("Factuur", "Bedrag", "Code", "Naam", "D/C"), "OFF": ("Code", "Naam", "Land")}
VAT_TYPES = {"purchase", "sales"}
OF_DIMENSIONS = {
    3: ("banks", ("accountnumber", "iban")),
    4: ("addresses", ("name", "city", "postcode", "field1", "field2", "field3")),
}
FLAGS = {"0", "1"}


class FinderError(Exception):
    """A refusal with one of the finder's codes."""

    def __init__(self, code: str, text: str) -> None:
        """Keep what the answer needs."""
        super().__init__(text)
        self.code = code


def answer(desk: Desk, envelope: Envelope) -> Element:
    """Answer a Search."""
    if envelope.operation != "Search":
        raise FaultError(187)
    root = made("SearchResponse")
    result = _add(root, "SearchResult")
    try:
        kind, rows = _search(desk, envelope.body)
        first, most = (_number(envelope.body, name) for name in ("firstRow", "maxRows"))
    except FinderError as error:
        message = _add(result, "MessageOfErrorCodes")
        _add(message, "Type", "Error")
        _add(message, "Text", str(error))
        _add(message, "Code", error.code)
        _add(message, "Parameters")
        return root
    found = _add(root, "data")
    _add(found, "TotalRows", str(len(rows)))
    columns = _add(found, "Columns")
    for title in TITLES.get(kind, ("Code", "Naam" if desk.user.language == "nl" else "Name")):
        _add(columns, "string", title)
    shown = rows[first - 1 : first - 1 + most] if most else rows[first - 1 :]
    # Twinfield: where there are no rows there are no items either.
    listed = _add(found, "Items") if shown else found
    for row in shown:
        place = _add(listed, "ArrayOfString")
        for text in row:
            _add(place, "string", text)
    return root


def _search(desk: Desk, sent: Element) -> tuple[str, list[Row]]:
    kind = _text(sent, "type")
    if kind not in OPTIONS:
        raise FinderError("InvalidFinderType", f"Invalid finder type: {kind}.")
    options = _options(sent)
    strange = sorted(set(options) - OPTIONS[kind])
    if strange:
        raise FinderError("OptionNotAllowed", f"Option not allowed: {strange[0]}.")
    books = desk.open(options.get("office", options.get("company", desk.company)))
    if books is None:
        raise FinderError("NoAccessToOffice", "No access to office.")
    pattern = _text(sent, "pattern") or "*"
    field = _number(sent, "field")
    found = FINDERS[kind](desk, books, options)
    if kind == "DIM" and field in OF_DIMENSIONS:
        rows = [row for row in found if _matches(_deeper(books, row[0], field), pattern)]
    else:
        rows = [row for row in found if _fits(row, pattern, field)]
    return kind, rows


def _options(sent: Element) -> Options:
    options = {}
    node = child(sent, "options")
    for pair in node if node is not None else ():
        words = [each.text or "" for each in pair]
        if len(words) == 2:
            options[words[0]] = words[1]
    return options


def _fits(row: Row, pattern: str, field: int) -> bool:
    return _matches({0: row[:2], 1: row[:1], 2: row[1:2]}.get(field, row), pattern)


def _matches(texts: Iterable[str], pattern: str) -> bool:
    return any(fnmatchcase(text.lower(), pattern.lower()) for text in texts)


def _deeper(books: Books, code: str, field: int) -> list[str]:
    """Return what a dimension has in its banks (field 3) or addresses (field 4)."""
    group, names = OF_DIMENSIONS[field]
    found = [each for each in books.office.dimensions.values() if each.code == code]
    return [row.get(name, "") for each in found for row in each.parts.get(group, []) for name in names]


def _number(sent: Element, name: str) -> int:
    text = _text(sent, name) if child(sent, name) is not None else "0"
    least = 1 if name == "firstRow" else 0
    if not text.isdigit() or int(text) < least:
        raise FinderError("ParameterTooSmall", f"Parameter {name} is too small.")
    return int(text)


def _text(sent: Element, name: str) -> str:
    node = child(sent, name)
    return node.text or "" if node is not None else ""


def _add(parent: Element, name: str, text: str = "") -> Element:
    node = etree.SubElement(parent, f"{{{TWINFIELD}}}{name}")
    node.text = text or None
    return node


def _offices(desk: Desk, _books: Books, _options: Options) -> Iterator[Row]:
    for office in desk.offices.values():
        if office.accessible:
            yield office.code, office.name, office.country


def _dimensions(_desk: Desk, books: Books, options: Options) -> Iterator[Row]:
    level, kind = options.get("level", ""), options.get("dimtype", "")
    if options.get("section", "").lower() == "teq" and not level:
        raise FinderError("OptionLevelMandatoryForSectionTeq", "Option level is mandatory.")
    if "section" in options and options["section"] not in SECTIONS:
        raise FinderError("InvalidEnumerationOptionValue", "Invalid value for option section.")
    if level and not level.isdigit():
        raise FinderError("InvalidIntegerOptionValue", "Invalid value for option level.")
    since = _since(options.get("modifiedsince", ""))
    hidden = _flag(options, "includehidden")
    for _key, each in sorted(books.office.dimensions.items()):
        wanted = (not kind or each.type == kind) and (not level or each.level == int(level))
        seen = each.status == "active" or (each.status == "hide" and hidden)
        if wanted and seen and (since is None or each.modified_at >= since):
            yield each.code, each.name


def _flag(options: Options, name: str) -> bool:
    value = options.get(name, "0")
    if value not in FLAGS:
        raise FinderError("InvalidBooleanOptionValue", f"Invalid value for option {name}.")
    return value == "1"


def _since(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.strptime(text.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        raise FinderError("InvalidDateTimeOptionValue", "Invalid value for option modifiedsince.") from None


def _daybooks(_desk: Desk, books: Books, options: Options) -> Iterator[Row]:
    hidden, category = _flag(options, "hidden"), options.get("category", "")
    for daybook in books.office.daybooks.values():
        if (hidden or not daybook.hidden) and (not category or daybook.kind == category):
            yield daybook.code, daybook.name


def _vat_codes(_desk: Desk, books: Books, options: Options) -> Iterator[Row]:
    kind = options.get("vattype", "")
    if kind and kind not in VAT_TYPES:
        raise FinderError("InvalidEnumerationOptionValue", "Invalid value for option vattype.")
    for code in books.office.vat_codes.values():
        if code.active and (not kind or code.kind == kind):
            yield code.code, code.name


def _invoices(_desk: Desk, books: Books, options: Options) -> Iterator[Row]:
    for _key, booking in sorted(books.office.bookings.items()):
        for line in booking.lines:
            fits = all(
                options.get(f"dim{level}", "") in {"", getattr(line, f"dim{level}")} for level in (1, 2, 3)
            )
            if fits and is_open(books, line) and line.invoicenumber:
                relation = books.office.dimensions.get((2, line.dim2))
                name = relation.name if relation else ""
                yield line.invoicenumber, str(line.value), line.dim2, name, "D" if line.debit else "C"


def _currencies(_desk: Desk, books: Books, _options: Options) -> Iterator[Row]:
    for code, names in books.office.currencies.items():
        yield code, names[0]


def _types(_desk: Desk, books: Books, _options: Options) -> Iterator[Row]:
    for kind in books.office.types.values():
        yield kind.code, kind.name


def _users(desk: Desk, _books: Books, _options: Options) -> Iterator[Row]:
    yield desk.user.code, desk.user.name


FINDERS: dict[str, Callable[[Desk, Books, Options], Iterator[Row]]] = {
    "OFF": _offices,
    "DIM": _dimensions,
    "TRS": _daybooks,
    "VAT": _vat_codes,
    "IVT": _invoices,
    "CUR": _currencies,
    "DMT": _types,
    "USR": _users,
}
