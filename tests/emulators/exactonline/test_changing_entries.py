"""Changing and deleting entries, memorials, and what is processed or closed."""

import pytest

from tests.emulators.exactonline_client import Body, ExactClient, message

ENTRIES = "salesentry/SalesEntries"
LINES = "salesentry/SalesEntryLines"


@pytest.fixture
def entry(client: ExactClient) -> Body:
    """A sales entry of two lines."""
    lines = [client.line("80502", 100, VATCode="4"), client.line("80503", 50, VATCode="4")]
    content: Body = client.sale("10045", lines, YourRef="A1").json()["d"]
    return content


def _lines(client: ExactClient, entry: Body) -> list[Body]:
    return client.rows(LINES, filter=f"EntryID eq guid'{entry['EntryID']}'", orderby="LineNumber")


def test_head_takes_changed_fields_only(client: ExactClient, entry: Body) -> None:
    answer = client.put(f"{ENTRIES}(guid'{entry['EntryID']}')", {"Description": "Anders"})

    changed = client.get(f"{ENTRIES}(guid'{entry['EntryID']}')").json()["d"]
    assert (answer.status_code, answer.text) == (204, "")
    assert (changed["Description"], changed["YourRef"], changed["EntryNumber"]) == ("Anders", "A1", 26700001)


def test_whole_entity_sent_back_collides_with_itself(client: ExactClient, entry: Body) -> None:
    answer = client.put(f"{ENTRIES}(guid'{entry['EntryID']}')", entry)

    assert (answer.status_code, message(answer)) == (500, "Gegeven bestaat reeds")


def test_lines_do_not_go_with_the_head(client: ExactClient, entry: Body) -> None:
    answer = client.put(
        f"{ENTRIES}(guid'{entry['EntryID']}')", {"SalesEntryLines": [client.line("80502", 1)]}
    )

    assert answer.status_code == 400
    assert "Binding to new entities is not allowed" in message(answer)


def test_lines_are_added_changed_and_taken_out_one_by_one(client: ExactClient, entry: Body) -> None:
    first = _lines(client, entry)[0]

    added = client.post(LINES, client.line("80504", 10, VATCode="4", EntryID=entry["EntryID"]))
    changed = client.put(f"{LINES}(guid'{first['ID']}')", {"AmountFC": 200})
    deleted = client.delete(f"{LINES}(guid'{_lines(client, entry)[1]['ID']}')")

    assert (added.status_code, changed.status_code, deleted.status_code) == (201, 204, 204)
    assert client.ledger(entry["EntryID"]) == {
        "13011": 254.1,
        "80502": -200,
        "80504": -10,
        "16221": -44.1,
    }


def test_last_line_takes_the_entry_with_it(client: ExactClient, entry: Body) -> None:
    for line in _lines(client, entry):
        client.delete(f"{LINES}(guid'{line['ID']}')")

    answer = client.get(f"{ENTRIES}(guid'{entry['EntryID']}')")

    assert answer.status_code == 404
    assert client.ledger(entry["EntryID"]) == {}


def test_deleted_entry_leaves_a_gap_in_the_numbers(client: ExactClient, entry: Body) -> None:
    answer = client.delete(f"{ENTRIES}(guid'{entry['EntryID']}')")

    following = client.sale("10045", [client.line("80502", 1)]).json()["d"]
    assert answer.status_code == 204
    assert following["EntryNumber"] == 26700002


def test_processed_entry_is_left_alone(client: ExactClient, entry: Body) -> None:
    client.switch(final_after_s=0)

    answers = [
        client.put(f"{ENTRIES}(guid'{entry['EntryID']}')", {"Description": "x"}),
        client.delete(f"{ENTRIES}(guid'{entry['EntryID']}')"),
    ]

    status = client.get(f"{ENTRIES}(guid'{entry['EntryID']}')").json()["d"]["Status"]
    assert [message(answer) for answer in answers] == ["Reeds verwerkt", "Reeds verwerkt"]
    assert status == 50


