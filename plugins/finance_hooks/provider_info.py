"""Tell Airflow which connection types there are: those of the source and of every package."""

from typing import Any

from finance_hooks.sources.qubz.form import CONNECTION_TYPE as QUBZ
from finance_hooks.targets.registry import TARGETS


def get_provider_info() -> dict[str, object]:
    """Describe the provider in the shape Airflow's provider schema demands."""
    return {
        "package-name": "finance-hooks",
        "name": "Finance hooks",
        "description": "Bring the invoices of 21QUBZ into Dutch and Belgian bookkeeping packages.",
        "connection-types": connection_types(),
        "cli": ["finance_hooks.cli.airflow_group.get_commands"],
        "asset-uris": [
            {
                "schemes": ["finance"],
                "handler": "finance_hooks.operators.lineage.sanitize_uri",
                "to_openlineage_converter": "finance_hooks.operators.lineage.to_openlineage",
            }
        ],
    }


def connection_types() -> list[dict[str, Any]]:
    """List the forms of all our connection types."""
    declared = (target.connection_type for target in TARGETS.values())
    return [dict(connection_type) for connection_type in (QUBZ, *declared)]


def secret_fields() -> tuple[str, ...]:
    """Name every extra field that holds a secret, for `[core] sensitive_var_conn_names`.

    Airflow masks by name, whatever the form says: a name it does not know as a secret comes back in clear.
    """
    return tuple(
        sorted(
            {
                name
                for declared in connection_types()
                for name, field in declared["conn-fields"].items()
                if field["schema"].get("format") == "password" or field["schema"].get("writeOnly")
            }
        )
    )
