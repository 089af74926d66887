"""Judge whether a division can be booked in.

Exact Online REST reference: SystemSystemDivisions.
"""

from collections.abc import Mapping

from finance_hooks.targets.exactonline.wire import Row, read_text, write_text

DIVISIONS = "system/Divisions"
SELECT = "Code,Description,Country,Currency,Status,BlockingStatus"

STATUSES: Mapping[int, str] = {0: "inactive", 1: "active", 2: "archived"}
ACTIVE = 1
BLOCKINGS: Mapping[int, str] = {
    0: "not blocked",
    1: "being backed up or restored",
    2: "being converted",
    3: "a shadow",
    4: "waiting for conversion",
    5: "waiting to be copied",
    6: "being copied",
}
FREE = 0


def why_unusable(division: Row, country: str) -> str | None:
    """Say why nothing can be booked in a division through the site of a country, `None` when it can."""
    name = f"division {division['Code']} ({read_text(division['Description'])})"
    status, blocking = int(division["Status"]), int(division["BlockingStatus"] or FREE)
    if status != ACTIVE:
        return f"{name} is {STATUSES.get(status, status)}"
    if blocking != FREE:
        return f"{name} is {BLOCKINGS.get(blocking, blocking)}"
    if read_text(division["Country"]) != country:
        return f"{name} is of country {read_text(division['Country'])}, the connection of {country}"
    return None


def write_rights_question(resource: str) -> tuple[str, str]:
    """Ask whether the user may post to a resource; asking costs no error where posting would."""
    return "users/UserHasRights", f"endpoint={write_text(resource)}&action='POST'"


def describe_division(division: Row) -> str:
    """Name a division for people."""
    return f"{division['Code']} {read_text(division['Description'])}"
