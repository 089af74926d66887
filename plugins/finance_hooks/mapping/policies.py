"""Give an administration the policies of its row of policies.csv: what may be done by itself."""

from collections.abc import Mapping
from dataclasses import replace

from finance_hooks.model.administration import Administration, CorrectionPolicy, RelationsPolicy


def with_policies(administration: Administration, cells: Mapping[str, str]) -> Administration:
    """Apply a row's cells; an empty one, and no row, leave the default."""
    return replace(
        administration,
        correction_policy=CorrectionPolicy(cells.get("corrections") or administration.correction_policy),
        relations_policy=RelationsPolicy(cells.get("relations") or administration.relations_policy),
    )
