"""Whatever comes, a parser returns what can be stored or raises what its callers expect, and ends."""

import json
from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.mutations import mutate
from tests.hostile.parser import Parser
from tests.hostile.parsers import PARSERS

FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(["d", "rows"])
)
JSON_VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.text(max_size=8), st.sampled_from(["d", "rows", "results", "Items", "error"])),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


def of_json(parsers: Iterable[Parser]) -> list[str]:
    return [each.name for each in parsers if each.samples[0].lstrip()[:1] in {b"{", b"["}]


@pytest.mark.parametrize("name", PARSERS)
@FEW
@given(random=st.randoms(use_true_random=False), data=st.data())
def test_spoilt_input_is_read_or_refused_as_promised(name: str, random: Random, data: st.DataObject) -> None:
    parser = PARSERS[name]
    sample = data.draw(st.sampled_from(parser.samples))

    assert parser.try_out(mutate(sample, random)) is not None


@pytest.mark.parametrize("name", PARSERS)
@FEW
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_as_promised(name: str, content: bytes) -> None:
    assert PARSERS[name].try_out(content) is not None


@pytest.mark.parametrize("name", of_json(PARSERS.values()))
@FEW
@given(value=JSON_VALUES)
def test_any_json_is_read_or_refused_as_promised(name: str, value: object) -> None:
    assert PARSERS[name].try_out(json.dumps(value).encode()) is not None


@pytest.mark.parametrize("name", PARSERS)
def test_good_input_is_read(name: str) -> None:
    parser = PARSERS[name]
    outcomes = [parser.try_out(sample) for sample in parser.samples]

    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert refused == ([] if name != "qubz-error" else outcomes)
