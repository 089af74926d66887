"""Read which boxes of the VAT return the mapping names for each VAT code of the package."""

from collections import defaultdict
from collections.abc import Mapping

from finance_hooks.mapping.schemas import VAT_CODES
from finance_hooks.mapping.tables import Tables

Dated = tuple[str, str, tuple[str, ...]]
"""From when and until when, as text that compares, and the boxes."""


def read_return_boxes(tables: Tables) -> Mapping[tuple[str, str], list[Dated]]:
    """Return the boxes by the package's VAT code and direction (empty where a row serves both)."""
    found: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    for row in tables[VAT_CODES].to_dict("records"):
        key = (str(row["target_vat_code"]), str(row["direction"]))
        found[key].append(
            (str(row["valid_from"]), str(row["valid_until"]), tuple(str(row["return_box"]).split()))
        )
    return dict(found)
