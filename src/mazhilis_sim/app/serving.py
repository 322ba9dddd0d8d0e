"""The server of the explorer: its routes, and how it is started for this computer alone."""

from __future__ import annotations

import contextlib
import socket
import threading
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path

import uvicorn
from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from mazhilis_sim.app.answers import drawn
from mazhilis_sim.app.documents import first_document
from mazhilis_sim.app.page_texts import beginning
from mazhilis_sim.app.security import LOOPBACK, MOST_BYTES, Gate, Guarded
from mazhilis_sim.app.sockets import Talk
from mazhilis_sim.app.state import Document, read_state
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.languages import LANGUAGES

PAGE = Path(__file__).parent / "page"
PATIENCE = 1
"""Seconds that open pages are given when the server ends."""


def build(gate: Gate, first: tuple[Document, list[str]] | None = None, language: str = "en") -> ASGIApp:
    """Return the app behind its gate.

    Parameters
    ----------
    gate : Gate
    first : tuple of (dict, list of str), optional
        The state that the page begins with, and what there is to say of it.
    language : str
        The language that it begins in.
    """
    turn, (state, said) = CapacityLimiter(1), first or first_document()

    async def page(_: Request) -> Response:
        return FileResponse(PAGE / "index.html")

    async def begin(request: Request) -> Response:
        asked = request.query_params.get("lang", language)
        return JSONResponse(beginning(state, said, asked if asked in LANGUAGES else language))

    async def talk(page: WebSocket) -> None:
        await Talk(page, turn).run()

    files = Mount("/page", StaticFiles(directory=PAGE))
    return Guarded(Starlette(routes=[Route("/", page), Route("/begin.json", begin), WebSocketRoute("/talk", talk), files]), gate)


def listening(port: int) -> socket.socket:
    """Listen on a port of the loopback; on a free one for 0."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((LOOPBACK, port))
        found.listen()  # who comes before the server runs waits
    except OSError as error:
        found.close()
        raise SimulationError(f"port {port} cannot be used: {error.strerror}", field="port", got=port, must="be free") from None
    return found


def serve(port: int, first: tuple[Document, list[str]] | None, language: str, say: Callable[[str], None], opens: bool) -> None:
    """Serve the explorer until it is interrupted.

    Parameters
    ----------
    port : int
        Of the loopback; 0 for a free one.
    first : tuple of (dict, list of str), optional
    language : str
    say : callable
        Is told the address.
    opens : bool
        Whether a browser is opened.
    """
    with contextlib.closing(listening(port)) as door:
        gate = Gate(door.getsockname()[1])
        begun = first or first_document()
        server = uvicorn.Server(configured(build(gate, begun, language)))
        threading.Thread(target=partial(compile_ahead, begun[0]), daemon=True).start()
        say(gate.address)
        if opens:
            webbrowser.open(gate.address)
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[door])


def configured(app: ASGIApp) -> uvicorn.Config:
    """Return how the server runs: quiet, and with messages of bounded size."""
    return uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=MOST_BYTES,
        ws_per_message_deflate=False,
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )


def compile_ahead(state: Document) -> None:
    """Let the compiler work before somebody waits for it; what is wrong with the state is said on the page."""
    with contextlib.suppress(Exception):
        drawn(read_state(state), 0, 1)
