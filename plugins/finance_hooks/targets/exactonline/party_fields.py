"""Say whose the fields of Exact's accounts are: what we make, what we keep equal, what we never touch.

Exact Online REST reference: CRMAccounts; lengths from the XML schema and Invantive's data model.
"""

from finance_hooks.model.party import PartySides, Role
from finance_hooks.model.party_field import PartyField, PartyOwnership, PartyValue

V = PartyValue

OWNERSHIP = PartyOwnership(
    sides=PartySides.ONE_RELATION,
    fields=(
        PartyField(value=V.NAME, target_field="Name", length=50, on_update=True),
        PartyField(value=V.ADDRESS_LINE, target_field="AddressLine1", length=100, on_update=True),
        PartyField(value=V.POSTAL_CODE, target_field="Postcode", length=20, on_update=True),
        PartyField(value=V.CITY, target_field="City", length=40, on_update=True),
        PartyField(value=V.COUNTRY, target_field="Country", on_update=True),
        PartyField(value=V.VAT_NUMBER, target_field="VATNumber", length=35, on_update=True),
        PartyField(value=V.REGISTRATION_NUMBER, target_field="ChamberOfCommerce", length=60, on_update=True),
        PartyField(value=V.EMAIL, target_field="Email", length=100),
        PartyField(value=V.PAYMENT_TERM, target_field="PaymentConditionSales", role=Role.DEBTOR),
        PartyField(value=V.PAYMENT_TERM, target_field="PaymentConditionPurchase", role=Role.CREDITOR),
    ),
    untouched=(
        "Code",
        "Blocked",
        "BankAccounts",
        "Contacts",
        "Addresses",
        "CreditLineSales",
        "DiscountSales",
        "GLAR",
        "GLAP",
        "GLAccountSales",
        "GLAccountPurchase",
        "SalesVATCode",
        "PurchaseVATCode",
        "InvoicingMethod",
        "PeppolIdentifier",
        "Phone",
        "Language",
        "Remarks",
    ),
)
