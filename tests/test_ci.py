"""action.yml, the pre-commit hooks and docs/ci.md: what they promise is there, and what a runner would do works."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest
import yaml
from hub import running
from runner import EXPRESSION, Runner

from feeder.cli import COMMANDS
from feeder.cli.init import UNKNOWN_ACTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from runner import Ran

REPOSITORY = Path(__file__).parent.parent
ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
PAGE = (REPOSITORY / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
CHECKS, PAGES, PING, GITLAB, PRE_COMMIT = BLOCKS
GITHUB = {
    "feeds": yaml.safe_load(CHECKS),
    "pages": yaml.safe_load(PAGES),
    "pages with a hub": yaml.safe_load(PAGES.rstrip("\n") + "\n\n" + PING),
}
TEXTS = [
    "action.yml", "docs/ci.md", "feeder/cli/init.py",
    *(path.relative_to(REPOSITORY).as_posix() for path in sorted((REPOSITORY / ".github/workflows").glob("*.yml"))),
]  # fmt: skip
POST = "---\ntitle: A\ndate: 2024-01-31\n---\nBody.\n"
BAD = "---\ntitle: Bad\ndate: 2023-02-29\n---\n"
STEPS = ["Set the manifest aside", "Put the manifest back", "Check the posts", "Build the feeds", "Judge"]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site as CI has it."""
    for name in ("FEEDER_URL", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "site/posts").mkdir(parents=True)
    (tmp_path / "site/posts/a.md").write_text(POST)
    (tmp_path / "site/feeder.yml").write_text("site: {url: 'https://site.test/'}\n")
    return tmp_path / "site"


@pytest.fixture
def act(tmp_path: Path, workspace: Path) -> Callable[..., list[Ran]]:
    """Return a function that carries out the action but for its installation, with the inputs that it is given."""
    steps = [step for step in ACTION["runs"]["steps"] if step["name"] != "Install feeder"]
    action = {**ACTION, "runs": {**ACTION["runs"], "steps": steps}}

    def carry_out(run_id: int = 1, **inputs: str) -> list[Ran]:
        runner = Runner(tmp_path, workspace, run_id)
        done = runner.action(action, REPOSITORY, **inputs)
        runner.end()
        return done

    return carry_out


# What can be seen without running anything


@pytest.mark.parametrize("name", TEXTS)
def test_every_action_is_pinned(name: str) -> None:
    """By a full commit, with the version it is; one action is at one commit within a file."""
    uses = re.findall(r"uses: (\S+)(.*)", (REPOSITORY / name).read_text(encoding="utf-8"))
    pins: dict[str, set[str]] = {}
    for action, comment in uses:
        if action not in {UNKNOWN_ACTION, "{action}"}:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action
            pins.setdefault(action.partition("@")[0], set()).add(action + comment)
    assert uses
    assert all(len(pin) == 1 for pin in pins.values())


def test_no_input_becomes_part_of_a_script() -> None:
    """Inputs reach scripts as variables, so that none can bring commands of its own."""
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert 7 == len(scripts)
    assert [] == [script for script in scripts if EXPRESSION.search(script)]


@pytest.mark.parametrize("name", GITHUB)
def test_workflows_ask_for_the_least(name: str) -> None:
    """Reading is all that a workflow may do; only the job that deploys may do more, and it runs nothing of the site."""
    workflow = GITHUB[name]
    assert {"contents": "read"} == workflow["permissions"]
    for job, facts in workflow["jobs"].items():
        assert (facts.get("permissions") is not None) is (job == "deploy")
        assert facts["timeout-minutes"] <= 10
        for step in facts["steps"]:
            assert "checkout" not in step.get("uses", "") or step["with"]["persist-credentials"] is False
    assert "pull_request_target" not in str(workflow)


