"""`triase`, `jejaring`, `terlapor`: simulations with a question to the class.

JupyterLab shows them with sliders. The site and paper show a picture that does not move.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psm_course.content.help.contacts import Contact, find_contacts
from psm_course.errors import Refused
from psm_course.forms.render import render
from psm_course.trainer.asked import settings_here
from psm_course.trainer.figures import angka, diagram_batang
from psm_course.trainer.quiet import refuse_where_quiet
from psm_course.trainer.shown import Shown, key_of
from psm_course.trainer.simulations import network, reporting, visits
from psm_course.trainer.simulations.drawing import draw_areas, draw_network
from psm_course.trainer.widget import Live
from psm_course.trainer.word import nearest, word

_NOBODY = "tidak ada"
_LOST = (_NOBODY, *network.PEOPLE)


@dataclass(frozen=True)
class Slider:
    """A slider for a whole number from `least` to `most`.

    If `names` is not empty, the slider shows names instead of numbers.
    """

    name: str
    label: str
    least: int
    most: int
    unit: str = ""
    names: tuple[str, ...] = ()

    def checked(self, value: Any) -> int:
        """Return `value`, which somebody may have typed, as a whole number of the slider.

        Raises:
            Refused: the value is no whole number within the slider's range.
        """
        if not isinstance(value, int) or not self.least <= value <= self.most:
            raise Refused(
                f'"{self.name}" harus bilangan bulat dari {self.least} sampai {self.most}.'
            )
        return value

    def state(self) -> dict[str, Any]:
        """Return the facts about the slider, as the script in the page reads them."""
        return {
            "name": self.name,
            "label": self.label,
            "unit": self.unit,
            "names": list(self.names),
            "min": self.least,
            "max": self.most,
            "step": 1,
        }


Values = Mapping[str, int]


@word("triase(kunjungan=4, kabar=6)")
def triase(kunjungan: int = 4, kabar: int = 6, kuning: int = 30, benih: int = 1) -> Shown:
    """Show two weeks with too few visits: waiting times if calls are visited in three orders.

    Args:
        kunjungan: visits a day, 1 to 10.
        kabar: new calls a day.
        kuning: the percent of calls that are yellow.
        benih: start of the random numbers; another number gives other calls.

    Raises:
        Refused: a number is outside its range.
    """
    sliders = (
        Slider("kunjungan", "Kunjungan sehari", 1, 10),
        Slider("kabar", "Kabar baru sehari", 1, visits.MOST_A_DAY),
        Slider("kuning", "Yang kuning", 0, 100, "%"),
    )
    return _simulation(
        sliders,
        {"kunjungan": kunjungan, "kabar": kabar, "kuning": kuning},
        lambda values: _triage(values, benih),
    )


def _triage(values: Values, seed: int) -> str:
    found = visits.fortnight(values["kunjungan"], values["kabar"], values["kuning"], seed)
    waits = {
        f"{order}: {colour}": round(waited.average(colour), 1)
        for order, waited in found.by_order.items()
        for colour in (visits.YELLOW, visits.GREEN)
    }
    yellow = [name for name in waits if name.endswith(visits.YELLOW)]
    left = next(iter(found.by_order.values())).left
    return render(
        "simulations/frame.html",
        contacts=(),
        picture=diagram_batang(
            "Rata-rata hari menunggu kunjungan (data rekaan)", waits, "hari", sorot=yellow
        ).html,
        sentence=(
            f"{visits.DAYS} hari, {angka(found.calls)} kabar kuning dan hijau; {angka(left)} belum"
            f" dikunjungi di akhir. Merah: {angka(found.red)} kabar, ditelepon menit itu juga,"
            " tidak ikut antre."
        ),
        question=(
            "Siapa yang menunggu paling lama, dan siapa yang memutuskan itu? Bila kunjungan tetap"
            " kurang, apa yang Anda serahkan, dan kepada siapa?"
        ),
    )


@word('jejaring(hilang="Puskesos")')
def jejaring(
    hilang: str = "Puskesos", cadangan: int = 0, lancar: int = 90, benih: int = 2
) -> Shown:
    """Show a hundred referrals after the loss of one person who knew how to reach services.

    Args:
        hilang: the person who is lost; "tidak ada" for nobody.
        cadangan: number of services that the volunteer also knows directly.
        lancar: the percent of handovers that succeed, 50 to 100.
        benih: start of the random numbers; another number gives other referrals.

    Raises:
        Refused: there is no such person, or a number is outside its range.
    """
    lost = _LOST.index(nearest("Simpul", hilang or _NOBODY, _LOST))
    sliders = (
        Slider("hilang", "Yang pindah tugas", 0, len(_LOST) - 1, names=_LOST),
        Slider("cadangan", "Kontak langsung Anda", 0, len(network.SPARE)),
        Slider("lancar", "Serah terima yang lancar", 50, 100, "%"),
    )
    return _simulation(
        sliders,
        {"hilang": lost, "cadangan": cadangan, "lancar": lancar},
        lambda values: _referrals(values, benih),
    )


def _referrals(values: Values, seed: int) -> str:
    lost = _LOST[values["hilang"]]
    found = network.referred(lost, values["cadangan"], values["lancar"], seed)
    thick = " Bingkai tebal: petugas yang Anda kenal langsung." if values["cadangan"] else ""
    return render(
        "simulations/frame.html",
        contacts=(),
        picture=draw_network(found, lost, values["cadangan"]),
        sentence=(
            f"{network.REFERRALS} rujukan rekaan: {found.arrived} tiba, {found.stuck} berhenti di"
            f" jalan.{thick} Darurat dan dugaan kekerasan tidak lewat jejaring ini: telepon"
            " langsung."
        ),
        question=(
            "Siapa satu orang yang bila pindah tugas, rujukan Anda berhenti? Kontak kedua mana yang"
            " Anda cari minggu ini?"
        ),
    )


@word("terlapor(melapor_a=10, melapor_b=50)")
def terlapor(
    kejadian_a: int = 40,
    melapor_a: int = 10,
    kejadian_b: int = 20,
    melapor_b: int = 50,
    benih: int = 59,
) -> Shown:
    """Show two areas: how many cases of violence happened, and how many were reported.

    Help numbers are always shown too.

    Args:
        kejadian_a, kejadian_b: the number of cases in a year, 0 to 100.
        melapor_a, melapor_b: the percent of these cases that are reported.
        benih: start of the random numbers; another number gives another invented year.

    Raises:
        Refused: the module is quiet, the help numbers cannot be read, or a number is outside its
            range.
    """
    refuse_where_quiet("simulasi", "Simulasi ini ada di Modul 2, bagian angka.")
    sliders = (
        Slider("kejadian_a", "A: terjadi", 0, reporting.MOST),
        Slider("melapor_a", "A: dilaporkan", 0, 100, "%"),
        Slider("kejadian_b", "B: terjadi", 0, reporting.MOST),
        Slider("melapor_b", "B: dilaporkan", 0, 100, "%"),
    )

    contacts = find_contacts(settings_here().root)
    if contacts is None:
        raise Refused("modules/bantuan.yml belum dapat dibaca. Jalankan: psm check")
    return _simulation(
        sliders,
        {
            "kejadian_a": kejadian_a,
            "melapor_a": melapor_a,
            "kejadian_b": kejadian_b,
            "melapor_b": melapor_b,
        },
        lambda values: _reports(values, benih, contacts),
        lambda values: _reports(values, benih),
    )


def _reports(values: Values, seed: int, contacts: Sequence[Contact] = ()) -> str:
    areas = {
        "Wilayah A": reporting.area(values["kejadian_a"], values["melapor_a"], seed),
        "Wilayah B": reporting.area(values["kejadian_b"], values["melapor_b"], seed + 1),
    }
    return render(
        "simulations/frame.html",
        picture=draw_areas(areas),
        contacts=contacts,
        sentence=(
            "Kantor hanya melihat batang pertama. Laporan yang bertambah dapat berarti lebih banyak"
            " orang berani melapor."
        ),
        question=(
            "Wilayah mana yang lebih aman, dan apa lagi yang perlu Anda ketahui? Apa yang membuat"
            " melapor lebih aman dan mudah?"
        ),
    )


def _simulation(
    sliders: tuple[Slider, ...],
    values: dict[str, int],
    draw: Callable[[Values], str],
    draw_for_site: Callable[[Values], str] | None = None,
) -> Live:
    """Return sliders beside a picture; `draw` makes the picture from the values of the sliders.

    `draw_for_site` makes the picture for the site; None: the site gets the same picture. The site
    needs another picture if `draw` shows help numbers, because the page itself shows them.
    """

    def drawn(asked: Mapping[str, Any]) -> str:
        return draw({slider.name: slider.checked(asked.get(slider.name)) for slider in sliders})

    html = drawn(values)
    state = {
        "key": key_of(html),
        "sliders": [slider.state() for slider in sliders],
        "values": values,
        "first": values,
        "html": html,
    }
    site = {"show": "html", "html": draw_for_site(values) if draw_for_site else html}
    return Live(html, site, "sliders", state, lambda asked: {"html": drawn(asked["values"])})
