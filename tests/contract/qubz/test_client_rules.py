"""How the client asks, and how it takes errors, over a real socket."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.selection import Selection
from finance_hooks.sources.qubz.hook import QubzHook
from tests.contract.qubz.bench import NIGHTLY, NOW, TODAY, Bench, parsed, reason_codes

BACKFILL = Selection(
    changed_since=None,
    dated_from=date(2026, 10, 31),
    dated_until=date(2026, 10, 31),
    moves_watermark=False,
)


def read(hook: QubzHook, selection: Selection = NIGHTLY, organisation: str = "100") -> list[str]:
    return [
        f"{received.resource} {received.source_document_id}"
        for received in hook.read_documents(organisation, selection)
    ]


def test_nightly_run_unites_what_changed_and_what_is_dated_each_document_once(
    bench: Bench, style: str
) -> None:
    found = read(bench.hook(api_style=style, page_size=20, page_overlap=4))

    assert max(Counter(found).values()) == 1
    assert {name.split()[0] for name in found} == {"salesinvoices", "purchaseinvoices", "memorials"}


def test_document_that_changed_long_after_its_date_is_read(bench: Bench, style: str) -> None:
    row = bench.emulator.documents.rows["salesinvoices"]["900101"]
    bench.emulator.documents.put(
        "salesinvoices", row | {"Id": 5, "InvoiceDate": date(2026, 1, 2), "ChangedDate": NOW}
    )

    assert "salesinvoices 5" in read(bench.hook(api_style=style))


def test_document_of_the_window_that_did_not_change_is_read(bench: Bench, style: str) -> None:
    selection = Selection(
        changed_since=NOW,
        dated_from=TODAY - timedelta(days=45),
        dated_until=TODAY,
        moves_watermark=True,
    )

    left_out = set(read(bench.hook(api_style=style))) - set(read(bench.hook(api_style=style), selection))

    # Its date is unreadable: only what asks by change can find it.
    assert left_out <= {"salesinvoices 900212"}


@pytest.mark.parametrize("dates", ["utc", "localised"])
@pytest.mark.parametrize("filters", ["obeyed", "ignored"])
def test_backfill_reads_exactly_the_days_asked_for(
    bench: Bench, style: str, dates: str, filters: str
) -> None:
    bench.emulator.switches.move({"dates": dates, "filters": filters})
    hook = bench.hook(api_style=style)

    days = Counter(one.document_date for one in parsed(hook, selection=BACKFILL))

    assert set(days) <= {date(2026, 10, 31), None}
    assert days[date(2026, 10, 31)] > 5


def test_backfill_does_not_ask_by_change(bench: Bench, style: str) -> None:
    read(bench.hook(api_style=style), BACKFILL)

    asked = bench.queries("/salesinvoices") + bench.queries("/SalesInvoices")
    assert asked
    assert not any("modifiedSince" in query or "ChangedDate+ge" in query for query in asked)


def test_export_status_alone_is_never_asked_for(bench: Bench, style: str) -> None:
    read(bench.hook(api_style=style, export_status="Ready"))

    asked = bench.queries("/salesinvoices") + bench.queries("/SalesInvoices")
    by_status = [query for query in asked if "xportStatus" in query.split("%24select")[0]]
    assert by_status
    assert all("modifiedSince" in query or "ChangedDate+ge" in query for query in by_status)
    assert len(by_status) < len(asked)


def test_instants_in_parameters_end_in_z_when_asked_to(bench: Bench) -> None:
    read(bench.hook(parameter_dates="with_z"), BACKFILL)

    assert "dateFrom=2026-10-30T00%3A00%3A00Z" in bench.queries("/salesinvoices")[0]


def test_parameters_and_paths_take_the_names_of_the_connection(bench: Bench) -> None:
    hook = bench.hook(
        parameter_organisation="org", parameter_limit="max", paths={"salesinvoices": "facturen"}
    )

    with pytest.raises(ConfigurationError, match="facturen"):
        read(hook)

    assert "org=100" in bench.queries("/facturen")[0]
    assert "max=500" in bench.queries("/facturen")[0]


def test_odata_asks_only_for_the_fields_it_maps(bench: Bench) -> None:
    read(bench.hook(api_style="odata"), BACKFILL)

    query = bench.queries("/SalesInvoices")[0]
    assert "%24expand=Lines%2CVatBreakdown" in query
    assert "%24select=Id%2COrganisation%2CInvoiceNumber" in query


@pytest.mark.parametrize("status", [400, 403, 404, 405, 422])
def test_refusal_is_a_configuration_error_and_asked_once(bench: Bench, style: str, status: int) -> None:
    bench.emulator.faults.place({"effect": "status", "status": status})

    with pytest.raises(ConfigurationError, match=str(status)):
        bench.hook(api_style=style).read_organisations()

    assert len(bench.queries("rganisations")) == 1


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_busy_source_is_a_temporary_failure_and_asked_once(bench: Bench, style: str, status: int) -> None:
    bench.emulator.faults.place({"effect": "status", "status": status})

    with pytest.raises(TemporaryFailure, match=str(status)):
        bench.hook(api_style=style).read_organisations()

    assert len(bench.queries("rganisations")) == 1


def test_server_error_is_asked_again_twice_and_no_more(bench: Bench, style: str) -> None:
    bench.emulator.faults.place({"effect": "status", "status": 500})

    with pytest.raises(TemporaryFailure, match="500"):
        bench.hook(api_style=style).read_organisations()

    assert len(bench.queries("rganisations")) == 3
    assert bench.clock.slept_s == [2, 5]


def test_server_error_that_passes_is_not_noticed(bench: Bench, style: str) -> None:
    bench.emulator.faults.place({"effect": "status", "status": 500, "times": 2})

    assert len(bench.hook(api_style=style).read_organisations()) == 5


@pytest.mark.parametrize("fault", ["lost_answer", "reset", "html", "truncated"])
def test_answer_that_does_not_come_whole_is_never_taken_as_no_documents(
    bench: Bench, style: str, fault: str
) -> None:
    bench.emulator.faults.place({"effect": fault, "path": "*nvoices", "times": 1})

    with pytest.raises(TemporaryFailure):
        read(bench.hook(api_style=style))


def test_wrong_password_says_both_readings_and_shows_no_secret(bench: Bench, style: str) -> None:
    works, said = bench.hook(api_style=style, password="another-secret").test_connection()

    assert not works
    assert "401" in said
    assert "no right" in said
    assert "another-secret" not in said


def test_failed_custom_authentication_answers_404_and_says_both_readings(bench: Bench) -> None:
    bench.emulator.switches.move({"authentication": "key"})

    works, said = bench.hook(auth="header", api_key="wrong-key-0").test_connection()

    assert not works
    assert "404" in said
    assert "address is wrong" in said
    assert "not authorised" in said
    assert "wrong-key-0" not in said


def test_connection_that_works_names_the_organisations(bench: Bench, style: str) -> None:
    works, said = bench.hook(api_style=style).test_connection()

    assert works
    assert "100 Voorbeeld Recycling B.V." in said


def test_hook_made_by_airflow_with_a_connection_alone_can_test_it(bench: Bench) -> None:
    bench.hook()

    assert QubzHook("qubz_default").test_connection()[0]


def test_unknown_organisation_is_a_configuration_error(bench: Bench) -> None:
    with pytest.raises(ConfigurationError, match="there are: 100, 200"):
        bench.hook().read_masters("999")


def test_row_that_is_no_object_is_kept_under_the_digest_of_its_content(bench: Bench) -> None:
    bench.emulator.faults.place(
        {"effect": "status", "status": 200, "body": '{"Items":[17],"TotalCount":1}', "path": "*/memorials"}
    )
    hook = bench.hook(documents="memorials")
    masters = hook.read_masters("100")

    (received,) = hook.read_documents("100", NIGHTLY)
    found = hook.parse(received, masters)

    assert received.source_document_id.startswith("digest:")
    assert received.body == b"17"
    assert reason_codes(found, masters) == ["unreadable"]


def test_billing_run_that_becomes_visible_late_is_read_the_next_night(bench: Bench, style: str) -> None:
    row = bench.emulator.documents.rows["salesinvoices"]["900101"]
    late = row | {
        "Id": 6,
        "VisibleAt": datetime(2026, 11, 23, 9, tzinfo=UTC),
        "ChangedDate": NOW - timedelta(hours=1),
    }
    bench.emulator.documents.put("salesinvoices", late)
    tonight = read(bench.hook(api_style=style))

    bench.emulator.clock.advance(86_400)
    overlapping = Selection(
        changed_since=NOW - timedelta(hours=24), dated_from=None, dated_until=None, moves_watermark=True
    )

    assert "salesinvoices 6" not in tonight
    assert "salesinvoices 6" in read(bench.hook(api_style=style), overlapping)
