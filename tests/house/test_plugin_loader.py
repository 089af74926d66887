import json
import os
import subprocess
import sys

from tests.house.tree import PROJECT

PLUGINS = PROJECT / "plugins"
LOAD = """
import json, sys
from airflow import plugins_manager
plugins_manager.ensure_plugins_loaded()
loaded = [[name, getattr(module, "__file__", None) or ""] for name, module in list(sys.modules.items())]
print(json.dumps({"loaded": loaded, "errors": plugins_manager.get_import_errors()}))
"""


def test_plugin_loader_runs_the_plugin_file_only() -> None:
    found = subprocess.run(
        [sys.executable, "-c", LOAD],
        env={**os.environ, "AIRFLOW__CORE__PLUGINS_FOLDER": str(PLUGINS)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )

    answer = json.loads(found.stdout.splitlines()[-1])
    ours = {name for name, file in answer["loaded"] if file.startswith(f"{PLUGINS}{os.sep}")}

    assert answer["errors"] == {}
    # A module of finance_hooks under any other name would exist twice, its error classes too.
    assert {name for name in ours if name.partition(".")[0] != "finance_hooks"} <= {"finance_plugin"}
