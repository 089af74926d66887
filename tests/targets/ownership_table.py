"""Write the page's table of whose the fields of a package's relations are."""

from finance_hooks.model.party_field import PartyField
from finance_hooks.targets.base import Target

HEADING = "| Field | From | When |\n|---|---|---|\n"


def write_table(target: Target) -> str:
    """Write one package's heading, table and the list of what is never touched."""
    ownership = target.party_ownership
    rows = "".join(_write_row(each) for each in ownership.fields)
    untouched = ", ".join(f"`{name}`" for name in ownership.untouched)
    return f"### {target.settings.label}\n\n{HEADING}{rows}\nNever touched: {untouched}.\n"


def _write_row(field: PartyField) -> str:
    whose = [] if field.role is None else [f"{field.role}s"]
    if field.person is not None:
        whose.append("persons" if field.person else "organisations")
    only = f" ({', '.join(whose)})" if whose else ""
    when = "made, kept equal" if field.on_update else "made"
    return f"| `{field.target_field}`{only} | {field.value.replace('_', ' ')} | {when} |\n"
