"""Write the page of all reasons for which a document is parked, of what preflight finds, and of warnings."""

from finance_hooks.model.document_warning import SENTENCES
from finance_hooks.model.park_reason import Actor
from finance_hooks.model.park_reason_text import reason_texts
from finance_hooks.model.preflight_fault import fault_texts
from handbook.tables import code, table

ACTORS = {Actor.SOURCE: "21QUBZ", Actor.BOOKKEEPER: "boekhouder · bookkeeper", Actor.ENGINEER: "engineer"}

HEAD = """# Parkeerredenen · Park reasons

Een geparkeerd document is niet geboekt en wacht op een mens. Het noemt al zijn redenen. Herstel ze waar de
laatste kolom het zegt; de volgende nacht wordt het document vanzelf opnieuw aangeboden. Wat meer uitleg
vraagt dan een zin staat in het [runbook](../runbook.md#parked-documents).

A parked document is not booked and waits for a person. It names all its reasons. Cure them where the last
column says; the next night offers the document again by itself. What takes more than a sentence stands in
the [runbook](../runbook.md#parked-documents).

A reason whose detail begins with a file and line (`exactonline/journals.csv:7: …`) was found by preflight,
before anything was sent: correct that row or that code.

"""


def write_park_reasons() -> str:
    """Write every reason with its sentence and remedy in both languages, then every fault of preflight."""
    reasons = [
        (code(each), ACTORS[text.actor], text.nl, text.remedy_nl) for each, text in reason_texts().items()
    ]
    reasons_en = [
        (code(each), ACTORS[text.actor], text.en, text.remedy_en) for each, text in reason_texts().items()
    ]
    faults = [
        (code(each), code(text.reason), text.nl, text.remedy_nl) for each, text in fault_texts().items()
    ]
    faults_en = [
        (code(each), code(text.reason), text.en, text.remedy_en) for each, text in fault_texts().items()
    ]
    warnings = [(code(each), nl, en) for each, (nl, en) in SENTENCES.items()]
    return (
        f"{HEAD}## Nederlands\n\n"
        f"{table(('Code', 'Wie', 'Wat er is', 'Wat te doen'), reasons)}\n"
        "### Wat de preflight vindt\n\nElke rij van de mappingbestanden, gehouden naast het pakket.\n\n"
        f"{table(('Fout', 'Parkeert als', 'Wat er is', 'Wat te doen'), faults)}\n"
        f"## English\n\n{table(('Code', 'Who', 'What it is', 'What to do'), reasons_en)}\n"
        "### What preflight finds\n\nEvery row of the mapping files, held against the package.\n\n"
        f"{table(('Fault', 'Parks as', 'What it is', 'What to do'), faults_en)}\n"
        "## Waarschuwingen · Warnings\n\n"
        "Wat opvalt en toch geboekt wordt. What is remarkable and booked all the same.\n\n"
        f"{table(('Code', 'Nederlands', 'English'), warnings)}"
    )
