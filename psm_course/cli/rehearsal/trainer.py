"""`psm trainer`: opens the lessons in JupyterLab, to teach with them at the projector."""

import webbrowser

import click

from psm_course.cli import context
from psm_course.cli.language import WholeNumber
from psm_course.errors import Refused
from psm_course.settings import Settings
from psm_course.trainer.lab.session import trainers_session


@click.command()
@click.argument("lesson", metavar="[PELAJARAN]", default="")
@click.option(
    "--port",
    metavar="PORT",
    type=WholeNumber(1, 65535),
    help="Nomor port. Bila tidak ditulis: yang kosong.",
)
@click.option("--no-browser", is_flag=True, help="Jangan buka peramban; alamatnya saja.")
@click.option(
    "--demo", is_flag=True, help="Pakai peserta rekaan dari psm demo, bukan register kantor."
)
def trainer(lesson: str, port: int | None, no_browser: bool, demo: bool) -> None:
    """Buka pelajaran untuk mengajar.

    PELAJARAN: sebagian namanya, misalnya 02. Yang dibuka salinan; folder kursus tidak berubah.
    """
    office = context.course_folder()
    where = _of_the_demo(office) if demo else office
    click.echo("Menyiapkan salinan pelajaran dan JupyterLab …")
    with trainers_session(where, lesson, port) as session:
        try:
            click.echo(f"Buka di peramban: {session.address}")
            click.echo(
                "Yang terbuka adalah salinan: perubahan di sana hilang sesudah selesai. Selesai"
                " mengajar? Tekan Ctrl+C di sini."
            )
            if not no_browser:
                webbrowser.open(session.address)
            session.process.wait()
        except KeyboardInterrupt:
            click.echo("Selesai. Salinan dihapus.")


def _of_the_demo(office: Settings) -> Settings:
    """Return the settings of the made-up office that an earlier `psm demo` made here.

    Raises:
        Refused: `psm demo` was never run.
    """
    where = office.rehearsal(office.data / "demo")
    if not where.register.is_file():
        raise Refused("Belum ada peserta rekaan. Buat dulu: psm demo --once")
    return where
