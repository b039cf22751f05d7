"""Reads a style sheet as a browser at the floor does, and says what such a browser lacks and
nothing stands in for.

Two things cannot be asked for by `@supports`, so a block `@supports not (…)` in the same sheet
stands in for them: gaps in a flex box, with margins for what is in the box, and `:focus-visible`,
with the same selector and `:focus`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

from tests.site.floor.compat import Tree, feature, lacking

# In a flex box these came years after they did in a grid, and a rule of a page may be either.
_GAPS = {"gap", "row-gap", "column-gap"}
_OWN_LAYOUT = ("grid", "columns", "column-count", "column-width")
# What the table holds below a property that is no value of it.
_NO_VALUES = {"is_animatable", "svg_elements", "html_elements"}


Part = tuple[str, Tree | None]


@dataclass(frozen=True)
class Newer:
    """One thing that browsers at the floor lack: where it stands, and its name (`gap in flex`,
    `:is()`, `@layer`, `display: contents`).
    """

    rule: str
    name: str
    browsers: tuple[str, ...]


def newer_than_floor(sheet: str) -> list[Newer]:
    """All that a sheet says which browsers at the floor do not understand, without a fallback
    before it or `@supports` around it.
    """
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    older = [rule for block in rules if _is_for_older(block) for rule in _rules_in(block)]
    return [found for found in _in_rules(rules) if not _stands_in(older, found)]


def _is_for_older(rule: Any) -> bool:
    return (
        rule.type == "at-rule"
        and rule.lower_at_keyword == "supports"
        and _text(rule.prelude).startswith("not")
    )


def _rules_in(block: Any) -> list[Any]:
    return list(
        tinycss2.parse_rule_list(block.content or [], skip_comments=True, skip_whitespace=True)
    )


def _stands_in(older: Sequence[Any], found: Newer) -> bool:
    """Whether the sheet's block for older browsers makes good for this, for each selector."""
    offered = [
        (selector, _text(rule.content))
        for rule in older
        for selector in _selectors(_text(rule.prelude))
    ]
    if found.name.endswith("in flex"):
        return all(
            any(selector.startswith(each) and "margin" in said for selector, said in offered)
            for each in _selectors(found.rule)
        )
    if found.name == ":focus-visible":
        return {each.replace("-visible", "") for each in _selectors(found.rule)} <= {
            selector for selector, _ in offered
        }
    return False


def _selectors(prelude: str) -> list[str]:
    """The parts of a list without `()`, each in one way of writing."""
    return [re.sub(r"\s*([>+~])\s*", r"\1", each.strip()) for each in prelude.split(",")]


def _in_rules(rules: Sequence[Any]) -> Iterator[Newer]:
    for rule in rules:
        if rule.type == "error":
            yield Newer(rule.message, "not readable", ())
        elif rule.type == "at-rule":
            yield from _in_at_rule(rule)
        elif rule.type == "qualified-rule":
            selector = _text(rule.prelude)
            yield from _named(selector, _in_selector(rule.prelude))
            yield from _in_block(selector, rule.content)


def _in_at_rule(rule: Any) -> Iterator[Newer]:
    where = f"@{rule.lower_at_keyword} {_text(rule.prelude)}".strip()
    if rule.lower_at_keyword == "supports":
        return  # who lacks what it asks for skips it
    yield from _named(
        where, [(f"@{rule.lower_at_keyword}", feature("css", "at-rules", rule.lower_at_keyword))]
    )
    if rule.lower_at_keyword == "media":
        yield from _named(where, _in_media(rule.prelude))
        yield from _in_rules(_rules_in(rule))
    elif rule.content:
        yield from _in_block(where, rule.content)


def _named(where: str, parts: Sequence[Part] | Iterator[Part]) -> Iterator[Newer]:
    for name, found in parts:
        if found is None or "__compat" not in found:
            yield Newer(where, name, ("not in the table",))
        elif without := lacking(found):
            yield Newer(where, name, tuple(without))


def _in_media(prelude: Sequence[Any]) -> Iterator[Part]:
    for block in prelude:
        if block.type == "() block":
            names = [each.lower_value for each in block.content if each.type == "ident"]
            name = names[0].removeprefix("min-").removeprefix("max-")
            yield f"@media ({names[0]})", feature("css", "at-rules", "media", name)
            if any(each == sign for each in block.content for sign in "<>"):
                yield "@media (a < b)", feature("css", "at-rules", "media", "range_syntax")


