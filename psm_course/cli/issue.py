"""`psm issue`: number and print completion records."""

from __future__ import annotations

import click
from rich.progress import track

from psm_course.cli import desk
from psm_course.registrar.issuing import file_name, issue_records, print_certificates


@click.command()
@click.argument("cohort_id", metavar="KODE")
@click.option("--dry-run", is_flag=True, help="Tampilkan saja; tidak ada nomor yang terpakai.")
@desk.json_option
def issue(cohort_id: str, dry_run: bool, as_json: bool) -> None:
    """Terbitkan sertifikat bagi semua yang sudah selesai."""
    where = desk.settings()
    course = desk.usable_course(where.root)
    with desk.open_register(where) as store:
        issued = issue_records(store, course, where, cohort_id, desk.actor(), desk.now(), dry_run)
        steps = () if dry_run else print_certificates(store, where, cohort_id)
        screen = desk.console()
        shown = screen.is_terminal and not as_json
        printed = list(track(steps, "Mencetak", console=screen, transient=True) if shown else steps)
    if as_json:
        desk.print_json([{"number": r.number, "participant": r.participant, "file": file_name(r.number)} for r in issued.new])
        return
    if len(issued.new) <= 20 or dry_run:
        for record in issued.new:
            click.echo(f"  {record.number}  {record.participant}  {record.content['name']}")
    if dry_run:
        click.echo(f"Bila diterbitkan: {len(issued.new)} sertifikat baru; {len(issued.before)} sudah terbit sebelumnya.")
    else:
        click.echo(
            f"{len(issued.new)} sertifikat baru, {len(issued.before)} sudah ada; {len(printed)} PDF dicetak di {where.records / cohort_id}"
        )
