"""Tell Airflow which connection types there are: those of the source and of every target."""

from finance_hooks.sources.qubz.settings import CONNECTION_TYPE as QUBZ
from finance_hooks.targets.registry import TARGETS


def get_provider_info() -> dict[str, object]:
    """Describe the provider in the shape Airflow's provider schema demands."""
    return {
        "package-name": "finance-hooks",
        "name": "Finance hooks",
        "description": "Bring the invoices of 21QUBZ into Dutch and Belgian bookkeeping packages.",
        "connection-types": [QUBZ, *(dict(target.connection_type) for target in TARGETS.values())],
    }
