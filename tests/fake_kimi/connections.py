"""Listening on the loopback interface, with a thread per connection that always ends."""

from __future__ import annotations

import errno
import socket
import ssl
import threading
from typing import Callable

_BACKLOG = 512
_END_WITHIN = 10  # seconds; a thread that takes longer is a fault of the fake


def _is_peer_gone(error: Exception) -> bool:
    """Whether the client caused the error: it left, refused our certificate, or was cut off."""
    if isinstance(error, (ConnectionError, ssl.SSLError)):
        return True
    return isinstance(error, OSError) and error.errno == errno.ENOTCONN


class Listener:
    """Accepts connections on 127.0.0.1 and gives each to handle, in a thread of its own.

    handle owns the socket. What it raises, other than that the client is gone, is kept in errors.
    """

    def __init__(self, name: str, handle: Callable[[socket.socket], None]) -> None:
        self.errors: list[Exception] = []
        self._name = name
        self._handle = handle
        self._lock = threading.Lock()
        self._closing = False
        self._open: dict[threading.Thread, socket.socket] = {}
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG)
        self._acceptor = threading.Thread(target=self._accept, name=name, daemon=True)

    @property
    def port(self) -> int:
        return self._socket.getsockname()[1]

    def start(self) -> None:
        self._acceptor.start()

    def close(self) -> None:
        """Cuts every connection and waits for the threads, so that none outlives its test."""
        with self._lock:
            self._closing = True
        self._socket.shutdown(socket.SHUT_RDWR)  # wakes accept()
        self._acceptor.join(_END_WITHIN)
        self._socket.close()
        with self._lock:
            threads = list(self._open)
            for guard in self._open.values():
                _shut_down(guard)
        for thread in threads:
            thread.join(_END_WITHIN)
            if thread.is_alive():
                self.errors.append(RuntimeError(f"{thread.name} did not end"))

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError as error:
                if not self._closing:
                    self.errors.append(error)
                return
            self._start_thread(connection)

    def _start_thread(self, connection: socket.socket) -> None:
        # A second descriptor: the first one moves to another object when TLS begins.
        guard = connection.dup()
        thread = threading.Thread(
            target=self._run, args=(connection, guard), name=f"{self._name} connection", daemon=True
        )
        with self._lock:
            self._open[thread] = guard
        thread.start()

    def _run(self, connection: socket.socket, guard: socket.socket) -> None:
        try:
            with connection:
                self._handle(connection)
        except Exception as error:  # of any kind: the test must report it
            if not _is_peer_gone(error):
                self.errors.append(error)
        finally:
            with self._lock:
                del self._open[threading.current_thread()]
                guard.close()


def _shut_down(connection: socket.socket) -> None:
    """Wakes the thread that reads from or writes to this connection."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError as error:
        if error.errno != errno.ENOTCONN:
            raise
