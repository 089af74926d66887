"""The environment with what the product is measured beside: bench/requirements.lock, apart from its own."""

import subprocess
import sys
from pathlib import Path

from local.paths import PROJECT, state_directory


def other_python() -> Path:
    """Make the environment unless it is there as it should be, and return its interpreter."""
    folder = state_directory() / "bench" / "venv"
    wanted = PROJECT / "bench" / "requirements.lock"
    python, made = folder / "bin" / "python", folder / "installed.txt"
    if not made.exists() or made.read_text(encoding="utf-8") != wanted.read_text(encoding="utf-8"):
        uv: list[str | Path] = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--quiet", "--clear", "--python", sys.executable, folder], check=True)  # noqa: S603
        install = [*uv, "pip", "install", "--quiet", "--require-hashes", "--python", python, "-r", wanted]
        subprocess.run(install, check=True)  # noqa: S603
        made.write_text(wanted.read_text(encoding="utf-8"), encoding="utf-8")
    return python


def other_versions() -> dict[str, str]:
    """Return the versions of the packages that are measured beside the product."""
    asked = "import duckdb, polars, dlt; print(duckdb.__version__, polars.__version__, dlt.__version__)"
    said = subprocess.run([other_python(), "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603
    return dict(zip(("duckdb", "polars", "dlt"), said.stdout.split(), strict=True))
