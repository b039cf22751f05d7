"""A folder on a server, over SFTP.

The server's key must be in a `known_hosts` file already. Our own key comes from the SSH agent or
`~/.ssh`; passwords are not used.
"""

import asyncio
import stat
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncssh

from psm_course.errors import Refused
from psm_course.upload.address import Address
from psm_course.upload.items import Item, as_files
from psm_course.upload.known import folders_of
from psm_course.upload.remote import READY, Cut

_CONNECT = 20.0  # seconds
# Seconds after which a server that says nothing is asked whether it is there, four times.
_SILENCE = 15
_HALF = ".separuh"
_LITTLE = 1_000_000  # bytes: a disk with less is full
_FILE, _FOLDER = 0o644, 0o755  # a web server reads them under another account
_GONE = (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath)
_LOST = (
    asyncssh.SFTPConnectionLost,
    asyncssh.SFTPNoConnection,
    asyncssh.DisconnectError,
    asyncssh.ChannelOpenError,
    OSError,
)
_FULL = (asyncssh.SFTPNoSpaceOnFilesystem, asyncssh.SFTPQuotaExceeded)
_DENIED = (asyncssh.SFTPPermissionDenied, asyncssh.SFTPWriteProtect)


class _Asked(asyncssh.SSHClient):
    """SSH client that rejects an unknown server; `shown` is then the server key's fingerprint."""

    def __init__(self) -> None:
        self.shown = ""

    def validate_host_public_key(
        self,
        host: str,  # noqa: ARG002 - its signature
        addr: str,  # noqa: ARG002
        port: int,  # noqa: ARG002
        key: asyncssh.SSHKey,
    ) -> bool:
        self.shown = key.get_fingerprint()
        return False


@asynccontextmanager
async def over_ssh(address: Address) -> AsyncIterator["OverSsh"]:
    """Yield a connection to the folder, after checking that the folder exists.

    Raises:
        Refused: the server cannot be reached, is not in `known_hosts`, does not let us in, or has
            no such folder.
    """
    connection = await _connected(address)
    try:
        try:
            sftp = await connection.start_sftp_client()
            found = await sftp.stat(address.path)
        except _GONE:
            raise Refused(
                f"Di {address.host} tidak ada folder {address.path}. Buat foldernya di server itu,"
                " lalu ulangi."
            ) from None
        except (asyncssh.Error, OSError) as error:
            raise Refused(
                f"{address.host} menerima kunci Anda, tetapi tidak membuka {address.path}:"
                f" {_reason_of(error)}."
            ) from None
        if not stat.S_ISDIR(found.permissions or 0):
            raise Refused(f"{address.path} di {address.host} bukan folder.")
        yield OverSsh(sftp, address)
    finally:  # a connection that broke meanwhile may say so once more, to nobody's use
        connection.close()
        with suppress(asyncssh.Error, OSError):
            await connection.wait_closed()


async def _connected(address: Address) -> asyncssh.SSHClientConnection:
    asked, known = _Asked(), _known_hosts()
    try:
        return await asyncio.wait_for(
            # asyncssh takes `()` as "not given": then the SSH configuration is asked.
            asyncssh.connect(
                address.host,
                address.port or (),
                username=address.user or (),
                known_hosts=known,
                client_factory=lambda: asked,
                preferred_auth="publickey",
                keepalive_interval=_SILENCE,
            ),
            _CONNECT,
        )
    except asyncssh.HostKeyNotVerifiable:
        raise Refused(_unknown(address, asked.shown, known)) from None
    except asyncssh.PermissionDenied:
        raise Refused(
            f"{address.host} tidak menerima kunci SSH Anda. Masukkan kunci ke agen (ssh-add), atau"
            f" minta pengelola server menambahkan kunci umum Anda. Uji dengan: {_ssh(address)}"
        ) from None
    except (OSError, TimeoutError, asyncssh.Error) as error:
        raise Refused(
            f"{address.host} tidak dapat dihubungi: {_reason_of(error)}. Periksa alamat, sambungan"
            f" internet, dan apakah server menyala. Uji dengan: {_ssh(address)}"
        ) from None


