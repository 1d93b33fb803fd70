"""feeder/reports/: each form is what those who read it have documented."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from lxml import etree

from feeder.cli import main
from feeder.problems import Mark, Problem, Severity, problem
from feeder.reports import REPORTS, report

if TYPE_CHECKING:
    from pathlib import Path

NASTY = "50% of: a, b\nand \"<c>\" & 'd' é \ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace")
PROBLEMS = [
    problem("posts/a b,c:d%.md", Mark(4, 7), "bad-date", NASTY, NASTY)._replace(hint="Do this."),
    problem("posts/é.md", Mark(1, 1), "picture-missing", "gone", "a.png"),
    problem("posts/é.md", Mark(1, 1), "picture-missing", "gone", "a.png"),
    Problem("public/rss.xml", 3, 1, Severity.NOTE, "missing-summary", "none of its own"),
]
# What SARIF 2.1.0 (OASIS, sections 3.13 to 3.52) demands of what feeder writes.
_TEXT = {"type": "object", "properties": {"text": {"type": "string", "minLength": 1}}, "required": ["text"]}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_REGION = {
    "type": "object",
    "properties": {"startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1}},
    "required": ["startLine"],
    "additionalProperties": False,
}
_LOCATION = {
    "type": "object",
    "properties": {
        "physicalLocation": {
            "type": "object",
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "properties": {
                        "uri": {"type": "string", "pattern": "^(?:[A-Za-z0-9._~/@!$&'()*+,;=-]|%[0-9A-F]{2})+$"}
                    },
                    "required": ["uri"],
                },
                "region": _REGION,
            },
            "required": ["artifactLocation"],
        }
    },
    "required": ["physicalLocation"],
}
SARIF = {
    "type": "object",
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "tool": {
                        "type": "object",
                        "properties": {
                            "driver": {
                                "type": "object",
                                "properties": {
                                    "name": {"const": "feeder"},
                                    "semanticVersion": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": _TEXT,
                                                "fullDescription": _TEXT,
                                                "help": _TEXT,
                                                "defaultConfiguration": {
                                                    "type": "object",
                                                    "properties": {"level": _LEVEL},
                                                    "additionalProperties": False,
                                                },
                                            },
                                            "required": ["id"],
                                            "additionalProperties": False,
                                        },
                                    },
                                },
                                "required": ["name"],
                                "additionalProperties": False,
                            }
                        },
                        "required": ["driver"],
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": _LEVEL,
                                "message": _TEXT,
                                "locations": {"type": "array", "items": _LOCATION},
                            },
                            "required": ["message"],
                            "additionalProperties": False,
                        },
                    },
                },
                "required": ["tool", "columnKind", "results"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["version", "runs"],
    "additionalProperties": False,
}
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
# The names and nesting that Jenkins and GitHub's reporters read.
JUNIT = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="outcome" mixed="true">
    <xs:attribute name="type" type="xs:string"/><xs:attribute name="message" type="xs:string"/>
  </xs:complexType>
  <xs:element name="testsuites"><xs:complexType><xs:sequence>
    <xs:element name="testsuite" maxOccurs="unbounded"><xs:complexType>
      <xs:sequence><xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
        <xs:sequence>
          <xs:element name="failure" type="outcome" minOccurs="0" maxOccurs="unbounded"/>
          <xs:element name="system-out" type="xs:string" minOccurs="0"/>
        </xs:sequence>
        <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="classname" type="xs:string"/>
      </xs:complexType></xs:element></xs:sequence>
      <xs:attribute name="name" type="xs:string" use="required"/>
      <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
      <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
      <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
    </xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""


def made(name: str, problems: list[Problem]) -> Any:
    """Return a report as its readers have it."""
    text = report(name, problems, "1.2.3")
    return etree.fromstring(text.encode()) if name == "junit" else json.loads(text)


@pytest.mark.parametrize("problems", [PROBLEMS, []], ids=["problems", "none"])
@pytest.mark.parametrize(("name", "schema"), [("sarif", SARIF), ("gitlab", GITLAB)])
def test_json_reports_are_of_the_documented_shape(name: str, schema: dict[str, Any], problems: list[Problem]) -> None:
    """What is written is all that the documentation demands, and nothing that it forbids."""
    Draft202012Validator.check_schema(schema)
    assert [] == [error.message for error in Draft202012Validator(schema).iter_errors(made(name, problems))]


@pytest.mark.parametrize("problems", [PROBLEMS, []], ids=["problems", "none"])
def test_junit_is_of_the_documented_shape(problems: list[Problem]) -> None:
    """The elements, their nesting and their numbers are those that Jenkins reads."""
    schema = etree.XMLSchema(etree.parse(BytesIO(JUNIT)))
    document = made("junit", problems)
    assert schema.validate(document), schema.error_log
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
