"""States as the page begins with them, and as they leave it: of polls, as TOML, as a link."""

from __future__ import annotations

import base64
import binascii
import json
import math
import warnings
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import tomli_w

from mazhilis_sim.app.state import DRAWS, NONE, SEED, Document
from mazhilis_sim.data import load_polls
from mazhilis_sim.data.turnouts import NEWEST
from mazhilis_sim.errors import FileError
from mazhilis_sim.names.reserved import UNDECIDED
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.simulation.models import Total
from mazhilis_sim.simulation.models.centre import read_centre

Read = TypeVar("Read")
LONGEST_STATE = 100_000
"""Bytes of a state that a link holds, once they are unpacked."""
SAID = "said"
"""Where a link has what was doubtful about its poll: no key of a scenario, nor of a state."""
HEAD = (
    "# A forecast of the explorer of mazhilis-sim. The command line runs it to the same numbers:\n# mazhilis-sim forecast scenario.toml\n\n"
)


# -- a state to begin with ---------------------------------------------------------------------------------------------


def first_document() -> tuple[Document, list[str]]:
    """Return the state that the page opens with, the polls before the newest election on record under its law, and their doubts."""
    return told(lambda: of_record(load_polls(NEWEST)))


def of_record(polls: Polls) -> Document:
    """Return the state that polls on record begin with: their law, and districts where there are any."""
    return {**document_of(polls), "law": {"name": polls.law}, "districts": NONE if polls.districts is None else NEWEST}


def told(read: Callable[[], Read]) -> tuple[Read, list[str]]:
    """Return what was read, and what is doubtful about it; how names were read is no doubt."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = read()
    said = [without_names(warning.message) for warning in caught]
    return found, doubts_of([words for words in said if words])


def without_names(message: Warning | str) -> str:
    """Return what a warning says beside how names were read: of a note, such as that a total was left out, the other parts."""
    parts = str(message).split("; ") if getattr(message, "is_note", False) else [str(message)]
    return "; ".join(part for part in parts if "read as: " not in part)


def doubts_of(words: Sequence[str]) -> list[str]:
    """Return each doubt once: one that is said again behind how names were read stands alone."""
    return [said for said in dict.fromkeys(words) if not any(said.endswith(f"; {other}") for other in words)]


def document_of(polls: Polls) -> Document:
    """Return what a state says of polls: their pooled shares, the margin and the errors that go with them."""
    centre, named = read_centre(polls), polls.newest_of_each()
    undecided = math.fsum(poll.undecided for poll in named) / len(named) if len(named) == 1 else 0.0
    shares = percentages([*(share * (1 - undecided) for share in centre.shares), undecided])
    answers = dict(zip((*centre.categories, UNDECIDED), shares, strict=True))
    left_open = answers.pop(UNDECIDED)
    sigma = math.sqrt(Total().variance(centre))
    return {
        "poll": {"shares": answers, "undecided": left_open, "margin": f"{100 * centre.margin:.4g}%"},
        "model": {"name": Total.name, "sigma": round(sigma, 3)},
        "draws": DRAWS,
        "seed": SEED,
    }


def percentages(shares: Sequence[float]) -> list[str]:
    """Write shares that sum to 1 as percentages that sum to 100, each rounded up or down to two decimals."""
    unit = 100 * 100
    exact = [share * unit for share in shares]
    whole = [math.floor(part) for part in exact]
    short = unit - sum(whole)
    for place in sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])[:short]:
        whole[place] += 1
    return [f"{part / 100:g}%" for part in whole]


# -- as TOML -----------------------------------------------------------------------------------------------------------


def to_toml(document: Mapping[str, Any]) -> str:
    """Write a state as the scenario that the command line runs; what is not said is left out."""
    return HEAD + tomli_w.dumps({key: value for key, value in document.items() if value not in ({}, [], None)})


# -- as a link ---------------------------------------------------------------------------------------------------------


def to_link(document: Mapping[str, Any], said: Sequence[str] = ()) -> str:
    """Write a state in letters that an address may hold, with what was doubtful about the poll that it is of."""
    text = json.dumps({**document, SAID: list(said)} if said else document, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def from_link(link: str) -> tuple[Document, list[str]]:
    """Read the address of a page, whole or only what stands behind its ``#``: a state, and what was doubtful about its poll.

    Raises
    ------
    FileError
        Where it is not whole, or no state.
    """
    document = unpacked(link.rpartition("#")[2])
    if not isinstance(document, dict):
        raise FileError(field="the link", got=link, must="hold a whole state", remedy="copy all of the address of the page")
    return document, read_said(document.pop(SAID, []))


def unpacked(letters: str) -> Any:
    """Return what the letters of a link hold; None where they hold nothing that is whole."""
    try:
        packed = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(packed, LONGEST_STATE)
        return json.loads(text) if unpacking.eof else None
    except (ValueError, RecursionError, binascii.Error, zlib.error):
        return None


def read_said(said: Any) -> list[str]:
    """Return doubts that came from elsewhere; nothing where they are no texts."""
    return [words for words in said if isinstance(words, str)] if isinstance(said, list) else []
