"""Say everything on a statement in Dutch and English, amounts and dates too."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from finance_hooks.model.park_reason_text import Language
from finance_hooks.posting.work import BUSINESS_ZONE

_AMOUNT = re.compile(r"-?\d+\.\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTHS: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        "nl": (
            *("januari", "februari", "maart", "april", "mei", "juni"),
            *("juli", "augustus", "september", "oktober", "november", "december"),
        ),
        "en": (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
    }
)
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "title": ("Maandaansluiting", "Month-end statement"),
        "administration": ("Administratie", "Administration"),
        "organisation": ("Organisatie", "Organisation"),
        "proved_by": ("Boeken gelezen uit", "Books read from"),
        "compared_at": ("Vergeleken op", "Compared at"),
        "source_read": ("Bron gelezen tot wijziging van", "Source read up to changes of"),
        "made_by": ("Opgemaakt door", "Made by"),
        "reviewed_by": ("Beoordeeld door", "Reviewed by"),
        "agrees": (
            "Bron, store en boeken sluiten aan: verschil {difference}.",
            "Source, store and books agree: difference {difference}.",
        ),
        "differs": (
            "Bron, store en boeken sluiten NIET aan: verschil {difference}, {faults} boekingen wijken af.",
            "Source, store and books do NOT agree: difference {difference}, {faults} bookings differ.",
        ),
        "totals": ("Totaal", "Total"),
        "what": ("", ""),
        "source": ("Bron", "Source"),
        "store": ("Store", "Store"),
        "books": ("Boeken", "Books"),
        "difference": ("Verschil", "Difference"),
        "documents": ("Documenten", "Documents"),
        "gross": ("Bruto", "Gross"),
        "debit": ("Debet van onze boekingen", "Debit of our bookings"),
        "credit": ("Credit van onze boekingen", "Credit of our bookings"),
        "residue": ("waarvan omrekeningsverschil", "of which conversion residue"),
        "vat_rounding": ("Afronding verlegde btw door het pakket", "Rounding of shifted VAT by the package"),
        "journals": ("Per dagboek en periode", "Per journal and period"),
        "journal": ("Dagboek", "Journal"),
        "period": ("Periode", "Period"),
        "not_ours": ("Niet van ons", "Not ours"),
        "boxes": ("Btw-aangifte per rubriek", "VAT return per box"),
        "box": ("Rubriek", "Box"),
        "base_source": ("Grondslag bron", "Base in source"),
        "base_books": ("Grondslag boeken", "Base in books"),
        "vat_source": ("Btw bron", "VAT in source"),
        "vat_books": ("Btw boeken", "VAT in books"),
        "codes": ("Btw per code", "VAT per code"),
        "code": ("Code", "Code"),
        "parties": ("Openstaand uit onze boekingen", "Open from our bookings"),
        "party": ("Relatie", "Party"),
        "receivable": ("Te ontvangen ({count} relaties)", "Receivable ({count} parties)"),
        "payable": ("Te betalen ({count} relaties)", "Payable ({count} parties)"),
        "faults": ("Boekingen die afwijken", "Bookings that differ"),
        "document": ("Document", "Document"),
        "finding": ("Bevinding", "Finding"),
        "open": ("Openstaande punten", "Open points"),
        "state": ("Stand", "State"),
        "amount": ("Bedrag", "Amount"),
        "why": ("Reden", "Reason"),
        "others": (
            "Door anderen geboekt in dezelfde dagboeken en perioden",
            "Booked by others in the same journals and periods",
        ),
        "number": ("Boekstuk", "Entry"),
        "date": ("Datum", "Date"),
        "decisions": ("Besluiten van mensen", "Decisions of people"),
        "who": ("Wie", "Who"),
        "decided": ("Besluit", "Decision"),
        "nothing": ("Geen.", "None."),
        "more": ("En nog {count}; alle staan in de cijfers (CSV).", "And {count} more; all are in the CSV."),
        "untold": (
            "{count} boekingen noemen in het gelezen bestand dit niet: {what}. Dat is niet vergeleken.",
            "{count} bookings do not tell in the file that was read: {what}. That was not compared.",
        ),
        "forgotten": (
            "{count} boekingen dragen een kenmerk van ons en zijn niet als geboekt bekend.",
            "{count} bookings bear a reference of ours and are not known to be booked.",
        ),
        "after_reading": (
            "{count} documenten zijn geboekt na wat is gelezen en zijn niet vergeleken.",
            "{count} documents were booked after what was read and were not compared.",
        ),
        "signature": ("Ondertekening", "Signature"),
        "sign_text": (
            "Ik heb deze aansluiting en de cijfers met het onderstaande kenmerk beoordeeld.",
            "I have reviewed this statement and the figures with the digest below.",
        ),
        "name": ("Naam", "Name"),
        "role": ("Functie", "Role"),
        "signed_on": ("Datum", "Date"),
        "sign": ("Handtekening", "Signature"),
        "digest": ("SHA-256 van de cijfers (CSV)", "SHA-256 of the figures (CSV)"),
        "page": ("Pagina {page} van {pages}", "Page {page} of {pages}"),
        "parked": ("geparkeerd", "parked"),
        "pending": ("wacht", "waiting"),
        "sending": ("onbekend", "unknown"),
        "unknown": ("onbekend", "unknown"),
        "delivered": ("aangeleverd", "delivered"),
        "drift": ("gewijzigd na boeking", "changed after booking"),
        "withdrawn": ("ingetrokken na boeking", "withdrawn after booking"),
        "missing_in_books": ("niet in de boeken", "not in the books"),
        "amount_differs": ("anders geboekt", "booked otherwise"),
        "booked_twice": ("dubbel geboekt", "booked twice"),
        "held": ("vastgehouden", "held"),
        "released": ("vrijgegeven", "released"),
        "retried": ("opnieuw aangeboden", "offered again"),
        "sending_stopped": ("verzenden gestopt", "sending stopped"),
        "sending_resumed": ("verzenden hervat", "sending resumed"),
        "gross in the books' currency": ("bruto in de valuta van de boeken", "gross in the books' currency"),
        "ledger account": ("grootboekrekening", "ledger account"),
        "shifted VAT": ("verlegde btw", "shifted VAT"),
        "VAT": ("btw", "VAT"),
        "day": ("datum", "day"),
        "sent_booked": ("{what} verstuurd {sent}, geboekt {booked}", "{what} sent {sent}, booked {booked}"),
        "vat_codes": ("btw-codes", "VAT codes"),
        "currency": ("bedragen in vreemde valuta", "amounts in foreign currency"),
    }
)
"""Words by key, in Dutch and in English; a key without words is shown as it is."""


def say(key: str, language: Language, **parts: object) -> str:
    """Return the words of a key."""
    dutch, english = WORDS.get(key, (key.replace("_", " "),) * 2)
    return (dutch if language == "nl" else english).format(**parts)


def say_difference(what: str, sent: str, booked: str, language: Language) -> str:
    """Say of an amount, day or party that it is booked otherwise; `what` may end with a code."""
    word, code = what, ""
    while word and word not in WORDS:
        word, _, last = word.rpartition(" ")
        code = f"{last} {code}".strip()
    named = say(word, language) if word else ""
    # Sentences begin small, VAT stays as it is.
    small = named if named.isupper() else named[:1].lower() + named[1:]
    told = f"{small} {code}".strip()
    texts = [_say_text(text, language) for text in (sent, booked)]
    return say("sent_booked", language, what=told, sent=texts[0], booked=texts[1])


def say_month(month: date, language: Language) -> str:
    """Write a month, as `oktober 2026`."""
    return f"{MONTHS[language][month.month - 1]} {month.year}"


def say_amount(amount: Decimal, language: Language) -> str:
    """Write an amount as the language does: 1.234,56 or 1,234.56."""
    written = f"{amount:,.2f}"
    return written.translate(str.maketrans(",.", ".,")) if language == "nl" else written


def say_day(day: date | None) -> str:
    """Write a day, day first."""
    return "-" if day is None else f"{day:%d-%m-%Y}"


def say_instant(instant: datetime | None) -> str:
    """Write an instant as the clock shows it where the books are kept."""
    return "-" if instant is None else f"{instant.astimezone(BUSINESS_ZONE):%d-%m-%Y %H:%M}"


def _say_text(text: str, language: Language) -> str:
    """Write what is an amount or a day as such, and anything else as it is."""
    if _AMOUNT.fullmatch(text):
        return say_amount(Decimal(text), language)
    return say_day(date.fromisoformat(text)) if _DAY.fullmatch(text) else text
