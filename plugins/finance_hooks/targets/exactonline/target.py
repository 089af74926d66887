"""Declare Exact Online to the registry."""

from finance_hooks.targets.base import Target
from finance_hooks.targets.exactonline.lineage import LINEAGE_FIELDS
from finance_hooks.targets.exactonline.party_fields import OWNERSHIP
from finance_hooks.targets.exactonline.settings import CONNECTION_TYPE, LABELS, SETTINGS

EXACT_ONLINE = Target(
    settings=SETTINGS,
    labels=LABELS,
    connection_type=CONNECTION_TYPE,
    lineage_fields=LINEAGE_FIELDS,
    consent="finance_hooks.targets.exactonline.consent.oauth_client_of",
    foresight="finance_hooks.targets.exactonline.foresight.foresee",
    parties="finance_hooks.targets.exactonline.party_desk.make_desk",
    party_ownership=OWNERSHIP,
    attachments="finance_hooks.targets.exactonline.attachment_desk.open_desk",
    file_format="finance_hooks.targets.exactonline.file_format.ExactFile",
)
