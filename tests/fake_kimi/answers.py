"""Sending an answer, correctly or in one of the ways in which networks and servers fail."""

from __future__ import annotations

import functools
import socket
import ssl
import struct
import zlib
from dataclasses import replace
from typing import Callable

from messages import Answer, Behaviour, encode_body
from payloads import future_counts

_BLANKS = b" " * 65536
_BOMB_BLOCKS = 1024  # of 64 KiB each
_PAGE = b"<!DOCTYPE html><html><head><title>Log in</title></head><body>Welcome</body></html>\n"


def send(tls: ssl.SSLSocket, answer: Answer) -> bool:
    """Sends the answer. Returns whether the connection can serve another request."""
    if answer.behaviour is None:
        tls.sendall(answer.head() + (b"" if answer.status in (204, 304) else answer.body))
        return answer.headers.get("Connection", "").lower() != "close"
    if not answer.body:
        # With a good payload, a client that overlooks the fault would report success.
        answer = replace(answer, body=encode_body(future_counts()))
    _BEHAVIOURS[answer.behaviour](tls, answer)
    return False


def _wait_for_end(tls: ssl.SSLSocket) -> None:
    """Returns when the client gives up, or when the fake ends and cuts the connection."""
    while tls.recv(4096):
        pass


def _send_half(tls: ssl.SSLSocket, answer: Answer) -> None:
    tls.sendall(answer.head() + answer.body[: len(answer.body) // 2])


def _hang(tls: ssl.SSLSocket, _answer: Answer) -> None:
    _wait_for_end(tls)


def _slow_body(tls: ssl.SSLSocket, answer: Answer) -> None:
    _send_half(tls, answer)
    _wait_for_end(tls)


def _truncate(tls: ssl.SSLSocket, answer: Answer) -> None:
    tls.sendall(answer.head(content_length=str(len(answer.body) + 100)) + answer.body)
    try:
        tls.unwrap()  # a clean end of TLS: only the length shows that something is missing
    except OSError:
        pass  # the client has closed already, after everything was sent


def _reset(tls: ssl.SSLSocket, answer: Answer) -> None:
    _send_half(tls, answer)
    tls.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _close(_tls: ssl.SSLSocket, _answer: Answer) -> None:
    """The caller closes the connection."""


def _huge(tls: ssl.SSLSocket, answer: Answer) -> None:
    tls.sendall(answer.head(transfer_encoding="chunked"))
    chunk = b"%x\r\n%s\r\n" % (len(_BLANKS), _BLANKS)
    while True:  # until the client closes, which raises
        tls.sendall(chunk)


@functools.lru_cache(maxsize=1)
def _bomb(payload: bytes) -> bytes:
    gzip = zlib.compressobj(wbits=31)
    blocks = [gzip.compress(_BLANKS) for _ in range(_BOMB_BLOCKS)]
    return b"".join([*blocks, gzip.compress(payload), gzip.flush()])


def _gzip_bomb(tls: ssl.SSLSocket, answer: Answer) -> None:
    body = _bomb(answer.body)
    tls.sendall(answer.head(content_encoding="gzip", content_length=str(len(body))) + body)


def _html(tls: ssl.SSLSocket, answer: Answer) -> None:
    page = replace(answer, body=_PAGE)
    tls.sendall(page.head(content_type="text/html; charset=utf-8") + page.body)


def _redirect(tls: ssl.SSLSocket, answer: Answer) -> None:
    status = 302 if answer.status == 200 else answer.status
    tls.sendall(replace(answer, status=status, body=b"").head())


def _garbage(tls: ssl.SSLSocket, _answer: Answer) -> None:
    tls.sendall(b"\x00\xff\x16 this is not HTTP \r\n\r\n\x80")


_BEHAVIOURS: dict[Behaviour, Callable[[ssl.SSLSocket, Answer], None]] = {
    Behaviour.HANG: _hang,
    Behaviour.SLOW_BODY: _slow_body,
    Behaviour.TRUNCATE: _truncate,
    Behaviour.RESET: _reset,
    Behaviour.CLOSE: _close,
    Behaviour.HUGE: _huge,
    Behaviour.GZIP_BOMB: _gzip_bomb,
    Behaviour.HTML: _html,
    Behaviour.REDIRECT: _redirect,
    Behaviour.GARBAGE: _garbage,
}
