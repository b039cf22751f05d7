"""Reads the content of a YAML file into the model that declares its fields.

The content is a tree of dicts, lists and plain values; the models are Pydantic's. Every mistake is
reported once, in the author's words, at its line.
"""

import copy
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from itertools import product
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from psm_course.authoring.commas import with_whole_texts
from psm_course.authoring.problems import Finding, Path, Problem, did_you_mean, shorten, suggest
from psm_course.authoring.yaml_source import Source, read_file

M = TypeVar("M", bound=BaseModel)

# The word for one element of each list, for "where". Item types add those of their own lists.
ELEMENTS = ChainMap(
    {
        "items": "butir",
        "objectives": "tujuan",
        "sessions": "sesi",
        "completion": "syarat",
        "rubric": "kriteria",
        "contacts": "nomor",
        "observations": "kelompok tanda",
        "signs": "tanda",
        "groups": "kelompok",
        "kinds": "jenis",
        "criteria": "kriteria",
        "levels": "tingkat",
        "situations": "situasi",
        "terms": "istilah",
        "kecamatan": "kecamatan",
        "kelurahan": "kelurahan",
        "slots": "waktu",
        "briefs": "pemateri",
        "entries": "tinjauan",
    }
)


def read_model(
    model: type[M], tree: Any, at: Path = (), guess_from: type[BaseModel] | None = None
) -> tuple[M | None, list[Finding]]:
    """Read one model from a tree.

    Args:
        model: the model that declares the fields.
        tree: the content, as dicts, lists and texts.
        at: the path of the tree in its file; the paths of findings start with it.
        guess_from: a model with whose keys misspelt keys are compared; None: `model`.

    Returns:
        The model and no findings; or None and the findings, if there is a mistake.
    """
    if not isinstance(tree, dict):
        return None, [Finding(at, "di sini harus ada kunci-kunci", "tulis sebagai kunci: isi")]
    errors = _errors(model, tree)
    return (
        (None, list(_findings(guess_from or model, errors, at)))
        if errors
        else (model.model_validate(tree), [])
    )


def broken_rules(model: type[M], tree: Any, ask: Callable[[M], Iterable[Finding]]) -> list[Finding]:
    """Find the rules that a file breaks, although some of its fields cannot be read.

    First the file is repaired: a misspelt key is read as the most similar key, and any other
    unreadable field is left out. But the author may have meant another key for that field. So
    variants of the repaired file are made: each variant has one more of the model's keys, with the
    value of the field or a filler text. A variant that cannot be read is skipped. A rule counts as
    broken only if the repaired file and all its variants break the rule.

    Args:
        model: the model that declares the fields of the file.
        tree: the content of the file; some fields cannot be read.
        ask: finds the broken rules of a model that could be read.

    Returns:
        A finding for each broken rule. Empty if more than 8 fields are left out, or if the repaired
        file cannot be read either.
    """
    # `lost`: values left out, by path. `respelt`: the key as written, by the corrected path.
    mended, lost, respelt = copy.deepcopy(tree), dict[Path, Any](), dict[Path, str | int]()
    for _ in range(2):  # what had to be left out may turn out to be required
        errors = _errors(model, mended)
        meant = _unknown_keys(model, errors)
        # Misspelt keys first: a required key may then be there under its intended name.
        for error in sorted(errors, key=lambda error: error["type"] == "missing"):
            *above, key = error["loc"]
            holder, guess = reduce(_step_into, above, mended), meant.get(error["loc"])
            if error["type"] == "missing" and not above:
                holder.setdefault(key, "x")
            elif isinstance(holder, dict) and key in holder and guess and guess not in holder:
                holder[guess] = holder.pop(key)
                respelt[(*above, guess)] = key
            elif isinstance(holder, dict) and key in holder and not _is_said(error, set()):
                lost[error["loc"]] = holder.pop(key)
    # With that much lost, anything found would be about our fillings rather than about the file.
    if len(lost) > _MOST_LOST or _errors(model, mended):
        return []
    found = list(ask(model.model_validate(mended)))
    for variant in _variants(model, mended, lost):
        places = {finding.path for finding in ask(variant)}
        found = [finding for finding in found if finding.path in places]
    # The author must find the place under the key as it is written.
    written = [
        tuple(respelt.get(f.path[: depth + 1], part) for depth, part in enumerate(f.path))
        for f in found
    ]
    return [replace(finding, path=path) for finding, path in zip(found, written, strict=True)]


_MOST_LOST = 8
# Enough to fill any kind of field that a rule looks at and that need not be there.
_FILLINGS = ("yes", "1")


