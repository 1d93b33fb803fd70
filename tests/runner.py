"""Enough of a CI runner to do what one would: the steps of an action or a job, one after the other, in a real shell."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")


class Ran(NamedTuple):
    """One step that was carried out."""

    name: str
    code: int
    out: str
    err: str


class Runner:
    """A machine that has a workspace, and this test's feeder on its path."""

    def __init__(self, place: Path, workspace: Path, run_id: int = 1) -> None:
        self.temp, self.workspace, self.run_id = place / f"temp{run_id}", workspace, run_id
        self.temp.mkdir(parents=True)
        self._store = place / "caches"
        self._files = {name: self.temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH")}
        for path in self._files.values():
            path.touch()
        self._environ = {
            "HOME": str(place),
            "LANG": "C.UTF-8",
            "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "some/site",
            **{name: str(path) for name, path in self._files.items()},
            **{name: value for name, value in os.environ.items() if name.startswith("PIP_")},
        }
        self._saved: list[tuple[str, str]] = []

    @property
    def summary(self) -> str:
        """What the steps wrote into the job's summary."""
        return self._files["GITHUB_STEP_SUMMARY"].read_text()

    def action(self, action: Mapping[str, Any], source: Path, **given: str) -> list[Ran]:
        """Carry out a composite action, up to the first step that fails."""
        inputs = {name: item["default"] for name, item in action["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        context = {
            "github.action_path": str(source),
            "github.run_id": str(self.run_id),
            "github.run_attempt": "1",
            "github.job": "job",
            "runner.temp": str(self.temp),
            "runner.os": "Linux",
            **{f"inputs.{name}": value for name, value in inputs.items()},
        }
        done: list[Ran] = []
        for step in action["runs"]["steps"]:
            if not _holds(step.get("if", ""), context):
                continue
            if "uses" in step:
                self._cache({name: _filled(value, context) for name, value in step["with"].items()})
            else:
                environ = {name: _filled(value, context) for name, value in step.get("env", {}).items()}
                done.append(self.shell(step["run"], environ, step["name"]))
                for line in self._files["GITHUB_OUTPUT"].read_text().splitlines():
                    name, _, value = line.partition("=")
                    context[f"steps.{step['id']}.outputs.{name}"] = value
                self._files["GITHUB_OUTPUT"].write_text("")
                if done[-1].code:
                    break
        return done

    def shell(self, script: str, environ: Mapping[str, str], name: str = "") -> Ran:
        """Run a script as a runner does: bash, which gives up at the first error."""
        added = self._files["GITHUB_PATH"].read_text().split()
        known = self._environ | {"PATH": os.pathsep.join((*added, self._environ["PATH"]))}
        result = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.workspace, env={**known, **environ}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return Ran(name, result.returncode, result.stdout, result.stderr)

    def end(self) -> None:
        """Save the caches, as is done when a job has ended."""
        for key, paths in self._saved:
            for number, path in enumerate(paths.split("\n")):
                if (self.workspace / path).exists():
                    target = self._store / key / str(number)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    copy = shutil.copytree if (self.workspace / path).is_dir() else shutil.copy2
                    copy(self.workspace / path, target)

    def _cache(self, given: Mapping[str, str]) -> None:
        paths = given["path"].strip()
        self._saved.append((given["key"], paths))
        found = [path for path in self._store.glob("*") if path.name.startswith(given["restore-keys"])]
        for number, name in enumerate(paths.split("\n")):
            stored = max(found, key=lambda path: path.stat().st_mtime_ns) / str(number) if found else self._store / "-"
            if stored.exists():
                target = self.workspace / name
                target.parent.mkdir(parents=True, exist_ok=True)
                (shutil.copytree if stored.is_dir() else shutil.copy2)(stored, target)


def _filled(text: str, context: Mapping[str, str]) -> str:
    """Return text with its expressions filled in: names, the first that says something, or else a text in quotes."""
    return EXPRESSION.sub(lambda match: _first(match[1].split(" || "), context), str(text))


def _first(terms: Sequence[str], context: Mapping[str, str]) -> str:
    values = (term[1:-1] if term.startswith("'") else context.get(term, "") for term in terms)
    return next(filter(None, values), "")


def _holds(condition: str, context: Mapping[str, str]) -> bool:
    for part in filter(None, condition.split(" && ")):
        match = re.fullmatch(r"([\w.-]+) (==|!=) '([^']*)'", part)
        assert match, part
        if (context[match[1]] == match[3]) is (match[2] == "!="):
            return False
    return True
