"""Open what a task works with: administration, store, source and target, from Airflow's connections."""

import os
import socket
from datetime import timedelta
from pathlib import Path

from airflow.sdk import BaseHook

from finance_hooks.mapping.administrations import MAPPINGS, read_administrations
from finance_hooks.mapping.problems import write_problems
from finance_hooks.model.administration import Administration
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.store.engine import CONNECTION_ID, Engine, store_engine, store_url
from finance_hooks.store.leases import LeaseWish
from finance_hooks.targets.base import Target, TargetHook
from finance_hooks.targets.registry import find_target
from finance_hooks.transport.clock import SystemClock
from finance_hooks.transport.deadline import Deadline
from finance_hooks.transport.guard import Environment, Installation
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session

MAPPINGS_VARIABLE = "FINANCE_MAPPINGS"
LEASE_BEYOND_REQUEST_S = 60


def mappings_folder() -> Path:
    """Return the folder of the mapping files: the project's own, unless the environment names another."""
    return Path(os.environ.get(MAPPINGS_VARIABLE) or MAPPINGS)


def find_administration(sync_id: str) -> Administration:
    """Read one row of administrations.csv as it is now; ConfigurationError says what is wrong with it."""
    for row in read_administrations(mappings_folder()):
        if row.sync_id == sync_id:
            if row.administration is None:
                raise ConfigurationError(write_problems(row.problems))
            return row.administration
    raise ConfigurationError(f"administrations.csv has no row {sync_id}.")
