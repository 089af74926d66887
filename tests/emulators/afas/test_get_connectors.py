"""GetConnectors: which are to be had, what their rows look like, metainfo."""

from tests.emulators.afas_client import AfasClient, sale, text_of

TRANSACTIONS = "Profit_Transactions"


def test_instants_are_dutch_local_time(client: AfasClient) -> None:
    client.post(sale())
    client.control("clock", {"set": "2026-07-01T12:00:00+00:00"})
    client.post(sale("SI-2"), Peri=7)

    created = {row["InvoiceId"]: row["Created"] for row in client.rows(TRANSACTIONS)}

    assert created == {"SI-000042": "2026-11-06T04:00:00Z", "SI-2": "2026-07-01T14:00:00Z"}


def test_a_connector_outside_the_app_connector_looks_like_a_server_error(client: AfasClient) -> None:
    client.switch(missing_connectors="Profit_Debtor")

    missing = client.get("Profit_Debtor")
    misspelt = client.get("profit_accounts")
    client.switch(unauthorised_connector_status=401)
    other = client.get("Profit_Debtor")

    assert text_of(missing) == text_of(misspelt)
    assert text_of(missing).startswith("GetConnector niet ondersteund")
    assert (other.status_code, other.content) == (401, b"")


def test_ids_may_be_matched_in_any_case(client: AfasClient) -> None:
    client.switch(connector_ids="any_case")

    assert client.get("profit_accounts").status_code == 200


def test_a_blocked_definition_says_so(client: AfasClient) -> None:
    client.switch(blocked_connectors="Profit_Debtor")

    assert text_of(client.get("Profit_Debtor")) == "Deze GetConnector (definitie) is geblokkeerd"


def test_rows_without_rights_are_silently_left_out(client: AfasClient) -> None:
    client.post(sale())

    units = [row["AdminId"] for row in client.rows("Profit_Administrations", orderbyfieldids="AdminId")]
    journals = {row["UnitId"] for row in client.rows("Profit_Journals")}
    client.switch(hidden_rows="Profit_Transactions")

    assert (units, journals) == ([1, 2, 4], {1, 2, 4})
    assert client.rows(TRANSACTIONS) == []


def test_fields_have_the_vendors_spelling_and_their_kinds(client: AfasClient) -> None:
    creditor = client.rows(
        "Profit_Creditor", filterfieldids="CreditorId", operatortypes="1", filtervalues="70020"
    )[0]
    code = client.rows("Profit_VAT_code", filterfieldids="VatCode", operatortypes="1", filtervalues="2")[0]

    assert creditor["Btw-nummer"] == "NL007788990B93"
    assert creditor["Adressline4"] is None
    assert (code["VatPerc"], code["Blocked"], code["AccountNr"]) == (9.0, False, "1511")
    assert '"VatPerc":9.0,' in client.get("Profit_VAT_code", take=1, orderbyfieldids="-VatPerc").text.replace(
        "21.0", "9.0"
    )


def test_a_fully_blocked_creditor_is_not_listed(client: AfasClient) -> None:
    numbers = {row["CreditorId"] for row in client.rows("Profit_Creditor")}

    assert "99004" not in numbers
    assert "70007" in numbers


def test_a_body_is_pressed_for_who_takes_it_pressed(client: AfasClient) -> None:
    pressed = client.get("Profit_Accounts")
    client.session.headers["Accept-Encoding"] = "identity"
    plain = client.get("Profit_Accounts", orderbyfieldids="Account")

    assert pressed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "\n" not in plain.text
    assert len(pressed.json()["rows"]) == len(plain.json()["rows"])


def test_metainfo_lists_what_the_app_connector_has(client: AfasClient) -> None:
    client.switch(missing_connectors="FiEntries Profit_Debtor")

    listed = client.call("metainfo").json()

    assert "FiEntries" not in [each["id"] for each in listed["updateConnectors"]]
    assert "Profit_Debtor" not in [each["id"] for each in listed["getConnectors"]]
    assert listed["info"] == {
        "envid": "T12345AA",
        "appName": "Koppeling 21QUBZ",
        "group": "Koppelingen (12345.KOPPELING)",
        "tokenExpiry": "0",
    }
    assert client.call("metainfo/update/FiEntries").status_code == 500
    assert client.call("metainfo/get/Profit_Debtor").status_code == 500


def test_metainfo_describes_fields(client: AfasClient) -> None:
    read = client.call("Metainfo/get/Profit_Journals").json()
    written = client.call("metainfo/update/FiEntries").json()
    lines = written["objects"][0]

    assert read["fields"][1] == {
        "id": "JournalId",
        "fieldId": "U002",
        "dataType": "string",
        "label": "Code dagboek",
        "length": 6,
        "controlType": 1,
        "decimals": 0,
        "decimalsFieldId": "",
    }
    assert (written["id"], written["name"], lines["name"]) == ("FiEntries", "FiEntryPar", "FiEntries")
    assert {field["fieldId"]: field["length"] for field in lines["fields"]}["InId"] == 12
    assert [below["name"] for below in lines["objects"]] == ["FiDimEntries", "FiPrjEntries", "FiTransEntries"]
    assert client.call("metainfo/else/FiEntries").status_code == 404


def test_periods_may_be_listed_only_where_blocked(client: AfasClient) -> None:
    client.switch(periods_listed="blocked_only")

    rows = client.rows("Profit_periods_per_administration", orderbyfieldids="Unit")

    assert [(row["Unit"], row["Year"], row["Period"], row["Blocked"]) for row in rows] == [
        (1, 2026, 8, True),
        (2, 2026, 8, True),
        (4, 2026, 8, True),
    ]


def test_journal_types_are_a_switch(client: AfasClient) -> None:
    def types() -> dict[str, str]:
        rows = client.rows("Profit_Journals", filterfieldids="UnitId", operatortypes="1", filtervalues="1")
        return {
            row["JournalId"]: row["JournalType"]
            for row in rows
            if row["JournalId"] in {"10", "20", "50", "80"}
        }

    first = types()
    client.switch(journal_types="sales_4")

    assert first == {"10": "2", "20": "1", "50": "3", "80": "5"}
    assert types() == {"10": "2", "20": "4", "50": "3", "80": "1"}