def test_entry_in_a_period_closed_since_is_left_alone(client: ExactClient, entry: Body) -> None:
    client.switch(closed_periods="2026/10")

    answer = client.delete(f"{ENTRIES}(guid'{entry['EntryID']}')")

    assert message(answer) == "Periode is afgesloten: [2026] \u2013 [10]"


def test_document_is_linked_afterwards(client: ExactClient, entry: Body) -> None:
    document = client.post("documents/Documents", {"Subject": "Factuur", "Type": 10}).json()["d"]

    client.put(f"{ENTRIES}(guid'{entry['EntryID']}')", {"Document": document["ID"]})

    changed = client.get(f"{ENTRIES}(guid'{entry['EntryID']}')").json()["d"]
    assert (changed["Document"], changed["DocumentSubject"]) == (document["ID"], "Factuur")


def test_unbalanced_memorial_names_period_and_difference(client: ExactClient) -> None:
    client.switch(user_language="en")
    lines = [client.line("14305", 1250, Date="2025-12-31"), client.line("20001", -250, Date="2025-12-31")]

    answer = client.memorial(lines)

    assert message(answer) == (
        "This entry is not balanced on: 2025 / 12 (Type: Other) - Difference: EUR 1.000,00"
    )


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([("13011", 10, {}), ("20001", -10, {})], "Verplicht: Relatie"),
        ([("80590", 10, {}), ("20001", -10, {})], "Niet toegestaan: Btw-code"),
        ([("20001", 10, {"VATCode": "4"}), ("20001", -10, {})], "Niet toegestaan: Btw-code"),
        (
            [("20001", 10, {"Date": "2026-08-31"}), ("20001", -10, {"Date": "2026-08-31"})],
            "Periode is afgesloten",
        ),
        ([("80501", 10, {"VATCode": ""}), ("20001", -10, {})], "Verplicht: Kostenplaats"),
    ],
)
def test_memorial_that_does_not_fit_is_refused(
    client: ExactClient, lines: list[tuple[str, float, Body]], text: str
) -> None:
    answer = client.memorial([client.line(account, amount, **more) for account, amount, more in lines])

    assert answer.status_code == 500
    assert message(answer).startswith(text)


@pytest.mark.parametrize(
    ("journal", "text"), [("70", "Ongeldig: Dagboek (type)"), (None, "Verplicht: Dagboek")]
)
def test_memorial_needs_a_general_journal(client: ExactClient, journal: str | None, text: str) -> None:
    answer = client.memorial([client.line("20001", 0)], JournalCode=journal)

    assert message(answer) == text


def test_memorial_may_touch_a_debtor_it_names(client: ExactClient) -> None:
    debtor = client.relation("10045")
    wrong = client.relation("70020")
    against = client.line("20001", -10)

    taken = client.memorial([client.line("13011", 10, Account=debtor), against])
    refused = client.memorial([client.line("13011", 10, Account=wrong), against])

    assert taken.status_code == 201
    assert message(refused) == "Ongeldig: Klant (Type)"


def test_server_adds_vat_lines_where_the_journal_allows_vat(client: ExactClient) -> None:
    lines = [client.line("43201", 100, VATCode="4"), client.line("20001", -121)]

    entry = client.memorial(lines, JournalCode="91").json()["d"]

    assert client.ledger(entry["EntryID"]) == {"43201": 100, "13305": 21, "20001": -121}


def test_memorial_is_deleted_and_never_changed(client: ExactClient) -> None:
    entry = client.memorial([client.line("20001", 1), client.line("14305", -1)]).json()["d"]
    path = f"generaljournalentry/GeneralJournalEntries(guid'{entry['EntryID']}')"

    changed = client.put(path, {"Currency": "USD"})
    deleted = client.delete(path)

    assert (changed.status_code, deleted.status_code) == (405, 204)
    assert client.ledger(entry["EntryID"]) == {}
