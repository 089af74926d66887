"""Say whose the fields of Twinfield's debtors and creditors are: made, kept equal, or never touched by us.

Twinfield developer portal, "Masters" (customers, suppliers). Names are paths in a dimension's document. A
document that brings addresses replaces all of them, so an address is only given to a relation that we make.
"""

from finance_hooks.model.party import PartySides
from finance_hooks.model.party_field import PartyField, PartyOwnership, PartyValue

V = PartyValue
ADDRESS = "addresses/address/"

OWNERSHIP = PartyOwnership(
    sides=PartySides.SEPARATE,
    fields=(
        PartyField(value=V.NAME, target_field="name", length=80, on_update=True),
        PartyField(value=V.VAT_NUMBER, target_field="vatnumber", length=40, on_update=True),
        PartyField(value=V.REGISTRATION_NUMBER, target_field="cocnumber", length=40, on_update=True),
        PartyField(value=V.PAYMENT_TERM, target_field="financials/duedays", length=3),
        PartyField(value=V.NAME, target_field=ADDRESS + "name", length=80),
        PartyField(value=V.COUNTRY, target_field=ADDRESS + "country", length=2),
        PartyField(value=V.CITY, target_field=ADDRESS + "city", length=40),
        PartyField(value=V.POSTAL_CODE, target_field=ADDRESS + "postcode", length=16),
        PartyField(value=V.EMAIL, target_field=ADDRESS + "email", length=200),
        PartyField(value=V.ADDRESS_LINE, target_field=ADDRESS + "field2", length=128),
        PartyField(value=V.VAT_NUMBER, target_field=ADDRESS + "field4", length=128),
        PartyField(value=V.REGISTRATION_NUMBER, target_field=ADDRESS + "field5", length=128),
    ),
    untouched=(
        "code",
        "status",
        "shortname",
        "banks",
        "creditmanagement",
        "financials/substitutewith",
        "financials/vatcode",
        "financials/payavailable",
        "financials/collectmandate",
        "financials/ebilling",
        "groups",
        "website",
        "remittanceadvice",
    ),
)
