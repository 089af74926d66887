import io

from rich.console import Console

from local.airflow_api import TaskState
from local.progress import Progress, changes, table


def task(task_id: str, state: str) -> TaskState:
    return TaskState(dag_id="sync_100_nl", task_id=task_id, state=state)


def test_only_what_changed_is_shown_on_paper() -> None:
    console = Console(file=io.StringIO(), record=True, width=120)
    progress = Progress(console, explain=lambda task: f"{task.task_id} could not")

    progress.show({"sync_100_nl": "running"}, [task("extract", "running")])
    progress.show({"sync_100_nl": "running"}, [task("extract", "success"), task("load", "")])
    progress.show({"sync_100_nl": "running"}, [task("extract", "success"), task("load", "up_for_retry")])

    assert console.export_text().splitlines() == [
        "sync_100_nl: extract running",
        "sync_100_nl: run running",
        "sync_100_nl: extract success",
        "sync_100_nl: load up_for_retry",
        "  sync_100_nl load: load could not",
    ]


def test_nothing_changes_twice() -> None:
    shown = {("sync_100_nl", "run"): "queued"}

    assert changes(shown, {"sync_100_nl": "queued"}, []) == {}


def test_table_has_one_line_per_dag_and_the_stages_in_order() -> None:
    console = Console(file=io.StringIO(), record=True, width=120)

    console.print(table({"sync_100_nl": "running"}, [task("load", "running"), task("extract", "success")]))

    heading, line = console.export_text().splitlines()
    assert heading.split() == ["administration", "extract", "load", "run"]
    assert line.split() == ["sync_100_nl", "success", "running", "running"]
