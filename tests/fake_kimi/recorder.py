"""What was asked, in order, and the gate at which a test can hold answers."""

from __future__ import annotations

import threading
import time
from typing import Any

from messages import Request


class Recorder:
    """Shared by all connections. A test may read and clear the lists at any time."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.tunnels: list[Request] = []
        self.connects: list[str] = []
        self._changed = threading.Condition()
        self._held: set[str] = set()
        self._stopped = False

    def add_request(self, request: Request) -> None:
        with self._changed:
            self.requests.append(request)
            self._changed.notify_all()

    def add_tunnel(self, request: Request) -> None:
        """A CONNECT as the proxy saw it: its target and the client's headers."""
        with self._changed:
            self.tunnels.append(request)
            self.connects.append(request.path)
            self._changed.notify_all()

    def wait_for_requests(self, count: int, timeout: float) -> list[Request]:
        self._wait_for(self.requests, count, timeout, "requests")
        return list(self.requests)

    def wait_for_connects(self, count: int, timeout: float) -> list[str]:
        self._wait_for(self.connects, count, timeout, "tunnels")
        return list(self.connects)

    def _wait_for(self, seen: list[Any], count: int, timeout: float, what: str) -> None:
        deadline = time.monotonic() + timeout
        with self._changed:
            while len(seen) < count:
                left = deadline - time.monotonic()
                if left <= 0:
                    came = len(seen)
                    raise AssertionError(f"{came} of {count} {what} came within {timeout} s")
                self._changed.wait(left)

    def hold(self, host: str) -> None:
        with self._changed:
            self._held.add(host)

    def release(self, host: str) -> None:
        with self._changed:
            self._held.discard(host)
            self._changed.notify_all()

    def stop(self) -> None:
        """Releases all waiting threads, and no thread waits any more."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def pass_gate(self, host: str) -> bool:
        """Waits while the host is held. Returns whether to answer: not when the fake ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or host not in self._held)
            return not self._stopped
