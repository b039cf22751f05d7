"""Shows the outputs of our notebook functions (`psm_course.trainer`) on the site's pages."""

from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeRenderPlugin

from psm_course.site.pages.directives import help_node, quiz_node
from psm_course.site.pages.review_marks import with_rings
from psm_course.trainer.shown import SITE_TYPE


class ShownCell(MimeRenderPlugin):  # type: ignore[misc]
    """Shows outputs of our notebook functions on a page: a renderer of myst-nb.

    An entry point of the package tells myst-nb about this class.
    """

    mime_priority_overrides: ClassVar = [("*", SITE_TYPE, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Node] | None:
        """Return the nodes for an output of one of our functions.

        None for any other output, and for an inline output. Then myst-nb shows the output itself.
        """
        if inline or data.mime_type != SITE_TYPE:
            return None
        env = renderer.renderer.document.settings.env
        match data.content["show"]:
            case "quiz":
                return [quiz_node(env, data.content["id"])]
            case "help":
                return [help_node(env)]
            case _:
                return [nodes.raw("", with_rings(env, data.content["html"]), format="html")]
