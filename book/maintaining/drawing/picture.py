"""An SVG that grows downward, and text broken into its lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from textwrap import wrap

INK, QUIET, LINE = "#1d2b28", "#5d6b68", "#b8c4c0"
GROUND, EMPTY = "#eef5f2", "#dfe8e5"
MONO = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
SANS = "system-ui, 'DejaVu Sans', 'Segoe UI', Arial, sans-serif"


@dataclass
class Picture:
    """An SVG that grows downward."""

    title: str
    width: int
    parts: list[str] = field(default_factory=list)

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, line: str = LINE
    ) -> None:
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="5" fill="{fill}"'
            f' stroke="{line}"/>'
        )

    def write(
        self, x: float, y: float, text: str, size: float = 13, kind: str = "", middle: bool = False
    ) -> None:
        anchor = ' text-anchor="middle"' if middle else ""
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"'
            f' class="{kind}"{anchor}>{escape(text)}</text>'
        )

    def arrow(self, *points: tuple[float, float]) -> None:
        path = " ".join(f"{x:g},{y:g}" for x, y in points)
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{QUIET}" stroke-width="1.6"'
            ' marker-end="url(#tip)"/>'
        )

    def svg(self, height: float) -> str:
        style = (
            f"text{{font-family:{SANS};fill:{INK}}}.m{{font-family:{MONO}}}"
            f".q{{fill:{QUIET}}}.b{{font-weight:700}}"
        )
        size = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"'
        tip = f'<marker id="tip" {size}><path d="M0 0L8 4L0 8z" fill="{QUIET}"/></marker>'
        view = f'viewBox="0 0 {self.width} {height:g}" role="img" aria-label="{escape(self.title)}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {view}>'
        ground = f'<rect width="{self.width}" height="{height:g}" fill="#fff"/>'
        shared = f"<style>{style}</style><defs>{tip}</defs>"
        return "\n".join([head, shared, ground, *self.parts, "</svg>", ""])


def broken(text: str, width: float, size: float, mono: bool = False) -> list[str]:
    """The text in lines that fit a width in pixels.

    The width of a letter is a careful guess, so that no typeface makes it overlap.
    """
    letters = int(width / (size * (0.61 if mono else 0.56)))
    return wrap(text, letters, break_long_words=True, break_on_hyphens=False) or [""]
