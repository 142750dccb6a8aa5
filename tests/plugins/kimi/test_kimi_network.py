#!/usr/bin/env python3
"""usageline-provider-kimi and the network: no answer, certificates, other addresses."""

from __future__ import annotations

import socket
import time

from kimi_case import OTHER, PATH, ROUTE, WEB_USAGES_PATH, KimiTestCase, harness

CONNECT_LIMIT, LIMIT = 5, 8  # seconds that a connection, and a whole request, may take

# Makes OpenSSL accept old TLS, which it refuses by default today.
_OLD_TLS_ALLOWED = """
openssl_conf = conf
[conf]
ssl_conf = ssl
[ssl]
system_default = old
[old]
MinProtocol = TLSv1
CipherString = ALL:@SECLEVEL=0
"""


class NoAnswer(KimiTestCase):
    def unreachable(self, breakage: str, *parts: str) -> None:
        self.kimi.break_host("api.kimi.com", breakage)
        self.error("network", "api.kimi.com", *parts)
        self.assertEqual(self.requests, [])

    def test_untrusted_certificate(self) -> None:
        self.unreachable("untrusted_certificate", "USAGELINE_CA_FILE", "network.caFile")

    def test_certificate_of_another_host(self) -> None:
        self.unreachable("wrong_host_certificate", "not trusted")

    def test_old_tls(self) -> None:
        self.unreachable("tls11", "TLS 1.2")

    def test_old_tls_that_the_system_allows(self) -> None:
        self.kimi.break_host("api.kimi.com", "tls11")
        allowing = self.home.tmp / "openssl.cnf"
        allowing.write_text(_OLD_TLS_ALLOWED)
        self.error("network", "TLS 1.2", OPENSSL_CONF=str(allowing))
        self.assertEqual(self.requests, [])

    def test_unknown_host(self) -> None:
        self.unreachable("unknown_host", "proxy refused the connection", "HTTP 502")

    def test_connection_closed_by_the_proxy(self) -> None:
        self.unreachable("connect_refused")

    def test_name_that_does_not_exist(self) -> None:
        self.error("network", "nowhere.invalid: the name is not found", HTTPS_PROXY="",
                   https_proxy="", KIMI_CODE_BASE_URL="https://nowhere.invalid")  # fmt: skip

    def test_nobody_listens(self) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))  # bound, but not listening: refuses
            port = unused.getsockname()[1]
            self.error("network", "Connection refused", HTTPS_PROXY="", https_proxy="",
                       KIMI_CODE_BASE_URL=f"https://127.0.0.1:{port}")  # fmt: skip

    def test_the_proxy_does_not_listen(self) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            proxy = f"http://me:hidden@127.0.0.1:{unused.getsockname()[1]}"
            error = self.error("network", "HTTPS_PROXY", HTTPS_PROXY=proxy, https_proxy=proxy)
        self.assertNotIn("hidden", error["message"])

    def test_proxy_of_an_unknown_kind(self) -> None:
        proxy = "carrier://me:hidden@127.0.0.1:1"
        error = self.error("network", HTTPS_PROXY=proxy, https_proxy=proxy)
        self.assertNotIn("hidden", error["message"])

    def test_waiting_has_an_end(self) -> None:
        """All at the same time, because each takes as long as a request may."""
        self.kimi.add_host(OTHER)
        self.kimi.add_host("late.example.com")
        self.kimi.answer("late.example.com", "GET", PATH, status=500)
        self.kimi.hold("late.example.com")
        self.kimi.answer(*ROUTE, behaviour="hang")
        self.kimi.answer(OTHER, "GET", PATH, behaviour="slow_body")
        self.kimi.break_host("api.kimi.ai", "connect_hang")
        late = self.home.start(
            program=harness.provider("kimi"),
            env=self.environment(KIMI_CODE_BASE_URL="https://late.example.com",
                                 KIMI_AUTH_TOKEN=self.kimi.token),
        )  # fmt: skip
        begin = time.monotonic()
        started = [
            (limit, self.home.start(*args, program=harness.provider("kimi"),
                                    env=self.environment(**env)))
            for limit, args, env in (
                (CONNECT_LIMIT, ("--region", "global"), {}),
                (LIMIT, (), {}),
                (LIMIT, (), {"KIMI_CODE_BASE_URL": f"https://{OTHER}"}),
            )
        ]  # fmt: skip
        for limit, process in started:
            stdout, _ = process.communicate(timeout=LIMIT + 5)
            self.assertLess(time.monotonic() - begin, limit + 2)
            self.assertEqual(process.returncode, 1)
            self.assertIn('"kind":"network"', stdout)
            self.assertIn("no answer in time", stdout)
            self.kimi.release("late.example.com")
        self.assertIn("HTTP 500", late.communicate(timeout=LIMIT)[0])
        asked = {request.path for request in self.requests}
        self.assertNotIn(WEB_USAGES_PATH, asked, "there is no time left for the next source")


