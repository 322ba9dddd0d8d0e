"""The random stream and all that is made of it, bit by bit: CI fails when a seat of any pinned draw changes."""

import json

import pytest
from make_golden import PLACE, PRESETS_PLACE, pinned, pinned_presets

from mazhilis_sim.kernels.steps.random_words import VERSION

GOLDEN = json.loads(PLACE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def now():
    return pinned()


def test_the_version_of_the_stream_is_the_pinned_one():
    assert GOLDEN["stream"] == VERSION


@pytest.mark.parametrize("name", GOLDEN["runs"])
def test_every_tally_is_the_pinned_one(now, name):
    assert now[name] == GOLDEN["runs"][name]


def test_no_run_is_left_out(now):
    assert set(now) == set(GOLDEN["runs"])


def test_every_preset_gives_what_it_gave():
    now = pinned_presets()
    assert now == json.loads(PRESETS_PLACE.read_text(encoding="utf-8"))
    assert len(set(now.values())) == len(now) == 4
