"""A folder of a bucket in a store that speaks S3: Amazon, Cloudflare, Wasabi, MinIO, Ceph."""

import re
from asyncio import gather, to_thread
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from psm_course.errors import Refused
from psm_course.upload.address import Address
from psm_course.upload.credentials import Account, is_here
from psm_course.upload.items import Item, as_objects
from psm_course.upload.known import folders_of
from psm_course.upload.remote import READY, Cut

if TYPE_CHECKING:
    from obstore.store import S3Config

_CONNECT, _ANSWER, _AGAIN = timedelta(seconds=10), timedelta(seconds=60), timedelta(seconds=30)
_WHY = {
    "NoSuchBucket": "ember {bucket} tidak ada di {store}. Periksa namanya, atau buat dahulu",
    "RequestTimeTooSkewed": "jam laptop ini jauh berbeda dari jam {store}. Betulkan jam laptop",
    "InvalidAccessKeyId": "{store} tidak mengenal kunci itu (AWS_ACCESS_KEY_ID)",
    "SignatureDoesNotMatch": "{store} menolak kunci rahasia itu (AWS_SECRET_ACCESS_KEY)",
    "ExpiredToken": "kunci sementara untuk {store} sudah lewat waktunya. Ambil yang baru",
    "AccessDenied": (
        "kunci Anda tidak boleh membaca dan menulis di {bucket}. Minta izin ListBucket, GetObject,"
        " PutObject, DeleteObject"
    ),
    "QuotaExceeded": "penyimpanan di {store} penuh",
    "InsufficientStorage": "penyimpanan di {store} penuh",
    "XMinioStorageFull": "penyimpanan di {store} penuh",
    "PermanentRedirect": "ember {bucket} ada di wilayah lain. Isi AWS_REGION",
    "AuthorizationHeaderMalformed": "ember {bucket} ada di wilayah lain. Isi AWS_REGION",
}
# Not every store has a word for everything; nor do all answers reach us whole.
_BY_STATUS = {
    "status code: 401": "AccessDenied",
    "status code: 403": "AccessDenied",
    "status code: 507": "InsufficientStorage",
    "redirect without LOCATION": "PermanentRedirect",
}
_CODE = re.compile(r"<Code>(\w+)</Code>")


@asynccontextmanager
async def object_store(address: Address, account: Account) -> AsyncIterator["ObjectStore"]:
    """Yield a connection to the folder, after checking that its bucket exists and can be listed.

    Raises:
        Refused: the store does not answer, has no such bucket, or rejects the account.
    """
    store = S3Store(
        address.host,
        prefix=address.path or None,
        config=_config(account),
        client_options={
            "allow_http": is_here(account.endpoint),
            "connect_timeout": _CONNECT,
            "timeout": _ANSWER,
        },
        retry_config={"max_retries": 3, "retry_timeout": _AGAIN},
    )
    opened = ObjectStore(store, address, account.endpoint.partition("://")[2] or "Amazon S3")
    try:
        await opened.waiting()
    except Cut as cut:
        raise Refused(f"{str(cut)[:1].upper()}{str(cut)[1:]}.") from None
    yield opened


def _config(account: Account) -> "S3Config":
    config: S3Config = {
        "access_key_id": account.key_id,
        "secret_access_key": account.secret,
        "region": account.region,
    }
    if account.token:
        config["session_token"] = account.token
    if account.endpoint:
        config["endpoint"] = account.endpoint
    else:
        # Amazon wants the bucket in the host name; other stores often have no such host name.
        config["virtual_hosted_style_request"] = True
    return config


class ObjectStore:
    """A `Remote` (an open connection to a folder elsewhere) for a folder of a bucket.

    Every method but `items` raises `Cut` when the store does not answer or refuses. Requests run in
    threads. obstore has asyncio functions too, but they may call Python while the program ends, and
    then the program aborts.
    """

    def __init__(self, store: S3Store, address: Address, name: str) -> None:
        self._store, self._address, self._name = store, address, name

    def items(self, site: Path, listed: Iterable[str]) -> Iterator[Item]:
        """Files of the site; those that only browsers ask for are compressed (`as_objects`)."""
        return as_objects(site, list(listed))

    async def read(self, path: str) -> bytes | None:
        """Content of a small file; None if there is no such file."""
        with self._telling():
            try:
                return await to_thread(self._content, path)
            except FileNotFoundError as error:
                if _code(error) == "NoSuchBucket":
                    raise
                return None

    def _content(self, path: str) -> bytes:
        return bytes(obstore.get(self._store, path).bytes())

    async def write(self, path: str, content: bytes) -> None:
        """Write a small file in one request."""
        with self._telling():
            await to_thread(obstore.put, self._store, path, content, use_multipart=False)

    async def marks(self, paths: Collection[str]) -> Mapping[str, str]:
        """ETags of those files in `paths` that exist, by path."""
        with self._telling():
            found = await gather(*(self._objects_in(folder) for folder in folders_of(paths)))
        wanted = set(paths)
        return {path: mark for objects in found for path, mark in objects.items() if path in wanted}

    async def waiting(self) -> Mapping[str, str]:
        """ETags of the files in the folder `READY`, by file name."""
        with self._telling():
            return {
                path.removeprefix(f"{READY}/"): mark
                for path, mark in (await self._objects_in(READY)).items()
            }

    async def put(self, item: Item) -> None:
        """Send a file into the folder `READY`, with its headers."""
        with self._telling():
            content = item.source.read_bytes()
            await to_thread(
                obstore.put,
                self._store,
                _ready(item),
                content,
                attributes=dict(item.headers),
                use_multipart=False,
            )

    async def show(self, item: Item) -> None:
        """Publish a file that was already sent: copy it from `READY` to its final path.

        The store itself makes the copy, so the content is not sent again. The file in `READY` is
        deleted.
        """
        with self._telling():
            await to_thread(obstore.copy, self._store, _ready(item), item.path)
            await to_thread(obstore.delete, self._store, _ready(item))

    async def remove(self, path: str) -> None:
        """Delete a file. If it does not exist, nothing happens."""
        with self._telling(), suppress(FileNotFoundError):
            await to_thread(obstore.delete, self._store, path)

    async def forget_waiting(self, names: Collection[str]) -> None:
        """Delete the files with these names from the folder `READY`.

        Files wait there until they are published. A name without a file changes nothing.
        """
        with self._telling():
            for name in names:
                with suppress(FileNotFoundError):
                    await to_thread(obstore.delete, self._store, f"{READY}/{name}")

    async def _objects_in(self, folder: str) -> dict[str, str]:
        found = await to_thread(obstore.list_with_delimiter, self._store, folder or None)
        return {each["path"]: str(each["e_tag"]) for each in found["objects"]}

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (BaseError, OSError, ValueError) as error:
            raise Cut(self._why(error)) from None

    def _why(self, error: Exception) -> str:
        by_status = next((code for said, code in _BY_STATUS.items() if said in str(error)), "")
        said = (
            _WHY.get(_code(error))
            or _WHY.get(by_status)
            or "{store} tidak menjawab, atau sambungan terputus"
        )
        return said.format(bucket=self._address.host, store=self._name)


def _ready(item: Item) -> str:
    return f"{READY}/{item.ready_name}"


def _code(error: Exception) -> str:
    """Return the store's own code for an error, from its answer; empty if the answer has none."""
    found = _CODE.search(str(error))
    return found[1] if found else ""
