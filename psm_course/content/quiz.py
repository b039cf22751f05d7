"""A quiz file: its header, its items, and the public view, the only form of it that leaves the office."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path as FilePath
from typing import Any, Literal

from pydantic import Field

from psm_course.authoring.fields import Count, Form, Id, Ids, Model, Percent, Text, is_id
from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.authoring.problems import (
    Finding,
    Path,
    Problem,
    did_you_mean,
    has_errors,
    shorten,
    suggest,
)
from psm_course.authoring.reading import broken_rules, element_word, locate, read_model, unknown_key
from psm_course.authoring.texts import placed_texts
from psm_course.authoring.yaml_source import Source, read_file
from psm_course.items import TYPES
from psm_course.items.base import BaseItem, View

Use = Literal["practice", "pretest", "posttest", "bank"]


class QuizHeader(Model):
    """All fields of a quiz file except its items."""

    id: Id = Field(description="Nama kuis, tetap selamanya dan tunggal di kursus ini.")
    title: Text = Field(description="Judul yang dibaca peserta.")
    module: Id | None = Field(
        None, description="Folder modul di modules/. Tidak ditulis: kuis untuk seluruh kursus."
    )
    use: Use = Field(
        description=(
            "practice: latihan dengan jawaban · pretest: tes awal · posttest: tes akhir · bank:"
            " persediaan butir tes."
        )
    )
    pass_mark: Percent | None = Field(
        None, description="Batas lulus dalam persen nilai. Tidak ditulis: tanpa batas lulus."
    )
    attempts: Count | None = Field(
        None, description="Banyaknya kesempatan. Tidak ditulis: tidak dibatasi."
    )
    cool_down: Count | None = Field(
        None,
        description=(
            "Jeda antara dua percobaan, dalam menit menurut jam kantor; yang lebih awal ditahan."
            " Tidak ditulis: tanpa jeda."
        ),
    )
    without_card: Literal["held", "counted"] = Field(
        "held",
        description=(
            "Jawaban atas nomor yang dikenal tetapi tanpa kartu. held: ditahan untuk petugas ·"
            " counted: dihitung, tanpa memakai kesempatan dan selama tidak ada jawaban dengan"
            " kartu."
        ),
    )
    draw: Count | None = Field(
        None, description="Banyaknya butir yang diundi untuk tiap peserta. Tidak ditulis: semua."
    )
    draw_by: Literal["objective"] | None = Field(
        None, description="objective: undian dibagi rata di antara tujuan belajar."
    )
    shuffle: Literal["items", "choices", "both", "none"] = Field(
        "none", description="Yang diacak: butir, pilihan, keduanya, atau tidak."
    )
    time_limit: Count | None = Field(
        None, description="Batas waktu dalam menit. Tidak ditulis: tanpa batas."
    )
    pool: Ids | None = Field(
        None,
        description=(
            "Ganti items: pakai butir-butir kuis lain (satu id atau daftar id) di folder yang sama."
        ),
    )
    form: Form | None = Field(None, description="Bersama pool: pakai butir dengan form ini saja.")


class QuizFile(QuizHeader):
    """The whole file as an author writes it: for guessing misspelt keys, the editor schema and the reference page."""

    items: tuple[BaseItem, ...] | None = Field(None, description="Butir-butir soal.")


@dataclass(frozen=True)
class Quiz:
    """A quiz that can be graded: it keeps all structural rules."""

    header: QuizHeader
    items: tuple[BaseItem, ...]

    @property
    def id(self) -> str:
        """The id in its header."""
        return self.header.id

    @property
    def is_test(self) -> bool:
        """True for a test, whose key stays in the office. Practice shows its key."""
        return self.header.use != "practice"

    @property
    def draw_groups(self) -> dict[str, str]:
        """The group of every item: draws are spread evenly over groups.

        An item's objective, or the same for all.
        """
        by_objective = self.header.draw_by == "objective"
        return {item.id: (item.objective or "") if by_objective else "" for item in self.items}

    @cached_property
    def variants(self) -> dict[str, tuple[str, ...]]:
        """The ids of items (sorted) by their name under `variants`.

        Every sitting gets one of each.
        """
        found: dict[str, list[str]] = {}
        for item in self.items:
            if item.variants:
                found.setdefault(item.variants, []).append(item.id)
        return {name: tuple(sorted(ids)) for name, ids in found.items()}

    @property
    def most_drawn(self) -> int:
        """The most items one learner can get: of variants only one counts."""
        return len({(item.variants is None, item.stands_for) for item in self.items})

    @property
    def drawn(self) -> int:
        """The number of items one learner gets."""
        return self.header.draw or self.most_drawn

    @property
    def is_drawn(self) -> bool:
        """True if learners may get different items."""
        return self.header.draw is not None or self.drawn < len(self.items)

    def public_view(self) -> View:
        """All data a page may have.

        For a test it contains no key, no explanation and no feedback.
        """
        # The digest names what was asked, so it is made of the view without itself and without the
        # key.
        view = {**self._asked(), "digest": self.digest}
        return (
            view
            if self.is_test
            else {**view, "scoring": {item.id: item.scoring_data() for item in self.items}}
        )

    def _asked(self) -> View:
        header = self.header
        return {
            "id": header.id,
            "title": header.title,
            "use": header.use,
            "draw": self.drawn if self.is_drawn else None,
            "shuffle": header.shuffle,
            "time_limit": header.time_limit,
            "attempts": header.attempts,
            "pass_mark": None if header.pass_mark is None else str(header.pass_mark),
            "items": [self._public(item) for item in self.items],
        }

    def _public(self, item: BaseItem) -> View:
        """An item's view, with the data a phone needs to repeat the draw."""
        view = item.public(with_answer=not self.is_test)
        if self.header.draw_by:
            view["group"] = self.draw_groups[item.id]
        if item.variants and self.is_drawn:
            view |= self._alternatives[item.variants]
        return view

    @cached_property
    def _alternatives(self) -> dict[str, View]:
        """The page's data about each set of variants: a number, because its name may tell the right decision."""
        numbers = enumerate((name for name, ids in self.variants.items() if len(ids) > 1), start=1)
        return {name: {"always": True} for name in self.variants} | {
            name: {"variants": number} for number, name in numbers
        }

    @cached_property
    def digest(self) -> str:
        """`sha256:…` of the public view as canonical JSON: what a learner was shown.

        A changed key of a test does not change it.
        """
        canonical = json.dumps(
            self._asked(), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


@dataclass(frozen=True)
class QuizRead:
    """The result of reading a quiz file: the quiz if it can be graded, all problems, and the readable parts.

    `readable` holds the readable items written in this file, with their index; if `pooled`, the
    items are those of other files (`pool_files`).
    """

    source: Source
    quiz: Quiz | None
    problems: tuple[Problem, ...]
    header: QuizHeader | None = None
    readable: tuple[tuple[int, BaseItem], ...] = ()
    pooled: bool = False
    pool_files: tuple[FilePath, ...] = ()

    @property
    def written_id(self) -> str | None:
        """The id as it stands in the file, gradable or not."""
        return written_id(self.source)


def written_id(source: Source) -> str | None:
    """The id as it stands in a quiz file, even if the quiz cannot be graded."""
    identity = source.tree.get("id") if isinstance(source.tree, dict) else None
    return identity.strip() if isinstance(identity, str) else None


def read_quiz(
    path: FilePath,
    shown_as: str | None = None,
    beside_others: bool = False,
    memory: Memory = NOTHING_KEPT,
) -> QuizRead:
    """Read one quiz file with all problems.

    Args:
        shown_as: the file's name in messages.
        beside_others: the whole folder is being read, so mistakes of a `pool` are reported in its
            own file only.
        memory: results for a pool that did not change.
    """
    source = read_file(path, shown_as or str(path))
    if isinstance(source.tree, dict):
        return _read_tree(path, source, source.tree, beside_others, memory)
    if source.tree is not None:
        source.add(
            source.position(()),
            "berkas kuis harus berisi kunci-kunci",
            "mulai dengan id: …, title: …, use: …, items:",
        )
    return QuizRead(source, None, tuple(source.problems))


def _read_tree(
    path: FilePath, source: Source, tree: dict[str, Any], beside_others: bool, memory: Memory
) -> QuizRead:
    # Items are read by their own models, so that one broken item does not hide the others.
    known = {name: value for name, value in tree.items() if name != "items"}
    header, findings = read_model(QuizHeader, known, guess_from=QuizFile)
    pooled = "pool" in tree
    readable, more = (
        _pooled_items(path, header, tree, beside_others, memory)
        if pooled
        else _items_once(source, tree)
    )
    findings += more
    written = tree.get("items")
    count = len(written) if isinstance(written, list) else len(readable)
    pinned = {item.variants for _, item in readable if item.variants}
    one_of = sum(item.variants is not None for _, item in readable)
    ask = partial(_header_findings, count=count - one_of + len(pinned), pinned=len(pinned))
    # A header with mistakes can still show that its draw is impossible.
    findings += ask(header) if header else broken_rules(QuizHeader, known, ask)
    problems = source.problems + locate(source, findings)
    items = tuple(item for _, item in readable)
    quiz = Quiz(header, items) if header and items and not has_errors(problems) else None
    own = () if pooled else tuple(readable)
    files = tuple(found for name in _pool_names(tree) if (found := _pool_file(path, name)))
    return QuizRead(source, quiz, tuple(sorted(problems)), header, own, pooled, files)


def _header_findings(header: QuizHeader, count: int, pinned: int) -> Iterator[Finding]:
    if header.draw and count and header.draw > count:
        yield Finding(
            ("draw",),
            f"mengundi {header.draw} butir dari {count}",
            "kurangi draw atau tambah butir",
        )
    if header.draw and pinned > header.draw:
        yield Finding(
            ("draw",),
            f"mengundi {header.draw} butir, padahal {pinned} butir harus selalu keluar",
            "tambah draw",
        )
    if header.form and not header.pool:
        yield Finding(
            ("form",),
            "form hanya berlaku bersama pool",
            "hapus form, atau ambil butir dari bank dengan pool",
        )
    if header.draw_by and not header.draw:
        yield Finding(
            ("draw_by",),
            "draw_by tanpa draw tidak mengundi apa pun",
            "tambahkan draw: …, atau hapus draw_by",
        )


def _items_once(
    source: Source, tree: dict[str, Any]
) -> tuple[list[tuple[int, BaseItem]], list[Finding]]:
    """The items of a file, read once for the bank and all tests that draw from it."""
    if "items" not in source.made:
        source.made["items"] = _read_items(tree)
    items, findings = source.made["items"]
    # Copies: callers add to these lists, and the next test that draws from the bank reads them
    # again.
    return [*items], [*findings]


def _read_items(tree: dict[str, Any]) -> tuple[list[tuple[int, BaseItem]], list[Finding]]:
    raw = tree.get("items")
    if raw is None:
        # A misspelt key is said already, by reading the header.
        is_said = any(
            key not in QuizFile.model_fields and did_you_mean(key, ("items", "pool"))
            for key in tree
        )
        return [], (
            []
            if is_said
            else [Finding((), 'belum ada "items"', "tambahkan items: dengan sedikitnya satu butir")]
        )
    if not isinstance(raw, list) or not raw:
        message = "masih kosong" if raw in ("", []) else "di sini harus ada daftar butir"
        return [], [Finding(("items",), message, "awali setiap butir dengan - id: …")]
    items: list[tuple[int, BaseItem]] = []
    findings: list[Finding] = []
    for index, tree_of_item in enumerate(raw):
        item, wrong_here = _read_item(tree_of_item, ("items", index))
        findings += wrong_here
        if item:
            items.append((index, item))
    return items, findings + list(_repeated_ids(raw))


def _repeated_ids(items: list[Any]) -> Iterator[Finding]:
    """Report ids that occur twice in one list, however deep, even if the rest of the item cannot be read."""
    seen: set[Path] = set()
    for path, text in placed_texts(items, ("items",)):
        *within, place, key = path
        if key == "id" and isinstance(place, int) and text:
            if (*within, text) in seen:
                yield _repeated(path, text)
            seen.add((*within, text))


def _repeated(path: Path, identity: str) -> Finding:
    if len(path) == 3:
        return Finding(
            path,
            f'id "{shorten(identity)}" sudah dipakai butir lain',
            "beri id lain; id butir tunggal di satu berkas",
        )
    return Finding(
        path,
        f'id "{shorten(identity)}" sudah dipakai di {element_word(path[:-3])} ini',
        "beri id lain",
    )


def _read_item(tree: Any, at: Path) -> tuple[BaseItem | None, list[Finding]]:
    if not isinstance(tree, dict):
        return None, [
            Finding(
                at, "butir harus berisi kunci-kunci", "mulai dengan - id: …, type: …, prompt: …"
            )
        ]
    kind = tree.get("type")
    if kind is None:
        # Without a type no field can be judged; a misspelt "type" is the likeliest cause.
        wrong = next((key for key in tree if did_you_mean(key, ["type"])), None)
        if wrong:
            return None, [unknown_key((*at, wrong), wrong, "type")]
        return None, [Finding(at, 'belum ada "type"', f"pilih salah satu: {', '.join(TYPES)}")]
    if not isinstance(kind, str) or kind not in TYPES:
        hint = suggest(str(kind), TYPES, f"pilih salah satu: {', '.join(TYPES)}")
        return None, [
            Finding((*at, "type"), f'jenis butir "{shorten(str(kind))}" tidak dikenal', hint)
        ]
    model = TYPES[kind].model
    item, findings = read_model(model, tree, at)
    broken = item.rules() if item else broken_rules(model, tree, lambda reading: reading.rules())
    return item, findings + [replace(finding, path=at + finding.path) for finding in broken]


def _pool_names(tree: dict[str, Any]) -> list[str]:
    """The names under `pool` that are valid ids."""
    pool = tree.get("pool")
    return [name for name in (pool if isinstance(pool, list) else [pool]) if is_id(name)]


def _pool_file(path: FilePath, name: str) -> FilePath | None:
    """The file beside this one with the quiz of a pool, if there is one."""
    return next(
        (
            file
            for ending in ("yml", "yaml")
            if (file := path.with_name(f"{name}.{ending}")).is_file()
        ),
        None,
    )


def _pooled_items(
    path: FilePath,
    header: QuizHeader | None,
    tree: dict[str, Any],
    beside_others: bool,
    memory: Memory,
) -> tuple[list[tuple[int, BaseItem]], list[Finding]]:
    """The items of the quizzes named by `pool`, in files beside this one; only those of the `form` if one is named."""
    if "items" in tree:
        return [], [Finding(("pool",), "ada pool dan juga items", "pilih salah satu")]
    form = header.form if header else None
    items: list[tuple[int, BaseItem]] = []
    findings: list[Finding] = []
    variants: Counter[str] = Counter()
    for place, name in enumerate(_pool_names(tree)):
        at: Path = ("pool", place) if isinstance(tree["pool"], list) else ("pool",)
        found, wrong = _items_of(path, name, tree.get("id"), at, beside_others, memory)
        chosen = [(index, item) for index, item in found if form is None or item.form == form]
        variants.update({item.variants for _, item in chosen if item.variants})
        items += chosen
        findings += wrong
    if form and not items and not findings and header and header.pool:
        findings.append(
            Finding(
                ("form",),
                f'tidak ada butir dengan form "{form}" di pool',
                "beri butir banknya form: a atau b",
            )
        )
    # Split over two banks, the set could be in a test twice, once from each.
    torn = [name for name, banks in variants.items() if banks > 1]
    findings += [
        Finding(
            ("pool",),
            f'variants "{name}" ada di lebih dari satu bank',
            "beri salah satunya nama lain",
        )
        for name in torn
    ]
    return items, findings + list(_shared_ids(items))


def _shared_ids(items: list[tuple[int, BaseItem]]) -> Iterator[Finding]:
    counts = Counter(item.id for _, item in items)
    for name in [name for name, count in counts.items() if count > 1]:
        yield Finding(
            ("pool",),
            f'butir "{shorten(name)}" ada di lebih dari satu bank',
            "beri salah satunya id lain",
        )


def _items_of(
    path: FilePath, pool: str, own: Any, at: Path, beside_others: bool, memory: Memory
) -> tuple[list[tuple[int, BaseItem]], list[Finding]]:
    other = _pool_file(path, pool)
    if pool == own or other is None:
        return [], [
            Finding(
                at,
                f'kuis "{shorten(pool)}" tidak ada di folder ini',
                "tulis id kuis lain di folder yang sama",
            )
        ]
    draws_itself, items, is_faulty = memory.recall_of_files(
        "pool", [other], partial(_read_pool, other)
    )
    if draws_itself:
        return [], [
            Finding(
                at,
                f'kuis "{shorten(pool)}" tidak mempunyai items sendiri',
                "tunjuk kuis yang menulis butirnya sendiri",
            )
        ]
    if is_faulty:
        return [], (
            []
            if beside_others
            else [
                Finding(
                    at, f'kuis "{shorten(pool)}" masih bermasalah', f"perbaiki dulu {other.name}"
                )
            ]
        )
    return items, []


def _read_pool(file: FilePath) -> tuple[bool, list[tuple[int, BaseItem]], bool]:
    """Read a pool: True if it draws from others itself, its own items, True if it has mistakes."""
    source = read_file(file, file.name)
    if not isinstance(source.tree, dict):
        return False, [], bool(source.problems)
    if "pool" in source.tree:
        return True, [], False
    items, findings = _items_once(source, source.tree)
    return False, items, bool(findings or source.problems)
