"""Say whose the fields of AFAS's debtors and creditors are: made, kept equal, or never touched by us.

AFAS Developer documentation, "Organisaties en personen" (KnSalesRelationOrg, KnPurchaseRelationOrg, …). What
stands behind a slash belongs to the organisation or person below the relation. An address has a day from
which it holds, and a person's name is put together by AFAS, so both are only given to who we make.
"""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.model.party import PartySides
from finance_hooks.model.party_field import PartyField, PartyOwnership, PartyValue

V = PartyValue
ORGANISATION, PERSON, ADDRESS = "KnOrganisation", "KnPerson", "KnBasicAddressAdr"

OWNERSHIP = PartyOwnership(
    sides=PartySides.ONE_ORGANISATION,
    fields=(
        PartyField(value=V.VAT_NUMBER, target_field="VaId", length=21, on_update=True),
        PartyField(value=V.PAYMENT_TERM, target_field="PaCd", length=5),
        PartyField(value=V.NAME, target_field=f"{ORGANISATION}/Nm", length=255, on_update=True, person=False),
        PartyField(
            value=V.REGISTRATION_NUMBER,
            target_field=f"{ORGANISATION}/CcNr",
            length=30,
            on_update=True,
            person=False,
        ),
        PartyField(value=V.EMAIL, target_field=f"{ORGANISATION}/EmAd", length=255, person=False),
        PartyField(value=V.NAME, target_field=f"{PERSON}/LaNm", length=80, person=True),
        PartyField(value=V.EMAIL, target_field=f"{PERSON}/EmAd", length=255, person=True),
        PartyField(value=V.COUNTRY, target_field=f"{ADDRESS}/CoId"),
        PartyField(value=V.STREET, target_field=f"{ADDRESS}/Ad", length=60),
        PartyField(value=V.HOUSE_NUMBER, target_field=f"{ADDRESS}/HmNr"),
        PartyField(value=V.ADDITION, target_field=f"{ADDRESS}/HmAd", length=30),
        PartyField(value=V.POSTAL_CODE, target_field=f"{ADDRESS}/ZpCd", length=15),
        PartyField(value=V.CITY, target_field=f"{ADDRESS}/Rs", length=50),
    ),
    untouched=(
        "DbId",
        "CrId",
        "Bl",
        "BlTl",
        "Iban",
        "ColA",
        "VaDu",
        "Krli",
        "AuPa",
        "LgId",
        "InPv",
        "PayM",
        "IvJu",
        "KnBankAccount",
        "KnBasicAddressPad",
        "KnContact",
        f"{ORGANISATION}/SeNm",
        f"{ORGANISATION}/TeNr",
        f"{ORGANISATION}/FiNr",
    ),
)

COUNTRIES: Mapping[str, str] = MappingProxyType(
    {
        "AT": "A",
        "BE": "B",
        "CH": "CH",
        "CZ": "CZ",
        "DE": "D",
        "DK": "DK",
        "ES": "E",
        "FI": "FIN",
        "FR": "F",
        "GB": "GB",
        "IE": "IRL",
        "IT": "I",
        "LU": "L",
        "NL": "NL",
        "NO": "N",
        "PL": "PL",
        "PT": "P",
        "SE": "S",
        "US": "USA",
    }
)
"""AFAS: countries by letters of its own, largely number plates; of another one no address is sent."""
