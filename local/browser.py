"""Find a Chromium for the browser tests, and install one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from local.components import ComponentError

ON_PATH: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL_TIMEOUT_S: Final = 600.0
FLAGS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_browser() -> str | None:
    """Return the path of a Chromium on the PATH, else of the one Playwright installed, if any."""
    for name in ON_PATH:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def ensure_browser() -> str:
    """Return the path of a Chromium; install one where there is none, by apt as root, else by Playwright."""
    if path := find_browser():
        return path
    tried: list[str] = []
    for command in _installers():
        tried.append(_run(command))
        if path := find_browser():
            return path
    said = "\n".join(tried)
    raise ComponentError(f"There is no Chromium on the PATH and none could be installed.\n{said}")


def flags() -> list[str]:
    """Return the arguments Chromium is started with; as root it has no sandbox of its own."""
    return [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def _installers() -> list[list[str]]:
    by_playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
        return [["apt-get", "update", "-q"], install, by_playwright]
    return [by_playwright]


def _run(command: list[str]) -> str:
    shown = " ".join(command)
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=INSTALL_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{shown}: not done after {INSTALL_TIMEOUT_S:.0f} s"
    return f"{shown}: exit {done.returncode}\n{(done.stdout + done.stderr)[-600:]}"
