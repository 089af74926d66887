"""What other people's clients send and expect, and other tests' clients did not."""

import base64

import pytest
from lxml import etree

from emulators.exactonline.atom import ATOM
from tests.emulators.exactonline_client import Body, ExactClient, message

ENTRIES = "salesentry/SalesEntries"
NOWHERE = "223f2bdd-5bd3-4cac-8e46-1ca28c5a01f2"


def test_attachment_may_be_base64_in_lines(client: ExactClient) -> None:
    document = client.post("documents/Documents", {"Subject": "Factuur", "Type": 10}).json()["d"]["ID"]
    content = base64.encodebytes(b"%PDF-1.4" * 20).decode()

    made = client.post(
        "documents/DocumentAttachments", {"Document": document, "FileName": "f.pdf", "Attachment": content}
    )

    assert content.count("\n") > 1
    assert (made.status_code, made.json()["d"]["FileSize"]) == (201, 160)


def test_change_of_an_entry_may_repeat_its_key(client: ExactClient) -> None:
    key = client.sale("10045", [client.line("80502", 1)]).json()["d"]["EntryID"]

    answer = client.put(f"{ENTRIES}(guid'{key}')", {"EntryID": key, "Description": "Anders"})

    shown = client.get(f"{ENTRIES}(guid'{key}')").json()["d"]
    assert (answer.status_code, shown["EntryID"], shown["Description"]) == (204, key, "Anders")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("salesentry/SalesEntryLines", "ProjectWBS,ProjectWBSDescription,TaxSchedule"),
        ("purchaseentry/PurchaseEntryLines", "Expense,ExpenseDescription"),
        ("generaljournalentry/GeneralJournalEntryLines", "ProjectWBS,ProjectWBSDescription"),
        ("financialtransaction/TransactionLines", "ProjectWBS,ProjectWBSDescription,SerialNumber"),
        ("sync/Financial/TransactionLines", "ProjectWBS,SerialNumber"),
        ("financial/GLAccounts", "DescriptionTermID"),
        ("crm/Addresses", "FreeBoolField_01,FreeDateField_02,FreeNumberField_03,FreeTextField_05,Source"),
        ("bulk/CRM/Accounts", "ID,BankAccounts"),
        ("sync/CRM/Accounts", "ID,BankAccounts"),
        ("bulk/Financial/GLAccounts", "ID,DeductibilityPercentages"),
        ("read/financial/ReceivablesList", "HID,Id"),
        ("hrm/Divisions", "CountryDescription,CurrencyDescription,Class_01"),
        ("system/Divisions", "Class_05"),
    ],
)
def test_every_field_that_the_vendors_page_lists_can_be_selected(
    client: ExactClient, path: str, fields: str
) -> None:
    assert client.get(path, select=fields).status_code == 200


def test_field_of_the_other_list_of_divisions_does_not_exist(client: ExactClient) -> None:
    answer = client.get("hrm/Divisions", select="Code,AddressLine1")

    assert message(answer).startswith("No property AddressLine1 exists in type ")


@pytest.mark.parametrize("name", ["Project", "ProjectWBS"])
def test_no_line_can_name_a_project(client: ExactClient, name: str) -> None:
    answer = client.sale("10045", [client.line("80502", 1, **{name: NOWHERE})])

    assert message(answer) == "Ongeldige referentie: Project"


def test_vat_percentages_are_read_and_not_written(client: ExactClient) -> None:
    row = client.rows("vat/VatPercentages")[0]

    posted = client.post("vat/VatPercentages", {"VATCodeID": row["VATCodeID"], "Percentage": 0.2})
    put = client.put(f"vat/VatPercentages(guid'{row['ID']}')", {"Percentage": 0.2})

    assert (posted.status_code, put.status_code) == (405, 405)


def test_document_categories_are_listed_and_folders_kept(client: ExactClient) -> None:
    general = client.rows("documents/DocumentCategories", select="ID", filter="Description eq 'General'")
    body: Body = {"Code": "INK", "Description": "Inkoop"}

    folder = client.post("documents/DocumentFolders", body).json()["d"]
    refused = client.post("documents/DocumentFolders", {"Code": "INK2"})

    assert len(general) == 1
    assert (folder["Code"], folder["Description"]) == ("INK", "Inkoop")
    assert message(refused) == "Verplicht: Omschrijving"


