"""Declare AFAS Profit to the registry."""

from finance_hooks.targets.afas.lineage import LINEAGE_FIELDS
from finance_hooks.targets.afas.party_fields import OWNERSHIP
from finance_hooks.targets.afas.settings import CONNECTION_TYPE, LABELS, SETTINGS
from finance_hooks.targets.base import Target

AFAS = Target(
    settings=SETTINGS,
    labels=LABELS,
    connection_type=CONNECTION_TYPE,
    lineage_fields=LINEAGE_FIELDS,
    foresight="finance_hooks.targets.afas.foresight.foresee",
    attachments="finance_hooks.targets.afas.attachment_desk.open_desk",
    parties="finance_hooks.targets.afas.party_desk.make_desk",
    party_ownership=OWNERSHIP,
    file_format="finance_hooks.targets.afas.file_format.AfasFile",
)
