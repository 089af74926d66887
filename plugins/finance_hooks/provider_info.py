"""Tell Airflow which connection types this distribution brings; collected from the registry."""


def get_provider_info() -> dict[str, object]:
    """Describe the provider in the shape Airflow's provider schema demands."""
    return {
        "package-name": "finance-hooks",
        "name": "Finance hooks",
        "description": "Bring the invoices of 21QUBZ into Dutch and Belgian bookkeeping packages.",
    }
