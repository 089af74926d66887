"""Describe data sets to OpenLineage: their fields, where each field comes from, and how much was written.

Names of fields and files only, never what a document says. OpenLineage 2-0-2 with the facets
SchemaDatasetFacet 1-2-0, ColumnLineageDatasetFacet 1-2-0 and OutputStatisticsOutputDatasetFacet 1-0-2.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType, NoneType
from typing import get_args, get_type_hints

from airflow.sdk import Asset
from openlineage.client.event_v2 import InputDataset, OutputDataset
from openlineage.client.facet_v2 import DatasetFacet, OutputDatasetFacet
from openlineage.client.facet_v2 import column_lineage_dataset as column_lineage
from openlineage.client.facet_v2 import output_statistics_output_dataset as statistics
from openlineage.client.facet_v2 import schema_dataset as schema

from finance_hooks.mapping.derivation import DERIVATIONS, Origin
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.operators.lineage import dataset_name, kind_of
from finance_hooks.sources.qubz.fields import FieldTables
from finance_hooks.targets.base import Target

LINES = "lines."
TYPES: Mapping[type, str] = MappingProxyType(
    {str: "text", int: "integer", Decimal: "decimal", date: "date"},
)

Field = tuple[str, str]
"""A field's name and type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One kind of document on its way from the source into the books."""

    resource: str
    source: Asset
    books: Asset
    tables: FieldTables
    target: Target

    def source_fields(self) -> dict[str, Field]:
        """List the fields that the source sends, by our name; rows with a dot (`lines.amount`)."""
        return dict(_source_fields(self.resource, self.tables))


def source_input(flow: Flow) -> InputDataset:
    """Describe the received documents as what a step reads."""
    namespace, name = dataset_name(flow.source)
    return InputDataset(namespace, name, facets=_schema(flow.source_fields().values()))


def source_output(flow: Flow, *, stored: int) -> OutputDataset:
    """Describe the received documents as what a step stored, so many."""
    namespace, name = dataset_name(flow.source)
    facets = _schema(flow.source_fields().values())
    return OutputDataset(namespace, name, facets=facets, outputFacets=_statistics(stored))


def books_output(flow: Flow, *, booked: int) -> OutputDataset:
    """Describe what is booked, each of the package's fields with the source's fields behind it."""
    namespace, name = dataset_name(flow.books)
    made_of = flow.target.lineage_fields.get(kind_of(flow.resource), {})
    behind = {field: _input_fields(flow, entry_fields) for field, entry_fields in made_of.items()}
    facets = _schema((field, _entry_type(entry_fields[0])) for field, entry_fields in made_of.items())
    facets["columnLineage"] = column_lineage.ColumnLineageDatasetFacet(
        fields={field: column_lineage.Fields(inputFields=inputs) for field, inputs in behind.items()}
    )
    return OutputDataset(namespace, name, facets=facets, outputFacets=_statistics(booked))


def _input_fields(flow: Flow, entry_fields: Iterable[str]) -> list[column_lineage.InputField]:
    """List the source's fields behind some fields of an entry; one that serves twice is listed once."""
    namespace, name = dataset_name(flow.source)
    sent = flow.source_fields()
    found: dict[str, column_lineage.InputField] = {}
    for origin in (origin for entry_field in entry_fields for origin in DERIVATIONS[entry_field]):
        if origin.field in sent:
            source_name, _ = sent[origin.field]
            behind = found.setdefault(
                source_name, column_lineage.InputField(namespace, name, source_name, [])
            )
            transformation = _transformation(origin, flow.target.settings.slug)
            behind.transformations = [*(behind.transformations or []), transformation]
    return list(found.values())


def _transformation(origin: Origin, target: str) -> column_lineage.Transformation:
    return column_lineage.Transformation(
        type="DIRECT",
        subtype="IDENTITY" if origin.copies else "TRANSFORMATION",
        description=origin.describe(target) or None,
        masking=origin.hides,
    )


def _source_fields(resource: str, tables: FieldTables) -> Iterator[tuple[str, Field]]:
    for field, rule in tables.fields[resource].items():
        rows = tables.fields.get(f"{resource}/{field}", {})
        for inner, inner_rule in rows.items():
            if inner_rule.source_path:
                yield f"{field}.{inner}", (f"{rule.name}.{inner_rule.name}", inner_rule.type)
        if rule.source_path and not rows:
            yield field, (rule.name, rule.type)


def _entry_type(entry_field: str) -> str:
    owner = EntryLine if entry_field.startswith(LINES) else Entry
    hint = get_type_hints(owner)[entry_field.removeprefix(LINES)]
    return next(TYPES[one] for one in (get_args(hint) or (hint,)) if one is not NoneType)


def _schema(fields: Iterable[Field]) -> dict[str, DatasetFacet]:
    listed = [schema.SchemaDatasetFacetFields(name, kind) for name, kind in fields]
    return {"schema": schema.SchemaDatasetFacet(fields=listed)}


def _statistics(rows: int) -> dict[str, OutputDatasetFacet]:
    return {"outputStatistics": statistics.OutputStatisticsOutputDatasetFacet(rowCount=rows)}