def _in_selector(prelude: Sequence[Any]) -> Iterator[Part]:
    colons = 0
    for token in prelude:
        if token.type == "literal" and token.value == ":":
            colons += 1
            continue
        if colons and token.type in {"ident", "function"}:
            name = token.lower_value if token.type == "ident" else token.lower_name
            yield (
                f"{':' * colons}{name}{'()' if token.type == 'function' else ''}",
                feature("css", "selectors", name),
            )
        colons = 0
        if token.type == "function":
            yield from _in_selector(token.arguments)
            if token.lower_name == "not" and any(each == "," for each in token.arguments):
                yield ":not() of a list", feature("css", "selectors", "not", "selector_list")
        if token.type == "[] block" and [
            each.lower_value for each in token.content if each.type == "ident"
        ][-1:] in (["i"], ["s"]):
            yield "[… i]", feature("css", "selectors", "attribute", "case_insensitive_modifier")


# ---- declarations --------------------------------------------------------------------------------


def _in_block(where: str, content: Sequence[Any]) -> Iterator[Newer]:
    declared = [
        each
        for each in tinycss2.parse_blocks_contents(
            content, skip_comments=True, skip_whitespace=True
        )
        if each.type == "declaration" and not each.lower_name.startswith("--")
    ]
    is_laid_out = any(
        each.lower_name in _OWN_LAYOUT or "grid" in _text(each.value) for each in declared
    )
    understood: set[str] = set()
    for each in declared:
        lacks = (
            []
            if each.lower_name in _GAPS and is_laid_out
            else list(_named(where, _gap(each.lower_name)))
        )
        lacks += _named(where, _in_declaration(each))
        plain = _without_prefix(each.lower_name)
        if not lacks:
            understood.add(plain)
        elif plain not in understood:
            yield from lacks


def _without_prefix(name: str) -> str:
    return name.removeprefix("-webkit-").removeprefix("-moz-")


def _gap(name: str) -> Iterator[Part]:
    if name in _GAPS:
        yield f"{name} in flex", feature("css", "properties", name, "flex_context")


def _in_declaration(declared: Any) -> Iterator[Part]:
    name = declared.lower_name
    plain = _without_prefix(name)
    prefix = name.removesuffix(plain)
    known = feature("css", "properties", name) or feature("css", "properties", plain)
    if known is None or not prefix or lacking(known, prefix):
        yield name, known
    for value in _values(declared.value):
        below = None if value in _NO_VALUES else (known or {}).get(value)
        if below and "__compat" in below:
            yield f"{name}: {value}", below
        elif value.endswith("()"):
            yield f"{name}: {value}", _function(known or {}, value[:-2])


def _function(known: Tree, name: str) -> Tree | None:
    kinds = ("color", "transform-function", "gradient", "basic-shape", "filter-function")
    of_kinds = (feature("css", "types", kind, name) for kind in kinds)
    return known.get(name) or feature("css", "types", name) or next(filter(None, of_kinds), None)


def _values(tokens: Sequence[Any]) -> Iterator[str]:
    """Keywords of a value, and its functions as `name()`; what stands in a function too."""
    for token in tokens:
        if token.type == "ident":
            yield token.lower_value
        elif token.type == "function":
            yield f"{token.lower_name}()"
            yield from _values(token.arguments)


def _text(tokens: Sequence[Any]) -> str:
    return " ".join(tinycss2.serialize(tokens).split())


# ---- the sheet such a browser ends up with -------------------------------------------------------


def as_at_the_floor(sheet: str) -> str:
    """A sheet without what browsers at the floor would throw away, to see a page as they do."""
    return "".join(
        _kept(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))
    )


def _kept(rules: Sequence[Any]) -> Iterator[str]:
    for rule in rules:
        if _is_for_older(rule):
            yield from _kept(_rules_in(rule))
        elif (
            rule.type == "at-rule"
            and rule.lower_at_keyword == "media"
            and not _lacked(_in_media(rule.prelude))
        ):
            yield f"@media {_text(rule.prelude)}{{{''.join(_kept(_rules_in(rule)))}}}"
        elif rule.type == "qualified-rule" and not _lacked(_in_selector(rule.prelude)):
            yield f"{_text(rule.prelude)}{{{''.join(_kept_declarations(rule.content))}}}"


def _kept_declarations(content: Sequence[Any]) -> Iterator[str]:
    declared = [
        each
        for each in tinycss2.parse_blocks_contents(content, skip_comments=True)
        if each.type == "declaration"
    ]
    is_laid_out = any(
        "grid" in _text(each.value) or each.lower_name in _OWN_LAYOUT for each in declared
    )
    for each in declared:
        if each.lower_name in _GAPS and not is_laid_out:
            continue
        if each.lower_name.startswith("--") or not _lacked(_in_declaration(each)):
            yield f"{each.serialize()};"


def _lacked(parts: Iterator[Part]) -> bool:
    """Whether any browser at the floor lacks any of these; what only one of them lacks is taken
    away from all.
    """
    return any(found is None or "__compat" not in found or lacking(found) for _, found in parts)
