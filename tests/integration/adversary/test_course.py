"""A course over several processes leaves none of them behind."""

import subprocess
import sys

import psutil

COURSE = """
import sys
from adversary.simulate import Course, scripts, simulate

list(simulate([sys.argv[1]], scripts(Course(seed=1, documents=8, nights=2)), 1_000_000))
"""
START_S, END_S = 60, 20


def test_processes_that_play_end_with_the_one_that_handed_out_scripts(store_url: str) -> None:
    handing_out = subprocess.Popen([sys.executable, "-c", COURSE, store_url])
    try:
        playing = wait_for_players(psutil.Process(handing_out.pid))
    finally:
        handing_out.kill()
        handing_out.wait()

    _, left = psutil.wait_procs(playing, timeout=END_S)

    assert left == []


def wait_for_players(process: psutil.Process) -> list[psutil.Process]:
    """Wait until scripts are being played, and return who plays them."""
    for _ in range(START_S * 10):
        found = [child for child in process.children() if "spawn_main" in " ".join(child.cmdline())]
        if found and found[0].cpu_times().user > 1:
            return found
        psutil.wait_procs([process], timeout=0.1)
    raise AssertionError("nothing was played")
