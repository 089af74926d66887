"""The site builds without a broken link, and takes nothing from another host."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.languages import english_pages, in_dutch, is_in_both
from handbook.paths import OTHER_PAGES, PROJECT

TAKEN = re.compile(r"<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=\"(?P<address>(?:https?:)?//[^\"]+)\"")
PAGES_OF_THE_SITE = (
    "index.html",
    "nl/steps/index.html",
    "targets/afas.html",
    "nl/reference/park-reasons.html",
)
LANGUAGE = re.compile(r'<html lang="(\w+)"')
TABS = re.compile(r'<li class="md-tabs__item[^"]*">.*?<a href="([^"]+)"', re.DOTALL)


def build(project: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


def linked(site: Path, page: Path, html: str, language: str) -> Path:
    link = re.search(rf'<a href="([^"]+)" hreflang="{language}"', html)
    assert link is not None
    return site / (page.parent / link[1]).resolve().relative_to(site.resolve())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handbook")
    built = build(PROJECT, folder)
    assert built.returncode == 0, built.stderr
    return folder


def test_site_is_built_without_a_warning(site: Path) -> None:
    assert [page for page in PAGES_OF_THE_SITE if not (site / page).is_file()] == []


def test_every_decision_has_a_page(site: Path) -> None:
    decisions = {path.stem for path in (PROJECT / "docs" / "decisions").glob("*.md")}

    assert {path.stem for path in (site / "decisions").glob("*.html")} == decisions


def test_no_page_takes_anything_from_another_host(site: Path) -> None:
    found = [
        f"{page.relative_to(site)} {match['address']}"
        for page in site.rglob("*.html")
        for match in TAKEN.finditer(page.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_every_page_says_in_which_language_it_is(site: Path) -> None:
    said = {
        page.relative_to(site).as_posix(): LANGUAGE.findall(page.read_text(encoding="utf-8"))
        for page in site.rglob("*.html")
        if page.name != "404.html"
    }

    assert {page for page, found in said.items() if found == ["nl"]} == {
        page for page in said if page.startswith("nl/")
    }
    assert {tuple(found) for found in said.values()} == {("nl",), ("en",)}


@pytest.mark.parametrize("page", [page for page in english_pages() if is_in_both(page)])
def test_page_leads_to_the_same_page_in_the_other_language(site: Path, page: str) -> None:
    address = page.replace(".md", ".html")
    english = (site / address).read_text(encoding="utf-8")
    dutch = (site / in_dutch(address)).read_text(encoding="utf-8")

    assert linked(site, site / address, english, "nl") == site / in_dutch(address)
    assert linked(site, site / in_dutch(address), dutch, "en") == site / address


def test_page_in_english_alone_leads_to_the_first_page_in_dutch(site: Path) -> None:
    page = site / "commands.html"

    assert linked(site, page, page.read_text(encoding="utf-8"), "nl") == site / "nl" / "index.html"


@pytest.mark.parametrize("page", ["index.html", "targets/afas.html", "nl/index.html", "nl/targets/afas.html"])
def test_menu_of_a_page_is_in_its_own_language(site: Path, page: str) -> None:
    tabs = TABS.findall((site / page).read_text(encoding="utf-8"))
    places = [((site / page).parent / tab).resolve().relative_to(site.resolve()).as_posix() for tab in tabs]

    assert len(places) > 5
    *own, shared = places
    assert shared == "connections.html"
    assert {place.startswith("nl/") for place in own} == {page.startswith("nl/")}


def test_search_knows_the_park_reasons(site: Path) -> None:
    assert "perhaps_booked" in (site / "search" / "search_index.json").read_text(encoding="utf-8")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for path in (PROJECT / "mkdocs.yml", *(PROJECT / page for page in OTHER_PAGES.values())):
        copy = tmp_path / path.relative_to(PROJECT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    for folder in ("docs", "handbook"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize(
    ("page", "said"),
    [("keeping", "no-such-page.txt"), ("of-no-place", "not included in the")],
)
def test_broken_link_and_page_without_a_place_end_the_build(copied: Path, page: str, said: str) -> None:
    with (copied / "docs" / f"{page}.md").open("a", encoding="utf-8") as file:
        file.write("\n[nowhere](no-such-page.txt)\n")

    built = build(copied, copied / "site")

    assert built.returncode == 1
    assert said in built.stderr
