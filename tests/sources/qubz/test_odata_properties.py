"""OData is asked by the names that the source has for its properties, as fields.csv tells them."""

from dataclasses import replace

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.paging import PageRequest
from finance_hooks.sources.qubz.queries import parameters
from tests.sources.qubz.test_queries import BY_CHANGE, BY_DATE, ODATA


@pytest.mark.parametrize("field", ["changed_at", "export_status"])
def test_odata_is_not_asked_by_a_field_that_the_source_does_not_have(
    contract: SourceContract, field: str
) -> None:
    settings = replace(ODATA, export_status="ReadyForExport")
    rules = dict(contract.tables.fields["memorials"])
    rules[field] = replace(rules[field], source_path=())

    with pytest.raises(ConfigurationError, match=f"memorials is asked for by {field}, which fields.csv"):
        parameters(BY_CHANGE, PageRequest(), rules, settings)


def test_odata_follows_a_nested_field_with_a_slash(contract: SourceContract) -> None:
    rules = dict(contract.tables.fields["memorials"])
    rules["organisation"] = replace(rules["organisation"], source_path=("Organisation", "Code"))

    options = parameters(BY_DATE, PageRequest(), rules, replace(ODATA, odata_select=False))

    assert options["$filter"].startswith("Organisation/Code eq '100' and ")
