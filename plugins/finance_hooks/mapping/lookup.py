"""Find the table rows that hold for a batch's distinct codes on their document dates."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pandas import DataFrame

Asked = tuple[str, ...]
"""The values of a table's key columns, and the document date (year first) as the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row that was used: its cells, where it stands (`file:line`) and what it says."""

    at: str
    content: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return one cell."""
        return self.cells[column]


def find_rows(
    asked: Collection[Asked], table: DataFrame, keys: tuple[str, ...]
) -> dict[Asked, list[TableRow]]:
    """Find for each asked key and date the rows that hold then; what has none is left out.

    Nothing is asked of a table without need: joining costs some milliseconds, however few rows there are.
    Rows of the administration itself hide those for all. A table without conditions yields one row each:
    its reader has refused rows that overlap.
    """
    if not asked or table.empty:
        return {}
    asking = DataFrame(list(asked), columns=[*keys, "date"], dtype="str")
    # A row serves many codes and dates; only where it stands takes part in the join.
    held = table[[*keys, "valid_from", "valid_until", "own"]].assign(place=range(len(table)))
    found = asking.merge(held, on=list(keys), how="inner")
    found = found[(found["valid_from"] <= found["date"]) & (found["date"] <= found["valid_until"])]
    if found["own"].any() and not found["own"].all():
        hidden = found.groupby([*keys, "date"])["own"].transform("any") & ~found["own"]
        found = found[~hidden]
    used = found["place"].unique()
    at_place = dict(zip(used.tolist(), all_rows(table.iloc[used]), strict=True))
    answered = zip(*(found[name].tolist() for name in (*keys, "date")), strict=True)
    rows: dict[Asked, list[TableRow]] = {}
    for key, place in zip(answered, found["place"].tolist(), strict=True):
        rows.setdefault(key, []).append(at_place[place])
    return rows


def find_row(asked: Collection[Asked], table: DataFrame, keys: tuple[str, ...]) -> dict[Asked, TableRow]:
    """Find the one row for each asked key and date."""
    return {key: rows[0] for key, rows in find_rows(asked, table, keys).items()}


def all_rows(table: DataFrame) -> list[TableRow]:
    """Return every row of a table."""
    found = ({str(name): str(cell) for name, cell in cells.items()} for cells in table.to_dict("records"))
    return [TableRow(at=texts["at"], content=texts["content"], cells=texts) for texts in found]
