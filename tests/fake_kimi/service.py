"""The HTTPS side: TLS for the host that is asked for, then requests and answers in turn."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import IO, Optional

import answers
from hosts import Hosts, TlsConnection
from messages import Answer, BadRequest, Request, json_answer, read_request
from recorder import Recorder
from routes import Routes


def _error(status: int, message: str) -> Answer:
    return json_answer({"error": {"message": message}}, status)


class Service:
    """Serves every host of Kimi on any connection, direct or through the proxy."""

    def __init__(self, hosts: Hosts, recorder: Recorder, routes: Routes) -> None:
        self._hosts = hosts
        self._recorder = recorder
        self._routes = routes

    def serve(self, connection: socket.socket, tunnel_host: Optional[str] = None) -> None:
        """Serves a connection until either side closes it.

        tunnel_host is the one that the proxy was asked for: requests for another are refused.
        """
        context = self._hosts.context(tunnel_host)
        with context.wrap_socket(connection, server_side=True) as tls:
            assert isinstance(tls, TlsConnection)
            with tls.makefile("rb") as stream:
                while self._serve_one(tls, stream, tunnel_host):
                    pass

    def _serve_one(self, tls: TlsConnection, stream: IO[bytes], tunnel_host: Optional[str]) -> bool:
        """Returns whether the connection can serve another request."""
        try:
            request = read_request(stream)
        except BadRequest as error:
            answers.send(tls, _error(400, str(error)))
            return False
        if request is None:
            return False
        # A credential went to the host of TLS and the proxy, whatever the Host header says.
        host = tls.asked_host or tunnel_host or request.host
        named = {host, request.host, tunnel_host or host}
        request = replace(request, host=host)
        self._recorder.add_request(request)
        if len(named) > 1:
            answers.send(tls, _error(421, f"one request for several hosts: {sorted(named)}"))
            return False
        return self._answer(tls, request)

    def _answer(self, tls: TlsConnection, request: Request) -> bool:
        if not self._recorder.pass_gate(request.host):
            return False
        return answers.send(tls, self._routes.answer(request)) and request.wants_keep_alive()
