"""Write the page's table of whose the fields of a package's relations are, in either language."""

from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.party_field import PartyField
from finance_hooks.targets.base import Target

HEADING: dict[Language, str] = {
    "nl": "| Veld | Uit | Wanneer |\n|---|---|---|\n",
    "en": "| Field | From | When |\n|---|---|---|\n",
}
UNTOUCHED: dict[Language, str] = {"nl": "Nooit aangeraakt", "en": "Never touched"}
DUTCH = {
    "name": "naam",
    "address_line": "adresregel",
    "postal_code": "postcode",
    "city": "plaats",
    "country": "land",
    "vat_number": "btw-nummer",
    "registration_number": "KvK- of ondernemingsnummer",
    "email": "e-mail",
    "payment_term": "betalingstermijn",
    "street": "straat",
    "house_number": "huisnummer",
    "addition": "toevoeging",
    "debtors": "debiteuren",
    "creditors": "crediteuren",
    "persons": "personen",
    "organisations": "organisaties",
    "made, kept equal": "gemaakt, gelijk gehouden",
    "made": "gemaakt",
}


def write_table(target: Target, language: Language = "en") -> str:
    """Write one package's heading, table and the list of what is never touched."""
    ownership = target.party_ownership
    rows = "".join(_write_row(each, language) for each in ownership.fields)
    untouched = ", ".join(f"`{name}`" for name in ownership.untouched)
    return f"### {target.settings.label}\n\n{HEADING[language]}{rows}\n{UNTOUCHED[language]}: {untouched}.\n"


def _write_row(field: PartyField, language: Language) -> str:
    whose = [] if field.role is None else [_say(f"{field.role}s", language)]
    if field.person is not None:
        whose.append(_say("persons" if field.person else "organisations", language))
    only = f" ({', '.join(whose)})" if whose else ""
    when = _say("made, kept equal" if field.on_update else "made", language)
    return f"| `{field.target_field}`{only} | {_say(field.value, language)} | {when} |\n"


def _say(word: str, language: Language) -> str:
    return DUTCH[word] if language == "nl" else word.replace("_", " ")
