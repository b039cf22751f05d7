"""JupyterLab's settings for the hall, in a temporary folder.

No settings of the user are read or written, and nothing is downloaded.
"""

import json
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from psm_course.trainer.lab.copying import Opened

EXTENSIONS = Path(__file__).parent / "extension"
_INDONESIAN = "id_ID"
_SETTINGS: dict[str, dict[str, Any]] = {
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Light", "adaptive-theme": False},
    # The wall shows what stands in the page, so all of a notebook has to.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
# What would ask the network, and buttons that delete a cell with one slip.
_DISABLED = (
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/lsp-extension",
    "@jupyterlab/notebook-extension:language-server",
    "@jupyterlab/fileeditor-extension:language-server",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/cell-toolbar-extension",
)


def write_settings(place: Path) -> dict[str, str]:
    """Write JupyterLab's and the kernel's settings below the folder `place`.

    Returns the environment variables that make JupyterLab use these settings.
    """
    _write(place / "config/labconfig/default_setting_overrides.json", _SETTINGS | _language())
    list_lessons(place, ())
    _write(
        place / "ipython/profile_default/ipython_kernel_config.json",
        {"IPKernelApp": {"extensions": ["psm_course.trainer.lab.kernel"]}},
    )
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    return {name: str(place / folder) for name, folder in folders.items()}


def list_lessons(place: Path, lessons: Sequence[Opened]) -> None:
    """Write the list of lessons into a file for our extension of JupyterLab.

    JupyterLab reads this file each time its page is opened. `place` is the folder of JupyterLab's
    settings.
    """
    listed = [{"path": lesson.path, "title": lesson.title} for lesson in lessons]
    _write(
        place / "config/labconfig/page_config.json",
        {"disabledExtensions": dict.fromkeys(_DISABLED, True), "psmLessons": listed},
    )


def arguments(copy: Path, port: int) -> list[str]:
    """Return the arguments with which JupyterLab is started.

    JupyterLab then answers only on this machine, asks for a token, and shows the folder `copy`.
    """
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": str(copy),
        "ServerApp.open_browser": False,
        "ServerApp.terminals_enabled": False,
        "ServerApp.allow_root": True,
        "ServerApp.log_level": 40,
        # A browser must not keep the panel and the wall of an older course; JupyterLab lets it keep
        # any folder "static" for a year.
        "LabApp.cache_files": False,
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
        "LabApp.extra_labextensions_path": str(EXTENSIONS),
        "LanguageServerManager.autodetect": False,
        # A kernel is reached through files where paths may be long enough: a free port may be taken
        # before the kernel binds it.
        "KernelManager.transport": "ipc" if sys.platform == "linux" else "tcp",
    }
    return [f"--{name}={value}" for name, value in options.items()]


def _language() -> dict[str, dict[str, Any]]:
    """Return the setting for Indonesian menus; empty if the language pack is not installed."""
    packs = {each.name for each in entry_points(group="jupyterlab.languagepack")}
    return (
        {"@jupyterlab/translation-extension:plugin": {"locale": _INDONESIAN}}
        if _INDONESIAN in packs
        else {}
    )


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
