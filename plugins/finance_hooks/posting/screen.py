"""Show texts of others on a screen that obeys nothing which stands in them."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from finance_hooks.model.printable import printable


def say(console: Console, line: str) -> None:
    """Print one line, without cutting it at the width of the screen."""
    console.print(printable(line), markup=False, highlight=False, soft_wrap=True)


def add_texts(table: Table, *cells: str) -> None:
    """Add a row of texts as they are."""
    table.add_row(*(Text(printable(cell)) for cell in cells))
