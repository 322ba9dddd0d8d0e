"""The server of the explorer without a browser: who is let in, what garbage is answered, what many pages at once do to each other."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from test_state import SMALL, changed

from mazhilis_sim.app import answers, messages
from mazhilis_sim.app.answers import drawn
from mazhilis_sim.app.messages import Session, received
from mazhilis_sim.app.page_texts import beginning
from mazhilis_sim.app.security import MOST_BYTES, Gate
from mazhilis_sim.app.serving import PAGE, build, listening
from mazhilis_sim.app.state import read_state
from mazhilis_sim.errors import SimulationError

GATE = Gate(8765)
HOST = {"host": "127.0.0.1:8765"}
OWN = {**HOST, "origin": "http://127.0.0.1:8765"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(build(GATE, (SMALL, [])), base_url="http://127.0.0.1:8765") as found:
        yield found


def address(path: str = "") -> str:
    """Return a path behind the token."""
    return f"/{GATE.token}/{path}"


def talk(client: TestClient) -> Any:
    """Open the talk as the page does."""
    return client.websocket_connect(f"ws://127.0.0.1:8765{address('talk')}", headers=OWN)


def shown(socket: Any, state: Any, number: int = 1, **more: Any) -> list[dict[str, Any]]:
    """Ask for a state, and take all replies to it."""
    socket.send_text(json.dumps({"id": number, "kind": "show", "state": state, "lang": "en", **more}))
    found = [socket.receive_json()]
    while not found[-1].get("whole", True):
        found.append(socket.receive_json())
    return found


# -- who is let in -----------------------------------------------------------------------------------------------------


def test_the_page_and_its_files_are_served_with_what_keeps_others_out(client: TestClient) -> None:
    for path in ("", "begin.json", *(f"page/{file.name}" for file in PAGE.iterdir())):
        answer = client.get(address(path))
        assert answer.status_code == 200, path
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"


STRANGERS = {
    "no token": ("/", HOST),
    "another token": (f"/{Gate(8765).token}/", HOST),
    "part of the token": (f"/{GATE.token[:-1]}/", HOST),
    "a name that points here": (address(), {"host": "evil.example:8765"}),
    "another port": (address(), {"host": "127.0.0.1:1"}),
    "another origin": (address(), {**HOST, "origin": "http://evil.example"}),
    "an origin of nothing": (address(), {**HOST, "origin": "null"}),
}


@pytest.mark.parametrize("kind", STRANGERS)
def test_a_stranger_is_refused_and_told_what_to_do(client: TestClient, kind: str) -> None:
    path, headers = STRANGERS[kind]
    answer = client.get(path, headers=headers)
    assert answer.status_code == 403
    assert "mazhilis-sim explore" in answer.text
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(f"ws://127.0.0.1:8765{path}talk", headers={**OWN, **headers}) as talk:
        talk.receive_text()


def test_a_talk_without_an_origin_is_refused(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(f"ws://127.0.0.1:8765{address('talk')}", headers=HOST) as talk:
        talk.receive_text()


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {Gate(1).token for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 32


def test_nothing_but_the_loopback_is_listened_on() -> None:
    with listening(0) as door:
        name, port = door.getsockname()
        assert name == "127.0.0.1"
        with pytest.raises(SimulationError, match=f"port {port} cannot be used"):
            listening(port)
        with socket.create_connection((name, port), timeout=5):
            pass


# -- what is answered --------------------------------------------------------------------------------------------------


def test_a_state_is_answered_coarsely_and_then_whole(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "COARSE", 500)
    monkeypatch.setattr(answers, "SLICE", 1000)
    with talk(client) as socket:
        replies = shown(socket, SMALL)
    assert [reply["picture"]["draws"] for reply in replies] == [500, 2000]
    forecast = drawn(read_state(SMALL), 0, 2000)
    assert replies[-1]["picture"]["parties"][0]["mean"] == forecast.mean("a")
    assert "Article 97-1" in replies[0]["protocol"]
    assert replies[0]["toml"].startswith("#")


def test_what_is_doubtful_about_a_state_is_said_with_it(client: TestClient) -> None:
    with talk(client) as socket:
        (reply,) = shown(socket, changed(poll={"shares": {"a": "60%", "b": "30%"}, "margin": "3%"}))
        (sure,) = shown(socket, SMALL, 2)
    assert reply["said"] == ["poll: shares sum to 90.0 %, not 100 %; they are scaled to 100 %"]
    assert sure["said"] == []


def test_a_pinned_state_is_compared_over_the_same_draws(client: TestClient) -> None:
    with talk(client) as socket:
        (reply,) = shown(socket, changed(law={"name": "2026", "list_seats": 80}), pinned=SMALL)
        (same,) = shown(socket, SMALL, 2, pinned=SMALL)
    assert reply["compared"]["common"] == "voters"
    assert reply["compared"]["parties"][0]["seats"] > 20
    assert all(row["seats"] == 0 for row in same["compared"]["parties"])


@pytest.mark.parametrize("draws", [250, 50, 400, 5_000], ids=["within a slice", "within the first", "where one ends", "beyond the last"])
def test_a_pinned_state_is_compared_over_as_many_draws_wherever_they_end(monkeypatch: pytest.MonkeyPatch, draws: int) -> None:
    monkeypatch.setattr(answers, "COARSE", 100)
    monkeypatch.setattr(answers, "SLICE", 300)
    pinned = changed(draws=1_000, poll={"shares": {"a": "60%", "b": "40%"}, "margin": "3%"})
    message = {"id": 1, "kind": "show", "state": changed(draws=draws), "pinned": pinned}
    *_, reply = (reply for reply in Session().replies(received(json.dumps(message))) if reply)
    assert reply["compared"]["draws"] == min(draws, 1_000)
    assert reply["compared"]["common"] == ("numbers" if draws <= 1_000 else "nothing")


def test_what_is_wrong_comes_back_as_faults_and_the_talk_goes_on(client: TestClient) -> None:
    with talk(client) as socket:
        (wrong,) = shown(socket, changed(law={"name": "2026", "threshold": "x"}))
        (right,) = shown(socket, SMALL, 2)
    assert [fault["path"] for fault in wrong["faults"]] == ["law.threshold"]
    assert right["picture"]["draws"] == 2000


GARBAGE = [
    "",
    "x",
    "{",
    "[]",
    "null",
    '{"kind": "shut down"}',
    '{"kind": ["show"]}',
    '{"kind": "show"}',
    '{"kind": "show", "state": 3, "lang": "xx"}',
    "[" * 100_000,
]
GARBAGE += [
    '{"kind": "file"}',
    '{"kind": "file", "name": 3, "data": "%"}',
    '{"kind": "text"}',
    '{"kind": "link", "link": {}}',
    '{"kind": "show", "state": {"poll": NaN}}',
]


@pytest.mark.parametrize("message", [*GARBAGE, b"\x00\xff"], ids=lambda message: str(message)[:40])
def test_garbage_gets_one_clear_error_and_the_talk_goes_on(client: TestClient, message: str | bytes) -> None:
    with talk(client) as socket:
        socket.send_bytes(message) if isinstance(message, bytes) else socket.send_text(message)
        assert_one_error(socket.receive_json())
        assert shown(socket, SMALL)[-1]["whole"]


def assert_one_error(reply: dict[str, Any]) -> None:
    """Hold that a reply says in one line what is wrong, and is no bug."""
    assert set(reply) == {"id", "faults"}
    for fault in reply["faults"]:
        assert fault["said"]
        assert "\n" not in fault["said"]
        assert "bug" not in fault["said"]
        assert len(fault["said"]) < 1000


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
keys = st.sampled_from([*SMALL, "turnout", "coalitions", "district_model", "votes", "polls"])
tables = st.dictionaries(
    st.sampled_from(["name", "shares", "margin", "sigma", "threshold", "list_seats", "fallback", "astana", "where"]), plain, max_size=3
)


@given(st.dictionaries(keys, plain | tables, max_size=3))
@settings(max_examples=40)
def test_states_of_any_values_are_refused_in_words(changes: dict[str, Any]) -> None:
    message = received(json.dumps({"kind": "show", "state": {**SMALL, "draws": 5, **changes}}))
    for reply in Session().replies(message):
        assert "picture" in reply or assert_one_error(reply) is None


def test_a_message_beyond_the_bound_is_refused() -> None:
    (reply,) = Session().replies(received(" " * (MOST_BYTES + 1)))
    assert f"at most {MOST_BYTES:,}" in reply["faults"][0]["said"]


def test_a_fault_of_the_program_itself_ends_no_talk(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched, talk(client) as socket:
        patched.setattr(messages, "picture", lambda _: 1 / 0)
        assert "this is a bug" in shown(socket, SMALL)[0]["faults"][0]["said"]
        patched.undo()
        assert shown(socket, SMALL, 2)[-1]["whole"]


# -- many at once ------------------------------------------------------------------------------------------------------


def test_an_older_state_is_dropped_for_a_newer_one(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "COARSE", 100)
    monkeypatch.setattr(answers, "SLICE", 100)
    with talk(client) as socket:
        for number in range(1, 31):
            socket.send_text(json.dumps({"id": number, "kind": "show", "state": changed(seed=number)}))
        found = [socket.receive_json()]
        while not (found[-1]["id"] == 30 and found[-1]["whole"]):
            found.append(socket.receive_json())
    answered = [number for number in range(1, 31) if any(reply["id"] == number and reply["whole"] for reply in found)]
    assert answered[-1] == 30
    assert len(answered) < 15
    assert [reply["picture"]["draws"] for reply in found if reply["id"] == 30] == [100, 2000]


def test_twenty_pages_at_once_are_each_answered_with_their_own_state(client: TestClient) -> None:
    def one(number: int) -> tuple[int, float]:
        with talk(client) as socket:
            socket.send_text("garbage")
            socket.receive_json()
            (reply,) = shown(socket, changed(law={"name": "2026", "list_seats": 40 + number}), number)
            return reply["picture"]["law"]["list_seats"], reply["picture"]["parties"][0]["mean"]

    with ThreadPoolExecutor(20) as pages:
        found = list(pages.map(one, range(20)))
    for number, (seats, mean) in enumerate(found):
        assert seats == 40 + number
        assert mean == drawn(read_state(changed(law={"name": "2026", "list_seats": 40 + number})), 0, 2000).mean("a")


# -- its texts ---------------------------------------------------------------------------------------------------------


def test_every_language_that_is_offered_is_spoken_by_the_page(client: TestClient) -> None:
    begun = client.get(address("begin.json")).json()
    assert "en" in begun["languages"]
    for code in begun["languages"]:
        answer = client.get(address("begin.json"), params={"lang": code}).json()
        assert answer["language"] == code
        assert answer["texts"].keys() == begun["texts"].keys()
    assert client.get(address("begin.json"), params={"lang": "xx"}).json()["language"] == "en"


def test_every_text_of_the_page_is_there_and_every_one_is_used() -> None:
    texts = beginning(SMALL, [], "en")["texts"]
    sources = {file.name: file.read_text(encoding="utf-8") for file in PAGE.iterdir()}
    written = "\n".join(sources.values())
    unused = [key for key in texts if f'"{key}"' not in written]
    assert unused == []
    assert all(texts.values())
