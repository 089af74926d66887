"""Take pictures of every page of the links as a first `make sync` leaves it, for docs/images.

python -m bench.screenshots [FOLDER]
"""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from local.browser import ensure_browser, flags
from local.environment import ADMIN
from local.paths import PROJECT
from local.system import RunningSystem, start_system, stop_system

STATE = PROJECT / "var" / "screenshots"
IMAGES = PROJECT / "docs" / "images"
SHOTS = {
    "koppelingen": "/",
    "koppeling": "/links/exact_nl",
    "documenten": "/documents?sync_id=exact_nl&state=parked",
    "document": "/documents/exact_nl/{parked}",
    "document-geboekt": "/documents/exact_nl/{booked}",
    "mapping": "/mapping",
    "mapping-administratie": "/mapping/exact_nl",
    "afstemming": "/reconciliation",
    "afstemming-administratie": "/reconciliation/exact_nl",
    "nachten": "/nights",
    "wat-te-doen": "/runbook",
}
LOOKS = (("nl", "light"), ("en", "dark"))
ONE = sa.text(
    "SELECT reference FROM posting WHERE sync_id = 'exact_nl' AND state = :state ORDER BY 1 LIMIT 1"
)


def main(folder: Path = IMAGES) -> None:
    """Run a night, look at every page in both languages and themes, and keep what is seen."""
    environment = {**os.environ, "FINANCE_STATE": str(STATE)}
    subprocess.run([sys.executable, "-m", "local", "clean-state"], env=environment, check=True)
    subprocess.run([sys.executable, "-m", "local", "sync"], env=environment, check=True)
    system = start_system(STATE, on_schedule=False, names=("api-server",))
    try:
        take(system, folder)
    finally:
        stop_system(STATE)


def take(system: RunningSystem, folder: Path) -> None:
    """Log in and take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(system.databases.store_url)
    with engine.connect() as connection:
        found = {state: connection.scalar(ONE, {"state": state}) for state in ("parked", "booked")}
    chromium = ensure_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        for language, theme in LOOKS:
            page = browser.new_page(
                base_url=system.api.base_url,
                locale="nl-NL" if language == "nl" else "en-GB",
                viewport={"width": 1280, "height": 800},
            )
            _log_in(page, system.admin_password)
            page.evaluate("theme => localStorage.setItem('theme', theme)", theme)
            for name, path in SHOTS.items():
                page.goto(f"/finance{path.format(**found)}")
                _keep(page.screenshot(full_page=True), folder / f"{name}-{language}-{theme}.png")
            page.close()
        browser.close()


def _keep(picture: bytes, path: Path) -> None:
    # A page has few colours; a palette of them takes a third of the room.
    Image.open(BytesIO(picture)).convert("RGB").quantize(64).save(path, optimize=True)


def _log_in(page: Page, password: str) -> None:
    page.goto("/")
    page.locator("input[name=username]").fill(ADMIN)
    page.locator("input[name=password]").fill(password)
    page.locator("button[type=submit]").click()
    page.wait_for_url(lambda url: "/login" not in url)


if __name__ == "__main__":
    main(*(Path(one) for one in sys.argv[1:]))
