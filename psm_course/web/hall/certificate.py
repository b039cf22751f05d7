"""The names for which a TLS certificate is valid."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from psm_course.errors import Refused


@dataclass(frozen=True, slots=True)
class Certified:
    """The names and addresses for which browsers accept a certificate.

    A name may begin with `*.`.
    """

    names: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()

    def is_for(self, host: str) -> bool:
        """True if a browser accepts the certificate for this host, a name or an address."""
        return host in self.names | self.addresses or f"*.{host.partition('.')[2]}" in self.names


def read_certificate(certificate: Path, key: Path) -> Certified:
    """Read the names and addresses in the first certificate of a PEM file.

    Browsers look only at subjectAltName, so a certificate without it has no names and no addresses.

    Raises:
        Refused: a file cannot be read or is not PEM, the key needs a passphrase, or the key
            belongs to another certificate.
    """
    from cryptography import x509  # noqa: PLC0415 - most offices serve without one

    try:
        # With an empty password OpenSSL does not ask for one in the terminal.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
        named = x509.load_pem_x509_certificate(
            certificate.read_bytes()
        ).extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return Certified()  # browsers look at no other place
    except (ssl.SSLError, OSError, ValueError):
        raise Refused(
            f"{certificate} dan {key} tidak dapat dipakai bersama. Keduanya berkas PEM: sertifikat"
            " dan kunci miliknya, tanpa kata sandi."
        ) from None
    names = frozenset(name.casefold() for name in named.value.get_values_for_type(x509.DNSName))
    return Certified(
        names, frozenset(str(each) for each in named.value.get_values_for_type(x509.IPAddress))
    )
