"""Bundle what reading this source depends on: its identity, its tables, its conventions."""

from dataclasses import dataclass

from finance_hooks.sources.qubz.fields import FieldTables
from finance_hooks.sources.qubz.signs import CreditSign
from finance_hooks.sources.qubz.values import ZONES, DateMode, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceContract:
    """How one source is read; `source_id` is part of every document key and never changes."""

    source_id: str
    tables: FieldTables
    date_mode: DateMode = DateMode.AUTO
    credit_sign: CreditSign = CreditSign.AUTO

    def reading(self, country: str) -> Reading:
        """Say how values of an organisation in this country are read; its business dates are local days."""
        return Reading(
            members=self.tables.members, date_mode=self.date_mode, zone=ZONES.get(country, ZONES["NL"])
        )
