"""Name the data sets of an administration: one asset per kind of document, at the source and in the books.

Never one per document: Airflow keeps every asset for ever. `finance://<source connection>/<organisation>/
<resource>` are the documents as received, `finance://<target>/<administration>/<kind>` what is booked.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, quote, urlsplit

from airflow.sdk import Asset

from finance_hooks.model.administration import Administration
from finance_hooks.model.document import EntryKind
from finance_hooks.sources.qubz.parse import KINDS

if TYPE_CHECKING:
    # Airflow imports this module to register the scheme, also where OpenLineage is switched off.
    from openlineage.client.event_v2 import Dataset

SCHEME = "finance"
WITH_ASSETS = frozenset({"extract", "transform", "load", "reconcile"})
PARTS = 2
"""Of a path: whose documents (organisation or administration), and of which kind."""


def source_assets(administration: Administration) -> dict[str, Asset]:
    """Return the assets of the documents as received, by the source's resource.

    Organisation codes are told apart by the connection: two sources may use the same ones.
    """
    return {
        resource: _asset(administration.source_conn_id, administration.organisation, resource)
        for resource in KINDS
    }


def books_assets(administration: Administration) -> dict[str, Asset]:
    """Return the assets of what is booked, by the source's resource."""
    return {
        resource: _asset(administration.target, administration.target_administration, kind)
        for resource, kind in KINDS.items()
    }


def lineage_of(task_id: str, administration: Administration) -> dict[str, list[Asset]]:
    """Return the assets that a task of the chain reads and writes, as arguments of its operator."""
    if task_id not in WITH_ASSETS:
        return {}
    source, books = _assets(administration)
    return {
        "extract": {"outlets": [*source]},
        "transform": {"inlets": [*source]},
        "load": {"inlets": [*source], "outlets": [*books]},
        "reconcile": {"inlets": [*source, *books]},
    }[task_id]


@lru_cache(maxsize=1)
def _assets(administration: Administration) -> tuple[tuple[Asset, ...], tuple[Asset, ...]]:
    """Make the assets of source and books once for all tasks of a DAG."""
    source, books = source_assets(administration), books_assets(administration)
    return tuple(source.values()), tuple(books.values())


def kind_of(resource: str) -> EntryKind:
    """Return the side of the books that a resource of the source belongs to."""
    return EntryKind(KINDS[resource])


def sanitize_uri(uri: SplitResult) -> SplitResult:
    """Accept `finance://<system>/<whose>/<kind>` as it stands; ValueError for any other shape."""
    parts = uri.path.removeprefix("/").split("/")
    if not uri.netloc or len(parts) != PARTS or not all(parts) or uri.query or uri.fragment:
        raise ValueError(
            f"An asset of this project is {SCHEME}://<system>/<whose>/<kind>, not {uri.geturl()}"
        )
    return uri


def to_openlineage(asset: Asset, lineage_context: Any) -> "Dataset":  # noqa: ANN401, ARG001 - as Airflow calls it
    """Name the data set as OpenLineage does: the system is the namespace, the path the name."""
    from openlineage.client.event_v2 import Dataset  # noqa: PLC0415 - only where OpenLineage is on

    namespace, name = dataset_name(asset)
    return Dataset(namespace=namespace, name=name)


def dataset_name(asset: Asset) -> tuple[str, str]:
    """Return OpenLineage's namespace and name of an asset."""
    uri = urlsplit(asset.uri)
    return f"{SCHEME}://{uri.netloc}", uri.path.removeprefix("/")


def _asset(system: str, whose: str, kind: str) -> Asset:
    path = "/".join(quote(part, safe="") for part in (system, whose, kind))
    return Asset(name=path, uri=f"{SCHEME}://{path}")
