"""What hangs below a line, and its VAT code: dimensions, projects, VAT.

Sources: endpoint text of POST FiEntries (dimension missing), Spend Cloud and SRXP (VAT and assignment texts),
Zenvoices (project text), howto-finance-mutation (DimAx B, ToProject V).
"""

from collections.abc import Sequence

from emulators.afas import charts, periods
from emulators.afas.books import LEDGER, ZERO, Books, Line, Row
from emulators.afas.entry_header import PURCHASE, SALES, Header
from emulators.afas.errors import Refused
from emulators.afas.shapes import Element
from emulators.afas.transactions import AXES, VAT_SORT, is_vat_line

VAT_TYPES = {SALES: "V", PURCHASE: "I"}
SHIFTED = "V"
AXES_IN_USE = (1, 2)
COMPULSORY_PROJECT = frozenset({"V", "I"})


def check_below(books: Books, header: Header, element: Element, line: Line) -> None:
    """Hold a ledger line's VAT code, dimensions and projects against its account."""
    for single in ("FiDimEntries", "FiTransEntries"):
        if len(element.children.get(single, [])) > 1:
            raise Refused("one_element", element=single)
    _check_transitory(books, header, element)
    if line.kind != LEDGER:
        return
    account = books.find("Profit_Accounts", line.account) or {}
    _check_vat(books, header, line, account)
    _check_dimensions(books, header, element, line, account)
    _check_projects(books, element, account)


def check_shifted(books: Books, lines: Sequence[Line]) -> None:
    """Hold the lines of shifted purchase VAT codes against switch `reverse_charge`."""
    position = books.switches.text("reverse_charge")
    codes = {line.vat_code for line in lines if line.vat_code}
    for code in sorted(codes if position != "either" else ()):
        known = books.find("Profit_VAT_code", code) or {}
        if known["VatMethod"] != SHIFTED or known["VatType"] != VAT_TYPES[PURCHASE]:
            continue
        vat_lines = [line for line in lines if line.vat_code == code and is_vat_line(books, line)]
        if position == "vat_code_only" and vat_lines:
            raise Refused("vat_shifted_line", code=code)
        opposite = {line.amount > ZERO for line in vat_lines} == {True, False}
        if position == "two_lines" and not (
            opposite and sum((line.amount for line in vat_lines), ZERO) == ZERO
        ):
            raise Refused("vat_shifted_lines_missing", code=code)


def _check_vat(books: Books, header: Header, line: Line, account: Row) -> None:
    if line.vat_code is None:
        wanted = account["VatAllowed"] and account["Sort"] != VAT_SORT and header.kind in VAT_TYPES
        if wanted and books.switches.text("vat_code_required") == "on_vat_accounts":
            raise Refused("vat_required", account=line.account)
        return
    code = books.find("Profit_VAT_code", line.vat_code)
    if code is None:
        raise Refused("vat_unknown")
    line.vat_code = code["VatCode"]
    if code["Blocked"]:
        raise Refused("vat_blocked", code=line.vat_code)
    if not account["VatAllowed"]:
        raise Refused("vat_not_allowed", account=line.account)
    if VAT_TYPES.get(header.kind, code["VatType"]) != code["VatType"]:
        raise Refused("vat_wrong_side", code=line.vat_code, journal=header.journal)
    checked = books.switches.text("vat_line_account") == "checked" and code["VatMethod"] != SHIFTED
    if checked and account["Sort"] == VAT_SORT and account["Account"] != code["AccountNr"]:
        raise Refused("vat_wrong_account", account=line.account, code=line.vat_code)


def _check_dimensions(books: Books, header: Header, element: Element, line: Line, account: Row) -> None:
    below = element.children.get("FiDimEntries", [])
    for one in below:
        for axis in AXES:
            code = one.fields.get(f"DiC{axis}")
            if code and axis in AXES_IN_USE:
                _add_dimension(books, header, line, account, (axis, code))
    for axis in AXES_IN_USE:
        if account[f"DimAx{axis}"] == "B" and axis not in line.dimensions:
            name = next(row["AxDescription"] for row in _codes(books, axis))
            raise Refused("dimension_missing", axis=name, account=line.account)
    if below and line.dimensions:
        _check_amounts(books, below[0].fields, line)


def _add_dimension(books: Books, header: Header, line: Line, account: Row, sent: tuple[int, str]) -> None:
    axis, code = sent
    if account[f"DimAx{axis}"] != "B":
        if books.switches.text("dimension_without_axis") == "refused":
            raise _unassigned(books, axis, code, line)
        return
    known = books.find("Qubz_DimensionCodes", axis, code)
    if known is None and header.adds_codes:
        known = _add_code(books, axis, code)
    if known is None or known["Blocked"]:
        raise _unassigned(books, axis, code, line)
    if books.find("Profit_Allocation_Assigments", header.unit, line.account, axis, code) is None:
        if not header.adds_assignments:
            raise _unassigned(books, axis, code, line)
        charts.assign(books, header.unit, line.account, known)
    line.dimensions[axis] = known["DimCode"]


def _add_code(books: Books, axis: int, code: str) -> Row:
    axis_name = next(row["AxDescription"] for row in _codes(books, axis))
    return books.put(
        "Qubz_DimensionCodes",
        {
            "AxId": str(axis),
            "AxDescription": axis_name,
            "DimCode": code,
            "CodeDescription": code,
            "Blocked": False,
        },
    )


def _check_amounts(books: Books, sent: Row, line: Line) -> None:
    """Refuse an allocated amount that is not the line's; without one all goes to the codes."""
    if "AmDe" not in sent and "AmCr" not in sent:
        return
    debit, credit = sent.get("AmDe", ZERO), sent.get("AmCr", ZERO)
    if not debit and not credit and books.switches.text("zero_amounts") == "refused":
        raise Refused("no_amount")
    if debit - credit != line.amount:
        raise Refused("dimension_amount")


def _check_transitory(books: Books, header: Header, element: Element) -> None:
    """Refuse a spread over periods of which one is blocked or absent."""
    for each in element.children.get("FiTransEntries", []):
        sent = each.fields
        first, last = (sent["YeSt"], sent["PeSt"]), (sent["YeEn"], sent["PeEn"])
        for ends in (first, last):
            if books.find(periods.TABLE, header.unit, *ends) is None:
                raise Refused("period_unknown", period=ends[1], year=ends[0])
        for row in books.rows(periods.TABLE):
            within = first <= (row["Year"], row["Period"]) <= last and row["Unit"] == header.unit
            if within and periods.blocked(books, row):
                raise Refused("transitory_blocked", period=row["Period"], year=row["Year"])


def _check_projects(books: Books, element: Element, account: Row) -> None:
    below = element.children.get("FiPrjEntries", [])
    if not below and account["ToProject"] in COMPULSORY_PROJECT:
        raise Refused("project_missing", account=account["Account"])
    if below and account["ToProject"] == "N":
        raise Refused("project_not_allowed", account=account["Account"])
    for each in below:
        project = books.find("Qubz_Projects", each.fields["PrId"])
        if project is None or project["Blocked"]:
            raise Refused("value_unknown", field="Project")


def _unassigned(books: Books, axis: int, code: str, line: Line) -> Refused:
    name = next(row["AxDescription"] for row in _codes(books, axis)).lower()
    return Refused("dimension_unassigned", axis=name, code=code, account=line.account)


def _codes(books: Books, axis: int) -> list[Row]:
    return [row for row in books.rows("Qubz_DimensionCodes") if row["AxId"] == str(axis)]