def _known_hosts() -> asyncssh.SSHKnownHosts:
    """Read the keys of known servers, always from the same two `known_hosts` files.

    The SSH configuration is not used, because it may say that every server is accepted.

    Raises:
        Refused: a file cannot be read.
    """
    places = (Path.home() / ".ssh" / "known_hosts", Path("/etc/ssh/ssh_known_hosts"))
    try:
        return asyncssh.read_known_hosts([str(path) for path in places if path.is_file()])
    except (OSError, ValueError):
        raise Refused(
            f"Daftar server yang dikenal ({places[0]}) tidak terbaca. Perbaiki barisnya, atau hapus"
            " yang rusak."
        ) from None


def _unknown(address: Address, shown: str, known: asyncssh.SSHKnownHosts) -> str:
    ours = known.match(address.host, "", address.port)[0]
    if ours:
        return (
            f"BERHENTI: kunci {address.host} bukan yang dikenal laptop ini. Mungkin ada yang"
            " menyamar sebagai server itu. Tanyakan kepada pengelola server apakah kuncinya"
            f" diganti, dan cocokkan sidiknya: {shown or '(tidak ditunjukkan)'}. Tidak ada yang"
            " dikirim."
        )
    return (
        f"Laptop ini belum mengenal {address.host}; kuncinya {shown or '(tidak ditunjukkan)'}."
        " Cocokkan sidik itu dengan yang disebut pengelola server, lalu sambung satu kali dan"
        f" jawab yes bila sama: {_ssh(address)}. Tidak ada yang dikirim."
    )


def _ssh(address: Address) -> str:
    port = f"-p {address.port} " if address.port else ""
    return (
        f"ssh {port}{address.user}@{address.host}" if address.user else f"ssh {port}{address.host}"
    )


