"""A package is known in its own folder; everything else learns of it from the registry."""

import csv
import re

from finance_hooks.targets.registry import TARGETS
from tests.house.tree import MAPPINGS, PACKAGE, PROJECT, modules, place

REGISTRY = PACKAGE / "targets" / "registry.py"


def test_no_module_outside_a_packages_own_folder_names_it() -> None:
    found = [
        f"{place(path)} names {named[0]}"
        for slug, target in TARGETS.items()
        for path in modules(PACKAGE, PROJECT / "dags", PROJECT / "local", PROJECT / "bench")
        if path != REGISTRY and not path.is_relative_to(PACKAGE / "targets" / slug)
        if (named := names(slug, target.settings.label).search(path.read_text(encoding="utf-8")))
    ]

    assert found == []


def test_every_package_is_found_by_the_names_that_are_looked_for() -> None:
    for slug, target in TARGETS.items():
        own = PACKAGE / "targets" / slug / "settings.py"
        assert names(slug, target.settings.label).search(own.read_text(encoding="utf-8"))


def test_the_source_can_ask_for_every_package_and_for_no_other() -> None:
    with (MAPPINGS / "qubz" / "enums.csv").open(encoding="utf-8", newline="") as file:
        asked_for = {row["canonical_member"] for row in csv.DictReader(file) if row["enum"] == "Target"}

    assert asked_for == set(TARGETS)


def names(slug: str, label: str) -> re.Pattern[str]:
    """Match a package's slug, alone or within a longer name, and its label however it is written.

    AccountView is also Account View, account_view and ACCOUNT-VIEW.
    """
    words = "[ _-]?".join(re.findall("[A-Z][a-z]+|[A-Z]+|[a-z]+", label))
    return re.compile(rf"{re.escape(slug)}|{words}", re.IGNORECASE)
