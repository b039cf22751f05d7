"""`psm publish`: publishes the site with all that others need to check certificates."""

from pathlib import Path

import click

from psm_course.cli import context
from psm_course.cli.certificates.passphrase import ROOT_VARIABLE, known_passphrase, unlocked
from psm_course.credentials.lists.snapshot import Snapshot
from psm_course.credentials.signing.key_files import read_key_file
from psm_course.credentials.signing.keys import SigningKey
from psm_course.errors import Refused, StoreError
from psm_course.local_time import day
from psm_course.registrar.certificates.announcing import (
    WITHOUT_ROOT,
    Needed,
    announce,
    find_snapshot,
    needed_to_announce,
)
from psm_course.registrar.certificates.keys.keyring import (
    find_issuer,
    get_issuer,
    key_name,
    key_path,
)
from psm_course.registrar.certificates.keys.root_key import open_root_key
from psm_course.registrar.certificates.publishing import public_files
from psm_course.registrar.log.log_key import note_log_key
from psm_course.registrar.log.remote_site import (
    SHOWN,
    forget_arrived,
    note_arrived,
    note_begun,
    note_shown,
    publish_command,
)
from psm_course.settings import Settings
from psm_course.site import kept
from psm_course.site.build import publish_again, refuse_unpublishable
from psm_course.site.building import BUILDING, WAITING
from psm_course.site.output.hosting import files_for_servers
from psm_course.site.output.listed import MANIFEST, listed_in
from psm_course.store.engine import Store
from psm_course.upload.address import Address, is_address, read_address
from psm_course.upload.opening import read_there, send_there
from psm_course.upload.remote import Cut


@click.command()
@click.argument("place", metavar="[TEMPAT]", default="")
@click.option(
    "--out",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Bila tidak ditulis: var/site.",
)
@click.option(
    "--root",
    metavar="BERKAS",
    type=click.Path(path_type=Path, dir_okay=False),
    help=(
        "Kunci akar dari flashdisk: hanya setelah sebuah kunci dicoret, atau bila kunci sebelumnya"
        " hilang."
    ),
)
def publish(place: str, out: Path | None, root: Path | None) -> None:
    """Umumkan sertifikat yang terbit, diganti, dan dicabut.

    Daftar status bertanggal hari ini dan snapshot kunci ditaruh di situs yang sudah disusun.

    TEMPAT: folder di komputer ini, server (sftp://user@server/folder), atau penyimpanan S3
    (s3://nama-ember/folder). Tanpa TEMPAT dan --out, situs dikirim ke alamat publish_to di
    psm.toml. Bila publish_to juga kosong, situs hanya ditulis di var/site.
    """
    where = context.office()
    address = _address(where, place, out)
    folder = out or (Path(place) if place and address is None else where.site)
    get_issuer(where)
    if address:
        _look(where, address)
    # Before the snapshot is signed: with a signed snapshot that could not be written, the desk
    # once said that nothing waits, while readers still found a revoked certificate valid.
    refuse_unpublishable(where.data / "build", folder)
    signer = unlocked(where)
    with context.open_register(where) as store:
        others = _others(where, needed_to_announce(store, signer.issuer), root)
        note_log_key(store, where, context.actor(), context.now())
        _note_begun(store, where, address, folder)
        made = announce(store, signer, others, context.actor(), context.now())
        files = public_files(store, where, signer.key)
    try:
        built = publish_again(
            where.data / "build",
            folder,
            files | files_for_servers(where.site_address),
            click.echo,
            where.site_root,
            where.whatsapp,
        )
    except StoreError as error:
        again = publish_command(place if address else str(folder) if place or out else "")
        raise StoreError(
            f"{error} Snapshot ke-{made.version} sudah ditandatangani, tetapi belum diumumkan."
            f" Ulangi: {again}"
        ) from None
    click.echo(
        f"Situs lengkap ada di {built.out}: {_count(built.out)} berkas, dengan status sertifikat"
        f" per {day(context.now())} dan snapshot ke-{made.version}."
        + ("" if address else _by_hand(is_place=bool(place)))
    )
    if address:
        _send(where, address, built.out, made)
    elif not where.publish_to:
        # With `publish_to`, a copy in a folder has not reached the readers: the desk still waits.
        forget_arrived(where)
    if made.issuer.root_key is None:
        click.echo(WITHOUT_ROOT)


