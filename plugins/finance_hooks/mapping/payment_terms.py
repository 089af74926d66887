"""Find the package's payment terms for the source's, as the table has them on one day."""

from collections.abc import Iterable, Mapping
from datetime import date

from finance_hooks.mapping.lookup import find_row
from finance_hooks.mapping.schemas import PAYMENT_TERMS
from finance_hooks.mapping.tables import Tables


def map_payment_terms(codes: Iterable[str], tables: Tables, day: date) -> Mapping[str, str]:
    """Return the package's code for each payment term of the source that has a row on this day."""
    asked = {(code, day.isoformat()) for code in codes}
    found = find_row(asked, tables[PAYMENT_TERMS], PAYMENT_TERMS.keys)
    return {key[0]: row["target_code"] for key, row in found.items()}
