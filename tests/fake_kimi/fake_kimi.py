#!/usr/bin/env python3
"""A Kimi that runs inside a test: both services over real TLS, behind a proxy, failing on demand.

Environment variables alone lead a client here (FakeKimi.environment): the proxy tunnels Kimi's host
names to this process, and USAGELINE_CA_FILE makes the certificates valid. The installed program is
tested as it is, with its real URLs, and nothing reaches the internet.

As a program: fake_kimi.py [--payload FILE] [-- COMMAND...] runs COMMAND against the fake.
"""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Mapping, Optional, Sequence, Union

import endpoints
from certificates import shared_certificates
from connections import Listener
from endpoints import OTHER_COOKIE, OTHER_ITEM, REFRESH_TOKEN
from hosts import Breakage, Hosts
from jwt import make_jwt, web_token
from messages import Answer, Behaviour, Body, Request, compressed, encode_body
from payloads import future_counts, future_stats, future_web_counts
from proxy import Proxy
from recorder import Recorder
from routes import Handler, Routes
from service import Service

__all__ = [
    "Behaviour", "Breakage", "FakeKimi", "OTHER_COOKIE", "OTHER_ITEM", "REFRESH_TOKEN", "Request",
    "future_counts", "make_jwt", "web_token",
]  # fmt: skip

KEY = "sk-kimi-test-key"


class FakeKimi:
    """The fake, which serves inside its `with` block; all threads have ended after that.

    keys and tokens are the credentials that are valid on kimi.com, ai_keys and ai_tokens those that
    are valid on kimi.ai; None: the same. usage, web_usage and web_stats are the answers to them;
    so are me and subscription, which name the plan; None: 404. A browser that opens the page
    https://www.kimi.com/ is signed in: it gets token as the cookie kimi-auth, which lives for
    session_lifetime seconds, and another cookie. Each of these may be changed at any time.
    """

    def __init__(self) -> None:
        self.keys: set[str] = {KEY}
        self.token = web_token()
        self.tokens: set[str] = {self.token}
        self.ai_keys: Optional[set[str]] = None
        self.ai_tokens: Optional[set[str]] = None
        self.session_lifetime = 30 * 86400
        self.usage: Body = future_counts()
        self.web_usage: Body = future_web_counts()
        self.web_stats: Body = future_stats()
        self.me: Optional[Body] = None
        self.subscription: Optional[Body] = None
        self._certificates = shared_certificates()
        self._hosts = Hosts(self._certificates)
        # What the page stores in the browser: token as a cookie, this as an item, or both.
        self.page_has_cookie = True
        self.page_item: Optional[str] = None
        self._recorder = Recorder()
        self._routes = Routes()
        service = Service(self._hosts, self._recorder, self._routes)
        proxy = Proxy(self._hosts, self._recorder, service)
        self._https = Listener("https", service.serve)
        self._proxy = Listener("proxy", proxy.handle)
        self._add_default_routes()

    def __enter__(self) -> FakeKimi:
        self._https.start()
        self._proxy.start()
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self._recorder.stop()
        self._proxy.close()
        self._https.close()
        errors = self._proxy.errors + self._https.errors
        if errors and error is None:
            raise AssertionError(f"the fake itself failed: {errors}") from errors[0]

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead a client here, with an empty NO_PROXY, which could lead past it."""
        proxy = f"http://127.0.0.1:{self._proxy.port}"
        return {
            "HTTPS_PROXY": proxy,
            "https_proxy": proxy,
            "NO_PROXY": "",
            "no_proxy": "",
            "USAGELINE_CA_FILE": str(self.ca_file),
        }

    @property
    def proxy_port(self) -> int:
        """The port of 127.0.0.1 where the proxy listens."""
        return self._proxy.port

    @property
    def ca_file(self) -> Path:
        return self._certificates.authority_file

    @property
    def https_port(self) -> int:
        """The port of 127.0.0.1 where all hosts answer without the proxy."""
        return self._https.port

    @property
    def requests(self) -> list[Request]:
        """All requests in the order in which they came, including those without TLS."""
        return self._recorder.requests

    @property
    def connects(self) -> list[str]:
        """Each host:port for which the proxy was asked, known or not."""
        return self._recorder.connects

    @property
    def tunnels(self) -> list[Request]:
        """The same, with the headers that the client showed to the proxy."""
        return self._recorder.tunnels

    def answer(
        self,
        host: str,
        method: str,
        path: str,
        *,
        status: int = 200,
        body: Body = b"",
        headers: Optional[Mapping[str, str]] = None,
        gzip: bool = False,
        behaviour: Union[Behaviour, str, None] = None,
        times: Optional[int] = None,
    ) -> None:
        """Answers such requests like this from now on, or so many times and then as before.

        gzip compresses the body whether or not the client asked for that. A behaviour that needs a
        body gets a good payload if none is given.
        """
        kind = Behaviour(behaviour) if behaviour is not None else None
        if kind is Behaviour.REDIRECT and "Location" not in (headers or {}):
            raise ValueError("a redirect needs a Location among its headers")
        answer = Answer(status, encode_body(body), dict(headers or {}), kind)
        if gzip:
            answer = compressed(answer)
        self.route(host, method, path, lambda request: answer, times=times)

    def route(
        self, host: str, method: str, path: str, handler: Handler, *, times: Optional[int] = None
    ) -> None:
        """Like answer(), for an answer that depends on the request."""
        self._routes.add(host, method, path, handler, times)

    def add_host(self, host: str, port: int = 443) -> None:
        """Lets the proxy know one more host, with a good certificate and no routes."""
        self._hosts.add(host, port)

    def break_host(self, host: str, breakage: Union[Breakage, str, None]) -> None:
        """Makes new connections to a host fail in this way; None repairs it."""
        self._hosts.set_breakage(host, Breakage(breakage) if breakage is not None else None)

    def hold(self, host: str) -> None:
        """Records requests to the host, but does not answer them before release()."""
        self._recorder.hold(host)

    def release(self, host: str) -> None:
        self._recorder.release(host)

    def wait_for_requests(self, count: int, timeout: float = 10) -> list[Request]:
        """Waits for this many requests since the start; AssertionError if they do not come."""
        return self._recorder.wait_for_requests(count, timeout)

    def wait_for_connects(self, count: int, timeout: float = 10) -> list[str]:
        """The same for connections through the proxy."""
        return self._recorder.wait_for_connects(count, timeout)

    def _add_default_routes(self) -> None:
        for host in ("api.kimi.com", "api.kimi.ai"):
            self.route(host, "GET", endpoints.CODE_API_PATH, self._code_usages)
            self.route(host, "GET", endpoints.CODE_ME_PATH, self._code_me)
        for host in ("www.kimi.com", "www.kimi.ai"):
            self.route(host, "GET", "/", self._home_page)
            self.route(host, "POST", endpoints.WEB_USAGES_PATH, self._web_usages)
            self.route(host, "POST", endpoints.WEB_STATS_PATH, self._web_stats)
            self.route(host, "POST", endpoints.WEB_PLAN_PATH, self._web_plan)

    def _valid_keys(self, request: Request) -> set[str]:
        is_ai = request.host.endswith(".kimi.ai")
        return self.ai_keys if is_ai and self.ai_keys is not None else self.keys

    def _valid_tokens(self, request: Request) -> set[str]:
        is_ai = request.host.endswith(".kimi.ai")
        return self.ai_tokens if is_ai and self.ai_tokens is not None else self.tokens

    def _code_usages(self, request: Request) -> Answer:
        return endpoints.code_call(request, self._valid_keys(request), self.usage)

    def _code_me(self, request: Request) -> Answer:
        return endpoints.code_call(request, self._valid_keys(request), self.me)

    def _home_page(self, _request: Request) -> Answer:
        cookie = self.token if self.page_has_cookie else None
        return endpoints.home_page(cookie, self.session_lifetime, self.page_item)

    def _web_usages(self, request: Request) -> Answer:
        body = {"scope": ["FEATURE_CODING"]}
        return endpoints.web_call(request, body, self._valid_tokens(request), self.web_usage)

    def _web_stats(self, request: Request) -> Answer:
        return endpoints.web_call(request, {}, self._valid_tokens(request), self.web_stats)

    def _web_plan(self, request: Request) -> Answer:
        return endpoints.web_call(request, {}, self._valid_tokens(request), self.subscription)


def _masked(name: str, value: str) -> str:
    """A header's value for a log: its form without the credential."""
    if name.lower() == "cookie":
        return "; ".join(f"{part.partition('=')[0].strip()}=***" for part in value.split(";"))
    if name.lower() in ("authorization", "proxy-authorization"):
        return f"{value.partition(' ')[0]} ***" if " " in value else "***"
    return value