def _variants(model: type[M], tree: Any, lost: Mapping[Path, Any]) -> Iterator[M]:
    """Yield the models that result if one key is added to a tree; skip unreadable models.

    `lost` maps a path to the value that was left out of the tree at that path. For each path, every
    key that the model declares at that place is added in turn: once with the lost value, and once
    with each text of `_FILLINGS`.
    """
    for path, value in lost.items():
        for key, filling in product(_keys_at(model, path[:-1]), (value, *_FILLINGS)):
            variant = copy.deepcopy(tree)
            reduce(_step_into, path[:-1], variant).setdefault(key, filling)
            if not _errors(model, variant):
                yield model.model_validate(variant)


def _errors(model: type[BaseModel], tree: Any) -> list[ErrorDetails]:
    try:
        model.model_validate(tree)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def read_declared(
    model: type[M], source: Source, rules: Callable[[M], Iterable[Finding]] | None = None
) -> tuple[M | None, list[Problem]]:
    """Read the model of a whole file, and report every problem.

    Args:
        model: the model that declares the fields of the file.
        source: the file as it was read.
        rules: finds further mistakes in a model that could be read.

    Returns:
        The model, and the problems of the YAML, of the fields, and of `rules`. The model is None if
        it cannot be read.
    """
    value, findings = read_model(model, source.tree) if source.tree is not None else (None, [])
    if value is not None and rules:
        findings += rules(value)
    return value, [*locate(source, findings), *source.problems]


def read_declared_file(
    model: type[M],
    root: FilePath,
    file: FilePath,
    rules: Callable[[M], Iterable[Finding]] | None = None,
) -> tuple[Source, M | None, list[Problem]]:
    """Read a YAML file of a course as a model; report every problem.

    Returns the file as it was read; the model, None if it cannot be read; and the problems.
    Messages name the file relative to `root`.
    """
    source = read_file(root / file, file.as_posix())
    return source, *read_declared(model, source, rules)


def read_optional_file(
    model: type[M], root: FilePath, file: FilePath, rules: Callable[[M], Iterable[Finding]]
) -> tuple[Source, M | None, list[Problem]]:
    """Call `read_declared_file` for a file that a course need not have.

    If the file does not exist, the result is an empty source, None, and no problems.
    """
    if not (root / file).exists():
        return Source(file.as_posix()), None, []
    return read_declared_file(model, root, file, rules)


def _findings(model: type[BaseModel], errors: list[ErrorDetails], at: Path) -> Iterator[Finding]:
    """Yield a finding for each of pydantic's errors.

    Unknown keys come first. If an unknown key is a misspelt key, the key that the author meant is
    not reported as missing too. The paths of findings start with `at`.
    """
    unknown = _unknown_keys(model, errors)
    yield from (unknown_key(at + path, str(path[-1]), guess) for path, guess in unknown.items())
    meant = {(*path[:-1], guess) for path, guess in unknown.items() if guess}
    for error in errors:
        if error["loc"] not in unknown and not _is_said(error, meant):
            yield _finding(error, at)


def _unknown_keys(model: type[BaseModel], errors: list[ErrorDetails]) -> dict[Path, str | None]:
    """Return the paths of unknown keys, each with the key that the author probably meant, or None.

    A similar key is looked for among the missing keys first, then among all declared keys. None
    means that no key is similar.
    """
    missing = [error["loc"] for error in errors if error["type"] == "missing"]
    unknown: dict[Path, str | None] = {}
    for path in [error["loc"] for error in errors if error["type"] == "extra_forbidden"]:
        key, absent = str(path[-1]), {str(loc[-1]) for loc in missing if loc[:-1] == path[:-1]}
        unknown[path] = did_you_mean(key, absent) or did_you_mean(key, _keys_at(model, path[:-1]))
    return unknown


def _is_said(error: ErrorDetails, meant: set[Path]) -> bool:
    """True if an error only follows from another error that is reported anyway.

    For example, a key is missing because its name is misspelt. Or a list is too short because
    pydantic does not count elements with mistakes.

    Args:
        error: the error.
        meant: for each misspelt key, the path of the key that the author probably meant.
    """
    if error["type"] == "too_short":
        return bool(len(error["input"]) >= error["ctx"]["min_length"])
    return error["type"] == "missing" and error["loc"] in meant


def unknown_key(path: Path, key: str, guess: str | None) -> Finding:
    """Return the finding for a key that does not exist.

    `guess` is the key that the author probably meant; None if no key is similar.
    """
    hint = (
        f'maksud Anda "{guess}"?' if guess else "hapus, atau lihat daftar kunci di halaman format"
    )
    # A decimal comma without quotation marks: `credit: 0,5` between braces makes "5" a key.
    if key.isdecimal():
        hint = f'bila ini bagian angka berkoma, tulis 0.{key} atau "0,{key}"'
    return Finding(path, f'kunci "{shorten(key)}" tidak dikenal', hint, on_key=True)


