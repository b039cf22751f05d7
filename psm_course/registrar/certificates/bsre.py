"""Client for BSrE's eSign service (v2), which runs on a server of the office's own agency.

The client makes one call for each PDF. It was written from the published description of the
service's API. Secrets are neither kept nor logged. After a time-out the call is not repeated,
because the service may have signed although no answer came.
"""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any

import httpx2

from psm_course.errors import Refused
from psm_course.printing.certificate import SIGNATURE_PLACE

_PATH = "/api/v2/sign/pdf"
_CONNECT = 10
_LONGEST_SAID = 200


@dataclass(frozen=True)
class BsreService:
    """The eSign service, and the account for it.

    `base` is the web address of the service; `user` and `password` are the office's account there;
    `signer` is the e-mail address or NIK of the official who signs, and `passphrase` is that
    official's; `place` is the town that is written into the signature; `patience` is the longest
    wait in seconds.
    """

    base: str
    user: str
    password: str = field(repr=False)
    signer: str = field(repr=False)
    passphrase: str = field(repr=False)
    place: str = ""
    patience: float = 120

    def sign(self, name: str, pdf: bytes) -> bytes | None:
        """Let the service sign one PDF (`name` is for messages); return the signed file.

        Raises:
            Refused: the service cannot be reached, does not answer in time, refuses, or its answer
                contains no signed file.
        """
        try:
            answer = httpx2.post(
                f"{self.base.rstrip('/')}{_PATH}",
                json=self._asked(pdf),
                auth=(self.user, self.password),
                timeout=httpx2.Timeout(self.patience, connect=min(_CONNECT, self.patience)),
            )
        # Nothing was sent yet, so trying again is safe; after any other time-out it is not.
        except httpx2.ConnectTimeout:
            raise Refused(
                f"Layanan TTE di {self.base} tidak dapat dihubungi. Periksa jaringan dan alamatnya."
            ) from None
        except httpx2.TimeoutException:
            raise Refused(
                f"Layanan TTE tidak menjawab dalam {self.patience:.0f} detik saat menandatangani"
                f" {name}. Mungkin berkas itu tetap ditandatangani di sana: periksa dulu di"
                " layanannya, baru ulangi."
            ) from None
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
            raise Refused(
                f"Layanan TTE di {self.base} tidak dapat dihubungi. Periksa jaringan dan alamatnya."
            ) from None
        return self._signed(answer)

    def _asked(self, pdf: bytes) -> dict[str, Any]:
        left, bottom, width, height = SIGNATURE_PLACE
        shown = {
            "tampilan": "VISIBLE",
            "page": 1,
            "originX": left,
            "originY": bottom,
            "width": width,
            "height": height,
            "location": self.place,
            "reason": "Sertifikat",
        }
        who = {"email" if "@" in self.signer else "nik": self.signer}
        return {
            **who,
            "passphrase": self.passphrase,
            "signatureProperties": [shown],
            "file": [base64.b64encode(pdf).decode()],
        }

    def _signed(self, answer: httpx2.Response) -> bytes:
        if answer.status_code in (401, 403):
            raise Refused(
                "Layanan TTE menolak nama atau kata sandi kantor. Periksa PSM_BSRE_USER dan"
                " PSM_BSRE_PASSWORD."
            )
        if answer.status_code != 200:
            raise Refused(
                f"Layanan TTE menolak (HTTP {answer.status_code}){self._service_message(answer)}"
            )
        try:
            (file,) = answer.json()["file"]
            return base64.b64decode(file, validate=True)
        except (ValueError, KeyError, TypeError, binascii.Error):
            raise Refused(
                "Jawaban layanan TTE tidak dimengerti: tidak ada satu berkas di dalamnya."
            ) from None

    def _service_message(self, answer: httpx2.Response) -> str:
        """Return the error message in the service's answer, as the end of our own sentence.

        If the answer has no message, or its message contains a secret, returns advice instead.
        """
        try:
            body = answer.json()
            said = str(body.get("error") or body.get("message") or "").strip()[:_LONGEST_SAID]
        except (ValueError, AttributeError):
            said = ""
        is_secret = any(
            secret in said for secret in (self.password, self.passphrase, self.signer) if secret
        )
        return (
            f": {said}"
            if said and not is_secret
            else ". Periksa frasa sandi penanda tangan, lalu hubungi pengelola layanan."
        )
