"""Certificates that nobody has signed, for servers on loopback."""

import ssl
import subprocess
from pathlib import Path


def self_signed(folder: Path, name: str, *options: str) -> ssl.SSLContext:
    """Return what wraps a server's socket in TLS, with a new certificate for a name; openssl's further options."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}", *options]
    subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
