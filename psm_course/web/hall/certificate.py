"""What a TLS certificate says whose it is."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from psm_course.errors import Refused


@dataclass(frozen=True, slots=True)
class Certified:
    """The names and addresses for which a browser takes the certificate. A name may begin with `*.`."""

    names: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()

    def is_for(self, host: str) -> bool:
        """Whether a browser that was sent to this host takes it."""
        return host in self.names | self.addresses or f"*.{host.partition('.')[2]}" in self.names


def read_certificate(certificate: Path, key: Path) -> Certified:
    """Whom the first certificate of the file names.

    Raises:
        Refused: it is none, or the key is not its own.
    """
    from cryptography import x509  # noqa: PLC0415 - most offices serve without one

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")  # an empty one: else it asks in the terminal
        named = x509.load_pem_x509_certificate(certificate.read_bytes()).extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return Certified()  # browsers look at no other place
    except (ssl.SSLError, OSError, ValueError):
        raise Refused(
            f"{certificate} dan {key} tidak dapat dipakai bersama. Keduanya berkas PEM: sertifikat dan kunci miliknya, tanpa kata sandi."
        ) from None
    names = frozenset(name.casefold() for name in named.value.get_values_for_type(x509.DNSName))
    return Certified(names, frozenset(str(each) for each in named.value.get_values_for_type(x509.IPAddress)))
