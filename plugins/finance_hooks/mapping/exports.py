"""Give an administration the export of its row of exports.csv: by file, where, and how written."""

from collections.abc import Mapping
from dataclasses import replace

from finance_hooks.model.administration import Administration
from finance_hooks.model.export import (
    DateStyle,
    DecimalMark,
    ExportType,
    FileExport,
    FileLayout,
    HeaderRow,
    Separator,
)

SEPARATORS = {Separator.SEMICOLON: ";", Separator.COMMA: ",", Separator.TAB: "\t"}
DECIMAL_MARKS = {DecimalMark.POINT: ".", DecimalMark.COMMA: ","}


def with_export(administration: Administration, cells: Mapping[str, str]) -> Administration:
    """Apply a row's cells; without a row, and in one that says `api`, entries go through the API."""
    if cells.get("export_type") != ExportType.FILE:
        return administration
    layout = FileLayout(
        variant=cells["variant"],
        separator=SEPARATORS[Separator(cells["separator"] or Separator.SEMICOLON)],
        decimal_mark=DECIMAL_MARKS[DecimalMark(cells["decimal_mark"] or DecimalMark.POINT)],
        date_style=DateStyle(cells["date_style"] or DateStyle.DUTCH),
        encoding=cells["encoding"],
        has_header=cells["header_row"] != HeaderRow.NO,
    )
    return replace(administration, export=FileExport(location=cells["location"], layout=layout))
