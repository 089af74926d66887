"""Celery workers on this machine, over an empty database of a Redis in reach."""

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import redis

from local.components import Component, ComponentError, own_program, start, wait_until
from local.ports import LOOPBACK

REDIS_URL: Final = "REDIS_URL"
REDIS_HERE: Final = f"redis://{LOOPBACK}:6379"
DATABASES: Final = range(15, 0, -1)
CLAIM: Final = "finance-broker"
KEPT: Final = "broker.json"
CONCURRENCY: Final = "AIRFLOW__CELERY__WORKER_CONCURRENCY"
TASKS_AT_ONCE: Final = "2"
READY: Final = " ready."
START_TIMEOUT_S: Final = 120.0
ANSWER_TIMEOUT_S: Final = 5.0


def redis_answers() -> bool:
    """Say whether the Redis of REDIS_URL, or else the one on this machine, lets us in."""
    try:
        with _client(_server()) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def claim_broker(state: Path) -> str:
    """Take a database that holds nothing, keep its address in the state folder, and return it.

    REDIS_URL may name the database; else the first empty one from 15 down is taken.
    """
    forget(state)
    server = _server()
    named = urlsplit(server).path.strip("/")
    addresses = [server] if named else [f"{server.rstrip('/')}/{number}" for number in DATABASES]
    address = next((address for address in addresses if _claim(address)), None)
    if address is None:
        raise ComponentError(
            f"Every database of the Redis at {_without_password(server)} that may be used holds keys; empty "
            f"one, or name an empty one: {REDIS_URL}=redis://host:6379/0"
        )
    descriptor = os.open(state / KEPT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"address": address}, file)
    return address


def forget(state: Path) -> None:
    """Empty the database that this state folder took, if it took one."""
    address = _kept_address(state)
    if address is None:
        return
    # A Redis that went away took along what was in it.
    with contextlib.suppress(redis.RedisError), _client(address) as client:
        client.flushdb()
    (state / KEPT).unlink()


def celery_settings(address: str, *, workers: int) -> dict[str, str]:
    """Return the settings of Airflow that make it work over so many Celery workers."""
    at_once = os.environ.get(CONCURRENCY, TASKS_AT_ONCE)
    return {
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__CORE__PARALLELISM": str(workers * int(at_once)),
        "AIRFLOW__CELERY__BROKER_URL": address,
        "AIRFLOW__CELERY__RESULT_BACKEND": address,
        CONCURRENCY: at_once,
    }


def kept_settings(state: Path) -> dict[str, str]:
    """Return the settings for a program beside what runs from this state folder; none with LocalExecutor."""
    address = _kept_address(state)
    return {} if address is None else celery_settings(address, workers=1)


def names(workers: int) -> tuple[str, ...]:
    """Name so many workers."""
    return tuple(f"worker-{number}" for number in range(1, workers + 1))


def start_worker(name: str, *, environment: Mapping[str, str], state: Path) -> Component:
    """Start a worker that takes tasks until it is told to stop."""
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


def wait_until_ready(workers: list[Component]) -> None:
    """Wait until every worker takes tasks; fail with the log of one that died."""
    wait_until(
        lambda: all(READY in worker.log.read_text(encoding="utf-8", errors="replace") for worker in workers),
        components=workers,
        timeout_s=START_TIMEOUT_S,
        awaited="the workers' start",
    )


def _claim(address: str) -> bool:
    """Take a database unless it holds anything; of several programs that try at once one gets it."""
    try:
        with _client(address) as client:
            if client.dbsize() or not client.set(CLAIM, os.getpid(), nx=True):
                return False
            if client.dbsize() == 1:
                return True
            client.delete(CLAIM)
            return False
    except redis.ResponseError:
        # A server may have fewer databases.
        return False
    except redis.RedisError as away:
        raise ComponentError(
            f"No Redis answers at {_without_password(address)} ({away}). Start one "
            f"(apt-get install redis-server), or say where it is: {REDIS_URL}=redis://host:6379"
        ) from away


def _kept_address(state: Path) -> str | None:
    kept = state / KEPT
    if not kept.exists():
        return None
    address: str = json.loads(kept.read_text(encoding="utf-8"))["address"]
    return address


def _server() -> str:
    return os.environ.get(REDIS_URL) or REDIS_HERE


def _without_password(address: str) -> str:
    return address.rpartition("@")[2].removeprefix("redis://")


def _client(address: str) -> "redis.Redis":
    return redis.Redis.from_url(
        address, socket_timeout=ANSWER_TIMEOUT_S, socket_connect_timeout=ANSWER_TIMEOUT_S
    )
