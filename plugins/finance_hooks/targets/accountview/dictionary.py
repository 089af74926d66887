"""Read what the installation's own field dictionary says of the fields that are sent.

AccountView.Net, system table DCT_FLD (listing `fld`), as recorded by omniboost/go-accountview.net. Versions
differ and customers add fields of their own, so lengths and mandatory fields are asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from finance_hooks.targets.accountview.wire import Row, read_flag, read_text

SYSTEM_FILLED = frozenset(
    {"DJ_CODE", "PAGE_NR", "PAGE_NRV", "PAGE_NRD", "SRC_ID", "SRC_TYPE", "REC_ID", "INP_DATE", "CNG_DATE"}
)
"""Fields that AccountView fills in itself although its dictionary calls some of them mandatory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a table: its name for people, its type letter, its length, and whether it may be empty."""

    label: str
    kind: str
    length: int
    mandatory: bool

    @property
    def is_text(self) -> bool:
        """Whether the length counts characters."""
        return self.kind == "C"


Dictionary = Mapping[str, Mapping[str, Field]]
"""Fields by name, by table."""


def make_dictionary(rows: Iterable[Row], tables: Iterable[str]) -> Dictionary:
    """Put the fields of these tables together; rows of others, which a filter lets through, are left."""
    dictionary: dict[str, dict[str, Field]] = {table: {} for table in tables}
    for row in rows:
        table, name = read_text(row["DBF_NAME"]) or "", read_text(row["FIELD_NAME"]) or ""
        if table.upper() in dictionary:
            dictionary[table.upper()][name.upper()] = Field(
                label=read_text(row.get("FLD_DESC")) or name,
                kind=read_text(row["FIELD_TYPE"]) or "",
                length=int(row["FIELD_LEN"]),
                mandatory=read_flag(row.get("INP_MAND")),
            )
    return dictionary


def find_faults(
    values: Mapping[str, object],
    fields: Mapping[str, Field],
    *,
    system_filled: frozenset[str] = SYSTEM_FILLED,
) -> Iterator[tuple[str, str | None, str]]:
    """Yield field, value and sentence for all that a row would be refused for by the dictionary.

    `values` are by name; `None` is left out of what is sent.
    """
    for name, value in values.items():
        field = fields.get(name)
        if value is None or name in PSEUDO:
            continue
        if field is None:
            yield name, str(value), f"this version of AccountView has no field {name}"
        elif field.is_text and len(str(value)) > field.length:
            yield name, str(value), f"{field.label} takes {field.length} characters"
    for name, field in fields.items():
        if field.mandatory and name not in system_filled and values.get(name) in {None, ""}:
            yield name, None, f"{field.label} ({name}) must be filled in"


PSEUDO = frozenset({"RowId", "HeaderId"})
"""What stands beside the fields of a row that is sent and is no field of the table."""
