"""Say in Dutch and English what the doctor looked at and what it found."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from finance_hooks.model.park_reason_text import Language


class Health(StrEnum):
    """How one thing is: in order, worth a look, or in the way of booking."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


class Look(StrEnum):
    """What is looked at."""

    ROW = "administrations.csv"
    STORE = "store"
    INSTALLATION = "installation"
    TABLES = "mapping tables"
    FILES = "mapping files"
    SOURCE = "source"
    FOLDER = "folder of files"
    CONNECTION = "connection, token, rights"
    LIMITS = "limits left"
    CHART = "chart"
    ADMINISTRATION = "administration"
    PERIOD = "period of today"
    JOURNALS = "journals"
    PREFLIGHT = "preflight"


LOOKS: Mapping[Look, str] = MappingProxyType(
    {
        Look.ROW: "administrations.csv",
        Look.STORE: "store",
        Look.INSTALLATION: "installatie",
        Look.TABLES: "mappingtabellen",
        Look.FILES: "mappingbestanden",
        Look.SOURCE: "21QUBZ",
        Look.FOLDER: "map voor bestanden",
        Look.CONNECTION: "verbinding, token, rechten",
        Look.LIMITS: "aanroepen over",
        Look.CHART: "stamgegevens",
        Look.ADMINISTRATION: "administratie",
        Look.PERIOD: "periode van vandaag",
        Look.JOURNALS: "dagboeken",
        Look.PREFLIGHT: "preflight",
    }
)
HEALTHS: Mapping[Health, str] = MappingProxyType(
    {Health.OK: "goed", Health.WARNING: "let op", Health.WRONG: "fout"}
)
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "store": ("antwoordt en heeft elke migratie", "it answers and has every migration"),
        "folder": (
            "{location} is te openen; er liggen {count} manifesten",
            "{location} can be opened; it holds {count} manifests",
        ),
        "stopped": (
            "{environment}; verzenden is gestopt door {who}: {why}",
            "{environment}; sending is stopped by {who}: {why}",
        ),
        "sends": ("{environment}; er wordt verzonden", "{environment}; it sends"),
        "sends_not": (
            "{environment}; verzenden staat uit",
            "{environment}; sending is switched off",
        ),
        "tables": ("hun bestanden zijn in orde", "their files are in order"),
        "files": ("geen rij van een bestand is fout", "no row of any file is wrong"),
        "source": (
            "organisatie {code}, haar finance koppeling komt overeen",
            "organisation {code}, its finance link agrees",
        ),
        "not_needed": (
            "geen nodig: boekingen gaan per bestand, en niemand vraagt de boeken",
            "none is needed: entries go by file, and nobody asks the books",
        ),
        "works": ("de verbinding werkt. Gevonden, in het Engels:", ""),
        "works_not": ("de verbinding werkt niet. De melding, in het Engels:", ""),
        "error": ("hier gaat iets mis. De melding, in het Engels:", ""),
        "later": ("dit lukt nu niet; probeer het over {seconds} s nog eens. De melding, in het Engels:", ""),
        "try_again": ("", "Try again in {seconds} s."),
        "none_counted": ("er wordt geen geteld", "none are counted"),
        "left": (
            "{left} van {limit} over van {window}",
            "{left} of {limit} left of this {window}",
        ),
        "more_in": (", meer over {seconds} s", ", more in {seconds} s"),
        "reserve": (", {reserve} daarvan voor de nachten", ", {reserve} of them for nightly runs"),
        "country_unknown": ("land onbekend", "country unknown"),
        "currency_unknown": ("valuta onbekend", "currency unknown"),
        "country_differs": (
            "administrations.csv zegt land {country}",
            "administrations.csv says country {country}",
        ),
        "currency_differs": (
            "de organisatie houdt haar boeken in {currency}",
            "the organisation keeps its books in {currency}",
        ),
        "period": (
            "{today} ligt in een periode die niet gesloten is",
            "{today} lies in a period that is not closed",
        ),
        "journals": (
            "{count} gevonden, die van de tabel zijn te gebruiken",
            "{count} there, those of the table can be used",
        ),
        "preflight": (
            "geen rij van de mappingtabellen is fout",
            "no row of the mapping tables is wrong",
        ),
        "faults": ("{count} fouten. {said}", "{count} faults. {said}"),
    }
)
WINDOWS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {60: ("deze minuut", "minute"), 3600: ("dit uur", "hour"), 86400: ("vandaag", "day")}
)


def say(language: Language, key: str, **values: object) -> str:
    """Say one thing; what is quoted from elsewhere has no words of ours in English."""
    dutch, english = WORDS[key]
    return (dutch if language == "nl" else english).format(**values)


def say_look(look: Look, language: Language) -> str:
    """Say what is looked at."""
    return LOOKS[look] if language == "nl" else look.value


def say_health(health: Health, language: Language) -> str:
    """Say how it is."""
    return HEALTHS[health] if language == "nl" else health.value


def say_window(length_s: int, language: Language) -> str:
    """Say of which window of time."""
    dutch, english = WINDOWS.get(length_s, (f"{length_s} s", f"{length_s} s"))
    return dutch if language == "nl" else english