@pytest.mark.parametrize("word", ["datetime", "DateTime"])
def test_literals_are_named_in_any_case(client: ExactClient, word: str) -> None:
    answer = client.get("crm/Accounts", select="ID", filter=f"Modified ge {word}'2020-01-01T00:00:00'")

    assert answer.json()["d"]["results"]


@pytest.mark.parametrize(
    ("select", "shown"),
    [
        ("EntryID,SalesEntryLines/ID,SalesEntryLines/Description", {"__metadata", "ID", "Description"}),
        ("EntryID,SalesEntryLines/ID,SalesEntryLines", None),
        ("*,SalesEntryLines/ID", {"__metadata", "ID"}),
        ("SalesEntryLines/*", None),
    ],
)
def test_fields_of_unfolded_lines_are_selected_by_path(
    client: ExactClient, select: str, shown: set[str] | None
) -> None:
    client.sale("10045", [client.line("80502", 1)])

    line = client.rows(ENTRIES, select=select, expand="SalesEntryLines")[0]["SalesEntryLines"]["results"][0]

    assert set(line) == shown if shown else len(line) > 20


def test_field_that_linked_rows_do_not_have_is_refused(client: ExactClient) -> None:
    answer = client.get(ENTRIES, select="EntryID,SalesEntryLines/Foo", expand="SalesEntryLines")

    assert message(answer).startswith("No property Foo exists in type Exact.Metadata.Entity.SalesEntryLine ")


def test_the_user_is_counted_as_one(client: ExactClient) -> None:
    answer = client.session.get(
        f"{client.base}/api/v1/current/Me/$count", headers={"Accept": "*/*"}, timeout=5
    )

    assert answer.text == "1"


def test_options_without_a_value_are_left_out(client: ExactClient) -> None:
    names = ("$select", "$filter", "$expand", "$orderby", "$top", "$skip", "$inlinecount", "$skiptoken")

    answer = client.get("crm/Accounts?" + "&".join(f"{name}=" for name in names))

    assert len(answer.json()["d"]["results"]) == len(client.rows("crm/Accounts"))


@pytest.mark.parametrize("path", ["//{}/crm/Accounts", "/{}//crm//Accounts", "//current/Me"])
def test_double_slashes_are_one(client: ExactClient, path: str) -> None:
    answer = client.session.get(f"{client.base}/api/v1{path.format(client.division)}", timeout=5)

    assert answer.json()["d"]["results"]


def test_feed_has_a_link_to_itself_beside_that_to_its_next_page(client: ExactClient) -> None:
    client.control("load", {str(client.division): {"crm/Accounts": [{"Name": str(n)} for n in range(61)]}})

    root = etree.fromstring(client.get("crm/Accounts", headers={"Accept": "*/*"}).content)

    links = root.findall(f"{{{ATOM}}}link")
    edit = root.find(f"{{{ATOM}}}entry/{{{ATOM}}}link")
    assert [link.get("rel") for link in links] == ["self", "next"]
    assert edit is not None
    assert str(edit.get("href")).startswith("Accounts(guid'")


def test_division_that_does_not_exist_may_be_not_found(client: ExactClient) -> None:
    client.switch(unknown_division_status=404)
    client.division = 999

    answer = client.get("crm/Accounts", top=1)

    assert (answer.status_code, message(answer)) == (404, "Resource not found for the segment '999'.")


def test_changing_what_is_not_there_may_be_forbidden(client: ExactClient) -> None:
    path = f"financial/GLAccounts(guid'{NOWHERE}')"
    statuses = []
    for status in (404, 403):
        client.switch(unknown_key_status=status)
        statuses.append((client.delete(path).status_code, client.put(path, {}).status_code))

    assert statuses == [(404, 404), (403, 403)]
    assert client.get(path).status_code == 404
