"""Write tables of Markdown."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table; a bar inside a cell is escaped, nothing is left empty by `None`."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(value) for value in line)} |\n" for line in lines)


def code(value: object) -> str:
    """Return a name as code, nothing for nothing."""
    return f"`{value}`" if value not in {None, ""} else ""


def codes(values: Iterable[object]) -> str:
    """Return names as code, separated by commas."""
    return ", ".join(code(value) for value in values)


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
