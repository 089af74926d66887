"""Open the table that says in which boxes of the VAT return the package's codes belong."""

from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.mapping.return_boxes import read_return_boxes
from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.administration import Administration
from finance_hooks.posting.vat_boxes import ReturnBoxes


def open_boxes(administration: Administration) -> ReturnBoxes:
    """Read the boxes of an administration; ConfigurationError names what is wrong with its tables."""
    tables = read_tables(administration, mappings_folder())
    return ReturnBoxes(country=administration.country, rows=read_return_boxes(tables))
