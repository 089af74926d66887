"""Keep what was played so far, so that a long simulation can stop and go on."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from adversary.simulate import Course
from adversary.tally import Tally


@dataclass(slots=True, kw_only=True)
class Played:
    """How far a course has come: its scripts are played in their order, and these many seconds it took."""

    course: Course
    tally: Tally
    seconds: float = 0.0


def read_played(path: Path, course: Course) -> Played:
    """Read how far a course has come; raises ValueError when the file is of another course."""
    if not path.exists():
        return Played(course=course, tally=Tally())
    plain = json.loads(path.read_text(encoding="utf-8"))
    kept = Course(**plain["course"])
    if kept != course:
        raise ValueError(f"{path} is of {kept}, not of {course}")
    tally = Tally(
        by_sync_id={sync_id: Counter(counted) for sync_id, counted in plain["by_sync_id"].items()},
        mishaps=Counter(plain["mishaps"]),
        violations=Counter(plain["violations"]),
    )
    return Played(course=course, tally=tally, seconds=plain["seconds"])


def write_played(path: Path, played: Played) -> None:
    """Write how far a course has come; whoever stops in the middle of it leaves the file as it was."""
    course = played.course
    plain = {
        "course": {"seed": course.seed, "documents": course.documents, "nights": course.nights},
        "seconds": round(played.seconds),
        "by_sync_id": {name: dict(counted) for name, counted in sorted(played.tally.by_sync_id.items())},
        "mishaps": dict(played.tally.mishaps.most_common()),
        "violations": dict(played.tally.violations),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
    half.replace(path)
