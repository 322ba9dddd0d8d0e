"""Messages of the page and what is sent back, each a JSON object; what is none gets one clear error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from mazhilis_sim.app.answers import Sliced, drawn, picture, protocol, slices
from mazhilis_sim.app.comparing import compared, compared_by_law, drawn_beside, have_the_same_voters
from mazhilis_sim.app.documents import from_link, read_said, to_link, to_toml, told
from mazhilis_sim.app.opening import open_file, open_text
from mazhilis_sim.app.security import MOST_BYTES
from mazhilis_sim.app.state import Asked, Document, Fault, StateError, read_state, sentence
from mazhilis_sim.errors import FileError, MazhilisError, said_by, show
from mazhilis_sim.languages import LANGUAGES, speaking
from mazhilis_sim.simulation.distribution.seats import SeatDistribution

Reply = dict[str, Any]
PAUSE: Reply = {}
"""Nothing to send yet; what answers another page, or is newer, may come first."""
KINDS = ("show", "file", "text", "link")
"""What a page may send: a state to show; a file, typed text or a link to make a state of."""


@dataclass(frozen=True)
class Message:
    """What came, as far as it can be read.

    Parameters
    ----------
    table : dict
    error : MazhilisError, optional
        What is wrong with it.
    """

    table: dict[str, Any]
    error: MazhilisError | None = None

    @property
    def is_show(self) -> bool:
        """Whether it asks to show a state, which a newer state makes stale."""
        return self.table.get("kind") == "show"


@dataclass(frozen=True)
class Step:
    """A state as far as it is simulated.

    Parameters
    ----------
    forecast : SeatDistribution
    seconds : float
        What simulating took.
    whole : bool
        Whether all elections that were asked for are in it.
    compare : callable, optional
        Tells how it differs from the pinned state.
    """

    forecast: SeatDistribution
    seconds: float
    whole: bool
    compare: Callable[[], dict[str, Any]] | None = None


@dataclass
class Session:
    """One open page: what it pinned last is kept simulated.

    Parameters
    ----------
    pinned : tuple
        The pinned state as it was last simulated, and its forecasts by their draws.
    """

    pinned: tuple[Document, dict[int, SeatDistribution]] = field(default_factory=lambda: ({}, {}))

    def replies(self, message: Message) -> Iterator[Reply]:
        """Answer one message; whatever it holds, the answer is a table, and nothing is raised."""
        number = message.table.get("id")
        try:
            if message.error:
                raise message.error
            answers = ANSWERS[message.table["kind"]](self, message.table)
            for reply in spoken(message.table.get("lang", "en"), answers):
                yield {"id": number, **reply} if reply else PAUSE
        except StateError as error:
            yield {"id": number, "faults": [vars(fault) for fault in error.faults]}
        except MazhilisError as error:
            yield {"id": number, "faults": [vars(Fault("", sentence(error)))]}
        except Exception as error:  # nothing that a page sends may end the server
            yield {"id": number, "faults": [vars(Fault("", f"this is a bug, please report it: {said_by(error)}"))]}

    def show(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        """Simulate a state, show it coarsely and then whole, and compare it with the pinned one."""
        document: Any = message.get("state")
        pinned: Any = message.get("pinned")
        asked, said = told(lambda: read_state(document))
        more = {
            "link": to_link(document, read_said(message.get("told"))),
            "toml": to_toml(document),
            "protocol": protocol(asked),
            "said": said,
        }
        for place, step in enumerate(self.steps(asked, read_state(pinned) if pinned else None, pinned)):
            if place and not step.whole:
                yield PAUSE
                continue
            found = {"picture": picture(step.forecast), "simulated": step.seconds, "whole": step.whole, **more}
            yield found | ({"compared": step.compare()} if step.compare else {})
            more = {}

    def steps(self, asked: Asked, other: Asked | None, document: Document) -> Iterator[Step]:
        """Simulate a state step by step, with the pinned one where there is one: by both laws at once where they alone differ."""
        if other and have_the_same_voters(asked, other):
            for beside in slices(asked, partial(drawn_beside, other)):
                yield Step(beside.found.now, beside.seconds, beside.whole, partial(compared_by_law, beside.found))
            return
        for sliced in slices(asked, drawn):
            compare = partial(self.compared, sliced, other, document) if other else None
            yield Step(sliced.found, sliced.seconds, sliced.whole, compare)

    def compared(self, now: Sliced[SeatDistribution], other: Asked, document: Document) -> dict[str, Any]:
        """Compare what is shown with the pinned state over as many draws, which is simulated once while it stays pinned."""
        if self.pinned[0] != document:
            self.pinned = (document, {})
        known, wanted = self.pinned[1], min(now.draws, other.draws)
        if wanted not in known:
            known.update({sliced.draws: sliced.found for sliced in slices(replace(other, draws=wanted), drawn)})
        return compared(now.found, known[wanted])


def spoken(code: Any, replies: Iterator[Reply]) -> Iterator[Reply]:
    """Make each reply in a language; between replies it is not spoken, for other pages may speak another."""
    if code not in LANGUAGES:
        raise FileError(field="lang", got=code, must=f"be one of {', '.join(LANGUAGES)}")
    while True:
        with speaking(code):
            reply = next(replies, None)
        if reply is None:
            return
        yield reply


def opened(read: Callable[[Mapping[str, Any]], tuple[Document, list[str]]]) -> Callable[[Session, Mapping[str, Any]], Iterator[Reply]]:
    """Return what answers with a state that is read from something."""

    def answer(_: Session, message: Mapping[str, Any]) -> Iterator[Reply]:
        state, said = read(message)
        yield {"state": state, "said": said}

    return answer


def before(message: Mapping[str, Any]) -> Document:
    """Return the state that a message says was there."""
    state = message.get("state")
    return state if isinstance(state, dict) else {}


ANSWERS: dict[str, Callable[[Session, Mapping[str, Any]], Iterator[Reply]]] = {
    "show": Session.show,
    "file": opened(lambda message: open_file(message.get("name"), message.get("data"), before(message))),
    "text": opened(lambda message: open_text(message.get("text"), before(message))),
    "link": opened(lambda message: from_link(str(message.get("link")))),
}


def received(text: Any) -> Message:
    """Take a message, whatever it is."""
    try:
        return Message(read_message(text))
    except MazhilisError as error:
        return Message({}, error)


def read_message(text: Any) -> dict[str, Any]:
    """Read a message, or say what it must be."""
    if not isinstance(text, str):
        raise FileError(field="a message", got=text, must="be a text", shown="bytes")
    if len(text) > MOST_BYTES:
        raise FileError(field="a message", got=text, must=f"hold at most {MOST_BYTES:,} letters", shown=f"{len(text):,}")
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        raise FileError(field="a message", got=text, must="be JSON") from None
    if not isinstance(message, dict) or message.get("kind") not in KINDS:
        raise FileError(field="a message", got=message, must=f'be an object with "kind": one of {", ".join(KINDS)}', shown=show(message))
    return message
