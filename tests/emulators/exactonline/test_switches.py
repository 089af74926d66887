"""The other position of each switch that no other test moves."""

import pytest

from tests.emulators.exactonline_client import REDIRECT_URI, Body, ExactClient, message


def test_current_division_may_lie_outside_the_consent(client: ExactClient) -> None:
    client.switch(current_division_in_scope=False)

    user = client.session.get(f"{client.base}/api/v1/current/Me", timeout=5).json()["d"]["results"][0]

    assert user["CurrentDivision"] == 1234569


def test_license_may_lack_the_list_of_divisions(client: ExactClient) -> None:
    client.switch(hrm_divisions=False)

    assert client.get("hrm/Divisions").status_code == 404


def test_status_for_an_unknown_media_type_and_a_long_address_may_differ(client: ExactClient) -> None:
    client.switch(unacceptable_status=406, url_too_long_status=404)

    media = client.get("crm/Accounts", headers={"Accept": "application/xml"})
    long = client.get("crm/Accounts", filter="Name eq '" + "x" * 6000 + "'")

    assert (media.status_code, long.status_code) == (406, 404)


def test_body_may_be_larger(client: ExactClient) -> None:
    client.switch(body_limit_mb=38)

    answer = client.post("documents/Documents", {"Subject": "x", "Type": 10, "Body": "x" * 10_000_001})

    assert answer.status_code == 201


def test_list_with_top_may_come_as_results(client: ExactClient) -> None:
    client.switch(bare_list_with_top=False)

    assert len(client.get("hrm/Costcenters", top=1).json()["d"]["results"]) == 1


def test_post_may_answer_in_full_without_being_asked(client: ExactClient) -> None:
    client.switch(minimal_post_answer=False)

    answer = client.post("hrm/Costcenters", {"Code": "X", "Description": "x"}, headers={})

    assert answer.json()["d"]["Code"] == "X"


def test_number_may_stand_where_a_text_belongs(client: ExactClient) -> None:
    client.switch(number_for_text=True)

    answer = client.sale("10045", [client.line("80502", 1)], Journal=70)

    assert answer.json()["d"]["Journal"] == "70"


def test_bulk_may_be_filtered_by_every_field(client: ExactClient) -> None:
    client.switch(mixed_bulk_filters=True)

    answer = client.get("bulk/Financial/TransactionLines", select="ID", filter="Description eq 'x'")

    assert answer.status_code == 200


def test_vat_may_stand_in_the_ledger_per_line(client: ExactClient) -> None:
    client.switch(vat_lines="per_line")
    entry = client.sale("10045", [client.line("80502", 10), client.line("80503", 20)]).json()["d"]

    rows = client.rows(
        "financialtransaction/TransactionLines",
        filter=f"EntryID eq guid'{entry['EntryID']}' and GLAccountCode eq '16221'",
    )

    assert sorted(row["AmountDC"] for row in rows) == [-4.2, -2.1]


@pytest.mark.parametrize(
    ("switch", "fields", "field", "shown"),
    [
        ("entry_number_range", {"EntryNumber": 5}, "EntryNumber", 5),
        ("invoice_number_kept", {"InvoiceNumber": 5}, "InvoiceNumber", 26700001),
    ],
)
def test_own_numbers_may_be_treated_otherwise(
    client: ExactClient, switch: str, fields: Body, field: str, shown: int
) -> None:
    client.switch(**{switch: False})

    entry = client.sale("10045", [client.line("80502", 1)], **fields).json()["d"]

    assert entry[field] == shown


def test_lengths_may_differ(client: ExactClient) -> None:
    client.switch(description_length=255, your_ref_length=40)

    answer = client.sale("10045", [client.line("80502", 1)], Description="x" * 255, YourRef="x" * 40)

    assert answer.status_code == 201


def test_sales_entries_may_not_be_changed_at_all(client: ExactClient) -> None:
    client.switch(sales_entry_put=False)
    entry = client.sale("10045", [client.line("80502", 1)]).json()["d"]

    answer = client.put(f"salesentry/SalesEntries(guid'{entry['EntryID']}')", {"Description": "x"})

    assert answer.status_code == 405


def test_upload_may_need_its_debtor_line(client: ExactClient) -> None:
    client.switch(xml_control_line="required")
    body = (
        '<eExact><GLTransactions><GLTransaction><TransactionType number="20"/><Journal code="70"/>'
        '<Date>2026-10-31</Date><Account code="10045"/><GLTransactionLine type="20" line="1" status="20">'
        '<Date>2026-10-31</Date><GLAccount code="80502"/><Amount><Currency code="EUR"/><Value>-1</Value>'
        "</Amount></GLTransactionLine></GLTransaction></GLTransactions></eExact>"
    )

    answer = client.session.post(
        f"{client.base}/docs/XMLUpload.aspx?Topic=GLTransactions&_Division_={client.division}",
        data=body,
        timeout=5,
    )

    assert "<Description>Verplicht: Relatie</Description>" in answer.text


def test_token_calls_may_be_without_cap(stranger: ExactClient) -> None:
    stranger.switch(token_calls_per_day=0)

    statuses = {
        stranger.token(
            grant_type="authorization_code", code=stranger.code(), redirect_uri=REDIRECT_URI
        ).status_code
        for _ in range(201)
    }

    assert statuses == {200}


def test_texts_may_be_english(client: ExactClient) -> None:
    client.switch(user_language="en")

    answer = client.sale("10045", [client.line("80502", 1)], EntryDate="2026-08-31")

    assert message(answer) == "Period is closed: [2026] \u2013 [8]"
