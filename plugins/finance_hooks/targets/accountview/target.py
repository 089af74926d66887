"""Declare AccountView to the registry."""

from finance_hooks.targets.accountview.lineage import LINEAGE_FIELDS
from finance_hooks.targets.accountview.party_fields import OWNERSHIP
from finance_hooks.targets.accountview.settings import CONNECTION_TYPE, LABELS, SETTINGS
from finance_hooks.targets.base import Target

ACCOUNT_VIEW = Target(
    settings=SETTINGS,
    labels=LABELS,
    connection_type=CONNECTION_TYPE,
    lineage_fields=LINEAGE_FIELDS,
    consent="finance_hooks.targets.accountview.consent.oauth_client_of",
    foresight="finance_hooks.targets.accountview.foresight.foresee",
    parties="finance_hooks.targets.accountview.party_desk.make_desk",
    party_ownership=OWNERSHIP,
    file_format="finance_hooks.targets.accountview.file_format.AccountViewFile",
)