@pytest.mark.parametrize("name", GITHUB)
def test_workflows_give_inputs_that_there_are(name: str) -> None:
    """What is given to the action is an input of it, and jobs wait for jobs that there are."""
    jobs = GITHUB[name]["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"] if step.get("uses") == UNKNOWN_ACTION]
    assert steps
    for step in steps:
        assert set(step.get("with", {})) <= set(ACTION["inputs"])
    assert {job["needs"] for job in jobs.values() if "needs" in job} <= set(jobs)


def test_the_page_lists_every_input() -> None:
    """And no other."""
    assert list(ACTION["inputs"]) == re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE)
    assert all(item["description"] and "default" in item for item in ACTION["inputs"].values())


def test_the_workflow_of_init_is_the_pages() -> None:
    """What ``feeder init`` writes is the first workflow of the page, without the comparison."""
    from feeder.cli.init import _FEEDS_WORKFLOW

    ours = yaml.safe_load(CHECKS)
    del ours["jobs"]["feeds"]["steps"][1]["with"]
    assert ours == yaml.safe_load(_FEEDS_WORKFLOW.format(action=UNKNOWN_ACTION))


def test_the_hooks_are_there() -> None:
    """Each hook runs a command of feeder's, and the page's hooks are those that there are."""
    assert [hook["id"] for hook in yaml.safe_load(PRE_COMMIT)["repos"][0]["hooks"]] == [hook["id"] for hook in HOOKS]
    for hook in HOOKS:
        assert {"id", "name", "entry", "language"} <= set(hook)
        assert hook["entry"].split()[1] in COMMANDS
    assert all(hook["always_run"] for hook in HOOKS)  # a picture, or another generator's file, can be what is wrong


# What a runner would do


def test_the_action_installs_feeder(tmp_path: Path, workspace: Path) -> None:
    """The first step puts this very feeder on the path of the steps that follow, with the versions it was tested with."""
    runner = Runner(tmp_path, workspace)
    step = ACTION["runs"]["steps"][0]
    ran = runner.shell(step["run"], {"SOURCE": str(REPOSITORY)})
    if ran.code and ("No matching distribution" in ran.err or "Failed to establish" in ran.err):
        pytest.skip("no package registry can be reached from here")
    assert 0 == ran.code, ran.err
    found = runner.shell("command -v feeder; feeder build posts -q", {})
    assert (0, f"{runner.temp}/feeder/bin/feeder") == (found.code, found.out.splitlines()[0])
    assert (workspace / "public/rss.xml").exists()
    versions = (runner.temp / "feeder-versions.txt").read_text().splitlines()
    constraints = (REPOSITORY / "constraints.txt").read_text()
    assert len(versions) == len(re.findall(r"^[\w.-]+==", constraints, re.MULTILINE))
    assert all(re.fullmatch(r"[\w.\[\]-]+==[\w.]+( ; [\w.<>=!' ()]+)? ?", line) for line in versions)


def test_the_action_builds(act: Callable[..., list[Ran]], workspace: Path) -> None:
    """A sound site passes, and its feeds are there."""
    done = act()
    assert STEPS == [ran.name for ran in done]
    assert [0] * len(STEPS) == [ran.code for ran in done], done
    assert ["A"] == [entry.title for entry in feedparser.parse((workspace / "public/rss.xml").read_bytes()).entries]


def test_the_action_fails_at_the_end_for_a_broken_post(act: Callable[..., list[Ran]], workspace: Path) -> None:
    """All steps are carried out, the good posts published, and then the job fails and says by what."""
    (workspace / "posts/bad.md").write_text(BAD)
    done = act()
    assert STEPS == [ran.name for ran in done]
    assert ([0] * (len(STEPS) - 1), 1) == ([ran.code for ran in done[:-1]], done[-1].code)
    assert "::error title=feeder build::It ended with exit code 1" in done[-1].out
    assert (workspace / "public/rss.xml").exists()
    (line,) = [line for line in done[2].out.splitlines() if "bad-date" in line]
    assert re.match(r"::error file=posts/bad\.md,line=3,", line)


