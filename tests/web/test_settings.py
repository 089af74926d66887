"""A link's settings are listed with where they come from; what is secret is not."""

from dataclasses import dataclass, replace

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.model.export import FileExport
from finance_hooks.provider_info import connection_types, secret_fields
from finance_hooks.web.settings import of_administration, of_connection


@dataclass
class Kept:
    host: str = "https://books.example"
    login: str = "client"
    password: str = "a secret"


def test_settings_of_an_administration_name_the_file_they_stand_in() -> None:
    row = next(row for row in read_administrations() if row.sync_id == "exact_nl")
    assert row.administration is not None

    places = {one.name: one.place for one in of_administration(row.administration)}

    assert places["target_administration"] == "administrations.csv"
    assert places["closed_period_policy"] == "administrations.csv"
    assert places["relations_policy"] == "policies.csv"
    assert places["export_type"] == "exports.csv"


def test_settings_of_files_come_from_their_own_table() -> None:
    row = next(row for row in read_administrations() if row.administration is not None)
    assert row.administration is not None
    by_file = replace(row.administration, export=FileExport(location="file:///srv/export"))

    told = {one.name: one for one in of_administration(by_file)}

    assert told["location"].value == "file:///srv/export"
    assert {one.place for name, one in told.items() if name in {"separator", "encoding", "export_type"}} == {
        "exports.csv"
    }
    assert "export" not in told


def test_settings_of_a_connection_are_all_its_fields_but_the_secret_ones() -> None:
    for declared in connection_types():
        extra = {name: f"value of {name}" for name in declared["conn-fields"]}

        found = {one.value for one in of_connection("books", Kept(), extra, declared)}

        open_fields = set(extra) - set(secret_fields())
        assert found == {"https://books.example", "client", *(extra[name] for name in open_fields)}


def test_field_that_is_not_kept_has_its_usual_value() -> None:
    declared = {"conn-fields": {"country": {"label": "Country", "schema": {"default": "NL"}}}}

    (country,) = of_connection("books", object(), {}, declared)

    assert (country.name, country.value) == ("Country", "NL")
