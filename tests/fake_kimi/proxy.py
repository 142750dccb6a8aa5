"""The way to the fake: an HTTP proxy that knows only the fake's hosts."""

from __future__ import annotations

import socket
from dataclasses import replace
from urllib.parse import urlsplit

from hosts import Breakage, Hosts
from messages import Answer, BadRequest, Request, read_request
from recorder import Recorder
from service import Service


def _refusal(status: int, message: str) -> bytes:
    answer = Answer(status, f"{message}\n".encode(), {"Content-Type": "text/plain"})
    return answer.head(connection="close") + answer.body


def _target(request: Request) -> tuple[str, int]:
    host, _, port = request.path.rpartition(":")
    return host.lower(), int(port) if port.isdecimal() else 0


class Proxy:
    """Handles CONNECT. The tunnel is the socket itself, handed to the service.

    So a reset or a half-sent answer reaches the client as it was made, with no pump in between.
    """

    def __init__(self, hosts: Hosts, recorder: Recorder, service: Service) -> None:
        self._hosts = hosts
        self._recorder = recorder
        self._service = service

    def handle(self, connection: socket.socket) -> None:
        try:
            # Unbuffered, because the bytes after the request belong to TLS.
            with connection.makefile("rb", buffering=0) as stream:
                request = read_request(stream, scheme="http")
        except BadRequest as error:
            connection.sendall(_refusal(400, str(error)))
            return
        if request is None:
            return
        if request.method == "CONNECT":
            self._connect(connection, request)
        else:
            self._refuse_plain(connection, request)

    def _refuse_plain(self, connection: socket.socket, request: Request) -> None:
        """Records it with the rest: tests look for credentials that travel without TLS."""
        url = urlsplit(request.path)
        path = f"{url.path}?{url.query}" if url.query else url.path
        plain = replace(request, host=url.hostname or request.host, path=path)
        self._recorder.add_request(plain)
        connection.sendall(_refusal(405, "this proxy tunnels HTTPS alone"))

    def _connect(self, connection: socket.socket, request: Request) -> None:
        host, port = _target(request)
        breakage = self._hosts.breakage(host)
        self._recorder.add_tunnel(request)
        if breakage is Breakage.CONNECT_REFUSED:
            return
        if breakage is Breakage.CONNECT_HANG:
            while connection.recv(4096):
                pass
        elif breakage is Breakage.UNKNOWN_HOST or not self._hosts.is_known(host, port):
            connection.sendall(_refusal(502, f"unknown host: {request.path}"))
        else:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._service.serve(connection, host)
