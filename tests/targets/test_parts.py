"""What a connection may not read is named, all of it, and nothing counts as empty."""

from collections.abc import Callable

import pytest

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.targets.parts import read_parts


def refused(why: str) -> Callable[[], list[str]]:
    def read() -> list[str]:
        raise ConfigurationError(why)

    return read


def test_parts_are_read_by_name() -> None:
    assert read_parts({"journals": lambda: ["70"], "periods": list}) == {"journals": ["70"], "periods": []}


def test_every_part_that_may_not_be_read_is_named_at_once() -> None:
    parts = {"journals": refused("no"), "cost_units": refused("no"), "periods": refused("blocked")}

    with pytest.raises(ConfigurationError) as raised:
        read_parts(parts | {"parties": lambda: ["10045"]})

    assert str(raised.value) == ("The chart cannot be read whole: journals, cost units: no; periods: blocked")


def test_part_that_does_not_answer_is_a_failed_read() -> None:
    def read() -> list[str]:
        raise TemporaryFailure("later", retry_after_s=9)

    with pytest.raises(TemporaryFailure):
        read_parts({"journals": read})
