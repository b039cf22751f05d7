"""Programs that stay until somebody stops them, in a network of their own: their ports are free
there, and nobody else asks them.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.needs import NETWORKS

# The hotspot of a laptop with Windows, as the guides name it.
_NETWORK = """
ip link set lo up
ip link add wlan0 type veth peer name wlan0-b
ip link set wlan0 up
ip link set wlan0-b up
ip address add 192.168.137.1/24 dev wlan0
"""


@contextmanager
def alone(
    commands: str, folder: Path, environment: Mapping[str, str] = os.environ
) -> Iterator[subprocess.Popen[str]]:
    """Commands of a shell, of which the last becomes the process itself.
    Whatever they say comes on one stream.
    """
    NETWORKS.require()
    *before, last = commands.splitlines()
    configured = folder.parent / "jupyter"
    configured.mkdir(exist_ok=True)
    # JupyterLab refuses to be root, and opens a browser.
    (configured / "jupyter_server_config.json").write_text(
        json.dumps({"ServerApp": {"allow_root": True, "open_browser": False}})
    )
    given = {"PYTHONUNBUFFERED": "1", "BROWSER": "true", "JUPYTER_CONFIG_DIR": str(configured)}
    given["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    typed = "\n".join(["set -e", _NETWORK, *before, f"exec {last}"])
    inside = ["unshare", "--map-root-user", "--net", "bash", "-c", typed]
    with subprocess.Popen(
        inside,
        cwd=folder,
        env={**environment, **given},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdin is not None
        process.stdin.write("\n")  # the one thing that is asked: a number that nobody knows
        process.stdin.flush()
        try:
            yield process
        finally:
            process.kill()


def until_it_says(words: str, process: subprocess.Popen[str]) -> str:
    """All it says up to these words; it has to say them before it ends."""
    assert process.stdout is not None
    said = ""
    for line in iter(process.stdout.readline, ""):
        said += line
        if words in line:
            return said
    command = shlex.join(map(str, process.args))  # type: ignore[arg-type]
    raise AssertionError(f"{command} ended: {said}")
