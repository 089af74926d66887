"""Where the project stands and where a run leaves its state."""

import os
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parent.parent
DAGS: Final = PROJECT / "dags"
PLUGINS: Final = PROJECT / "plugins"


def state_directory() -> Path:
    """Return the folder that holds everything a run leaves behind, made when it is missing."""
    state = Path(os.environ.get("FINANCE_STATE", PROJECT / "var")).resolve()
    state.mkdir(parents=True, exist_ok=True)
    return state
