"""The talk with an open page: the newest message is answered, step by step, and dropped when a newer one comes."""

from __future__ import annotations

import contextlib
import json
from collections import deque
from collections.abc import Iterator

import anyio
from anyio import CapacityLimiter, to_thread
from starlette.websockets import WebSocket, WebSocketDisconnect

from mazhilis_sim.app.messages import Message, Reply, Session, received

MOST_WAITING = 64
"""Messages of a page that wait to be answered; more are not read until some are, so that none can fill the memory."""


class Talk:
    """The talk with one page.

    Parameters
    ----------
    socket : WebSocket
    turn : CapacityLimiter
        Lets one step of one page run at a time, in the order in which they ask: each step takes all processors.
    """

    def __init__(self, socket: WebSocket, turn: CapacityLimiter) -> None:
        self.socket, self.turn, self.session = socket, turn, Session()
        self.waiting: deque[Message] = deque()
        self.changed = anyio.Condition()

    async def run(self) -> None:
        """Talk until the page is closed."""
        await self.socket.accept()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.answer)
            await self.listen()
            tasks.cancel_scope.cancel()

    async def listen(self) -> None:
        """Take what comes; a state to show makes older ones that still wait stale."""
        while (came := await self.socket.receive())["type"] != "websocket.disconnect":
            message = received(came.get("text") or came.get("bytes"))
            if message.is_show:
                self.waiting = deque(other for other in self.waiting if not other.is_show)
            async with self.changed:
                self.waiting.append(message)
                self.changed.notify_all()
                while len(self.waiting) > MOST_WAITING:
                    await self.changed.wait()

    async def answer(self) -> None:
        """Answer one message after another; what is shown is left when there is something newer."""
        while True:
            async with self.changed:
                while not self.waiting:
                    await self.changed.wait()
                message = self.waiting.popleft()
                self.changed.notify_all()
            replies = self.session.replies(message)
            while (reply := await self.step(replies)) is not None and not self.is_stale(message):
                if reply:
                    await self.send(reply)

    def is_stale(self, message: Message) -> bool:
        """Tell whether a newer state waits to be shown."""
        return message.is_show and any(other.is_show for other in self.waiting)

    async def step(self, replies: Iterator[Reply]) -> Reply | None:
        """Take the next reply, in a thread."""
        return await to_thread.run_sync(next, replies, None, limiter=self.turn)

    async def send(self, reply: Reply) -> None:
        """Send a reply; that the page is gone is told by `listen`."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await self.socket.send_text(json.dumps(reply, ensure_ascii=False))
