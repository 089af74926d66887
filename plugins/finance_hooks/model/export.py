"""Describe how an administration is given its entries as files instead of through an API."""

from dataclasses import dataclass
from enum import StrEnum


class ExportType(StrEnum):
    """How entries reach a package, as 21QUBZ's setting Export Type names it."""

    API = "api"
    FILE = "file"


class DateStyle(StrEnum):
    """How dates stand in a file of cells."""

    DUTCH = "dd-mm-yyyy"
    ISO = "yyyy-mm-dd"


class DecimalMark(StrEnum):
    """What stands before the cents in a file of cells."""

    POINT = "point"
    COMMA = "comma"


class Separator(StrEnum):
    """What stands between two cells."""

    SEMICOLON = "semicolon"
    COMMA = "comma"
    TAB = "tab"


class HeaderRow(StrEnum):
    """Whether a file of cells begins with the names of its columns."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLayout:
    """How an administration wants its files written; a package's format without cells looks at no cell.

    `variant` is one of the format's own `variants`. `encoding` is a codec of Python, empty for the format's
    own.
    """

    variant: str = ""
    separator: str = ";"
    decimal_mark: str = "."
    date_style: DateStyle = DateStyle.DUTCH
    encoding: str = ""
    has_header: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FileExport:
    """Where an administration's files are put, an address of Airflow's object storage, and how written.

    Without a `location` they go where the installation keeps such files.
    """

    location: str = ""
    layout: FileLayout = FileLayout()
