"""Name the process that holds a lease, and tell for certain when that process is gone.

A process is told apart by the boot of its machine, its namespace of process ids, its id and when it
started, as Linux writes them under /proc (proc_pid_stat(5)).
"""

from pathlib import Path

PROC = Path("/proc")
BOOT = PROC / "sys/kernel/random/boot_id"
NAMESPACE = PROC / "self/ns/pid"
STATE, STARTED = 0, 19
"""Where the fields of /proc/<id>/stat stand after the name of the command, which may hold anything."""
DEAD = frozenset("ZXx")


def own_name() -> str | None:
    """Name the process that asks; `None` where the system does not say enough."""
    place, started = _place(), _started("self")
    if place is None or started is None:
        return None
    return f"{place} {(PROC / 'self').readlink()} {started}"


def is_gone(holder: str) -> bool:
    """Say whether a process that ran on this machine, in this namespace, certainly runs no more."""
    place, pid, started = holder.rsplit(" ", 2)
    return place == _place() and _started(pid) != started


def _place() -> str | None:
    try:
        return f"{BOOT.read_text(encoding='ascii').strip()} {NAMESPACE.stat().st_ino}"
    except OSError:
        return None


def _started(pid: str) -> str | None:
    try:
        said = (PROC / pid / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = said.rpartition(")")[2].split()
    return None if fields[STATE] in DEAD else fields[STARTED]
