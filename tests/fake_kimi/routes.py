"""Which answer a request gets: that of the last route for it that is not used up."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Callable, Optional

from messages import Answer, Request, json_answer

Handler = Callable[[Request], Answer]


@dataclass
class _Route:
    handler: Handler
    left: Optional[int]  # None: any number of times

    def take(self) -> bool:
        if self.left is None:
            return True
        self.left -= 1
        return self.left >= 0


class Routes:
    """A stack of routes for each host, method and path (without its query)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stacks: dict[tuple[str, str, str], list[_Route]] = {}

    def add(
        self, host: str, method: str, path: str, handler: Handler, times: Optional[int] = None
    ) -> None:
        with self._lock:
            self._stacks.setdefault((host, method, path), []).append(_Route(handler, times))

    def answer(self, request: Request) -> Answer:
        path = request.path.partition("?")[0]
        handler = self._find(request.host, request.method, path)
        if handler is not None:
            return handler(request)
        if any(key[0] == request.host and key[2] == path for key in list(self._stacks)):
            return json_answer({"error": {"message": f"{request.method} is not allowed"}}, 405)
        return json_answer({"error": {"message": f"no such resource: {path}"}}, 404)

    def _find(self, host: str, method: str, path: str) -> Optional[Handler]:
        with self._lock:
            stack = self._stacks.get((host, method, path), [])
            return next((route.handler for route in reversed(stack) if route.take()), None)
