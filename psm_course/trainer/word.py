"""The common behaviour of "words", the functions for notebooks.

A word accepts names as people type them, and shows an error as one sentence. In JupyterLab the
sentence is shown below the cell, and further cells can run. When lessons are built, an error stops
the build as usual.
"""

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import wraps
from types import UnionType
from typing import Any, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from psm_course.authoring.problems import did_you_mean, shorten
from psm_course.errors import PsmError, Refused
from psm_course.forms.render import render
from psm_course.trainer.shown import Notice
from psm_course.trainer.widget import is_live

P = ParamSpec("P")
T = TypeVar("T")

_LISTED = 200  # letters of names in one sentence

# What an argument has to be, as a trainer would say it.
_CALLED: dict[type, str] = {
    str: "teks di antara tanda petik",
    int: "bilangan bulat",
    float: "bilangan",
    bool: "True atau False",
    Sequence: "daftar di antara kurung siku",
    Collection: "daftar di antara kurung siku",
    Mapping: "daftar nama dan angka di antara kurung kurawal",
}


def word(example: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator that makes a function a "word", a function for lesson notebooks.

    `example` is a correct call; it is shown after a wrong call.

    Arguments are checked against the annotations, which may be text, numbers, lists, mappings and
    our own types, or several of these with `|`.

    Raises:
        PsmError: the function raised it while lessons are built; in JupyterLab a `Notice` is
            returned instead.
    """

    def made(verb: Callable[P, T]) -> Callable[P, T]:
        @wraps(verb)
        def checked(*arguments: P.args, **named: P.kwargs) -> T:
            try:
                _refuse_wrong_call(verb, example, arguments, named)
                return verb(*arguments, **named)
            except PsmError as error:
                if is_live():
                    return notice(str(error))  # type: ignore[return-value]
                raise

        return checked

    return made


def notice(sentence: str) -> Notice:
    """Return the sentence in the form in which a cell shows it."""
    return Notice(render("teaching/notice.html", sentence=sentence), sentence=sentence)


def nearest(called: str, name: str, known: Iterable[str], offered: Iterable[str] = ()) -> str:
    """Return the known name that somebody typed, perhaps in capitals or with spaces for hyphens.

    Args:
        called: the kind of name, with which the sentence of a refusal begins: "Angkatan".
        name: the name as it was typed.
        known: all names that exist.
        offered: the names to list if none is similar; empty: all known names.

    Raises:
        Refused: there is no such name; the message gives the most similar one, or lists names.
    """
    names = {folded(each): each for each in known}
    if (found := names.get(folded(name))) is not None:
        return found
    near = did_you_mean(folded(name), names)
    hint = f" Maksud Anda {names[near]}?" if near else _all_of(sorted(offered or names.values()))
    raise Refused(f'{called} "{shorten(name)}" tidak ada.{hint}')


def _all_of(names: Sequence[str]) -> str:
    """Return a sentence that lists the names; empty if there are none.

    If there are too many names, the sentence lists only the first names, and then gives the number
    of the others.
    """
    listed = [
        name for number, name in enumerate(names, 1) if len(", ".join(names[:number])) <= _LISTED
    ]
    more = f", dan {len(names) - len(listed)} lagi" if len(names) > len(listed) else ""
    return f" Yang ada: {', '.join(listed)}{more}." if listed else ""


def folded(name: str) -> str:
    """Return a name in a form for comparison: small letters, hyphens instead of spaces."""
    return "-".join(name.replace("_", " ").replace("-", " ").casefold().split())


# ---- a call as it was typed ----------------------------------------------------------------------


def _refuse_wrong_call(
    verb: Callable[..., Any], example: str, arguments: Sequence[Any], named: Mapping[str, Any]
) -> None:
    """Refuse a wrong call with an Indonesian sentence, before Python raises an English error.

    A call is wrong if it has too many arguments, an unknown, repeated or missing argument, or an
    argument of another type.
    """
    signature = inspect.signature(verb)
    known = list(signature.parameters)
    called = f"{getattr(verb, '__name__', '')}()"
    write = f"Tulis misalnya: {example}"
    for name in named:
        if name not in known:
            near = did_you_mean(name, known)
            raise Refused(
                f'{called} tidak mengenal "{name}".{f" Maksud Anda {near}?" if near else ""}'
                f" {write}"
            )
    if len(arguments) > len(known):
        raise Refused(
            f"{called} menerima paling banyak {len(known)} isian; tertulis {len(arguments)}."
            f" {write}"
        )
    given = dict(zip(known, arguments, strict=False))
    if twice := next((name for name in named if name in given), None):
        raise Refused(f'{called}: "{twice}" tertulis dua kali. {write}')
    given |= named
    for name, parameter in signature.parameters.items():
        if name not in given and parameter.default is inspect.Parameter.empty:
            raise Refused(f'{called} belum lengkap: "{name}" belum ditulis. {write}')
    hints = get_type_hints(verb)
    for name, value in given.items():
        if name in hints and not _fits(value, hints[name]):
            raise Refused(f'{called}: "{name}" harus {_kind_in_words(hints[name])}. {write}')


def _kinds(hint: Any) -> list[type]:
    """Return the classes that an annotation allows: `str` and `list` for `str | list[int]`."""
    if get_origin(hint) in (Union, UnionType):
        return [kind for each in get_args(hint) for kind in _kinds(each)]
    return [get_origin(hint) or hint]


def _fits(value: Any, hint: Any) -> bool:
    kinds = _kinds(hint)
    if any(kind in (Any, object) for kind in kinds):
        return True
    if isinstance(value, str):
        return str in kinds  # a text is a sequence only to Python
    if isinstance(value, bool):
        return bool in kinds
    return any(isinstance(value, (int, float) if kind is float else kind) for kind in kinds)


def _kind_in_words(hint: Any) -> str:
    return " atau ".join(dict.fromkeys(_CALLED[kind] for kind in _kinds(hint) if kind in _CALLED))
