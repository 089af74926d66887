"""Where the project stands, and which of its pages outside docs/ the site shows too."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

PROJECT = Path(__file__).resolve().parent.parent
DOCS = PROJECT / "docs"
OTHER_PAGES: Mapping[str, str] = MappingProxyType(
    {
        "project/README.md": "README.md",
        "project/CHANGELOG.md": "CHANGELOG.md",
        "emulators/README.md": "emulators/README.md",
        "nl/steps/index.md": "plugins/finance_hooks/web/runbook/nl.md",
        "steps/index.md": "plugins/finance_hooks/web/runbook/en.md",
    }
)
"""Pages of the site that stand elsewhere in the project, by the name they have in the site."""
