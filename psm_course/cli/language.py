"""Click's own words in Indonesian, through the gettext catalogue it asks for. Its source is `locale/id/LC_MESSAGES/messages.po`."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


def speak_indonesian() -> None:
    """Whatever the machine's language: the people at the keyboard read Indonesian."""
    os.environ["LANGUAGE"] = "id"
    gettext.bindtextdomain("messages", str(LOCALE))
