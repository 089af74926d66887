"""Reading: objects, pages of rows, fields, order, and the form of answers."""

import pytest

from emulators.accountview.dictionary import objects, tables
from tests.emulators.accountview_client import AccountViewClient, line, message

ODD_KEYS = {"EXT_KEY"}


@pytest.mark.parametrize("code", sorted(objects()))
def test_every_object_shows_only_fields_of_its_dictionary(client: AccountViewClient, code: str) -> None:
    client.sales(1)

    found = client.read(code.lower())

    shape = objects()[code]
    assert list(found) == [shape.table, *shape.details]
    assert found[shape.table]
    for table in found:
        for row in found[table]:
            known = set(tables()[table]) | ODD_KEYS | {f"{shape.table}_Id"}
            assert set(row) <= known
            assert shape.has_id == (f"{shape.table}_Id" in row)


def test_lines_point_to_their_page_by_its_number_in_the_answer(client: AccountViewClient) -> None:
    client.sales(3)

    found = client.read("DJ2", PageSize=2, PageNumber=2)

    assert [(row["INV_NR"], row["DJ_PAGE_Id"]) for row in found["DJ_PAGE"]] == [("F3", 0)]
    assert [(row["AMOUNT"], row["DJ_PAGE_Id"]) for row in found["DJ_LINE"]] == [(3.0, 0)]


def test_the_main_table_comes_first_and_codes_are_texts(client: AccountViewClient) -> None:
    client.sales(1)

    (page,) = client.read("DJ2P")["DJ_PAGE"]

    assert page["PAGE_NR"] == "1"
    assert page["PAGE_NRD"] == "VRK         1"
    assert (page["PERIOD"], page["PAGE_AMT"], page["GROSS_FLG"]) == (10, 1.0, False)
    assert page["TRN_DATE"] == "2026-10-31T00:00:00"
    assert (page["MAND_DATE"], page["EXT_DESC"]) == ("", "")


def test_an_unknown_object_and_a_missing_one_are_refused(client: AccountViewClient) -> None:
    assert message(client.get(BusinessObject="OPI", PageSize=1)) == "Business object 'OPI' bestaat niet"
    assert client.get(PageSize=1).json() == {"Message": "BusinessObject is required."}


def test_fields_limit_the_answer_in_any_case_with_and_without_table(client: AccountViewClient) -> None:
    (row,) = client.filtered(
        "gl1", "acct_nr", "8110", Fields="ledger.acct_nr, ACCT_NA me,ledger.desc_fld,project.x"
    )["LEDGER"]
    assert set(row) == {"ACCT_NR", "ACCT_NAME", "EXT_KEY"}

    client.switch(fields_keep_system=True)
    (kept,) = client.filtered("gl1", "acct_nr", "8110", Fields="acct_nr")["LEDGER"]
    assert set(kept) >= {"ACCT_NR", "CNG_DATE", "INP_USR"}
    assert "ACCT_NAME" not in kept

    client.switch(unknown_fields="refused")
    assert "DESC_FLD" in message(client.get(BusinessObject="GL1", PageSize=1, Fields="desc_fld"))
    assert client.read("GL1", Fields="*")["LEDGER"][0]["ACCT_NAME"]


def test_rows_come_in_the_order_asked_for(client: AccountViewClient) -> None:
    asked = {"SortFields": "VAT_PCT, VAT_CODE", "SortOrder": "descending"}
    codes = [row["VAT_CODE"] for row in client.read("VA1", **asked)["VAT"]]

    assert codes[:3] == ["17", "16", "15"]
    assert client.get(BusinessObject="VA1", PageSize=1, SortFields="X").status_code == 400
    assert client.get(BusinessObject="VA1", PageSize=1, SortOrder="up").status_code == 400


def test_each_book_year_is_an_administration_of_its_own(client: AccountViewClient) -> None:
    client.sales(1)

    assert len(client.read("DJ2", BookDate="2026-01-01")["DJ_PAGE"]) == 1
    assert client.read("DJ2", BookDate="2025-12-31")["DJ_PAGE"] == []
    assert client.read("PER", BookDate="2025-06-01")["PERIODS"][0]["BEG_DATE"] == "2025-01-01T00:00:00"
    for year in (2023, 2028):
        answer = client.get(BusinessObject="DJ2", PageSize=1, BookDate=f"{year}-01-01")
        assert message(answer) == f"Er is geen administratie voor boekjaar {year}"
    assert client.get(BusinessObject="DJ2", PageSize=1, BookDate="31-12-2025").status_code == 400
    assert [row["ATS_YEAR"] for row in client.read("adl")["ADM_LIST"]] == ["2024", "2025", "2026", "2027"]


