"""The lines that `psm serve` prints: the site's addresses on this machine and for phones."""

import sys
from pathlib import Path

import click

from psm_course.content.site_info import read_site_info
from psm_course.registrar.accounts.accounts import has_accounts
from psm_course.registrar.completion.adopting import sentence_about_site
from psm_course.store.engine import Store
from psm_course.store.people.cohorts import list_cohorts
from psm_course.web.hall.hall_addresses import HallAddresses, Link

_OVERHEARD = (
    "Tanpa https, kata sandi dapat disadap di jaringan ini: masuklah ke meja dari laptop ini saja,"
    " atau pakai --certificate."
)


def tell(store: Store, site: Path, here: str, addresses: HallAddresses | None) -> None:
    """Print the addresses of the site, of each cohort's page, and of the site for phones.

    Also printed is what the person at this machine has to know: an outdated site, no account yet,
    no network, and how to stop.

    Args:
        store: the register.
        site: the folder of the site.
        here: this machine's own address, as `http://127.0.0.1:8765`.
        addresses: the addresses for phones in the course room (the hall); None: there are none.
    """
    with store.reading() as tx:
        cohorts = list_cohorts(tx)
    click.echo(f"Situs kursus:  {here}/")
    for cohort in cohorts:
        click.echo(f"Status {cohort.id}:    {here}/angkatan/{cohort.id}")
    if sentence := sentence_about_site(store, read_site_info(site)):
        click.echo(sentence)
    if not has_accounts(store):
        click.echo(
            "Belum ada akun untuk masuk ke meja. Buat dengan: psm account add NAMA --role petugas"
        )
    if addresses:
        _tell_phones(addresses, here)
    click.echo("Tekan Ctrl+C untuk berhenti.")


def _tell_phones(addresses: HallAddresses, here: str) -> None:
    for link in addresses.links:
        _tell_link(link)
    if not addresses.own:
        click.echo(
            "Laptop ini belum tersambung ke jaringan mana pun. Nyalakan Wi-Fi atau hotspot;"
            " alamatnya lalu muncul di sini."
        )
    elif len(addresses.own) > 1 and not addresses.chosen:
        click.echo(
            f"Ada {len(addresses.own)} jaringan. Untuk membuka satu saja: psm serve --lan --address"
            f" {addresses.own[0].address}"
        )
    for sentence in addresses.about_names:
        click.echo(sentence)
    click.echo(f"Kode untuk layar dan alamat yang sekarang: {here}/alamat")
    if addresses.names.scheme == "http":
        click.echo(_OVERHEARD)


def _tell_link(link: Link) -> None:
    click.echo(f"Untuk ponsel{f' di jaringan {link.network}' if link.network else ''}:  {link.url}")
    if _can_print("▀"):  # the letter of which segno draws the code
        import segno  # noqa: PLC0415 - only for the hall

        segno.make(link.scanned, error="m", micro=False).terminal(compact=True)


def _can_print(letter: str) -> bool:
    try:
        # The encoding of an old console on Windows may lack the letter.
        letter.encode(sys.stdout.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