@pytest.mark.parametrize(
    ("inputs", "code"),
    [({"strict": "true"}, 1), ({"strict": "false"}, 0), ({"posts": "nowhere"}, 1), ({"config": "nowhere.yml"}, 1),
     ({"posts": "my posts; touch x"}, 0), ({"output": "-o ut"}, 0), ({"url": "https://u.test/$(touch x)/"}, 0)],
)  # fmt: skip
def test_inputs_reach_feeder_as_they_are(
    act: Callable[..., list[Ran]], workspace: Path, inputs: dict[str, str], code: int
) -> None:
    """Spaces and what a shell would take for commands are part of a name; what is wrong fails the job."""
    (workspace / "my posts; touch x").mkdir()
    for directory in ("posts", "my posts; touch x"):
        (workspace / directory / "old.md").write_text("---\ntitle: Old\ndate: 1980-01-01\n---\n")
    assert code == act(**inputs)[-1].code
    assert not (workspace / "x").exists()
    assert (code == 0) is (workspace / inputs.get("output", "public") / "rss.xml").exists()


def test_what_is_strict_builds_nothing_after_a_warning_of_the_check(
    act: Callable[..., list[Ran]], workspace: Path
) -> None:
    """A warning of a rule, which the build does not know, keeps the feeds from being written and fails the job."""
    (workspace / "posts/b.md").write_text(f"{POST}\n![](https://site.test/tea.png)\n")
    done = act(strict="true")
    assert (True, 1) == ("missing-alt" in done[2].out, done[-1].code)
    assert "Nothing was built, since the check found problems and strict is set.\n" == done[-2].out
    assert not (workspace / "public/rss.xml").exists()
    assert 0 == act(2, strict="false")[-1].code
    assert (workspace / "public/rss.xml").exists()


def test_the_cache_keeps_what_the_manifest_knows(act: Callable[..., list[Ran]], workspace: Path) -> None:
    """In the next run, from a fresh clone, what was rendered and what was written is known."""
    act(run_id=1)
    manifest = (workspace / "public/.feeder.json").read_bytes()
    for path in (workspace / "public").iterdir():
        path.unlink()
    act(run_id=2, build="false")
    assert [".feeder.json"] == [path.name for path in (workspace / "public").iterdir()]
    assert manifest == (workspace / "public/.feeder.json").read_bytes()
    assert (workspace.parent / "temp2/feeder-cache/feeder/feeder.sqlite3").exists()


def test_the_cache_leaves_a_manifest_that_is_checked_out(act: Callable[..., list[Ran]], workspace: Path) -> None:
    """It lists the feeds beside it; of the older one of the cache, only what hubs were told counts, so left-over files go."""
    path = workspace / "public/.feeder.json"
    (workspace / "feeder.yml").write_text("site: {url: 'https://site.test/'}\nfeeds: {categories: true}\n")
    act(run_id=1)
    (workspace / "posts/b.md").write_text(POST.replace("2024", "2025").replace("title", "categories: [B]\ntitle"))
    act(run_id=2)
    committed = path.read_bytes()
    act(run_id=3, build="false")
    assert committed == path.read_bytes()
    told = {"https://h.test/": {"rss.xml": "0"}}
    older = {**json.loads(committed), "files": {}, "pinged": told}
    for cache in workspace.parent.glob("caches/*/1"):
        cache.write_text(json.dumps(older))
    path.write_bytes(committed)
    (workspace / "posts/b.md").unlink()
    act(run_id=5)
    assert told == json.loads(path.read_bytes())["pinged"]
    assert not (workspace / "public/categories").exists()
    for broken in ("{", "[]", '{"pinged": 3}'):
        for cache in workspace.parent.glob("caches/*/1"):
            cache.write_text(broken)
        path.write_bytes(committed)
        act(run_id=6 + len(broken), build="false")
        assert committed == path.read_bytes()


