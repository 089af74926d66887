"""Write the page of the states of a posting and the moves between them."""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.posting_state import MOVES, PostingState
from finance_hooks.web.texts import say
from handbook.tables import code, codes, table

S = PostingState
MEANING: Mapping[PostingState, tuple[str, str]] = MappingProxyType(
    {
        S.PENDING: (
            "moet nog verzonden worden; een volgende run doet dat",
            "is still to be sent; a later run does so",
        ),
        S.SENDING: ("geclaimd; de aanroep kan onderweg zijn", "claimed; the request may be under way"),
        S.DELIVERED: (
            "als bestand afgeleverd, nog niet in de boeken gezien",
            "handed over as a file, not seen in the books yet",
        ),
        S.BOOKED: (
            "staat in de boeken, met het nummer van het pakket",
            "stands in the books, with the package's own number",
        ),
        S.UNKNOWN: (
            "misschien geboekt: het antwoord ging verloren. De boeken beslissen",
            "perhaps booked: the answer was lost. The books decide",
        ),
        S.PARKED: ("niet geboekt; een mens moet iets doen", "not booked; a person has to act"),
    }
)
HEAD: Mapping[Language, str] = MappingProxyType(
    {
        "nl": """# Standen

Een *posting* is het boeken van één document in één administratie. Zij staat altijd in precies één van deze
standen. De database weigert elke andere overgang, en schrijft elke overgang op. Waarom deze:
[de belofte](../never-twice.md).

""",
        "en": """# States

A *posting* is bringing one document into one set of books. It is always in exactly one of these states. The
database refuses every other move, and writes each move down. Why these: [the promise](../never-twice.md).

""",
    }
)
COLUMNS: Mapping[Language, tuple[tuple[str, ...], str, tuple[str, ...]]] = MappingProxyType(
    {
        "nl": (("Stand", "Op de pagina", "Betekenis"), "Overgangen", ("Stand", "Naar", "Vanuit")),
        "en": (("State", "On the page", "Meaning"), "Moves", ("State", "To", "From")),
    }
)


def write_states(language: Language) -> str:
    """Write every state, what it means, what the pages call it, and where it can go."""
    head, moves_title, moves_head = COLUMNS[language]
    states = [
        (code(state), say(language, f"state.{state}"), nl if language == "nl" else en)
        for state, (nl, en) in MEANING.items()
    ]
    moves = [(code(state), codes(_next_of(state)) or "-", codes(_before(state)) or "-") for state in S]
    return f"{HEAD[language]}{table(head, states)}\n## {moves_title}\n\n{table(moves_head, moves)}"


def _next_of(state: PostingState) -> list[PostingState]:
    return [other for other in S if (state, other) in MOVES]


def _before(state: PostingState) -> list[PostingState]:
    return [other for other in S if (other, state) in MOVES]
