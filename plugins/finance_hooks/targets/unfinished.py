"""Let people fill in the connection of a package that nothing is booked in yet."""

from collections.abc import Mapping
from typing import Any, ClassVar

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException


class UnfinishedHook(BaseHook):
    """Stand in for the hook of a package whose folder holds nothing but its connection type.

    It calls nobody. Its Test button never turns green: nothing was tried.
    """

    conn_name_attr = "conn_id"
    conn_type: ClassVar[str]
    hook_name: ClassVar[str]
    connection_type: ClassVar[Mapping[str, Any]]

    def __init__(self, conn_id: str) -> None:
        """Keep the connection's id."""
        super().__init__()
        self._conn_id = conn_id

    def test_connection(self) -> tuple[bool, str]:
        """Say which fields are still empty, and that nothing was tried."""
        try:
            extra = self.get_connection(self._conn_id).extra_dejson
        except AirflowNotFoundException:
            return False, f"There is no connection {self._conn_id}."
        name = self.connection_type["hook-name"]
        empty = [
            field["label"]
            for key, field in self.connection_type["conn-fields"].items()
            if is_required(field) and not extra.get(key)
        ]
        found = f"still empty: {', '.join(empty)}" if empty else "every required field is filled in"
        return False, f"Nothing was tried: this version does not book into {name} yet. Fields: {found}."


def is_required(field: Mapping[str, Any]) -> bool:
    """Say whether Airflow's form wants a field filled in: one that may be null it does not."""
    kind = field["schema"]["type"]
    return isinstance(kind, str) or "null" not in kind
