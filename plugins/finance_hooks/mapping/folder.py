"""Find the folder of the mapping files."""

import os
from pathlib import Path

MAPPINGS_VARIABLE = "FINANCE_MAPPINGS"
MAPPINGS = Path(__file__).parents[3] / "include" / "mappings"


def mappings_folder() -> Path:
    """Return the folder of the mapping files: the project's own, unless the environment names another."""
    return Path(os.environ.get(MAPPINGS_VARIABLE) or MAPPINGS)
