"""What benchmarks measured is shown with its spread, and a goal counts only when every run held it."""

from bench.__main__ import over
from bench.report import row, spread_table, table


def test_row_says_whether_its_goal_is_held() -> None:
    held = row("share", 0.97, "", at_least=0.95)
    missed = row("time", 21.0, "s", at_most=20)

    assert (held["goal"], held["held"]) == ("at least 0.95", True)
    assert (missed["goal"], missed["held"]) == ("at most 20", False)
    assert (row("calls", 12, "")["goal"], row("calls", 12, "")["held"]) == (None, None)


def test_table_has_a_line_for_each_row_with_its_figure_and_verdict() -> None:
    shown = table([row("time", 1234.5, "s", at_most=20), row("calls", 12, "")]).splitlines()

    assert shown[0].split() == ["time", "1,234", "s", "at", "most", "20", "NOT", "HELD"]
    assert shown[1].split() == ["calls", "12"]


def test_several_runs_are_told_by_their_middle_and_their_spread() -> None:
    runs = [row("time", seconds, "s", at_most=20) for seconds in (12.0, 30.0, 14.0)]

    told = over("night", runs)

    assert (told["figure"], told["least"], told["most"], told["held"]) == (14.0, 12.0, 30.0, False)
    assert "night: time" in spread_table([told])
    assert "(12.0 to 30.0)" in spread_table([told])
