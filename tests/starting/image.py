"""The steps of a Containerfile, carried out in a plain root: a folder with nothing but the system's
programs and an empty environment.

No network: what pip would fetch is there already, at the versions of the lock, so that pip finds
each requirement met and its hash file whole; the wheel itself it really installs.
"""

from __future__ import annotations

import json
import os
import shlex
import site
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/dev", "/etc/ssl")  # of Debian's pip
_OURS = ("psm_course", "psm-course", "_psm_course", "_editable")
_ACCOUNTS = {
    "passwd": "root:x:0:0:root:/root:/bin/sh\n",
    "group": "root:x:0:\n",
    "shadow": "root:*:19000::::::\n",
    "gshadow": "root:*::\n",
}


def lay_requirements(folder: Path) -> Path:
    """A folder for PYTHONPATH with all that the lock asks for, and nothing of ours."""
    folder.mkdir()
    for entry in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if not entry.name.startswith(_OURS):
            (folder / entry.name).symlink_to(entry)
    return folder


@dataclass
class Image:
    """A plain root in a folder, and what the Containerfile said of how it is run."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    user: str = "0:0"
    entrypoint: list[str] = field(default_factory=list)

    def build(self, containerfile: Path) -> None:
        """Every step, in its order, with the Containerfile's own folder as what is copied from."""
        self._make_plain()
        steps = [self._step(*line.split(maxsplit=1)) for line in _instructions(containerfile)]
        self._in_root(
            "\n".join(["set -e", *filter(None, steps)]), {containerfile.parent: "/context"}
        )

    def run(self, *words: str, mounted: dict[Path, str] | None = None) -> str:
        """The entry point with these words, as the account of the image."""
        user, group = self.user.split(":")
        setting = [
            f"export {name}={shlex.quote(value)}" for name, value in self.environment.items()
        ]
        command = [
            "setpriv",
            f"--reuid={user}",
            f"--regid={group}",
            "--clear-groups",
            "--no-new-privs",
            *self.entrypoint,
            *words,
        ]
        return self._in_root(
            "\n".join(["set -e", *setting, f"cd {self.workdir}", shlex.join(command)]),
            mounted or {},
        )

    def _make_plain(self) -> None:
        for folder in ("etc", "tmp", "root"):
            (self.root / folder).mkdir(parents=True)
        (self.root / "tmp").chmod(0o1777)
        for name, text in _ACCOUNTS.items():
            (self.root / "etc" / name).write_text(text, encoding="utf-8")
        subprocess.run([sys.executable, "-m", "venv", self.root / "image"], check=True)
        lay_requirements(self.root / "there")

    def _step(self, word: str, rest: str) -> str:
        """An instruction as a line of a shell's script; empty where nothing is to be done."""
        match word:
            case "FROM" | "EXPOSE" | "CMD":
                return ""
            case "RUN":
                return f"({rest})"
            case "COPY":
                *files, target = rest.split()
                return (
                    f"mkdir -p {target} && cp {' '.join(f'/context/{each}' for each in files)}"
                    f" {target}"
                )
            case "ENV":
                self.environment |= dict(each.split("=", 1) for each in rest.split())
                return f"export {rest}"
            case "WORKDIR":
                self.workdir = rest
                return f"mkdir -p {rest} && cd {rest}"
            case "USER":
                self.user = rest
                return ""
            case "ENTRYPOINT":
                self.entrypoint = json.loads(rest)
                return ""
        raise ValueError(f"{word} is not carried out here: teach it to tests/starting/image.py")

    def _in_root(self, script: str, mounted: dict[Path, str]) -> str:
        """Run a script with the folder as the root of everything, in a view of its own."""
        seen = {
            Path(each): each
            for each in (*_SYSTEM, sys.base_prefix, *site.getsitepackages())
            if Path(each).exists()
        } | mounted
        lines = ["set -e"]
        for source, target in seen.items():
            inside = f"{self.root}{target}"
            lines += [
                f"mkdir -p {shlex.quote(inside)}",
                f"mount --rbind {shlex.quote(str(source))} {shlex.quote(inside)}",
            ]
            lines += [f"mount -o remount,bind,ro {shlex.quote(inside)}"] if target != "/dev" else []
        clean = [
            "env",
            "-i",
            "PATH=/image/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "PYTHONPATH=/there",
            "PIP_NO_INDEX=1",
            "HOME=/root",
        ]
        lines.append(shlex.join(["exec", "chroot", str(self.root), *clean, "sh", "-c", script]))
        apart = [
            "unshare",
            "--mount",
            *([] if os.geteuid() == 0 else ["--map-root-user", "--map-auto"]),
        ]
        ran = subprocess.run(
            [*apart, "sh", "-c", "\n".join(lines)],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout


def _instructions(containerfile: Path) -> list[str]:
    lines = containerfile.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
