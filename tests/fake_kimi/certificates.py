"""A test CA, another that nobody trusts, and certificates from both, made by openssl."""

from __future__ import annotations

import atexit
import functools
import hashlib
import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Sequence

TRUSTED = "trusted"
UNTRUSTED = "untrusted"

# Our own configuration, so that the distribution's openssl.cnf does not matter.
_CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = {names}
"""
_DAYS = "3650"
_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


def _openssl(folder: Path, *arguments: str) -> None:
    try:
        done = subprocess.run(
            ("openssl", *arguments), cwd=folder, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise RuntimeError("the tests need the openssl program: it is not installed") from error
    if done.returncode != 0:
        raise RuntimeError(f"openssl {' '.join(arguments)} failed:\n{done.stderr}")


def _write_config(folder: Path, name: str, hosts: Sequence[str] = ()) -> None:
    names = ",".join(f"DNS:{host}" for host in hosts or ("unused.invalid",))
    (folder / "openssl.cnf").write_text(_CONFIG.format(name=name, names=names), encoding="ascii")


def _make_authority(folder: Path, name: str) -> None:
    _write_config(folder, f"usageline {name} test CA")
    _openssl(
        folder, "req", "-x509", "-config", "openssl.cnf", "-extensions", "ca", "-days", _DAYS,
        *_NEW_KEY, "-keyout", "ca.key", "-out", "ca.pem",
    )  # fmt: skip


def _make_leaf(folder: Path, authority: Path, hosts: Sequence[str]) -> Path:
    _write_config(folder, hosts[0], hosts)
    _openssl(
        folder, "req", "-new", "-config", "openssl.cnf", *_NEW_KEY,
        "-keyout", "leaf.pem", "-out", "leaf.csr",
    )  # fmt: skip
    # A random serial number: two processes would damage the file of -CAcreateserial.
    _openssl(
        folder, "x509", "-req", "-in", "leaf.csr", "-CA", str(authority / "ca.pem"),
        "-CAkey", str(authority / "ca.key"), "-set_serial", f"0x{secrets.token_hex(16)}",
        "-extfile", "openssl.cnf", "-extensions", "leaf", "-days", _DAYS, "-out", "leaf.crt",
    )  # fmt: skip
    leaf = folder / "leaf.pem"
    leaf.write_bytes(leaf.read_bytes() + (folder / "leaf.crt").read_bytes())
    return leaf


class Certificates:
    """The CAs and certificates of one folder, which any number of processes may share.

    Everything appears under its final name by one rename, so another process sees it whole or not
    at all; of two processes that make the same thing at once, one wins and the other uses that.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._folder.mkdir(parents=True, exist_ok=True)
        self.authority_file = self._authority(TRUSTED) / "ca.pem"

    def _authority(self, name: str) -> Path:
        final = self._folder / name
        if final.is_dir():
            return final
        new = Path(tempfile.mkdtemp(prefix=".new-", dir=self._folder))
        try:
            _make_authority(new, name)
            new.rename(final)
        except OSError:
            if not final.is_dir():
                raise
        finally:
            shutil.rmtree(new, ignore_errors=True)
        return final

    def leaf(self, hosts: Sequence[str], authority: str = TRUSTED) -> Path:
        """A PEM file with a key and a certificate for these hosts."""
        folder = self._authority(authority)
        digest = hashlib.sha256("\n".join(hosts).encode()).hexdigest()[:16]
        final = folder / f"leaf-{digest}.pem"
        if not final.exists():
            with tempfile.TemporaryDirectory(prefix=".new-", dir=self._folder) as new:
                os.replace(_make_leaf(Path(new), folder, hosts), final)
        return final


@functools.lru_cache(maxsize=None)
def _temporary_folder() -> str:
    """A folder that all fakes of this process share; removed when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="fake-kimi-ca-")
    atexit.register(folder.cleanup)
    return folder.name


def shared_certificates() -> Certificates:
    """Those in FAKE_KIMI_CA_DIR, which a build sets so that its tests can share them."""
    return Certificates(Path(os.environ.get("FAKE_KIMI_CA_DIR") or _temporary_folder()))