def _print_requests(requests: Sequence[Request]) -> None:
    for request in requests:
        print(f"{request.method} {request.scheme}://{request.host}{request.path}", file=sys.stderr)
        for name, value in request.headers.items():
            print(f"  {name}: {_masked(name, value)}", file=sys.stderr)
        if request.body:
            print(f"  ({len(request.body)} bytes of body)", file=sys.stderr)


def _run(kimi: FakeKimi, command: Sequence[str], environment: Mapping[str, str]) -> int:
    try:
        status = subprocess.call(command, env={**os.environ, **environment})
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    _print_requests(kimi.requests)
    return status if status >= 0 else 128 - status


def _serve(environment: Mapping[str, str], end: set[signal.Signals]) -> int:
    for name, value in environment.items():
        print(f"export {name}={shlex.quote(value)}")
    sys.stdout.flush()
    signal.sigwait(end)
    return 0


def _main() -> int:
    parser = argparse.ArgumentParser(
        description="Run a command against a fake Kimi, or serve until interrupted."
    )
    parser.add_argument("--payload", type=Path, help="what the Code API answers (a JSON file)")
    parser.add_argument("command", nargs="*", help="after --; without one: print exports, serve")
    options = parser.parse_args()
    end = {signal.SIGINT, signal.SIGTERM}
    if not options.command:
        # Before any thread starts, so that none of them takes the signal instead of sigwait().
        signal.pthread_sigmask(signal.SIG_BLOCK, end)
    with FakeKimi() as kimi:
        if options.payload is not None:
            kimi.usage = options.payload.read_bytes()
        environment = {**kimi.environment, "KIMI_CODE_API_KEY": KEY}
        if options.command:
            return _run(kimi, options.command, environment)
        return _serve(environment, end)


if __name__ == "__main__":
    sys.exit(_main())
