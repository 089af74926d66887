"""Say whose the fields of AccountView's relations are: made, kept equal, or never touched by us.

Fields of CONTACT as the field dictionary has them; which of them clients write: the unit
ulcsAccountViewUtility, svitlanahasynets/apicenter. A relation has one collective account, so somebody who is
debtor and creditor has two relations.
"""

from finance_hooks.model.party import PartySides
from finance_hooks.model.party_field import PartyField, PartyOwnership, PartyValue

V = PartyValue

OWNERSHIP = PartyOwnership(
    sides=PartySides.SEPARATE,
    fields=(
        PartyField(value=V.NAME, target_field="ACCT_NAME", length=40, on_update=True),
        PartyField(value=V.ADDRESS_LINE, target_field="ADDR_LINE1", length=40, on_update=True),
        PartyField(value=V.POSTAL_CODE, target_field="POST_CODE", length=10, on_update=True),
        PartyField(value=V.CITY, target_field="CITY", length=35, on_update=True),
        PartyField(value=V.COUNTRY, target_field="CNT_CODE", length=2, on_update=True),
        PartyField(value=V.VAT_NUMBER, target_field="VAT_NR", length=14, on_update=True),
        PartyField(value=V.REGISTRATION_NUMBER, target_field="COC_CODE", length=15, on_update=True),
        PartyField(value=V.NAME, target_field="SRC_CODE", length=10),
        PartyField(value=V.EMAIL, target_field="MAIL_BUS", length=50),
        PartyField(value=V.PAYMENT_TERM, target_field="DISC_CODE", length=2),
    ),
    untouched=(
        "SUB_NR",
        "ACCT_NR",
        "REC_BLK",
        "IBAN_NR",
        "CRED_LIM",
        "CUR_CODE",
        "LNG_CODE",
        "LNK_ACCT",
        "VAT_CODE",
        "MAND_ID",
        "DD_ACT",
        "DEB_SHOW",
        "CRED_SHOW",
        "MAIN_CONT",
        "TEL_BUS",
    ),
)