def _keys_at(model: type[BaseModel], path: tuple[int | str, ...]) -> Iterable[str]:
    """Return the keys that the model declares at a path of its file.

    The path may lead into nested models and lists of models.
    """
    current: Any = model
    for part in path:
        if isinstance(part, str):
            field = current.model_fields.get(part)
            current = _model_inside(field.annotation) if field else None
        if current is None:
            return ()
    return tuple(current.model_fields)


def models_inside(model: type[BaseModel]) -> Iterator[tuple[tuple[str, ...], type[BaseModel]]]:
    """Yield each model nested in `model`, at any depth.

    Each comes as a pair: the field names that lead to the nested model, and the model.
    """
    for name, field in model.model_fields.items():
        if inside := _model_inside(field.annotation):
            yield (name,), inside
            yield from (((name, *where), deeper) for where, deeper in models_inside(inside))


def _model_inside(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_inside, getattr(annotation, "__args__", ()))), None)


def _finding(error: ErrorDetails, at: Path) -> Finding:
    path: Path = at + error["loc"]
    context = error.get("ctx", {})
    written = error.get("input")
    match error["type"]:
        case "psm":
            return Finding(path, error["msg"], str(context["hint"]))
        case "missing":
            return Finding(path[:-1], f'belum ada "{path[-1]}"', f"tambahkan baris {path[-1]}: …")
        case "literal_error":
            return _not_one_of(path, written, str(context["expected"]))
        case "tuple_type" | "list_type" if written == "":
            return Finding(path, "masih kosong", "isi dengan daftar, setiap baris diawali tanda -")
        case "tuple_type" | "list_type":
            return Finding(path, "di sini harus ada daftar", "awali setiap baris dengan tanda -")
        case "too_short":
            return Finding(
                path, f"isinya kurang: paling sedikit {context['min_length']}", "tambahkan isinya"
            )
        case "too_long":
            return Finding(
                path,
                f"isinya terlalu banyak: paling banyak {context['max_length']}",
                "kurangi isinya",
            )
        case "model_type" | "dict_type" | "model_attributes_type":
            return Finding(
                path,
                f'di sini harus ada kunci-kunci, bukan "{shorten(str(written))}"',
                "tulis sebagai kunci: isi",
            )
        # A new kind of field must get a sentence of ours before an author meets pydantic's English.
        case other:
            raise AssertionError(f"no sentence yet for pydantic error {other!r}")


def _not_one_of(path: Path, written: Any, expected: str) -> Finding:
    known = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    if not isinstance(written, str):
        return Finding(
            path,
            "di sini harus ada satu kata, bukan daftar",
            f"pilih salah satu: {', '.join(known)}",
        )
    return Finding(
        path,
        f'"{shorten(written)}" tidak dikenal',
        suggest(written, known, f"pilih salah satu: {', '.join(known)}"),
    )


def locate(source: Source, findings: Iterable[Finding]) -> list[Problem]:
    """Turn findings into problems: add the file, and line and column of each path.

    Findings at places where the YAML itself is wrong are left out, because the YAML mistake is a
    problem already.
    """
    return [
        _locate(source, finding)
        for finding in with_whole_texts(source, findings)
        if not source.is_broken(finding.path)
    ]


def _locate(source: Source, finding: Finding) -> Problem:
    line, column = source.position(finding.path, finding.on_key)
    where = describe(source.tree, finding.path[:-1] if finding.on_key else finding.path)
    return Problem(
        source.file, line, column, finding.severity, where, finding.message, finding.hint
    )


def element_word(path: Path) -> str | None:
    """Return the Indonesian word for an element of a path's last list, such as "butir", or None."""
    return ELEMENTS.get(next((part for part in reversed(path) if isinstance(part, str)), ""))


def describe(tree: Any, path: Path) -> str:
    """Say in Indonesian where a value is in `tree`, the contents of a YAML file.

    `path` is the keys and indexes that lead to the value. Example of a result:
    `butir "pak-j", pilihan "b", correct`.
    """
    parts: list[str] = []
    for depth, part in enumerate(path):
        parent = tree
        tree = _step_into(tree, part)
        if isinstance(part, int):
            name = ELEMENTS.get(str(path[depth - 1]) if depth else "")
            identity = tree.get("id", tree.get("code")) if isinstance(tree, dict) else None
            said = (
                f'{name or "isi"} "{shorten(identity)}"'
                if isinstance(identity, str) and identity
                else f"{name or 'isi'} ke-{part + 1}"
            )
            if name:
                parts.pop()
            parts.append(said)
        elif isinstance(parent, dict):
            parts.append(part)
    return ", ".join(parts)


def _step_into(tree: Any, part: str | int) -> Any:
    if isinstance(tree, dict) and isinstance(part, str):
        return tree.get(part)
    if isinstance(tree, list) and isinstance(part, int) and part < len(tree):
        return tree[part]
    return None
