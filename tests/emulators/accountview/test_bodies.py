"""Bodies as other people's clients send them, and bodies that do not fit themselves."""

from typing import Any

import pytest

from tests.emulators.accountview_client import AccountViewClient, Body, changed, message


def _defined(*names: tuple[str, str]) -> list[Body]:
    return [{"Name": name, "FieldType": letter} for name, letter in names]


def test_a_go_client_leaves_dates_and_row_ids_out_and_sends_empty_texts(client: AccountViewClient) -> None:
    header = _defined(
        ("PAGE_NR", "C"),
        ("DJ_CODE", "C"),
        ("PERIOD", "N"),
        ("SUB_NR", "C"),
        ("INV_NR", "C"),
        ("CUR_CODE", "C"),
        ("HDR_DESC", "C"),
    )
    details = _defined(
        ("ACCT_NR", "C"),
        ("TRN_DESC", "C"),
        ("INV_NR", "C"),
        ("SUB_NR", "C"),
        ("COST_CODE", "C"),
        ("AMOUNT", "N"),
        ("CUR_CODE", "C"),
        ("BASE_AMT", "N"),
        ("VAT_CODE", "C"),
        ("VAT_AMT", "N"),
        ("REC_ID", "C"),
        ("HeaderId", "C"),
    )
    sent = {
        "BookDate": "",
        "BusinessObject": "DJ2",
        "Table": {
            "Definition": {"Name": "DJ_PAGE", "Fields": header},
            "DetailDefinitions": [{"Name": "DJ_LINE", "Fields": details}],
        },
        "TableData": {
            "Data": {"Rows": [{"Values": ["", "MEM", 11, None, None, "", "TEST"]}]},
            "DetailData": [
                {
                    "Rows": [
                        {"Values": ["9999", "", None, None, "", 12.1, "", 0, None, 0, "REC_ID", "1"]},
                        {"Values": ["2000", "", None, None, "", -12.1, "", 0, None, 0, "REC_ID", "1"]},
                    ]
                }
            ],
        },
    }

    answer = client.send("POST", sent)

    assert answer.status_code == 200, answer.text
    page = answer.json()["DJ_PAGE"][0]
    assert (page["TRN_DATE"], page["PERIOD"]) == ("2026-11-06T00:00:00", 11)
    assert len({row["REC_ID"] for row in answer.json()["DJ_LINE"]}) == 2


def test_a_pascal_client_sends_numbers_and_logicals_as_text_and_unpadded_dates(
    client: AccountViewClient, body: Body
) -> None:
    fields = body["Table"]["Definition"]["Fields"]
    fields += _defined(("PERIOD", "N"), ("GROSS_FLG", "L"))
    body["TableData"]["Data"]["Rows"][0]["Values"] += ["10", "TRUE"]
    body["TableData"]["Data"]["Rows"][0]["Values"][5] = "2026-10-7T10:39:05.276Z"
    body["BookDate"] = "2026-10-7T10:39:05.276Z"
    body["TableData"]["DetailData"][0]["Rows"][0]["Values"][3] = "121.00"

    page = client.send("POST", body).json()["DJ_PAGE"][0]

    assert (page["TRN_DATE"], page["GROSS_FLG"]) == ("2026-10-07T00:00:00", True)
    assert (page["PAGE_AMT"], page["PAGE_VAT"]) == (121.0, 21.0)


def test_member_and_field_names_are_taken_in_any_case(client: AccountViewClient, body: Body) -> None:
    def lowered(content: Any) -> Any:
        if isinstance(content, dict):
            return {name.lower(): lowered(each) for name, each in content.items()}
        return [lowered(each) for each in content] if isinstance(content, list) else content

    sent = lowered(body)
    sent["table"]["definition"]["name"] = "dj_page"
    sent["table"]["definition"]["fields"][1]["name"] = "dj_code"

    assert client.send("POST", sent).status_code == 200