class Certificates(KimiTestCase):
    def test_without_the_extra_one(self) -> None:
        self.error("network", "not trusted", USAGELINE_CA_FILE=None)
        self.assertEqual(self.requests, [])

    def test_named_by_the_configuration(self) -> None:
        self.home.config({"network": {"caFile": str(self.kimi.ca_file)}})
        self.snapshot(USAGELINE_CA_FILE=None)

    def test_variables_of_other_programs(self) -> None:
        """They neither add nor remove trust."""
        nothing = str(self.home.tmp / "nothing")
        self.snapshot(SSL_CERT_FILE=nothing, CURL_CA_BUNDLE=nothing, REQUESTS_CA_BUNDLE=nothing)
        ours = str(self.kimi.ca_file)
        self.error("network", "not trusted", USAGELINE_CA_FILE=None, CURL_CA_BUNDLE=ours)

    def test_file_that_is_not_there(self) -> None:
        self.error("config", "/nowhere/ca.pem", "USAGELINE_CA_FILE", "no such file",
                   USAGELINE_CA_FILE="/nowhere/ca.pem")  # fmt: skip
        self.home.config({"network": {"caFile": "/nowhere/other.pem"}})
        self.error("config", "/nowhere/other.pem", "network.caFile", USAGELINE_CA_FILE=None)
        self.assertEqual(self.kimi.connects, [])

    def test_file_without_a_certificate(self) -> None:
        self.error("config", "no certificate in it", USAGELINE_CA_FILE="/etc/passwd")

    def test_damaged_certificate(self) -> None:
        path = self.home.tmp / "ca.pem"
        path.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        self.error("config", "USAGELINE_CA_FILE", USAGELINE_CA_FILE=str(path))


class OtherAddresses(KimiTestCase):
    def test_base_url(self) -> None:
        self.kimi.add_host(OTHER)
        paths = {"": PATH, "/": PATH, "/coding/": PATH, "/coding/v1": PATH, "/kimi": f"/kimi{PATH}"}
        for base, path in paths.items():
            self.kimi.requests.clear()
            self.kimi.answer(OTHER, "GET", path, body=self.kimi.usage)
            self.snapshot(KIMI_CODE_BASE_URL=f"https://{OTHER}{base}")
            (request,) = self.requests
            self.assertEqual((request.host, request.path), (OTHER, path))

    def test_enterprise_host(self) -> None:
        self.kimi.add_host(OTHER, 8443)
        self.kimi.answer(OTHER, "GET", PATH, body=self.kimi.usage)
        self.home.config(
            {"providers": [{"id": "kimi", "enterpriseHost": f"https://{OTHER}:8443/coding"}]}
        )
        self.snapshot()
        self.assertEqual(set(self.kimi.connects), {f"{OTHER}:8443"})

    def test_base_url_wins(self) -> None:
        self.kimi.add_host(OTHER)
        self.kimi.answer(OTHER, "GET", PATH, body=self.kimi.usage)
        self.home.config({"providers": [{"id": "kimi", "enterpriseHost": "https://nowhere.invalid"}]})
        self.snapshot(KIMI_CODE_BASE_URL=f"https://{OTHER}")
        self.assertEqual(set(self.kimi.connects), {f"{OTHER}:443"})

    def test_refused(self) -> None:
        for base in (f"http://{OTHER}", f"https://me@{OTHER}", f"https://me:hidden@{OTHER}",
                     f"https://{OTHER}/?a=hidden", f"https://{OTHER}/#a", "ftp://a", "https://",
                     f"https://{OTHER}\\@api.kimi.com"):  # fmt: skip
            error = self.error("config", "KIMI_CODE_BASE_URL", KIMI_CODE_BASE_URL=base)
            self.assertNotIn("hidden", error["message"])
        self.assertEqual((self.kimi.connects, self.requests), ([], []))

    def test_refused_enterprise_host(self) -> None:
        path = self.home.config(
            {"providers": [{"id": "kimi", "enterpriseHost": f"http://{OTHER}"}]}
        )
        self.error("config", '"enterpriseHost"', str(path), "https://")
        self.assertEqual(self.kimi.connects, [])

    def test_global_region(self) -> None:
        for args in (("--region", "global"), ()):
            snapshot = self.snapshot(*args)
            self.assertEqual(snapshot["dashboard"], "https://www.kimi.ai/code/console")
            self.assertEqual(self.requests[-1].host, "api.kimi.ai")
            self.home.config({"providers": [{"id": "kimi", "region": "global"}]})

    def test_unknown_region(self) -> None:
        path = self.home.config({"providers": [{"id": "kimi", "region": "mars"}]})
        self.error("config", '"region"', "mars", "cn, global", str(path))
        self.assertEqual(self.kimi.connects, [])


if __name__ == "__main__":
    harness.main()
