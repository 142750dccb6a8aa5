"""HTTP messages: a request as it came in, an answer as a test wants it."""

from __future__ import annotations

import gzip as gzip_format
import http
import http.client
import json
import time
from dataclasses import dataclass, field, replace
from email.message import Message
from enum import Enum
from typing import IO, Any, Mapping, Optional, Tuple, Union
from urllib.parse import urlsplit

_LONGEST_LINE = 65536

Body = Union[bytes, str, dict[str, Any]]


class Behaviour(str, Enum):
    """How an answer can go wrong."""

    HANG = "hang"  # takes the request and never answers
    SLOW_BODY = "slow_body"  # stops after half of the body and keeps the connection open
    TRUNCATE = "truncate"  # a body that is whole JSON, but shorter than the Content-Length
    RESET = "reset"  # TCP reset after half of the body
    CLOSE = "close"  # closes without a byte
    HUGE = "huge"  # a body without end
    GZIP_BOMB = "gzip_bomb"  # a good payload behind 64 MiB of blanks, compressed to 64 KiB
    HTML = "html"  # a web page with status 200, as captive portals send
    REDIRECT = "redirect"  # 302, or the status given, to the Location given
    GARBAGE = "garbage"  # bytes that are not HTTP


@dataclass(frozen=True)
class Request:
    """A request as it arrived; at is time.monotonic(), headers ignores the case of names."""

    host: str
    method: str
    path: str
    headers: Message
    body: bytes
    at: float
    scheme: str = "https"

    def wants_keep_alive(self) -> bool:
        return self.headers.get("Connection", "").lower() != "close"


@dataclass(frozen=True)
class Answer:
    """What to send; headers win over those that the fake would set itself.

    Each of cookies is a Set-Cookie of its own.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    behaviour: Optional[Behaviour] = None
    cookies: Tuple[str, ...] = ()

    def head(self, **more: str) -> bytes:
        """The status line and headers; more, with _ for -, gives way to headers, too."""
        lines = {"content-type": ("Content-Type", "application/json")}
        if "transfer_encoding" not in more and self.status not in (204, 304):
            lines["content-length"] = ("Content-Length", str(len(self.body)))
        for name, value in more.items():
            name = name.replace("_", "-").title()
            lines[name.lower()] = (name, value)
        lines.update({name.lower(): (name, value) for name, value in self.headers.items()})
        cookies = [("Set-Cookie", cookie) for cookie in self.cookies]
        text = "".join(f"{name}: {value}\r\n" for name, value in (*lines.values(), *cookies))
        return f"HTTP/1.1 {self.status} {_phrase(self.status)}\r\n{text}\r\n".encode("latin-1")


class BadRequest(Exception):
    """What came is not a request that a strict server takes."""


def encode_body(body: Body) -> bytes:
    """Text as UTF-8, and anything else that is not bytes as JSON."""
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode("utf-8")


def json_answer(value: Body, status: int = 200) -> Answer:
    return Answer(status=status, body=encode_body(value))


def compressed(answer: Answer) -> Answer:
    """The same answer with gzip as its content encoding, whether or not the client asked for it."""
    headers = {"Content-Encoding": "gzip", **answer.headers}
    body = gzip_format.compress(answer.body)
    return replace(answer, body=body, headers=headers)


def read_request(stream: IO[bytes], scheme: str = "https") -> Optional[Request]:
    """The next request of a connection, with the host of its Host header; None at the end."""
    line = stream.readline(_LONGEST_LINE)
    if not line:
        return None
    words = line.decode("latin-1").split()
    if len(words) != 3 or words[2] != "HTTP/1.1":
        raise BadRequest(f"not an HTTP/1.1 request line: {line[:80]!r}")
    try:
        headers = http.client.parse_headers(stream)
    except http.client.HTTPException as error:
        raise BadRequest(f"headers: {error!r}") from error
    return Request(
        host=_host_name(headers.get("Host", "")),
        method=words[0],
        path=words[1],
        headers=headers,
        body=_read_body(stream, headers),
        at=time.monotonic(),
        scheme=scheme,
    )


def _read_body(stream: IO[bytes], headers: Message) -> bytes:
    if "Transfer-Encoding" in headers:
        raise BadRequest("a body without Content-Length")
    length = headers.get("Content-Length", "0")
    if not length.isdecimal():
        raise BadRequest(f"Content-Length: {length}")
    body = b""
    while len(body) < int(length):
        piece = stream.read(int(length) - len(body))
        if not piece:
            raise BadRequest("the body ends before its Content-Length")
        body += piece
    return body


def _host_name(authority: str) -> str:
    try:
        return urlsplit(f"//{authority}").hostname or ""
    except ValueError as error:
        raise BadRequest(f"Host: {authority}") from error


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
