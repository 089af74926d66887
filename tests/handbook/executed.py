"""Where every command of the handbook is executed; what is executed nowhere says why."""

import re
import shlex
from collections.abc import Mapping
from types import MappingProxyType

ON_THE_STORE = frozenset(
    {
        "accept",
        "adopt",
        "attachments",
        "correct",
        "definition",
        "drift",
        "files",
        "hold",
        "imported",
        "parked",
        "purge",
        "rebook",
        "release",
        "relations",
        "resume",
        "retry",
        "stop",
        "where",
        "withdraw",
    }
)
"""Commands that need nothing but the store and the tables."""
AT_PACKAGES = frozenset({"authorise", "confirm", "doctor", "plan", "preflight", "reconcile", "statement"})
"""Commands that ask a package or the source."""
STANDS_FOR: Mapping[str, str] = MappingProxyType(
    {
        "ADMINISTRATIE": "exact_nl",
        "AUDITFILE": "books.xaf",
        "ADMINISTRATION": "exact_nl",
        "BOEKING": "26700042",
        "BOOKING": "26700042",
        "NAME": "2026100206",
        "NUMBER": "2026100206",
        "NUMMER": "2026100206",
        "SYNC_ID": "exact_nl",
        "…": "approved",
    }
)

STORE = "tests/integration/cli/test_documented_commands.py"
PACKAGES = "tests/integration/cli/test_commands_at_packages.py"
AIRFLOW = "tests/integration/cli/test_documented_airflow.py"
UP_AND_DOWN = "tests/local/test_up_and_down.py"
PLACES: Mapping[str, str] = MappingProxyType(
    {
        rf"(airflow finance|python -m finance_hooks\.cli) ({'|'.join(sorted(ON_THE_STORE))})\b.*": STORE,
        rf"(airflow finance|python -m finance_hooks\.cli) ({'|'.join(sorted(AT_PACKAGES))})\b.*": PACKAGES,
        r"airflow dags trigger .*": AIRFLOW,
        r"airflow backfill create .*": AIRFLOW,
        r"airflow (version|db migrate)": AIRFLOW,
        r"airflow finance": "tests/integration/cli/test_command_line.py",
        r"airflow roles .*": "tests/access/conftest.py",
        r"make sync": "tests/local/test_sync.py",
        r"make sync EXECUTOR=celery|make up EXECUTOR=celery WORKERS=4": "tests/local/test_celery_workers.py",
        r"make up": UP_AND_DOWN,
        r"make down": UP_AND_DOWN,
        r"make chaos.*|python -m chaos .*": "tests/chaos/test_real_processes.py",
        r"make simulate.*": "tests/integration/adversary/test_simulation.py",
        r"make handbook|python -m handbook": "tests/handbook/test_site.py",
        r"make help": "tests/handbook/test_commands.py",
        r"python -m emulators.*": "tests/emulators/test_main.py",
        r"python -m adversary\.tokens": "tests/adversary/test_tokens.py",
        r"python -m adversary replay FILE": "tests/adversary/test_played.py",
    }
)
"""By what a whole command looks like: the test that executes it, or what it does."""
NOWHERE: Mapping[str, str] = MappingProxyType(
    {
        r"make (PYTHON=/path/to/python3\.12 sync|install|lock)": "makes the environment anew, from an index",
        r"make (test|fmt|golden)": "is what runs the tests, or rewrites the files they are compared with",
        r"make clean-state": "forgets the state of whoever runs the tests",
        r"python -m pytest tests/lineage": "is what runs the tests, beside a clone of the specification",
        r"make bench.*|python -m bench[ .].*": "measures for minutes or hours; its figures stand beside it",
        r"airflow users add-role": "is named without its arguments",
    }
)

SHELL = "tests/integration/cli/test_documented_shell.py"
PROGRAMS: Mapping[str, str] = MappingProxyType(
    {
        ".venv/bin/python": SHELL,
        "cp": SHELL,
        "curl": SHELL,
        "done": AIRFLOW,
        "export": SHELL,
        "for": AIRFLOW,
        "ls": SHELL,
        "createdb": "tests/integration/chain/test_restored_backup.py",
        "pg_dump": "tests/integration/chain/test_restored_backup.py",
        "docker": "tests/deploy/test_deployment.py",
        "helm": "tests/deploy/test_deployment.py",
        "kubectl": "tests/deploy/test_deployment.py",
        "git": "nowhere: it fetches a specification from elsewhere",
        "pip-audit": "nowhere: it asks a service for known faults",
    }
)
"""Every other program that a block of the handbook names, and the test that runs it or does the same.

Of Docker, Helm and kubectl only the files they read are checked: no daemon and no cluster is at hand.
"""


def place_of_command(words: tuple[str, ...]) -> list[str]:
    """Return every place that a command is executed in, or why in none; exactly one is right."""
    said = shlex.join(words)
    return [
        place for look, place in [*PLACES.items(), *NOWHERE.items()] if re.fullmatch(look, said, re.DOTALL)
    ]
