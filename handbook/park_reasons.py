"""Write the page of all reasons for which a document is parked, of what preflight finds, and of warnings."""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.model.document_warning import SENTENCES
from finance_hooks.model.park_reason import Actor
from finance_hooks.model.park_reason_text import Language, reason_texts
from finance_hooks.model.preflight_fault import fault_texts
from handbook.tables import code, table

ACTORS: Mapping[Language, Mapping[Actor, str]] = MappingProxyType(
    {
        "nl": {Actor.SOURCE: "21QUBZ", Actor.BOOKKEEPER: "boekhouder", Actor.ENGINEER: "beheerder"},
        "en": {Actor.SOURCE: "21QUBZ", Actor.BOOKKEEPER: "bookkeeper", Actor.ENGINEER: "engineer"},
    }
)
HEAD: Mapping[Language, str] = MappingProxyType(
    {
        "nl": """# Parkeerredenen

Een geparkeerd document is niet geboekt en wacht op een mens. Het noemt al zijn redenen. Herstel ze waar de
laatste kolom het zegt; de volgende nacht wordt het document vanzelf opnieuw aangeboden. Stap voor stap:
[wat te doen](../../../plugins/finance_hooks/web/runbook/nl.md#parked). Wat meer uitleg vraagt dan een zin
staat in het [runbook](../runbook.md#geparkeerde-documenten).

Een reden die begint met een bestand en een regel (`exactonline/journals.csv:7: …`) vond de preflight,
voordat er iets verzonden was: verbeter die rij of die code.

""",
        "en": """# Park reasons

A parked document is not booked and waits for a person. It names all its reasons. Cure them where the last
column says; the next night offers the document again by itself. Step by step:
[what to do](../../plugins/finance_hooks/web/runbook/en.md#parked). What takes more than a sentence stands
in the [runbook](../runbook.md#parked-documents).

A reason whose detail begins with a file and line (`exactonline/journals.csv:7: …`) was found by preflight,
before anything was sent: correct that row or that code.

""",
    }
)
WORDS: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        "nl": {
            "reasons": "Redenen",
            "who": "Wie",
            "what": "Wat er is",
            "cure": "Wat te doen",
            "faults": "Wat de preflight vindt",
            "held": "Elke rij van de mappingbestanden, gehouden naast het pakket.",
            "fault": "Fout",
            "parks": "Parkeert als",
            "warnings": "Waarschuwingen",
            "noted": "Wat opvalt en toch geboekt wordt.",
        },
        "en": {
            "reasons": "Reasons",
            "who": "Who",
            "what": "What it is",
            "cure": "What to do",
            "faults": "What preflight finds",
            "held": "Every row of the mapping files, held against the package.",
            "fault": "Fault",
            "parks": "Parks as",
            "warnings": "Warnings",
            "noted": "What is remarkable and booked all the same.",
        },
    }
)


def write_park_reasons(language: Language) -> str:
    """Write every reason with its sentence and remedy, every fault of preflight, every warning."""
    words, actors, dutch = WORDS[language], ACTORS[language], language == "nl"
    reasons = [
        (code(each), actors[text.actor], *((text.nl, text.remedy_nl) if dutch else (text.en, text.remedy_en)))
        for each, text in reason_texts().items()
    ]
    faults = [
        (code(each), code(text.reason), *((text.nl, text.remedy_nl) if dutch else (text.en, text.remedy_en)))
        for each, text in fault_texts().items()
    ]
    warnings = [(code(each), nl if dutch else en) for each, (nl, en) in SENTENCES.items()]
    return (
        f"{HEAD[language]}## {words['reasons']}\n\n"
        f"{table(('Code', words['who'], words['what'], words['cure']), reasons)}\n"
        f"## {words['faults']}\n\n{words['held']}\n\n"
        f"{table((words['fault'], words['parks'], words['what'], words['cure']), faults)}\n"
        f"## {words['warnings']}\n\n{words['noted']}\n\n"
        f"{table(('Code', words['what']), warnings)}"
    )
