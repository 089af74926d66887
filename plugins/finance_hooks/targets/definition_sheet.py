"""Write down, for whoever makes a package's import definition, what stands in each column of a file."""

from collections.abc import Mapping, Sequence

from finance_hooks.targets.cells import CellKind, Column, write_cell
from finance_hooks.targets.file_format import FileLayout

KIND_NAMES: Mapping[CellKind, str] = {
    CellKind.TEXT: "tekst / text",
    CellKind.CODE: "code, als tekst / code, as text",
    CellKind.COUNT: "geheel getal / whole number",
    CellKind.RATE: "koers / rate, 0{decimal_mark}92",
    CellKind.AMOUNT: "bedrag / amount, 0{decimal_mark}00",
    CellKind.DATE: "datum / date, {date_style}",
}
SEPARATOR_NAMES = {"\t": "tab"}


def write_definition_sheet(
    title: str, columns: Sequence[Column], layout: FileLayout, notes: Sequence[str]
) -> str:
    """Write Markdown, Dutch and English side by side; examples are written as the file writes them."""
    rows = [_row(number, column, layout) for number, column in enumerate(columns, start=1)]
    header = (
        "#",
        "Kolom / Column",
        "Veld / Field",
        "Opmaak / Form",
        "Max",
        "Voorbeeld / Example",
        "Nederlands",
        "English",
    )
    return "\n".join(
        [
            f"# {title}",
            "",
            *(f"* {fact}" for fact in (*_facts(layout), *notes)),
            "",
            _write_row(header),
            _write_row(["---"] * len(header)),
            *(_write_row(row) for row in rows),
            "",
        ]
    )


def _facts(layout: FileLayout) -> list[str]:
    separator = SEPARATOR_NAMES.get(layout.separator, f"`{layout.separator}`")
    header = "ja / yes" if layout.has_header else "nee / no"
    return [
        f"Scheidingsteken / separator: {separator}; eerste rij namen / first row names: {header}",
        f"Tekenset / encoding: {layout.encoding}; regeleinde / line end: CR LF",
        (
            'Een cel met scheidingsteken of " staat tussen aanhalingstekens, waarin " dubbel staat / '
            'a cell with the separator or " stands in quotes, in which " is doubled'
        ),
    ]


def _row(number: int, column: Column, layout: FileLayout) -> list[str]:
    kind = KIND_NAMES[column.kind].format(decimal_mark=layout.decimal_mark, date_style=layout.date_style)
    example = write_cell(column.example, column.kind, layout)
    return [
        str(number),
        f"`{column.name}`",
        f"`{column.field}`",
        kind,
        str(column.length),
        example,
        column.nl,
        column.en,
    ]


def _write_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
