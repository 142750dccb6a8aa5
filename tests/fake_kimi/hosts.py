"""The hosts that the fake plays, their certificates, and which of them are broken."""

from __future__ import annotations

import ssl
import warnings
from enum import Enum
from typing import Optional

from certificates import TRUSTED, UNTRUSTED, Certificates

KIMI_HOSTS = ("api.kimi.com", "www.kimi.com", "kimi.com", "api.kimi.ai", "www.kimi.ai")
_WRONG_HOST = "another-host.example.com"


class Breakage(str, Enum):
    """How a host can be unreachable before a request is made."""

    UNTRUSTED_CERTIFICATE = "untrusted_certificate"  # signed by a CA that nobody trusts
    WRONG_HOST_CERTIFICATE = "wrong_host_certificate"  # trusted, but another host's
    TLS11 = "tls11"  # speaks nothing newer than TLS 1.1
    UNKNOWN_HOST = "unknown_host"  # the proxy answers 502, as for any host that it does not know
    CONNECT_REFUSED = "connect_refused"  # the proxy closes without an answer
    CONNECT_HANG = "connect_hang"  # the proxy never answers


class TlsConnection(ssl.SSLSocket):
    """The server's side of a connection, which keeps the host name that the client asked for."""

    asked_host: Optional[str] = None


class Hosts:
    """Makes contexts when a test adds or breaks a host: no connection waits for openssl."""

    def __init__(self, certificates: Certificates) -> None:
        self._certificates = certificates
        self._endpoints: set[tuple[str, int]] = set()
        self._broken: dict[str, Breakage] = {}
        self._contexts: dict[str, ssl.SSLContext] = {}
        for host in KIMI_HOSTS:
            self.add(host)

    def add(self, host: str, port: int = 443) -> None:
        self._endpoints.add((host, port))
        self._contexts.setdefault(host, self._context(host, None))

    def is_known(self, host: str, port: int) -> bool:
        return (host, port) in self._endpoints

    def breakage(self, host: str) -> Optional[Breakage]:
        return self._broken.get(host)

    def set_breakage(self, host: str, breakage: Optional[Breakage]) -> None:
        self._contexts[host] = self._context(host, breakage)
        if breakage is None:
            self._broken.pop(host, None)
        else:
            self._broken[host] = breakage

    def context(self, host: Optional[str]) -> ssl.SSLContext:
        """That of a known host; of the first one while it is unknown which host is asked for."""
        return self._contexts[host or KIMI_HOSTS[0]]

    def _context(self, host: str, breakage: Optional[Breakage]) -> ssl.SSLContext:
        names = KIMI_HOSTS if host in KIMI_HOSTS else (host,)
        if breakage is Breakage.WRONG_HOST_CERTIFICATE:
            names = (_WRONG_HOST,)
        authority = UNTRUSTED if breakage is Breakage.UNTRUSTED_CERTIFICATE else TRUSTED
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if breakage is Breakage.TLS11:
            _allow_nothing_newer_than_tls11(context)
        context.load_cert_chain(self._certificates.leaf(names, authority))
        context.sslsocket_class = TlsConnection
        context.sni_callback = self._choose_context  # type: ignore[assignment]
        return context

    def _choose_context(
        self, tls: TlsConnection, name: Optional[str], _context: ssl.SSLContext
    ) -> Optional[int]:
        if name is None:
            return None
        if name not in self._contexts:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        tls.asked_host = name
        tls.context = self._contexts[name]
        return None


def _allow_nothing_newer_than_tls11(context: ssl.SSLContext) -> None:
    context.set_ciphers("ALL:@SECLEVEL=0")  # today's libraries refuse TLS 1.1 above level 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # testing what is deprecated is the point
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