def test_the_ping_job_tells_once(act: Callable[..., list[Ran]], workspace: Path, tmp_path: Path) -> None:
    """After a build in one job, the next job, with the cache alone, tells the hub; a later run has nothing to tell."""
    action = {**ACTION, "runs": {"steps": [step for step in ACTION["runs"]["steps"] if "run" not in step]}}
    (script,) = [step["run"] for step in GITHUB["pages with a hub"]["jobs"]["ping"]["steps"] if "run" in step]
    with running() as hub:
        (workspace / "feeder.yml").write_text(f"site: {{url: 'https://site.test/'}}\nfeeds: {{hub: '{hub.url}'}}\n")
        for number in (1, 3):
            act(run_id=number)
            (workspace / "public/.feeder.json").unlink()
            runner = Runner(tmp_path, workspace, number + 1)
            runner.action(action, REPOSITORY, build="false")
            assert 0 == runner.shell(script, {"no_proxy": "127.0.0.1"}).code
            runner.end()
            assert 3 == len(hub.heard)


def test_the_action_puts_the_comparison_into_the_summary(tmp_path: Path, workspace: Path) -> None:
    """What subscribers will see stands in the summary; a new post is no failure, a post sent again is one."""
    steps = [step for step in ACTION["runs"]["steps"] if step["name"] != "Install feeder"]
    action = {**ACTION, "runs": {"steps": steps}}
    build = Runner(tmp_path, workspace, 1).shell("feeder build -o published", {})
    assert 0 == build.code
    (workspace / "posts/b.md").write_text(POST.replace("title: A", "title: Brand new").replace("2024", "2025"))
    runner = Runner(tmp_path, workspace, 2)
    assert 0 == runner.action(action, REPOSITORY, against="published")[-1].code
    assert "Brand new" in runner.summary
    (workspace / "posts/a.md").rename(workspace / "posts/moved.md")
    runner = Runner(tmp_path, workspace, 3)
    done = runner.action(action, REPOSITORY, against="published")
    assert (1, True) == (done[-1].code, "feeder diff" in done[-1].out)
    runner = Runner(tmp_path, workspace, 4)
    assert 0 == runner.action(action, REPOSITORY, against="published", fail_on="none")[-1].code


def test_without_a_summary_the_comparison_is_in_the_log(tmp_path: Path, workspace: Path) -> None:
    """A runner that knows no summaries shows the report where it shows the rest."""
    runner = Runner(tmp_path, workspace)
    assert 0 == runner.shell("feeder build -o published", {}).code
    (workspace / "posts/b.md").write_text(POST.replace("title: A", "title: Brand new"))
    step = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "diff")
    ran = runner.shell(step["run"], {"AGAINST": "published", "GITHUB_STEP_SUMMARY": ""})
    assert (0, True, "") == (ran.code, "| NEW | [Brand new]" in ran.out, runner.summary)


@pytest.mark.parametrize(
    ("inputs", "code"),
    [({"against": "nowhere"}, 2), ({"against": "git:HEAD"}, 2), ({"fail_on": "nonsense"}, 2), ({"fail_on": ","}, 2),
     ({"against": "posts/a.md"}, 2), ({"against": "--help"}, 2), ({"fail_on": "none"}, 0), ({"fail_on": "new"}, 1),
     ({}, 0)],
)  # fmt: skip
def test_a_comparison_that_cannot_be_made_fails_the_job(
    act: Callable[..., list[Ran]], tmp_path: Path, workspace: Path, inputs: dict[str, str], code: int
) -> None:
    """Usage that `feeder diff` refuses, and a place that holds no feed, fail the job; a change does so as configured."""
    assert 0 == Runner(tmp_path, workspace, 9).shell("feeder build -o published", {}).code
    (workspace / "posts/b.md").write_text(POST.replace("2024", "2025"))
    done = act(**{"against": "published", **inputs})
    assert [*STEPS[:3], "Compare with what is published", *STEPS[3:]] == [ran.name for ran in done]
    told = [line for line in done[-1].out.splitlines() if "feeder diff" in line]
    message = f"::error title=feeder diff::It ended with exit code {code}; see the log above, and the summary."
    assert ([message] if code else []) == told
    assert (1 if code else 0) == done[-1].code
    assert (workspace / "public/rss.xml").exists()


