"""Tell what a step touched: in the events of its assets, and to OpenLineage when the task is over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from airflow.sdk import Asset
from airflow.sdk.definitions.context import Context

from finance_hooks.model.administration import Administration
from finance_hooks.operators.lineage import books_assets, source_assets
from finance_hooks.posting.work import Work
from finance_hooks.sources.qubz.fields import read_field_tables
from finance_hooks.store.touched import Touched, touched_documents, touched_postings
from finance_hooks.targets.registry import find_target

if TYPE_CHECKING:
    # OpenLineage is loaded when an event is sent; reading the DAG file must not pay for it.
    from airflow.providers.openlineage.extractors import OperatorLineage

    from finance_hooks.operators.lineage_datasets import Flow

    Lineage: TypeAlias = OperatorLineage[Any, Any]

NOTHING = Touched(counts={}, digest=None)
STORED = ("stored", "vanished")
MOVED = ("booked", "already_booked", "parked", "waiting", "unknown")
"""What is counted of each kind of document, in the words of the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a step touched by resource; the task keeps it until OpenLineage asks."""

    administration: Administration
    touched: Mapping[str, Touched]

    def count(self, resource: str, place: str) -> int:
        """Return how many documents of a resource ended in a place."""
        return self.touched.get(resource, NOTHING).counts.get(place, 0)


def tell_stored(context: Context, work: Work, source_id: str) -> Told:
    """Put into the events of the source's assets what this run stored, in all its tries."""
    organisation = work.administration.organisation
    with work.engine.begin() as connection:
        touched = touched_documents(connection, source_id, organisation, run_id=work.run_id)
    told = Told(administration=work.administration, touched=touched)
    _write_extra(context, source_assets(work.administration), told, STORED)
    return told


def tell_moved(context: Context, work: Work) -> Told:
    """Put into the events of the books' assets where this run brought postings, in all its tries."""
    with work.engine.begin() as connection:
        touched = touched_postings(connection, work.administration, run_id=work.run_id)
    told = Told(administration=work.administration, touched=touched)
    _write_extra(context, books_assets(work.administration), told, MOVED)
    return told


def stored_lineage(told: Told | None) -> "Lineage | None":
    """Describe to OpenLineage what was stored; `None` leaves it to Airflow, which knows the assets."""
    # Only where OpenLineage is on.
    from airflow.providers.openlineage.extractors import OperatorLineage  # noqa: PLC0415

    from finance_hooks.operators.lineage_datasets import source_output  # noqa: PLC0415

    if told is None:
        return None
    return OperatorLineage(
        outputs=[source_output(flow, stored=told.count(flow.resource, "stored")) for flow in _flows(told)]
    )


def moved_lineage(told: Told | None) -> "Lineage | None":
    """Describe to OpenLineage what was booked, and of what; `None` leaves it to Airflow."""
    from airflow.providers.openlineage.extractors import OperatorLineage  # noqa: PLC0415 - as above

    from finance_hooks.operators.lineage_datasets import books_output, source_input  # noqa: PLC0415

    if told is None:
        return None
    return OperatorLineage(
        inputs=[source_input(flow) for flow in _flows(told)],
        outputs=[books_output(flow, booked=told.count(flow.resource, "booked")) for flow in _flows(told)],
    )


def _write_extra(context: Context, assets: Mapping[str, Asset], told: Told, places: tuple[str, ...]) -> None:
    for resource, asset in assets.items():
        context["outlet_events"][asset].extra = {
            **{place: told.count(resource, place) for place in places},
            "digest": told.touched.get(resource, NOTHING).digest,
        }


def _flows(told: Told) -> "Iterator[Flow]":
    from finance_hooks.operators.lineage_datasets import Flow  # noqa: PLC0415 - as above

    source, books = source_assets(told.administration), books_assets(told.administration)
    tables = read_field_tables()
    target = find_target(told.administration.target)
    for resource, asset in source.items():
        yield Flow(resource=resource, source=asset, books=books[resource], tables=tables, target=target)