def test_next_years_administration_may_not_exist_yet(client: AccountViewClient) -> None:
    client.switch(years_ahead=0)
    assert client.get(BusinessObject="DJ2", PageSize=1, BookDate="2027-01-01").status_code == 400

    client.control("clock", {"set": "2027-01-01T00:30:00+01:00"})
    client.use(client.refresh().json())
    assert client.read("DJ2", BookDate="2027-01-01")["DJ_PAGE"] == []


@pytest.mark.parametrize(
    ("position", "status", "content"),
    [
        ("empty_arrays", 200, {"DJ_PAGE": [], "DJ_LINE": [], "USR_LINK": [], "PAGE_WF": []}),
        ("object", 200, {}),
        ("array", 200, []),
        ("404", 404, {"Message": "Not found."}),
    ],
)
def test_an_empty_result_has_the_form_that_is_set(
    client: AccountViewClient, position: str, status: int, content: object
) -> None:
    client.switch(empty_result=position)

    answer = client.get(BusinessObject="DJ2", PageSize=1)

    assert (answer.status_code, answer.json()) == (status, content)


def test_answers_take_the_other_forms_that_clients_defend_against(client: AccountViewClient) -> None:
    client.sales(1)
    client.switch(single_as_object=True, trailing_blanks=True, empty_date="null", whole_numbers="decimal")

    found = client.read("DJ2")

    assert found["DJ_PAGE"]["INV_NR"] == "F1          "
    assert found["DJ_PAGE"]["MAND_DATE"] is None
    assert isinstance(found["DJ_PAGE"]["PERIOD"], float)
    assert found["DJ_LINE"]["AMOUNT"] == 1.0
    assert found["USR_LINK"] == []
    client.switch(empty_date="1899")
    assert client.read("DJ2")["DJ_PAGE"]["MAND_DATE"] == "1899-12-30T00:00:00"


def test_system_data_shows_system_objects_only(client: AccountViewClient) -> None:
    assert client.get("AccountViewSystemData", businessobject="adl", pagesize=5).status_code == 200
    assert message(client.get("accountviewsystemdata", BusinessObject="GL1", PageSize=1))
    codes = {each["Code"]: each for each in client.get("accountviewsystembusinessobjects").json()}
    assert codes["DJ2"]["InsertAllowed"]
    assert not codes["GJ1"]["InsertAllowed"]
    assert set(codes["DJ2"]) == {"Code", "Description", "InsertAllowed", "UpdateAllowed", "DeleteAllowed"}


def test_the_object_codes_of_tables_without_a_published_one_are_looked_up(client: AccountViewClient) -> None:
    asked = {"Filter": "!EMPTY(dct_file.obj_code) AND dct_file.dbf_type=2"}
    found = {row["DBF_NAME"]: row["OBJ_CODE"] for row in client.read("dbf", **asked)["DCT_FILE"]}

    assert client.read(found["PAY_COND"])["PAY_COND"][0]["DISC_CODE"] == "00"
    assert client.read(found["OPENITEM"])["OPENITEM"] == []
    assert "DJ_LINE" not in found


def test_the_ledger_shows_balances_and_journals_their_next_page(client: AccountViewClient) -> None:
    client.sales(2)

    (debtors,) = client.filtered("GL1", "ACCT_NR", "1210")["LEDGER"]
    (journal,) = client.filtered("DJ1", "DJ_CODE", "VRK")["DAILY"]

    assert (debtors["DR_AMT"], debtors["CR_AMT"], debtors["ACCT_BAL"]) == (3.0, 0.0, 3.0)
    assert (journal["PAGE_NR"], journal["DJ_TYPEV"], journal["DJ_TYPE"]) == ("3", "Verkoop", 4)
    client.switch(journal_types="sales_first")
    assert client.filtered("DJ1", "DJ_CODE", "VRK")["DAILY"][0]["DJ_TYPE"] == 1


def test_an_open_item_stands_for_each_relation_and_document(client: AccountViewClient) -> None:
    client.sales(1)
    client.sale([line("8120", -1, VAT_CODE="3")], INV_NR="F1")

    (item,) = client.read("OI4")["OPENITEM"]

    assert (item["SUB_INV"], item["ITEM_REST"]) == ("10045     F1", 0.0)
    assert (item["ITEM_AGE"], item["ITEM_EXPDS"]) == (6, -24)