@pytest.mark.parametrize("job", ["check", "pages"])
def test_the_gitlab_jobs_run(tmp_path: Path, workspace: Path, job: str) -> None:
    """Each job's script, with the variables of the pipeline, does what it is for; a URL of the site's own stays."""
    pipeline = yaml.safe_load(GITLAB)
    script = "\n".join(pipeline[job]["script"])
    assert all("$FEEDER" in line for line in pipeline["before_script"])  # which the action's test shows to work
    (workspace / "feeder.yml").write_text("site: {title: x}\n")
    builtin = {"GITLAB_CI": "true", "CI_PAGES_URL": "https://some.test/site", "CI_PROJECT_DIR": str(workspace)}
    variables = {
        name: re.sub(r"\$(\w+)", lambda match: builtin[match[1]], value)
        for name, value in pipeline["variables"].items()
    }
    runner, environ = Runner(tmp_path, workspace), builtin | variables | {"GITHUB_ACTIONS": ""}
    ran = runner.shell(script, environ)
    assert 0 == ran.code, ran.err
    if job == "check":
        assert isinstance(json.loads((workspace / "gl-code-quality-report.json").read_text()), list)
    else:
        assert (workspace / pipeline[job]["artifacts"]["paths"][0] / "rss.xml").exists()
        assert "https://some.test/site/rss.xml" in (workspace / "public/rss.xml").read_text()
        (workspace / "feeder.yml").write_text("site: {title: x, url: 'https://own.test/'}\n")
        assert 0 == runner.shell(script, environ).code
        assert "https://own.test/rss.xml" in (workspace / "public/rss.xml").read_text()
    assert (workspace / ".cache/feeder/feeder.sqlite3").exists() or job == "check"


