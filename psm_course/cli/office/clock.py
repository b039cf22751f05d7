"""`psm clock`: confirms the clock if the register has entries with a date in the future."""

import click

from psm_course.cli import context
from psm_course.cli.certificates.keys import reason_option
from psm_course.local_time import moment
from psm_course.registrar.log.continuity import accept_clock


@click.group()
def clock() -> None:
    """Jam laptop, dan register yang pernah dicatat dengan jam yang salah."""


@clock.command()
@reason_option
def accept(reason: str) -> None:
    """Nyatakan bahwa jam laptop sekarang benar.

    Artinya, yang tercatat di hari-hari kemudian dicatat dengan jam yang salah.
    """
    now = context.now()
    with context.office_register() as (_, store):
        accept_clock(store, reason, context.actor(), now)
    click.echo(f"Dicatat: jam {moment(now)} benar. Sertifikat dapat diterbitkan lagi.")