def test_a_row_id_may_be_a_number(client: AccountViewClient, body: Body) -> None:
    body["TableData"]["Data"]["Rows"][0]["Values"][0] = 1
    body["TableData"]["DetailData"][0]["Rows"][0]["Values"][1] = 1

    assert client.send("POST", body).status_code == 200


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        ("BusinessObject", "XX", "Business object 'XX' bestaat niet"),
        ("BusinessObject", "DJ2P", "Toevoegen is niet mogelijk voor object DJ2P"),
        ("BusinessObject", "GJ1", "Toevoegen is niet mogelijk voor object GJ1"),
        ("BookDate", "31-10-2026", "Ongeldige boekdatum '31-10-2026'"),
        ("BookDate", "2026-02-30", "Ongeldige boekdatum"),
        ("BookDate", "2030-10-31", "Er is geen administratie voor boekjaar 2030"),
        ("Table/Definition/Name", "DJ_LINE", "Tabel 'DJ_LINE' hoort niet bij dit object"),
        ("Table/Definition/Fields/1/Name", "XX", "Veld 'XX' bestaat niet in tabel DJ_PAGE"),
        ("Table/Definition/Fields/1/Name", "SUB_NR", "komt meer dan een keer voor"),
        ("Table/Definition/Fields/5/FieldType", "D", "Veldtype 'D' is niet geldig voor veld TRN_DATE"),
        ("Table/Definition/Fields/0/FieldType", "N", "Veldtype 'N' is niet geldig voor veld ROWID"),
        ("Table/DetailDefinitions/0/Fields/3/FieldType", "Y", "Veldtype 'Y' is niet geldig voor veld AMOUNT"),
        ("Table/DetailDefinitions/0/Fields/3/FieldType", "", "Veldtype '' is niet geldig"),
        ("Table/DetailDefinitions/0/Name", "USR_LINK", "hoort niet bij dit object"),
        ("Table/DetailDefinitions", [], "niet evenveel delen"),
        ("TableData/Data/Rows", [], "bevat geen regels"),
        ("TableData/Data/Rows/0/Values", ["1", "VRK"], "2 waarden voor 6 velden van tabel DJ_PAGE"),
        ("TableData/Data/Rows/0/Values/5", "31-10-2026", "datum verwacht"),
        ("TableData/Data/Rows/0/Values/5", {}, "datum verwacht"),
        ("TableData/Data/Rows/0/Values/2", 10045, "tekst verwacht"),
        ("TableData/Data/Rows/0/Values/2", "", "Debiteur/Crediteur '' bestaat niet"),
        ("TableData/DetailData/0/Rows/0/Values/3", True, "getal verwacht"),
        ("TableData/DetailData/0/Rows/0/Values/3", "1,50", "getal verwacht"),
        ("TableData/DetailData/0/Rows/0/Values/3", "1e30", "getal te groot"),
        ("TableData/DetailData/0/Rows/0/Values/1", "2", "HeaderId '2' verwijst niet naar een RowId"),
        ("TableData/DetailData/0/Rows/0/Values/1", None, "HeaderId '' verwijst niet naar een RowId"),
    ],
)
def test_a_body_that_does_not_fit_itself_is_refused(
    client: AccountViewClient, body: Body, path: str, value: object, text: str
) -> None:
    answer = client.send("POST", changed(body, path, value))

    assert answer.status_code == 400
    assert text in message(answer)
    assert client.control("books")["entries"] == []


def test_rows_as_bare_lists_cannot_be_read(client: AccountViewClient, body: Body) -> None:
    answer = client.send("POST", changed(body, "TableData/Data/Rows", [["1", "VRK"]]))

    assert (answer.status_code, answer.json()) == (400, {"Message": "The request is invalid."})
    assert client.send("POST", changed(body, "TableData/Data/Rows", {})).status_code == 400
    assert client.send("POST", changed(body, "BusinessObject", "")).status_code == 400


@pytest.mark.parametrize(
    ("field", "letter", "value", "text"),
    [
        ("GROSS_FLG", "L", "ja", "logische waarde verwacht"),
        ("GROSS_FLG", "L", 1, "logische waarde verwacht"),
        ("CRED_DAYS", "N", 1000, "getal te groot"),
        ("MAND_SEQ", "I", 1.5, "geheel getal verwacht"),
        ("MAND_SEQ", "I", "NaN", "getal te groot"),
    ],
)
def test_a_value_must_be_of_its_fields_kind(
    client: AccountViewClient, body: Body, field: str, letter: str, value: object, text: str
) -> None:
    body["Table"]["Definition"]["Fields"] += _defined((field, letter))
    body["TableData"]["Data"]["Rows"][0]["Values"].append(value)

    assert text in message(client.send("POST", body))


def test_whole_numbers_and_empty_dates_are_kept(client: AccountViewClient, body: Body) -> None:
    body["Table"]["Definition"]["Fields"] += _defined(
        ("MAND_SEQ", "I"), ("MAND_DATE", "T"), ("COMMENT1", "C")
    )
    body["TableData"]["Data"]["Rows"][0]["Values"] += [3, "", "lang " * 100]

    page = client.send("POST", body).json()["DJ_PAGE"][0]

    assert (page["MAND_SEQ"], page["MAND_DATE"]) == (3, "")
    assert page["COMMENT1"] == "lang " * 100


def test_what_is_unknown_about_values_may_be_the_other_way_round(
    client: AccountViewClient, body: Body
) -> None:
    client.switch(
        field_types="lenient",
        other_types_for_text="taken",
        empty_text_for_none="absent",
        computed_fields="ignored",
    )
    body = changed(body, "Table/DetailDefinitions/0/Fields/3/FieldType", "Y")
    body["Table"]["Definition"]["Fields"] += _defined(("PAGE_AMT", "N"), ("ACCT_NR", "C"))
    body["TableData"]["Data"]["Rows"][0]["Values"] += [5, ""]
    body["TableData"]["Data"]["Rows"][0]["Values"][2] = 10045

    page = client.send("POST", body).json()["DJ_PAGE"][0]

    assert (page["SUB_NR"], page["PAGE_AMT"]) == ("10045", 121.0)
    empty = changed(body, "TableData/Data/Rows/0/Values/2", "")
    assert message(client.send("POST", empty)) == "Debiteur/Crediteur moet worden ingevoerd"
    assert client.send("POST", changed(body, "TableData/Data/Rows/0/Values/2", [])).status_code == 400


def test_an_instant_may_be_turned_into_the_dutch_day(client: AccountViewClient, body: Body) -> None:
    instant = "2026-10-30T23:30:00.000Z"
    sent = changed(changed(body, "TableData/Data/Rows/0/Values/5", instant), "BookDate", instant)
    assert client.send("POST", sent).json()["DJ_PAGE"][0]["TRN_DATE"] == "2026-10-30T00:00:00"

    client.switch(zoned_dates="converted")
    assert client.send("POST", sent).json()["DJ_PAGE"][0]["TRN_DATE"] == "2026-10-31T00:00:00"
