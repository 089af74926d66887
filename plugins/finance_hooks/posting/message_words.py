"""Say in Dutch and English what people are told of a run."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from finance_hooks.model.park_reason_text import Language
from finance_hooks.posting.problem import ProblemKind
from finance_hooks.posting.statement_words import say_amount, say_instant

K = ProblemKind
KINDS: Mapping[ProblemKind, tuple[str, str]] = MappingProxyType(
    {
        K.ROW_WRONG: ("Regel van administrations.csv is fout", "Row of administrations.csv is wrong"),
        K.NIGHT_MISSED: ("Nacht gemist", "Night missed"),
        K.DEADLINE_MISSED: ("Niet op tijd klaar", "Not done in time"),
        K.TOKEN_GONE: ("Toestemming weg", "Consent gone"),
        K.TASK_FAILED: ("Stap mislukt", "Step failed"),
        K.UNCLEAR: ("Onduidelijk", "Unclear"),
        K.DIFFERENT: ("Verschil met de boeken", "Different from the books"),
        K.FORGOTTEN: ("Geboekt en vergeten", "Booked and forgotten"),
        K.NOT_ACCOUNTED: ("Niet verantwoord", "Not accounted for"),
        K.PARKED: ("Geparkeerd", "Parked"),
        K.FINDING: ("Bevinding na boeking", "Finding after booking"),
        K.LIMIT_REACHED: ("Limiet bereikt", "Limit reached"),
    }
)
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "all_well": ("alles geboekt", "all booked"),
        "reminder": ("nog open", "still open"),
        "news": ("actie nodig", "action needed"),
        "deadline": ("niet klaar om {deadline}", "not done by {deadline}"),
        "administration": ("Administratie", "Administration"),
        "run": ("Run", "Run"),
        "concluded": ("De run is klaar.", "The run is done."),
        "under_way": (
            "De run is nog bezig: de cijfers gaan tot nu toe, en de vergelijking met de boeken volgt nog.",
            "The run goes on: figures are up to now, and the comparison with the books is still to come.",
        ),
        "watched": ("Stand van dit moment.", "As it stands now."),
        "booked": ("Geboekt", "Booked"),
        "already_booked": ("Was al geboekt", "Booked already"),
        "parked": ("Geparkeerd", "Parked"),
        "waiting": ("Wacht op een volgende run", "Waits for a later run"),
        "unknown": ("Onduidelijk", "Unclear"),
        "difference": ("Verschil met de boeken", "Difference from the books"),
        "new": ("NIEUW", "NEW"),
        "known": ("AL BEKEND", "KNOWN ALREADY"),
        "nothing": ("Er is niets te doen.", "There is nothing to do."),
        "only_known": (
            "Er is niets nieuws. Wat hieronder staat is al eerder gemeld en staat nog open.",
            "There is no news. What stands below was told before and is still open.",
        ),
        "solved": ("Opgelost sinds het vorige bericht: {count}.", "Solved since the last message: {count}."),
        "since": ("gemeld sinds {since}", "told since {since}"),
        "more": ("en nog {count}", "and {count} more"),
        "what_to_do": ("Wat te doen", "What to do"),
        "look": ("Bekijken", "Look"),
        "the_link": ("De koppeling", "The link"),
        "row_wrong": (
            "Van deze administratie wordt niets geboekt. {problems}",
            "Nothing of this administration is booked. {problems}",
        ),
        "night_missed": (
            "Vannacht is geen run gestart. Er is niets verloren: de volgende run haalt alles in.",
            "No run has started tonight. Nothing is lost: the next run makes up for it.",
        ),
        "deadline_missed": (
            "De run van vannacht is begonnen en nog niet klaar.",
            "The run of tonight has begun and is not done yet.",
        ),
        "never_authorised": (
            "De applicatie is nog niet geautoriseerd: kies Autoriseer applicatie.",
            "The application was never authorised: choose Authorise application.",
        ),
        "token_gone": (
            "De toestemming is sinds {since} weg: kies Autoriseer applicatie. {why}",
            "The consent is gone since {since}: choose Authorise application. {why}",
        ),
        "task_failed": (
            "De stap is mislukt; het logboek van de stap zegt waarom.",
            "The step failed; its log says why.",
        ),
        "different": ("Bron en boeken verschillen {amount}.", "Source and books differ by {amount}."),
        "forgotten": (
            "In {place} staat een boeking met een kenmerk van ons dat wij niet kennen.",
            "In {place} stands a booking with a reference of ours that we do not know.",
        ),
        "not_accounted": (
            "Niet elk document is verantwoord: een fout van ons. Waarschuw de beheerder.",
            "Not every document is accounted for: a fault of ours. Tell the engineer.",
        ),
        "unclear": (
            "Niet bekend of dit document geboekt is; de boeken worden eerst gevraagd.",
            "It is not known whether this document is booked; the books are asked first.",
        ),
        "limit_reached": (
            "{count} documenten wachten tot {until}; daarna gaan ze vanzelf. {why}",
            "{count} documents wait until {until}; then they go by themselves. {why}",
        ),
        "finding_drift": (
            "21QUBZ heeft het document gewijzigd nadat het geboekt was.",
            "21QUBZ changed the document after it was booked.",
        ),
        "finding_withdrawn": (
            "21QUBZ heeft het document teruggenomen nadat het geboekt was.",
            "21QUBZ took the document back after it was booked.",
        ),
        "finding_missing_in_books": (
            "De boeking staat niet meer in het pakket.",
            "The booking is no longer in the package.",
        ),
        "finding_amount_differs": (
            "De boeking staat anders in het pakket dan zij is verzonden.",
            "The booking stands in the package otherwise than it was sent.",
        ),
        "finding_booked_twice": (
            "Er staat meer dan één boeking van dit document in het pakket.",
            "More than one booking of this document stands in the package.",
        ),
        "finding_result_refused": (
            "21QUBZ neemt het resultaat van dit document niet aan.",
            "21QUBZ does not take the result of this document.",
        ),
    }
)


def say(key: str, language: Language, **parts: object) -> str:
    """Return the words of a key, with amounts and instants as the language writes them."""
    dutch, english = WORDS[key]
    shown = {name: _shown(part, language) for name, part in parts.items()}
    return (dutch if language == "nl" else english).format(**shown).strip()


def say_kind(kind: ProblemKind, language: Language) -> str:
    """Name a kind of problem."""
    dutch, english = KINDS[kind]
    return dutch if language == "nl" else english


def _shown(part: object, language: Language) -> object:
    if isinstance(part, Decimal):
        return say_amount(part, language)
    return say_instant(part) if isinstance(part, datetime) else part
