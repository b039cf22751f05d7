"""Indonesian sentences for trainers and officers: the result of the statistics, and advice."""

from collections.abc import Mapping

from psm_course.analysis.gain import NO_PROOF, Paired
from psm_course.analysis.items import Flag, ItemFigures
from psm_course.analysis.reliability import FEWEST

SAID: Mapping[Flag, str] = {
    "ruled": (
        "sudah diputuskan petugas, jadi tidak ikut dihitung; sebaran jawabannya tetap dapat dibaca"
    ),
    "few": "belum cukup data: baru dijawab {people} orang, perlu {fewest}",
    "key": "butir ini dijawab salah oleh banyak orang yang bagus di butir lain: periksa kuncinya",
    "against": "orang yang bagus di butir lain justru sering keliru di sini: periksa kalimatnya",
    "danger": "ada yang memilih jawaban berbahaya ({danger}): bahas sampai jelas",
    "hard": "kebanyakan orang keliru: bahas lagi tujuannya",
    "easy": "hampir semua benar: cukup disebut, tidak perlu dibahas lama",
    "idle_choice": (
        "ada pilihan yang hampir tidak dipilih siapa pun: ganti dengan kekeliruan yang memang"
        " sering terjadi"
    ),
}
GRAVE: frozenset[Flag] = frozenset({"key", "against", "danger", "hard"})


def not_enough(people: int) -> str:
    """Return the sentence: only `people` people took the test, too few for statistics."""
    return f"Belum cukup data: baru {people} orang, perlu sedikitnya {FEWEST}."


def sentences_of(found: ItemFigures) -> tuple[str, ...]:
    """Return one sentence for each warning (`flags`) about an item, in the order of `flags`."""
    danger = sum(choice.share for choice in found.choices if choice.is_critical)
    known = {"people": str(found.people), "fewest": str(FEWEST), "danger": percent(danger)}
    return tuple(SAID[flag].format(**known) for flag in found.flags)


def gain_sentences(pair: Paired) -> tuple[str, ...]:
    """Describe in sentences how results changed between two tests.

    If enough people took both tests, one sentence warns: results may have changed for another
    reason than the course.
    """
    gain = pair.all
    if gain.gain is None or gain.before is None or gain.after is None or gain.interval is None:
        few = f"Baru {gain.people} orang mengerjakan kedua tes"
        return (f"{few}; selisihnya dihitung mulai {FEWEST} orang.",)
    way = "naik" if gain.gain > 0 else "turun" if gain.gain < 0 else "tetap"
    means = f"rata-rata {way} dari {round(gain.before)} % ke {round(gain.after)} %"
    between = f"{number(gain.interval.low)} sampai {number(gain.interval.high)}"
    said = [
        (
            f"{gain.people} orang mengerjakan kedua tes: {means}, selisih {number(gain.gain)} (95"
            f" %: {between})."
        ),
        f"Ini {NO_PROOF}: nilai dapat juga berubah karena hal lain, dan soal kedua tes tidak sama.",
    ]
    if pair.is_near_ceiling:
        said.append(
            "Hati-hati: nilai sudah dekat batas atas, jadi kenaikan yang lebih besar tidak dapat"
            " terlihat."
        )
    return tuple(said)


def percent(share: float) -> str:
    """Return a share (0 to 1) as text: `63 %`."""
    return f"{round(100 * share)} %"


def number(value: float, places: int = 1) -> str:
    """Return a number in Indonesian notation, such as `12,5`.

    `places` is the number of decimals. A negative number begins with U+2212, not with a hyphen.
    """
    written = f"{value:.{places}f}".replace(".", ",")
    return written.removeprefix("-") if not written.strip("-0,") else written.replace("-", "−")
