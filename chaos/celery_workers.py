"""Celery workers over a Redis of this machine, where one answers."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import redis

from local.components import Component, own_program, start
from local.ports import LOOPBACK

REDIS_PORT: Final = 6379
DATABASES: Final = range(15, 0, -1)
NAMES: Final = ("worker-1", "worker-2")
TASKS_AT_ONCE: Final = "2"


def empty_database() -> int | None:
    """Return the number of a database of the Redis here that holds nothing, `None` where there is none."""
    try:
        for number in DATABASES:
            if _client(number).dbsize() == 0:
                return number
    except redis.RedisError:
        return None
    return None


def forget(database: int) -> None:
    """Empty a database that was ours."""
    _client(database).flushdb()


def celery_settings(database: int) -> dict[str, str]:
    """Return the settings of Airflow that make it work over Celery."""
    address = f"redis://{LOOPBACK}:{REDIS_PORT}/{database}"
    return {
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__CELERY__BROKER_URL": address,
        "AIRFLOW__CELERY__RESULT_BACKEND": address,
        "AIRFLOW__CELERY__WORKER_CONCURRENCY": TASKS_AT_ONCE,
    }


def start_worker(name: str, *, environment: Mapping[str, str], state: Path) -> Component:
    """Start a worker that takes tasks until it is killed."""
    command = own_program(
        *("airflow", "celery", "worker", "--skip-serve-logs", "--without-gossip", "--without-mingle"),
        *("--celery-hostname", f"{name}@%h", "--pid", str(state / f"{name}.pid")),
    )
    # Celery refuses root unless it is told that root is meant.
    return start(
        name,
        command,
        environment={**environment, "C_FORCE_ROOT": "true"} if os.geteuid() == 0 else environment,
        state=state,
    )


def _client(database: int) -> "redis.Redis":
    return redis.Redis(host=LOOPBACK, port=REDIS_PORT, db=database, socket_timeout=2.0)