def _count(site: Path) -> int:
    """Return the number of files in the site that a person has to upload.

    Compressed copies of files are counted, but not the manifest, our own list of the site's files.
    """
    return len(listed_in(site, site / MANIFEST))


def _by_hand(is_place: bool) -> str:
    """Return advice on uploading the site by hand, if it stays in a folder of this machine.

    `is_place` is True if the person named that folder as TEMPAT.
    """
    if is_place:
        return " Server web membuka folder lain? Unggah seluruh isi folder itu ke sana."
    return " Unggah seluruh isi folder itu."


def _address(where: Settings, place: str, out: Path | None) -> Address | None:
    """Return the address to which the site is sent; None if it stays in a folder of this machine.

    Raises:
        Refused: a folder is given both as TEMPAT (`place`) and with `--out`, or the address is not
            valid.
    """
    written = place or ("" if out else where.publish_to)
    if place and out and not is_address(place):
        raise Refused(
            "Tulis foldernya satu kali: psm publish FOLDER, atau psm publish --out FOLDER."
        )
    return read_address(written) if is_address(written) or (written and not place) else None


def _note_begun(store: Store, where: Settings, address: Address | None, folder: Path) -> None:
    """Write down the place where the site will be published, before anything is signed.

    If the program stops before the site is at this place, the desk tells people that the site did
    not arrive.

    Args:
        store: the register.
        where: the office's settings.
        address: the address to which the site is sent. None: the address in the setting
            `publish_to` is written down; if this setting is empty, `folder` is written down.
        folder: the folder of the site.
    """
    if address or where.publish_to:
        note_arrived(where, str(address or read_address(where.publish_to)))
        return
    with store.reading() as tx:
        note_begun(where, str(folder.absolute()), find_snapshot(tx))


def _look(where: Settings, address: Address) -> None:
    """Check the site that is already published at `address`, before anything is signed.

    Raises:
        Refused: the place cannot be read, the site is another office's, or the site is newer than
            this register.
    """
    try:
        shown = read_there(address, *SHOWN)
    except Cut as cut:
        raise Refused(
            f"{address} tidak terbaca: {cut}. Belum ada yang diumumkan. Ulangi nanti."
        ) from None
    issuer = find_issuer(where)
    note_shown(where, str(address), shown, issuer.did if issuer else None)


def _send(where: Settings, address: Address, site: Path, made: Snapshot) -> None:
    try:
        # The lock of `psm build`: a build must not change files while they are sent.
        with kept.only_one(where.data / "build", BUILDING, lambda: click.echo(WAITING)):
            sent = send_there(address, site, click.echo)
    except (Cut, Refused) as trouble:
        said = str(trouble).rstrip(".")
        raise StoreError(
            f"Belum sampai di {address}: {said}. Snapshot ke-{made.version} sudah ditandatangani"
            f" dan ada di {site}. Ulangi: psm publish {address}; yang sudah sampai tidak dikirim"
            " lagi."
        ) from None
    note_arrived(where, str(address), made)
    gone = f", {sent.removed} yang lama dihapus" if sent.removed else ""
    click.echo(f"Sampai di {address}: {sent.files} berkas baru, {sent.all} semuanya{gone}.")


def _others(where: Settings, needed: Needed, root: Path | None) -> tuple[SigningKey, ...]:
    """Open the further keys that sign the snapshot together with the key in use; usually none.

    A further key is needed after the office's keys changed: programs that check certificates would
    not accept the new snapshot without a signature of the root key, or of an earlier key.

    Args:
        where: the office's settings.
        needed: the additional signatures that the snapshot needs.
        root: file of the office's root key, which is kept offline. If it is given, only the root
            key is opened. None: the person named no file.

    Raises:
        Refused: the root key is needed and not given, or a key cannot be opened.
    """
    if root is not None:
        return (
            open_root_key(where, root, known_passphrase("Frasa sandi kunci akar", ROOT_VARIABLE)),
        )
    if needed.root:
        raise Refused(
            "Sebuah kunci dicoret, dan itu diumumkan dengan kunci akar. Pasang flashdisknya, lalu:"
            " psm publish --root BERKAS"
        )
    if needed.before is not None:
        asked = f"Frasa sandi kunci sebelumnya (…{key_name(needed.before)})"
        return (read_key_file(key_path(where, needed.before), known_passphrase(asked)),)
    return ()