def _scripts() -> dict[str, str]:
    return dict(re.findall(r"^## ([^\n]+)\n(?:(?!^## ).)*?```sh\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL))


def test_the_cron_line_runs(tmp_path: Path, workspace: Path) -> None:
    """It builds, tells the hub once there is one, is silent when all is well, and touches nothing the second time.

    It needs no configuration, which may be JSON, takes no other key for a hub, and tells of the posts that are published beside a broken one.
    """
    script = _scripts()["Plain cron"].replace("/srv/site", str(workspace)).replace("/srv/www", str(tmp_path / "www"))
    runner = Runner(tmp_path, workspace)
    site = "site: {url: 'https://site.test/'}\n"
    for config in (site, site, f"{site}# hub: none\n", None):
        if config is None:
            (workspace / "feeder.yml").unlink()
        else:
            (workspace / "feeder.yml").write_text(config)
        ran = runner.shell(script, {"FEEDER_URL": "https://site.test/"})
        assert (0, "", "") == (ran.code, ran.out, ran.err)
    stamp = (tmp_path / "www/rss.xml").stat().st_mtime_ns
    with running() as hub:
        for written in (
            f"site: {{url: 'https://site.test/'}}\nfeeds:\n  hub: {hub.url}\n",
            json.dumps({"site": {"url": "https://site.test/"}, "feeds": {"hub": hub.url}}, indent=1),
        ):
            (workspace / "feeder.yml").write_text(written)
            ran = runner.shell(script, {"no_proxy": "127.0.0.1"})
            assert (0, "", "") == (ran.code, ran.out, ran.err)
        assert 3 == len(hub.heard)
        assert stamp < (tmp_path / "www/rss.xml").stat().st_mtime_ns
        (workspace / "posts/bad.md").write_text(BAD)
        (workspace / "posts/good.md").write_text(POST.replace("2024", "2025"))
        ran = runner.shell(script, {"no_proxy": "127.0.0.1"})
        assert (1, True, 6) == (ran.code, "bad-date" in ran.err, len(hub.heard))


@pytest.mark.parametrize(
    ("line", "hub"),
    [("feeds: {hub: https://h.test/}", True), ("feeds: {limit: 3, hub: https://h.test/}", True), ("  hub: https://h.test/", True),
     ("  github: https://x.test/", False), ("  # hub: https://h.test/", False), ("feeds: {} # hub: x", False), ("", False)],
)  # fmt: skip
def test_the_cron_line_knows_a_hub(tmp_path: Path, workspace: Path, line: str, hub: bool) -> None:  # noqa: FBT001
    """The key of hubs, wherever it stands, and neither another one that ends like it nor a comment."""
    script = _scripts()["Plain cron"]
    (command,) = re.findall(r"grep .*feeder\.yml", script)
    (workspace / "feeder.yml").write_text(f"{line}\n")
    assert hub is (0 == Runner(tmp_path, workspace).shell(command, {}).code)


def test_committed_feeds_are_checked(tmp_path: Path, workspace: Path) -> None:
    """With the date of the last commit, feeds that were committed with their posts are up to date whenever that is."""
    script = _scripts()["Committed feeds"]
    (workspace / "posts/later.md").write_text(POST.replace("2024", "2030"))
    epoch = {"SOURCE_DATE_EPOCH": "1767225600"}
    runner = Runner(tmp_path, workspace)
    assert 0 == runner.shell("feeder build", epoch).code
    git = "git -c user.name=x -c user.email=x@site.test"
    commit = f"git init -q && git add -A && {git} commit -q -m x --date @1767225600"
    assert 0 == runner.shell(commit, {"GIT_COMMITTER_DATE": "@1767225600 +0000"}).code
    assert 0 == runner.shell(script, {}).code
    (workspace / "public/rss.xml").write_text("edited")
    ran = runner.shell(script, {})
    assert (1, ["public/rss.xml: differs"]) == (ran.code, ran.out.splitlines())


def test_shell_in_the_action_is_sound() -> None:
    """bash finds every script well-formed."""
    for step in ACTION["runs"]["steps"]:
        if "run" in step:
            assert "bash" == step["shell"]
            assert 0 == subprocess.run(["bash", "-n", "-c", step["run"]], check=False).returncode


def test_a_test_that_skips_fails_in_ci(tmp_path: Path) -> None:
    """What a machine lacks is no reason there, for .ci/run installs it; elsewhere it is."""
    (tmp_path / "test_some.py").write_text(
        "import pytest\nfrom conftest import needs\n\n\ndef test_needs():\n    needs('no-such-program')\n\n\n"
        "@pytest.mark.skip(reason='none of this')\ndef test_skips():\n    pass\n\n\n"
        "@pytest.mark.xfail\ndef test_fails():\n    assert False\n"
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "conftest",
        "--rootdir",
        ".",
        "-q",
        "-rfs",
        "-p",
        "no:cacheprovider",
    ]
    environ = {name: value for name, value in os.environ.items() if name not in {"CI", "PYTEST_ADDOPTS"}}
    environ["PYTHONPATH"] = str(REPOSITORY / "tests")
    for added, code, told in (
        ({}, 0, ["no-such-program is not installed; .ci/run installs it", "none of this"]),
        ({"CI": "true"}, 1, ["CI skips nothing: Skipped: no-such-program is not installed", "CI skips nothing: "]),
    ):
        ran = subprocess.run(command, cwd=tmp_path, env=environ | added, capture_output=True, text=True, check=False)
        assert code == ran.returncode, ran.stdout + ran.stderr
        assert [] == [text for text in told if text not in ran.stdout]
        assert ("1 failed, 1 xfailed, 1 error" if code else "2 skipped, 1 xfailed") in ran.stdout
