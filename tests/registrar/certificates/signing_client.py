"""A stand-in for the office's signing client: a certificate authority made for one run, and PAdES
signatures by pyHanko.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from psm_course.printing.certificate import SIGNATURE_PLACE

OFFICIAL, AUTHORITY = "Pejabat Rekaan", "Otoritas Rekaan"


def _certificate(
    name: str, key: rsa.RSAPrivateKey, by: str, by_key: rsa.RSAPrivateKey
) -> x509.Certificate:
    named = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, by)]
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        **dict.fromkeys(
            (
                "key_encipherment",
                "data_encipherment",
                "key_agreement",
                "key_cert_sign",
                "crl_sign",
                "encipher_only",
                "decipher_only",
            ),
            False,
        ),
    )
    made = x509.CertificateBuilder(
        named[1],
        named[0],
        key.public_key(),
        x509.random_serial_number(),
        now,
        now + timedelta(days=2),
    )
    return made.add_extension(usage, critical=True).sign(by_key, hashes.SHA256())


@cache
def signer() -> signers.SimpleSigner:
    key, authority = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    packed = pkcs12.serialize_key_and_certificates(
        b"x", key, _certificate(OFFICIAL, key, AUTHORITY, authority), None, NoEncryption()
    )
    loaded = signers.SimpleSigner.load_pkcs12_data(packed, other_certs=[])
    assert loaded is not None
    return loaded


def signed(pdf: bytes, field: str = "TTE") -> bytes:
    """The file with a visible signature where the certificate leaves room, added at its end."""
    left, bottom, width, height = SIGNATURE_PLACE
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    fields.append_signature_field(
        writer,
        fields.SigFieldSpec(field, on_page=0, box=(left, bottom, left + width, bottom + height)),
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=field, subfilter=fields.SigSeedSubFilter.PADES
    )
    out: io.BytesIO = signers.sign_pdf(writer, metadata, signer=signer())
    return out.getvalue()


def turned(pdf: bytes) -> bytes:
    """The first page turned on its side, added at the end of the file: a change of what is seen."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = NumberObject(90)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
