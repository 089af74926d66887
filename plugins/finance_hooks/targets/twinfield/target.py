"""Declare Twinfield to the registry."""

from finance_hooks.targets.base import Target
from finance_hooks.targets.twinfield.lineage import LINEAGE_FIELDS
from finance_hooks.targets.twinfield.party_fields import OWNERSHIP
from finance_hooks.targets.twinfield.settings import CONNECTION_TYPE, LABELS, SETTINGS

TWINFIELD = Target(
    settings=SETTINGS,
    labels=LABELS,
    connection_type=CONNECTION_TYPE,
    lineage_fields=LINEAGE_FIELDS,
    consent="finance_hooks.targets.twinfield.consent.oauth_client_of",
    foresight="finance_hooks.targets.twinfield.foresight.foresee",
    parties="finance_hooks.targets.twinfield.party_desk.make_desk",
    party_ownership=OWNERSHIP,
    file_format="finance_hooks.targets.twinfield.file_format.TwinfieldFile",
)
