"""Find out what a connection to AFAS can do, changing nothing: environment, connectors, administrations.

AFAS Developer documentation, "GetConnector" (metadata), "App connector".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.afas import metainfo, readback
from finance_hooks.targets.afas.chart import ADMINISTRATIONS, CONNECTORS
from finance_hooks.targets.afas.chart_shelf import ChartShelf
from finance_hooks.targets.afas.client import Client
from finance_hooks.targets.afas.connection import AfasConnection
from finance_hooks.targets.afas.payload import UPDATE_CONNECTOR

PAYMENT_TERM = "PaymentCondition"
UNIT = "UnitId"
LISTED_MAX = 10
"""Administrations that are named; a person reads the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Ask what a person wants to know before the first night."""

    client: Client
    connection: AfasConnection
    charts: ChartShelf

    def describe(self, administration: str | None) -> str:
        """Say what can be read and booked; ConfigurationError, naming every connector that is missing."""
        version = self.client.read_json("ProfitVersion")["version"]
        allowed = self.client.read_json("metainfo")
        faults = [
            *metainfo.environment_faults(allowed, self.connection.environment),
            *metainfo.missing_connectors(allowed, self._reading_names(), UPDATE_CONNECTOR),
        ]
        # What the list lacks says so in its own words when it is read; once is enough.
        faults = faults or self._blocked() or self._missing_fields()
        if faults:
            raise ConfigurationError(f"Nothing can be booked: {'; '.join(faults)}.")
        bookable = "; ".join(self._describe_administrations(administration))
        return (
            f"AFAS {version}, environment {metainfo.environment_of(allowed)}, can book in {bookable}."
            f"{metainfo.describe_expiry(allowed)}"
        )

    def _reading_names(self) -> list[str]:
        own = [self.connection.transactions_connector, self.connection.payment_terms_connector]
        return [
            ADMINISTRATIONS.name,
            *(part.name for part in CONNECTORS.values()),
            *(name for name in own if name),
        ]

    def _blocked(self) -> list[str]:
        """Read a row of each connector: a blocked one, or one that is not ours, says so only then."""
        orders = {part.name: part.order for part in (ADMINISTRATIONS, *CONNECTORS.values())}
        orders[self.connection.transactions_connector] = readback.ORDER
        if self.connection.payment_terms_connector:
            orders[self.connection.payment_terms_connector] = PAYMENT_TERM
        found = []
        for name, order in orders.items():
            try:
                self.client.read_first(name, order=order)
            except ConfigurationError as error:
                found.append(str(error))
        return found

    def _missing_fields(self) -> list[str]:
        described: Mapping[str, Any] = self.client.read_json(f"metainfo/update/{UPDATE_CONNECTOR}")
        return metainfo.missing_fields(described)

    def _describe_administrations(self, administration: str | None) -> Iterator[str]:
        if administration is not None:
            rows = [self.charts.read_administration(administration)]
        else:
            rows = list(
                self.client.read_rows(
                    ADMINISTRATIONS.name, order=ADMINISTRATIONS.order, columns=ADMINISTRATIONS.columns
                )
            )
        if not rows:
            raise ConfigurationError("Nothing can be booked: the connector's user may see no administration.")
        for row in rows[:LISTED_MAX]:
            code = str(row["AdminId"])
            yield f"{code} {row['AdminNm']} ({self._describe_transactions(code)})"
        if len(rows) > LISTED_MAX:
            yield f"{len(rows) - LISTED_MAX} more"

    def _describe_transactions(self, administration: str) -> str:
        """Say whether bookings are seen: a user without rights on them gets none, and no error either."""
        rows = self.client.read_first(
            self.connection.transactions_connector,
            order=readback.ORDER,
            conditions=[(UNIT, administration)],
        )
        if rows:
            return "bookings are seen there"
        return "no booking is seen there: if there are some, give the user rights on financial transactions"
