"""Saved forecasts, damaged bit by bit and forged key by key: refused in a line, or the same as before, or answering every question."""

from __future__ import annotations

import copy
import json
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import mazhilis_sim as ms
from mazhilis_sim.simulation.saving import read_forecast
from mazhilis_sim.simulation.saving.format_2 import sealed

PLACE = Path("damaged.json")
LONGEST = 700
"""Characters of a refusal."""


def deep(levels: int) -> Any:
    """Return lists in lists."""
    found: Any = 1
    for _ in range(levels):
        found = [found]
    return found


NUMBERS: tuple[Any, ...] = (0, 1, -1, 5, 2**31, 2**63, 2**64, 10**400, 0.5, -0.0, 1e308, 1e-300)
TEXTS: tuple[Any, ...] = ("", " ", "x", "1/3", "1e-9999999", "1/0", "0.٠٥", "\ud800", "a\nb", "x" * 5000)
LISTS: tuple[Any, ...] = ([], {}, [1], [None], [[]], ["a", "a"], {"a": 1}, {"": None}, [[1, 2], [3]], deep(12), deep(900))
WRONG = (None, True, False, *NUMBERS, *TEXTS, *LISTS)
"""What no key may hold, most of them."""


def small_forecast(draws: int = 6) -> ms.SeatDistribution:
    """Return a forecast whose file is small, with districts and a coalition."""
    districts = ms.DistrictVotes(
        (ms.District(1, (ms.Candidate("A", "a", 60), ms.Candidate("I", "independents", 40)), "north"),), {"a": 0.6, "b": 0.4}
    )
    law = ms.law("2026").replace(list_seats=3, district_seats=1, articles=())
    poll = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=900)
    model = ms.models.Total(sigma=0.2, bias={"a": 0.1})
    return ms.simulate(law, poll, model=model, districts=districts, coalitions=(("a", "b"),), n_draws=draws, seed=1, threads=1)


def in_file(forecast: ms.SeatDistribution, folder: Path) -> bytes:
    """Return the bytes of a saved forecast."""
    forecast.save(folder / "whole.json")
    return (folder / "whole.json").read_bytes()


def outcome(data: bytes) -> tuple[str, ms.SeatDistribution | None]:
    """Return what is wrong with how some bytes are read, and the forecast where they are."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ms.DataWarning)
            return "", read_forecast(data, PLACE)
    except ms.SimulationError as refusal:
        said = str(refusal)
        fits = said.isprintable() and len(said) <= LONGEST and PLACE.name in said and refusal.field
        return "" if fits else f"is refused in other words: {said[:200]!r}", None
    except BaseException as error:
        return f"raises {type(error).__name__}: {str(error)[:150]}", None


def bit_flips(data: bytes, bits: Iterable[int] | None = None) -> Iterator[str]:
    """Yield each single bit whose other value is neither refused nor without meaning; all of them, unless some are asked for."""
    whole, damaged = contents(outcome(data)[1]), bytearray(data)
    for bit in range(8 * len(data)) if bits is None else bits:
        damaged[bit // 8] ^= 1 << bit % 8
        fault, read = outcome(bytes(damaged))
        if read is not None and contents(read) != whole:
            fault = "changes what is read"
        if fault:
            yield f"bit {bit % 8} of byte {bit // 8} {fault}"
        damaged[bit // 8] ^= 1 << bit % 8


def contents(read: ms.SeatDistribution | None) -> Any:
    """Return all that a forecast says."""
    return (read.to_dict(), read.run) if read else None


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each value in JSON; of a long list to the first two and the last."""
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, (*path, key))
    elif isinstance(value, list):
        for at in sorted({0, 1, len(value) - 1} & set(range(len(value)))):
            yield from places(value[at], (*path, at))


def forged(saved: dict[str, Any], path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> dict[str, Any]:
    """Return a copy with one value changed, and a checksum that fits: anybody can write such a file."""
    found = copy.deepcopy(saved)
    holder: Any = found
    for key in path[:-1]:
        holder = holder[key]
    change(holder, path[-1])
    return sealed(found)


def changes() -> Iterator[tuple[str, Callable[[Any, Any], None]]]:
    """Yield what may be done to one value, with its name."""
    yield "left out", lambda holder, key: holder.pop(key)
    yield "beside another", lambda holder, key: holder.append(5) if isinstance(holder, list) else holder.update({f"{key}x": holder[key]})
    for wrong in WRONG:
        yield f"as {str(wrong)[:40]!r}", lambda holder, key, wrong=wrong: holder.__setitem__(key, wrong)


def forgeries(saved: dict[str, Any], rng: Random, share: float = 1.0, under: str = "") -> Iterator[str]:
    """Yield each value whose change leads to more than a refusal in a line, or to a forecast that cannot be asked.

    Of all changes a share is tried, below one key where one is named.
    """
    ways = [path for path in places(saved) if path and under in ("", path[0])]
    for path in ways:
        for name, change in changes():
            if rng.random() < share and (fault := fault_of(forged(saved, path, change))):
                yield f"{'.'.join(map(str, path))} {name} {fault}"


def fault_of(saved: dict[str, Any]) -> str:
    """Return what is wrong with how a forged forecast is read and answers, or nothing."""
    fault, read = outcome(json.dumps(saved).encode())
    if fault or read is None:
        return fault
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ms.DataWarning)
            ask(read)
    except ms.MazhilisError as refusal:
        return f"is read, then refuses: {refusal}"
    except BaseException as error:
        return f"is read, then raises {type(error).__name__}: {str(error)[:150]}"
    return ""


def ask(read: ms.SeatDistribution) -> None:
    """Ask a forecast what people ask."""
    text = f"{read}{read!r}{read.provenance}{read.summary()}{hash(read)}"
    again = read_forecast(json.dumps(read.to_dict()).encode(), PLACE)
    if not text or again != read:
        raise ValueError("it is another one once it is written again")
    read.draws(1), read.p_majority(read.parties), read.question.law.source, read.question.centre.polls
    for party in read.parties:
        read.interval(party), read.p_at_least(party, 1), read.p_majority(party), read.point["total"][party]
    for party in read.lists:
        read.p_enters(party), read.p_admitted(party), read.point["list"][party]
    read.p_fallback(), read.p_tie(), read.p_no_allocation(), read.district_ties
