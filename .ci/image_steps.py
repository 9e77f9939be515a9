"""Does what the Dockerfile says, without Docker, in a folder that is thrown away afterwards.

The steps of the build stage are read from the Dockerfile and run as they stand, with the image's
paths moved into that folder. Then its commands are run from the installed tree with the image's
own variables, entry point and health check, and the tree has to be the same afterwards. The user
of the second stage is not made. Needs Python 3.11, a network for pip and about a minute.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INSTALLED = "/opt/counterpoint"


class StepFailed(Exception):
    """A step of the image did not do what it should."""


def read_stages(dockerfile: str) -> list[list[tuple[str, str]]]:
    """Return the instructions of each stage as (word, rest), continued lines joined."""
    stages: list[list[tuple[str, str]]] = []
    lines = [line for line in dockerfile.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        if not line.strip():
            continue
        word, _, rest = line.partition(" ")
        if word == "FROM":
            stages.append([])
        stages[-1].append((word, rest.strip()))
    return stages


def variables(stage: list[tuple[str, str]], search: str) -> dict[str, str]:
    """Return the variables that a stage sets."""
    found = {}
    for word, rest in stage:
        if word == "ENV":
            pairs = (pair.partition("=") for pair in shlex.split(rest))
            found.update({name: value.replace("$PATH", search) for name, _, value in pairs})
    return found


class Image:
    """The image's file system, as far as it matters, under a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.workdir = Path("/")
        tools = self.real("/usr/local/bin")
        tools.mkdir(parents=True)
        (tools / "python").symlink_to(sys.executable)
        self.search = f"{tools}:/usr/bin:/bin"

    def real(self, path: str) -> Path:
        """Return where a path of the image lies on this machine."""
        return self.root / (self.workdir / path).relative_to("/")

    def build(self, stage: list[tuple[str, str]]) -> None:
        """Do the steps of the build stage."""
        stated = variables(stage, self.search)
        env = {"PATH": self.search, "HOME": str(self.root), **_proxies(), **stated}
        for word, rest in stage:
            if word == "WORKDIR":
                self.workdir = Path(rest)
                self.real(".").mkdir(parents=True)
            elif word == "COPY":
                *sources, target = shlex.split(rest)
                for source in sources:
                    self._copy(source, target)
            elif word == "RUN":
                command = rest.replace(INSTALLED, str(self.real(INSTALLED)))
                print("  RUN", rest, flush=True)
                done = subprocess.run(  # noqa: S603 - the Dockerfile is ours
                    ["/bin/sh", "-euc", command],
                    cwd=self.real("."), env=env, capture_output=True, text=True, check=False,
                )  # fmt: skip
                if done.returncode:
                    raise StepFailed(f"{rest}\n{done.stdout}{done.stderr}")

    def _copy(self, source: str, target: str) -> None:
        place = self.real(target)
        if (ROOT / source).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "secrets.env")
            shutil.copytree(ROOT / source, place, ignore=ignored)
        else:
            shutil.copy(ROOT / source, place)


class Container:
    """The second stage at work: the commands as the image runs them."""

    def __init__(self, image: Image, stage: list[tuple[str, str]]) -> None:
        self._image = image
        self._stage = dict(stage)
        self.data = image.root / "data"
        self.data.mkdir()
        stated = variables(stage, "/usr/bin:/bin")
        stated["PATH"] = stated["PATH"].replace(INSTALLED, str(image.real(INSTALLED)))
        self._env = {**stated, "TMPDIR": str(self.data), "HOME": str(self.data)}

    def run(self, *arguments: str, exits: int, says: str) -> None:
        """Run the image with arguments, else its CMD; raise unless it ends as it should."""
        command = json.loads(self._stage["ENTRYPOINT"])
        command += arguments or json.loads(self._stage["CMD"])
        self._expect(command, exits=exits, says=says)

    def check_health(self, *, exits: int, says: str) -> None:
        """Run the image's health check."""
        words = self._stage["HEALTHCHECK"].partition("CMD ")[2]
        self._expect(json.loads(words), exits=exits, says=says)

    def _expect(self, command: list[str], *, exits: int, says: str) -> None:
        found = shutil.which(command[0], path=self._env["PATH"])
        if found is None:
            raise StepFailed(f"{command[0]} is not in the image")
        # The image's working folder is /, so that data/ is the volume; here it is its own root.
        done = subprocess.run(  # noqa: S603 - what the Dockerfile states
            [found, *command[1:]],
            cwd=self._image.root, env=self._env, capture_output=True, text=True, check=False,
            timeout=120,
        )  # fmt: skip
        said = done.stdout + done.stderr
        print(f"  {' '.join(command)}: exit code {done.returncode}", flush=True)
        if done.returncode != exits or says not in said:
            raise StepFailed(f"expected exit code {exits} and {says!r}, found:\n{said[-3000:]}")


def make_read_only(folder: Path) -> None:
    """Take away the right to write; who is root has it still."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)


def make_writable(folder: Path) -> None:
    """Give the right back, so that the folder can be removed."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


def list_files(folder: Path) -> set[tuple[str, int]]:
    """Return what is there, by path and time of change."""
    return {(str(path), path.lstat().st_mtime_ns) for path in folder.rglob("*")}


def check_tree(installed: Path) -> None:
    """Raise if the image holds what only the build needs, or the clone."""
    (packages,) = installed.glob("lib/python3.*/site-packages")
    names = {path.name.partition("-")[0] for path in packages.glob("*.dist-info")}
    lock = (ROOT / "requirements.lock").read_text()
    build = set(re.findall(r"^([\w.-]+)==.*(?:\n    .*)*?\n    # via hatchling$", lock, re.M))
    left = names & {name.replace("-", "_") for name in {*build, "hatchling", "tdjson", "pip"}}
    if left:
        raise StepFailed(f"these need not be in the image: {', '.join(sorted(left))}")
    if not (packages / "bot" / "shipped" / "config").is_dir():
        raise StepFailed("the shipped settings are not in the image")


def _proxies() -> dict[str, str]:
    wanted = re.compile(r"(?i)(https?|no|all)_proxy|ssl_cert_.*|requests_ca_bundle|pip_.*")
    return {name: value for name, value in os.environ.items() if wanted.fullmatch(name)}  # noqa: TID251 - pip's own


def main() -> int:
    """Do the steps in a folder of their own; say which failed."""
    root = Path(tempfile.mkdtemp(prefix="counterpoint-image-"))
    try:
        do_steps(root)
    except StepFailed as failure:
        print(f"image-steps: {failure}", file=sys.stderr)
        return 1
    finally:
        make_writable(root)
        shutil.rmtree(root)
    print("image-steps: all well")
    return 0


def do_steps(root: Path) -> None:
    """Build under a folder, then run what was built."""
    build, final = read_stages((ROOT / "Dockerfile").read_text())
    image = Image(root)
    image.build(build)
    installed = image.real(INSTALLED)
    check_tree(installed)
    shutil.rmtree(root / "build")
    make_read_only(installed)
    before = list_files(installed)
    container = Container(image, final)
    container.run("--help", exits=0, says="playground")
    container.run("--version", exits=0, says="counterpoint")
    container.run(exits=2, says="COUNTERPOINT_TELEGRAM__TOKEN")
    container.check_health(exits=1, says="has never run")
    container.run("playground", "--tour", exits=0, says="")
    if list_files(installed) != before:
        raise StepFailed("the installed tree was written to")


if __name__ == "__main__":
    sys.exit(main())
