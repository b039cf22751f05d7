"""Pictures on the wall that the trainer operates in JupyterLab; elsewhere they do not move.

To make one, write a script in `widgets/` that draws a state (see `widgets/base.js`). Then make a
`Live` with the script's name, the first state, and the HTML of the picture that does not move.
"""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from psm_course.errors import PsmError
from psm_course.trainer.on_site import is_for_site
from psm_course.trainer.shown import Shown, projector_style

# The values that a script gets and changes: JSON only.
State = Mapping[str, Any]
# Gets what a script asks of the kernel; returns changes to the state.
Answer = Callable[[dict[str, Any]], State]
VIEW_TYPE = "application/vnd.jupyter.widget-view+json"
_WHAT_IS_EXPORTED = re.compile(r"^export (?!default)", re.MULTILINE)
_IMPORT = re.compile(r"^import .+ from '\./base\.js';\n", re.MULTILINE)


def is_live() -> bool:
    """True if the code runs in a kernel, for a page that can show widgets.

    False in plain Python, and in lessons that are run for the site or for paper.
    """
    # A command need not load IPython to know.
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return getattr(shell, "kernel", None) is not None and not is_for_site()


@dataclass(frozen=True)
class Live(Shown):
    """A picture that the trainer operates; `script` names a file of `widgets/` without its ending.

    `state` is the first state, as JSON. The state changes when the trainer operates the picture. If
    the cell is shown a second time, both views have the same state. If the cell is run again, it
    starts from the first state.

    `answer` runs in the kernel when the script calls `ask`, and returns new values by name: the
    reply. The picture is drawn from the state and the reply; if both have a value of the same name,
    the reply's value is used. If `answer` refuses, the message of the refusal is put into the reply
    under the name `trouble`, and is shown below the picture. Only the page writes the state and
    only the kernel writes the reply, so neither overwrites what the other wrote.
    """

    script: str = ""
    state: State = field(default_factory=dict)
    answer: Answer | None = None

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        still = super()._repr_mimebundle_()
        if not is_live() or self.widget is None:
            return still
        return {
            **still,
            VIEW_TYPE: {"version_major": 2, "version_minor": 1, "model_id": self.widget.model_id},
        }

    @cached_property
    def widget(self) -> Any:
        """The widget of the package anywidget; None if that package is not installed."""
        kind = _kind(self.script)
        if kind is None:
            return None
        widget = kind(state=dict(self.state))
        if (answer := self.answer) is not None:
            widget.on_msg(lambda widget, asked, _buffers: _reply(widget, answer, asked))
        return widget


def _reply(widget: Any, answer: Answer, asked: dict[str, Any]) -> None:
    try:
        changes = {"trouble": "", **answer(asked)}
    except PsmError as error:
        changes = {"trouble": str(error)}
    widget.reply = {**widget.reply, **changes}


@cache
def _kind(script: str) -> Any:
    """Return the class of widgets that run this script; None if anywidget is not installed.

    Without anywidget the functions for notebooks show pictures that do not move.
    """
    try:
        from anywidget import AnyWidget  # noqa: PLC0415 - of the extra `trainer`
        from traitlets import Dict, Unicode  # noqa: PLC0415
    except ImportError:
        return None
    traits: dict[str, Any] = {name: Dict().tag(sync=True) for name in ("state", "reply")}
    # Not anywidget's own `_css`, which stands in the head of JupyterLab's page: the wall is a copy
    # of what stands in the cell.
    traits |= {"_esm": script_of(script), "css": Unicode(projector_style()).tag(sync=True)}
    return type(f"Psm{script.capitalize()}", (AnyWidget,), traits)


def script_of(name: str) -> str:
    """Return one ES module: the script that all pictures share, then the script `name` itself."""
    folder = files("psm_course.trainer").joinpath("widgets")
    base, own = (
        folder.joinpath(f"{each}.js").read_text(encoding="utf-8") for each in ("base", name)
    )
    return _WHAT_IS_EXPORTED.sub("", base) + _IMPORT.sub("", own)
