"""Whoever may see one administration sees of all the others neither a word nor a number."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.access.books import Books, play_night
from tests.access.people import ACTOR, READER, Person
from tests.access.routes import ROUTES, Takes, ask

pytestmark = pytest.mark.xdist_group("airflow")

HERE, ELSEWHERE = "exact_nl", "exact_be"
TABLE = "exactonline/ledger_accounts.csv"
NEVER_PLAYED = ("twinfield_nl", "accountview_nl")
SEARCHES: tuple[dict[str, str], ...] = (
    {},
    {"state": "parked"},
    {"state": "booked"},
    {"number": "20"},
    {"amount": "0.01", "amount_to": "999999"},
    {"dated_from": "2020-01-01"},
    {"period": "2026"},
    {"sync_id": HERE},
    {"sync_id": HERE, "state": "parked"},
)
COUNTED = re.compile(r'<p role="status">([^<]+)</p>')
AGE = re.compile(r"\d+ \w+ ago")


def shown(person: Person, books: Books) -> dict[str, str]:
    """Return all that somebody is shown, by address, without what only time changes."""
    looked = [ask(person, where, books) for where in ROUTES if ROUTES[where].takes is not Takes.EDIT]
    looked += [person.ask("GET", "/finance/documents", params=search) for search in SEARCHES]
    assert {answer.status_code for answer in looked} == {200, 303}
    return {f"{one.request.method} {one.url}": AGE.sub("", one.text) for one in looked}


def found(words: Iterable[str], texts: Iterable[str]) -> set[str]:
    every = "\n".join(texts)
    return {word for word in words if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", every)}


@pytest.mark.parametrize("role", [READER, ACTOR])
def test_no_page_says_a_word_of_another_administration(
    people: Mapping[str, Person], books: Mapping[str, Books], role: str
) -> None:
    others = books[ELSEWHERE].words() - books[HERE].words() | set(NEVER_PLAYED)

    texts = shown(people[role], books[HERE]).values()

    assert found(others, texts) == set()
    every = shown(people["Viewer"], books[HERE]).values()
    assert found(others, every) >= {ELSEWHERE, "7654321", *NEVER_PLAYED}


def test_no_number_on_any_page_changes_with_the_nights_of_another_administration(
    people: Mapping[str, Person], books: Mapping[str, Books]
) -> None:
    mine, everything = (shown(people[role], books[HERE]) for role in (READER, "Viewer"))

    play_night(books[HERE].store_url, "afas_nl", seed=3)

    assert shown(people[READER], books[HERE]) == mine
    after = shown(people["Viewer"], books[HERE])
    changed = {
        address.partition("?")[0].rpartition("/finance")[2]
        for address in after
        if after[address] != everything[address]
    }
    assert changed >= {"/", "/documents", "/mapping", "/reconciliation", "/nights"}


@pytest.fixture
def mistakes(mappings: Path) -> Iterator[set[str]]:
    """Make mistakes in rows of both administrations, and return what stands in those of the other."""
    with added(mappings / TABLE, f"{HERE},8000,,,,\n{ELSEWHERE},untold,,,,\n{ELSEWHERE}\n"):
        yield {ELSEWHERE, "untold"}


@pytest.fixture
def claimed(mappings: Path) -> Iterator[str]:
    """Let a row that nobody here may see claim the same documents, and return its name."""
    path = mappings / "administrations.csv"
    (row,) = (row for row in path.read_text(encoding="utf-8").splitlines() if row.startswith(f"{HERE},"))
    with added(path, f"claims_too{row.removeprefix(HERE)}\n"):
        yield "claims_too"


@contextmanager
def added(path: Path, rows: str) -> Iterator[None]:
    """Add rows to a file for a while."""
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept + rows, encoding="utf-8")
    yield
    path.write_text(kept, encoding="utf-8")


def test_mistake_in_the_files_tells_nothing_of_the_rows_of_another_administration(
    people: Mapping[str, Person], books: Mapping[str, Books], mistakes: set[str]
) -> None:
    actor = people[ACTOR]

    told = list(shown(actor, books[HERE]).values())
    told.append(actor.ask("POST", f"/finance/links/{HERE}/examine").text)

    assert "target_account is empty" in told[-1]
    assert found(mistakes, told) == set()


def test_row_that_claims_the_same_documents_is_not_named(
    people: Mapping[str, Person], books: Mapping[str, Books], claimed: str
) -> None:
    addresses = ("/", f"/links/{HERE}", "/mapping", f"/mapping/{HERE}", "/documents", "/nights")

    told = [people[READER].ask("GET", f"/finance{address}").text for address in addresses]
    told.append(people[ACTOR].ask("POST", f"/finance/links/{HERE}/examine").text)

    assert "also goes where line" in told[0]
    assert found({claimed}, told) == set()
    assert books


def test_changed_file_does_not_tell_how_many_rows_others_have(
    people: Mapping[str, Person], books: Mapping[str, Books], mappings: Path
) -> None:
    where = ("POST", "/mapping/{sync_id}/change")
    before = ask(people[READER], where, books[HERE]).text

    with added(mappings / TABLE, f"{ELSEWHERE},untold,,,400000,\n"):
        after = ask(people[READER], where, books[HERE]).text
        everything = ask(people["Viewer"], where, books[HERE]).text

    assert "The file also changes rows of administrations that you may not see." in before
    assert after == before
    assert found({"untold"}, [everything]) == {"untold"}


@pytest.mark.parametrize("by", ["number", "party"])
def test_search_finds_nothing_of_another_administration_by_any_of_its_words(
    people: Mapping[str, Person], books: Mapping[str, Books], by: str
) -> None:
    words = sorted(books[ELSEWHERE].words() - books[HERE].words())

    answers = {
        role: [people[role].ask("GET", "/finance/documents", params={by: word}) for word in words]
        for role in (READER, "Viewer")
    }

    assert [one.text.count("Nothing was found.") for one in answers[READER]] == [1] * len(words)
    assert [one.text.count('id="unprepared"') for one in answers[READER]] == [0] * len(words)
    assert any("Nothing was found." not in one.text for one in answers["Viewer"])


def test_document_of_another_administration_is_not_there_under_any_address(
    people: Mapping[str, Person], books: Mapping[str, Books]
) -> None:
    theirs = books[ELSEWHERE]
    addresses = [
        f"/finance/documents/{HERE}/{theirs.parked()}",
        f"/finance/documents/{ELSEWHERE}/{theirs.parked()}",
        f"/finance/documents?sync_id={ELSEWHERE}",
        f"/finance/nights/{HERE}/{theirs.parts['run_id']}",
        f"/finance/reconciliation/{HERE}/{theirs.parts['period']}?journal=of%20nobody",
    ]

    answers = [people[READER].ask("GET", address) for address in addresses]

    assert [answer.status_code for answer in answers] == [404] * len(addresses)
    unknown = people[READER].ask("GET", f"/finance/documents/nowhere/{theirs.parked()}")
    assert [answer.text.replace(ELSEWHERE, "nowhere") for answer in answers[1:2]] == [unknown.text]


def test_whoever_acts_for_one_administration_decides_nothing_of_another(
    people: Mapping[str, Person], books: Mapping[str, Books]
) -> None:
    theirs, reason = books[ELSEWHERE], {"why": "x"}
    many = reason | {"sync_id": ELSEWHERE, "reason": theirs.parts["reason"], "act": "hold"}

    answers = [
        people[ACTOR].ask("POST", f"/finance/documents/{sync_id}/{theirs.parked()}/hold", data=reason)
        for sync_id in (HERE, ELSEWHERE)
    ]
    answers.append(people[ACTOR].ask("POST", "/finance/documents", data=many))

    assert [answer.status_code for answer in answers] == [404] * 3
    assert theirs.held_by() == set()