def _reason_of(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "tidak ada jawaban"
    if isinstance(error, ConnectionRefusedError):
        return "tidak ada server SSH di sana"
    if isinstance(error, _DENIED):
        return "tidak ada izin"
    if isinstance(error, OSError):
        return (
            "namanya tidak ditemukan"
            if not isinstance(error, ConnectionError) and error.errno in (-2, -3, -5, 8, 11001)
            else "terputus"
        )
    return "server memutus sambungan"


class OverSsh:
    """A `Remote` over an open SFTP session.

    Every method but `items` raises `Cut` when the connection is lost or the server refuses.
    """

    def __init__(self, sftp: asyncssh.SFTPClient, address: Address) -> None:
        self._sftp, self._address = sftp, address
        self._making: dict[str, asyncio.Task[None]] = {}

    def items(self, site: Path, listed: Iterable[str]) -> Iterator[Item]:
        """Return every file in `listed` as it is in the site.

        Nothing is left out or packed: the site has plain and compressed files, and the web server
        chooses between them.
        """
        return as_files(site, listed)

    async def read(self, path: str) -> bytes | None:
        """Content of a small file; None if there is no such file."""
        async with self._telling():
            try:
                async with self._sftp.open(self._at(path), "rb") as stream:
                    content: bytes = await stream.read()
                    return content
            except _GONE:
                return None

    async def write(self, path: str, content: bytes) -> None:
        """Write a small file under another name, then rename it: nobody ever reads half a file."""
        async with self._telling():
            half = f"{READY}/{path.replace('/', '-')}{_HALF}"
            await self._written(half, content)
            await self._renamed(half, path)

    async def marks(self, paths: Collection[str]) -> Mapping[str, str]:
        """Size and time of change, as text, of those files in `paths` that exist, by path."""
        async with self._telling():
            found = await asyncio.gather(*(self._files_in(folder) for folder in folders_of(paths)))
        wanted = set(paths)
        return {path: mark for files in found for path, mark in files.items() if path in wanted}

    async def waiting(self) -> Mapping[str, str]:
        """Size and time of change, as text, of the files in `READY`, by file name."""
        async with self._telling():
            return {
                path.removeprefix(f"{READY}/"): mark
                for path, mark in (await self._files_in(READY)).items()
            }

    async def put(self, item: Item) -> None:
        """Send a file into the folder `READY`, where it waits until all files have arrived.

        Until the file is complete it has the ending `.separuh`, so a file without this ending is
        complete.
        """
        async with self._telling():
            half = f"{READY}/{item.ready_name}{_HALF}"
            await self._written(half, item.source.read_bytes())
            await self._renamed(half, f"{READY}/{item.ready_name}")

    async def show(self, item: Item) -> None:
        """Publish a file that waits in `READY`: rename it to its final path.

        The folder of that path is made if needed.
        """
        async with self._telling():
            await self._folder(item.path.rpartition("/")[0])
            await self._renamed(f"{READY}/{item.ready_name}", item.path)

    async def remove(self, path: str) -> None:
        """Delete a file, if it still exists, and the folders that are empty afterwards."""
        async with self._telling():
            with suppress(*_GONE):
                await self._sftp.remove(self._at(path))
            folder = path.rpartition("/")[0]
            with suppress(asyncssh.SFTPError):  # the first that still holds something ends it
                while folder:
                    await self._sftp.rmdir(self._at(folder))
                    folder = folder.rpartition("/")[0]

    async def forget_waiting(self, names: Collection[str]) -> None:
        """Delete the files with these names from `READY`. A name without a file changes nothing.

        If `READY` is empty afterwards, it is deleted too.
        """
        async with self._telling():
            for name in names:
                with suppress(*_GONE):
                    await self._sftp.remove(self._at(f"{READY}/{name}"))
            with suppress(asyncssh.SFTPError):
                await self._sftp.rmdir(self._at(READY))

    def _at(self, path: str) -> str:
        return f"{self._address.path}/{path}" if path else self._address.path

    async def _files_in(self, folder: str) -> dict[str, str]:
        """Return size and time of change, as text, of each file in a folder, by path.

        The result also has the links and folders in that folder. We never put any there, so they
        get a text that no file has. If there is no such folder, the result is empty.
        """
        found = {}
        try:
            async for entry in self._sftp.scandir(self._at(folder)):
                name = str(entry.filename)
                if name not in (".", ".."):
                    found[f"{folder}/{name}" if folder else name] = _mark(entry.attrs)
        except (*_GONE, asyncssh.SFTPNotADirectory):
            return {}
        return found

    async def _written(self, path: str, content: bytes) -> None:
        await self._folder(path.rpartition("/")[0])
        async with self._sftp.open(self._at(path), "wb") as stream:
            await stream.write(content)
        await self._sftp.chmod(self._at(path), _FILE)

    async def _folder(self, folder: str) -> None:
        """Make a folder and the folders above it.

        If several calls run at the same time, each folder is still made only once.
        """
        if folder:
            await self._folder(folder.rpartition("/")[0])
            if folder not in self._making:
                self._making[folder] = asyncio.ensure_future(self._make(folder))
            # Without `shield`, cancelling one caller would cancel the task that others wait for.
            await asyncio.shield(self._making[folder])

    async def _make(self, folder: str) -> None:
        if await self._sftp.isdir(self._at(folder)):
            return
        await self._sftp.mkdir(self._at(folder))
        await self._sftp.chmod(self._at(folder), _FOLDER)

    async def _renamed(self, old: str, new: str) -> None:
        try:
            await self._sftp.posix_rename(self._at(old), self._at(new))
        except asyncssh.SFTPOpUnsupported:  # a server that cannot replace a file in one step
            with suppress(*_GONE):
                await self._sftp.remove(self._at(new))
            await self._sftp.rename(self._at(old), self._at(new))

    @asynccontextmanager
    async def _telling(self) -> AsyncIterator[None]:
        host, folder = self._address.host, self._address.path
        try:
            yield
        except _FULL:
            raise Cut(f"penyimpanan di {host} penuh") from None
        except _DENIED:
            raise Cut(f"akun Anda di {host} tidak boleh menulis di {folder}") from None
        except _LOST:
            raise Cut(f"sambungan ke {host} terputus") from None
        except asyncssh.SFTPError:  # of a full disk OpenSSH says no more than that it failed
            full = await self._is_full()
            raise Cut(
                f"penyimpanan di {host} penuh"
                if full
                else f"{host} menolak mengubah berkas di {folder}"
            ) from None

    async def _is_full(self) -> bool:
        try:
            room = await self._sftp.statvfs(self._address.path)
        except (asyncssh.Error, OSError):  # only OpenSSH is sure to know `statvfs`
            return False
        return room.bavail * room.frsize < _LITTLE


def _mark(attrs: asyncssh.SFTPAttrs) -> str:
    if stat.S_ISREG(attrs.permissions or 0):
        return f"{attrs.size}-{attrs.mtime}"
    return "bukan-berkas"
