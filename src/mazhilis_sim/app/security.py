"""Who may speak with the explorer: a browser of this computer that knows the address, with its token, and sends from that page."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost")
"""Names by which this computer calls itself; any other in the head of a request is a page elsewhere that points here."""
MOST_BYTES = 8_000_000
"""Of one message: a file of six megabytes, as it is sent."""
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""What every answer says, so that a browser lets nothing in from elsewhere and nothing out."""
STRANGER = "This address is of no explorer that runs now. Start one: mazhilis-sim explore, with the old address behind it if you like.\n"
REFUSED_SOCKET = 4403


@dataclass(frozen=True)
class Gate:
    """What a request must show.

    Parameters
    ----------
    port : int
    token : str
        Random letters in the address.
    """

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{LOOPBACK}:{self.port}/{self.token}/"

    def admits(self, scope: Scope) -> bool:
        """Tell whether a request is from the page itself: its host, its token, and its origin where it says one or must."""
        headers = Headers(scope=scope)
        hosts = [f"{name}:{self.port}" for name in NAMES]
        origin = headers.get("origin")
        named = (origin is None and scope["type"] == "http") or origin in [f"http://{host}" for host in hosts]
        return headers.get("host") in hosts and named and self.knows(scope["path"])

    def knows(self, path: str) -> bool:
        """Tell whether a path begins with the token, in a time that says nothing of how much of it is right."""
        return secrets.compare_digest(path.removeprefix("/").partition("/")[0].encode(), self.token.encode())


class Guarded:
    """An app behind a gate, with the headers that every answer bears."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self.app, self.gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what the gate admits."""
        if scope["type"] == "lifespan" or self.gate.admits(scope):
            await self.app({**scope, "path": scope.get("path", "").removeprefix(f"/{self.gate.token}")}, receive, with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": REFUSED_SOCKET})
        else:
            await PlainTextResponse(STRANGER, status_code=403)(scope, receive, with_headers(send))


def with_headers(send: Send) -> Send:
    """Return a way to send that adds the headers."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            more = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            message = {**message, "headers": [*message.get("headers", []), *more]}
        await send(message)

    return sending
