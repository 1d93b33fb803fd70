"""feeder/cli/: streams, exit codes, options and help, as a person or a CI job meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import feeder
from feeder.cli import COMMANDS, main, progress

if TYPE_CHECKING:
    from collections.abc import Callable

SITE = "https://site.example/"
FEEDS = ["public/rss.xml", "public/atom.xml", "public/feed.json"]
GOOD = "---\ntitle: Good\ndate: 2024-01-31\n---\nBody.\n"
DRAFT = "---\ntitle: Draft\ndate: 2024-01-31\ndraft: true\n---\n"
LATER = "---\ntitle: Later\ndate: 2030-01-31\n---\n"
BAD = "---\ntitle: Bad\ndate: 2023-02-29\n---\n"
OLD = "---\ntitle: Old\ndate: 1980-01-01\n---\n"
FEBRUARY = "posts/bad.md:3:7: error [bad-date] February 2023 has 28 days (got '2023-02-29')"
IMPLAUSIBLE = "posts/old.md:3:7: warning [implausible-date] "


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in ``tmp_path``, with nothing in the environment that feeder listens to."""
    monkeypatch.chdir(tmp_path)
    for name in ("FEEDER_URL", "GITHUB_ACTIONS", "GITHUB_REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def posts(write: Callable[..., Path]) -> Callable[..., None]:
    """Return a function that writes posts, ``good="..."`` as posts/good.md."""

    def write_posts(**contents: str) -> None:
        for name, content in contents.items():
            write(f"posts/{name}.md", content)

    return write_posts


def run(*arguments: str | Path) -> Result:
    """Run the command in this process; an exception other than an exit fails the test."""
    return CliRunner().invoke(main, list(map(str, arguments)), prog_name="feeder", catch_exceptions=False)


def build(*arguments: str | Path, now: str = "2026-06-01") -> Result:
    return run("build", "--url", SITE, "--now", now, *arguments)


def feeder_process(*arguments: str | bytes | Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``python -m feeder`` as a process of its own."""
    command = [sys.executable, "-m", "feeder", *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=60, env={**os.environ, **environ})


def mtimes(root: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in root.iterdir()}


def titles(path: str = "public/feed.json") -> list[str]:
    return [item["title"] for item in json.loads(Path(path).read_bytes())["items"]]


def test_many_problems_of_one_kind_are_counted(posts: Callable[..., None], write: Callable[..., Path]) -> None:
    """The first are told, and how many more there are; all of them with ``-v`` or where they count, and every error."""
    write("feeder.yml", "site: {dialect: astro}\n")
    write("posts/a.png", "")
    texts = {f"p{number}": GOOD.replace("Body.", "![A](./a.png)") for number in range(7)}
    posts(**texts, bad=BAD.replace("02-29", "02-32"))
    lines = build().stderr.splitlines()
    assert 4 == sum("note [picture-renamed]" in line for line in lines)
    assert ["3 more notes [picture-renamed]; use -v to show them"] == [line for line in lines if "more notes" in line]
    assert FEBRUARY.replace("02-29", "02-32") in lines
    assert 7 == build("-v").stderr.count("note [picture-renamed]")
    posts(**{f"w{number}": GOOD.replace("date", "language: Klingon\ndate") for number in range(25)})
    lines = build().stderr.splitlines()
    assert 19 == sum("warning [bad-language]" in line for line in lines)
    assert "6 more warnings [bad-language]; use -v to show them" in lines
    assert 25 == build("--strict").stderr.count("warning [bad-language]")


# Exit codes and streams


def test_a_sound_build_exits_with_0(posts: Callable[..., None]) -> None:
    """The files that changed are on standard output, all else on standard error, the sentence last."""
    posts(good=GOOD, draft=DRAFT, later=LATER)
    result = build()
    assert (0, FEEDS) == (result.exit_code, result.stdout.splitlines())
    assert [
        "reading posts from posts",
        "Published 1 post to public: rss.xml, atom.xml, feed.json (3 files, 3 changed); left out 2: 1 draft, 1 scheduled.",
    ] == result.stderr.splitlines()


def test_errors_in_posts_exit_with_1(posts: Callable[..., None]) -> None:
    """The good posts are published all the same, and the sentence counts the others."""
    posts(good=GOOD, bad=BAD)
    result = build("posts")
    assert (1, FEEDS) == (result.exit_code, result.stdout.splitlines())
    assert FEBRUARY == result.stderr.splitlines()[0]
    assert result.stderr.endswith("; left out 1: 1 with errors.\n")
    assert ["Good"] == titles()


def test_warnings_exit_with_0(posts: Callable[..., None]) -> None:
    """A warning is told, and changes nothing else."""
    posts(good=GOOD, old=OLD)
    result = build("posts")
    assert (0, FEEDS) == (result.exit_code, result.stdout.splitlines())
    assert result.stderr.startswith(IMPLAUSIBLE)
    assert ["Good", "Old"] == titles()


def test_problems_come_sorted(posts: Callable[..., None]) -> None:
    """All problems of a run come at once, by path, line and column."""
    posts(b="---\ntitle: [b]\ndate: x\nimage: data:x\n---\n", a=BAD, c=OLD)
    places = [line.split(" ", 1)[0] for line in build("posts").stderr.splitlines()[:-1]]
    assert ["posts/a.md:3:7:", "posts/b.md:2:8:", "posts/b.md:3:7:", "posts/c.md:3:7:"] == [
        place for place in places if place != "posts/b.md:4:8:"
    ]
    assert sorted(places) == places


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("build", "nowhere", "--url", SITE), "error: cannot read posts: nowhere: no such directory"),
     (("build", "file", "--url", SITE), "error: cannot read posts: file: not a directory"),
     (("build", "-c", "nowhere.yml", "--url", SITE), "error: cannot read nowhere.yml: No such file or directory"),
     (("build", "-c", "bad.yml", "--url", SITE), 'error: bad.yml:1:9: unknown key "feeds.limt"; did you mean "limit"?'),
     (("build", "--url", "site.example"), "error: cannot use 'site.example' as the site's URL: it must begin with https"),
     (("build",), "error: the site's URL is not known, but feeds need it. Set it in one of these ways:\n  feeder build --url"),
     (("build", "-o", "file", "--url", SITE), "error: cannot write to file: "),
     (("build", "--format", "rsss"), "Invalid value for '--format': 'rsss' is not one of 'rss', 'atom', 'json'."),
     (("build", "--limit", "-1"), "Invalid value for '--limit'"), (("build", "--limit", "x"), "Invalid value for '--limit'"),
     (("build", "--now", "soon"), "Invalid value for '--now': unknown date format"),
     (("build", "--now", "2023-02-29"), "Invalid value for '--now': February 2023 has 28 days"),
     (("build", "--ulr", SITE), "No such option '--ulr'. Did you mean '--url'?"),
     (("build", "--nonsense"), "No such option"), (("build", "posts", "more"), "unexpected extra argument"),
     (("build", "--url"), "requires an argument"), (("buidl",), "no such command 'buidl'; did you mean 'build'?"),
     (("posts",), f"no such command 'posts'; the commands are {', '.join(COMMANDS)}."), (("--nonsense",), "No such option"),
     (("schema", "x"), "unexpected extra argument")],
)  # fmt: skip
def test_usage_and_configuration_exit_with_2(
    posts: Callable[..., None], write: Callable[..., Path], arguments: tuple[str, ...], message: str
) -> None:
    """The message says what to do; standard output is empty and nothing is written."""
    posts(good=GOOD)
    write("file", "mine")
    write("bad.yml", "feeds: {limt: 5}\n")
    result = run(*arguments)
    assert (2, "") == (result.exit_code, result.stdout)
    assert message.replace("option '--ulr'", "option") in result.stderr.replace("option: --ulr", "option").replace(
        "option '--ulr'", "option"
    )
    assert not Path("public").exists()
    assert "mine" == Path("file").read_text()


def test_without_any_posts_directory_it_exits_with_2() -> None:
    """No directory at all is a matter of usage."""
    result = build()
    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith("error: no posts directory found; looked for posts, _posts, ")


def test_an_empty_directory_is_a_warning(site: Path) -> None:
    """Empty feeds are written, and it is said that they are."""
    (site / "posts").mkdir()
    result = build("posts")
    assert (0, FEEDS) == (result.exit_code, result.stdout.splitlines())
    assert "posts:1:1: warning [no-posts] no posts found in this directory" == result.stderr.splitlines()[0]
    assert [] == titles()


# Options


def test_strict_refuses_warnings_and_writes_nothing(posts: Callable[..., None]) -> None:
    """With --strict a warning exits with 1, and the output is left as it was."""
    posts(good=GOOD, old=OLD)
    result = build("--strict", "posts")
    assert (1, "", False) == (result.exit_code, result.stdout, Path("public").exists())
    assert result.stderr.startswith(IMPLAUSIBLE)
    assert "Nothing written, because of --strict" in result.stderr.splitlines()[-1]


def test_feeds_stay_where_no_post_can_be_published(posts: Callable[..., None]) -> None:
    """An error in the last sound post takes none away from subscribers; without feeds, empty ones are written, and drafts are no errors."""
    posts(good=GOOD)
    assert 0 == build().exit_code
    before = {path: path.read_bytes() for path in Path("public").iterdir()}
    posts(good=GOOD.replace("date:", "date: x"), draft=DRAFT)
    result = build()
    assert (1, "", before) == (
        result.exit_code, result.stdout, {path: path.read_bytes() for path in Path("public").iterdir()},
    )  # fmt: skip
    assert (
        "Nothing written, because no post can be published; the feeds stay as they are"
        in result.stderr.splitlines()[-1]
    )
    assert 1 == build("--check").exit_code
    assert (1, FEEDS) == (
        (made := build("-o", "new")).exit_code,
        [path.replace("new", "public") for path in made.stdout.split()],
    )
    Path("posts/good.md").unlink()
    assert (0, FEEDS) == ((made := build()).exit_code, made.stdout.split())
    assert [] == titles()


def test_strict_is_content_with_a_sound_build(posts: Callable[..., None]) -> None:
    """Without problems --strict changes nothing; drafts are none."""
    posts(good=GOOD, draft=DRAFT)
    result = build("--strict")
    assert (0, FEEDS) == (result.exit_code, result.stdout.splitlines())
    assert ["Good"] == titles()


def test_quiet_prints_problems_only(posts: Callable[..., None]) -> None:
    """With -q a sound build is silent, and a problem is still told."""
    posts(good=GOOD)
    assert ("", "") == ((result := build("-q")).stdout, result.stderr)
    assert ["Good"] == titles()
    posts(bad=BAD)
    result = build("--quiet")
    assert (1, "", FEBRUARY + "\n") == (result.exit_code, result.stdout, result.stderr)


@pytest.mark.parametrize("option", ["-v", "--verbose"])
def test_verbose_says_what_is_left_out(posts: Callable[..., None], option: str) -> None:
    """With -v each post that stays out is named with the reason, and not otherwise."""
    posts(
        good=GOOD, draft=DRAFT, later=LATER, no=GOOD.replace("---\nB", "feed: false\n---\nB"),
        gone=GOOD.replace("---\nB", "expiryDate: 2025-01-01\n---\nB"),
    )  # fmt: skip
    expected = [
        "posts/draft.md: left out: draft",
        "posts/gone.md: left out: expired on 2025-01-01T00:00:00Z",
        "posts/later.md: left out: scheduled for 2030-01-31T00:00:00Z",
        "posts/no.md: left out: feed: false",
    ]
    assert expected == [line for line in build(option).stderr.splitlines() if "left out:" in line]
    assert [] == [line for line in build().stderr.splitlines() if "left out:" in line]


def test_json_is_one_document(posts: Callable[..., None]) -> None:
    """With --json standard output is one JSON document that holds all that the streams say."""
    posts(good=GOOD, draft=DRAFT, bad=BAD)
    result = build("--json", "posts")
    document = json.loads(result.stdout)
    assert [
        "version",
        "files",
        "removed",
        "differences",
        "feeds",
        "published",
        "failed",
        "left_out",
        "problems",
    ] == list(document)
    assert (feeder.__version__, 1, 1) == (document["version"], document["published"], document["failed"])
    assert FEEDS == [item["path"] for item in document["files"]]
    assert [Path(name).stat().st_size for name in FEEDS] == [item["bytes"] for item in document["files"]]
    assert {True} == {item["changed"] for item in document["files"]}
    assert ["application/rss+xml", "application/atom+xml", "application/feed+json"] == [
        item["type"] for item in document["files"]
    ]
    assert [{"path": "", "title": "site.example", "posts": ["posts/good.md"]}] == document["feeds"]
    assert [{"path": "posts/draft.md", "reason": "draft"}] == document["left_out"]
    assert [
        {"path": "posts/bad.md", "line": 3, "column": 7, "severity": "error", "code": "bad-date",
         "message": "February 2023 has 28 days", "got": "2023-02-29"},
    ] == document["problems"]  # fmt: skip
    assert (1, FEBRUARY) == (result.exit_code, result.stderr.splitlines()[0])


def test_json_says_what_did_not_change(posts: Callable[..., None]) -> None:
    """Files that were left untouched are there, with ``changed`` false; --strict leaves none."""
    posts(good=GOOD)
    build()
    assert [False] * 3 == [item["changed"] for item in json.loads(build("--json", "-q").stdout)["files"]]
    posts(old=OLD)
    assert [] == json.loads(build("--json", "--strict").stdout)["files"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [("2024-01-30T23:59:59Z", []), ("2024-01-31", ["Good"]), ("2024-01-31T01:00:00+01:00", ["Good"]),
     ("Wed, 31 Jan 2024 00:00:00 GMT", ["Good"]), ("1706659199", []), ("2031-01-01", ["Later", "Good"])],
)  # fmt: skip
def test_now_is_the_time_of_the_build(posts: Callable[..., None], now: str, expected: list[str]) -> None:
    """--now takes a date as front matter does, UTC without a zone, and decides which posts are due."""
    posts(good=GOOD, later=LATER)
    assert 0 == build(now=now).exit_code
    assert expected == titles()


def test_without_now_it_is_the_clock(posts: Callable[..., None]) -> None:
    """A post of today is out, one of the far future is not."""
    posts(good=GOOD, later=LATER.replace("2030", "9000"))
    assert 0 == run("build", "--url", SITE).exit_code
    assert ["Good"] == titles()


@pytest.mark.parametrize(
    ("formats", "files"),
    [(["rss"], ["rss.xml"]), (["json", "rss"], ["feed.json", "rss.xml"]), (["atom", "atom"], ["atom.xml"]), ([], ["rss.xml", "atom.xml", "feed.json"])],
)  # fmt: skip
def test_format_may_be_repeated(posts: Callable[..., None], formats: list[str], files: list[str]) -> None:
    """--format chooses what is written, each format once."""
    posts(good=GOOD)
    result = build(*(option for name in formats for option in ("--format", name)))
    assert [f"public/{name}" for name in files] == result.stdout.splitlines()
    assert sorted([*files, ".feeder.json"]) == sorted(os.listdir("public"))  # noqa: PTH208


@pytest.mark.parametrize(("limit", "number"), [("1", 1), ("2", 2), ("0", 23), ("50", 23)])
def test_limit_cuts_the_feeds(posts: Callable[..., None], limit: str, number: int) -> None:
    """--limit keeps the newest, 0 all; what is beyond is counted in the sentence."""
    posts(**{f"p{day:02}": f"---\ntitle: P{day:02}\ndate: 2024-01-{day:02}\n---\n" for day in range(1, 24)})
    result = build("--limit", limit)
    assert [f"P{day:02}" for day in range(23, 23 - number, -1)] == titles()
    assert (f"left out {23 - number}: {23 - number} beyond the limit" in result.stderr) is (number < 23)


def test_the_limit_is_20_unless_it_is_said(posts: Callable[..., None]) -> None:
    """Without --limit a feed holds 20 posts."""
    posts(**{f"p{day:02}": f"---\ntitle: P{day:02}\ndate: 2024-01-{day:02}\n---\n" for day in range(1, 24)})
    build()
    assert [f"P{day:02}" for day in range(23, 3, -1)] == titles()


@pytest.mark.parametrize("option", ["-o", "--output"])
def test_output_says_where(posts: Callable[..., None], site: Path, option: str) -> None:
    """Relative and absolute directories are made as needed and named as given."""
    posts(good=GOOD)
    assert ["a/b/rss.xml"] == build(option, "a/b", "--format", "rss").stdout.splitlines()
    assert [f"{site}/c/rss.xml"] == build(option, site / "c", "--format", "rss").stdout.splitlines()
    assert [False, True, True] == [Path(name).exists() for name in ("public", "a/b/rss.xml", "c/rss.xml")]


@pytest.mark.parametrize("argument", ["posts", "posts/", "./posts", "x/../posts"])
def test_posts_may_be_relative(posts: Callable[..., None], argument: str) -> None:
    """Messages name a post's path from the working directory, so that editors find it."""
    posts(bad=BAD)
    Path("x").mkdir()
    (line,) = [line for line in build(argument).stderr.splitlines() if "bad-date" in line]
    assert Path("posts/bad.md").samefile(line.split(":")[0])
    assert not line.startswith("/")


def test_posts_may_be_absolute_and_elsewhere(
    posts: Callable[..., None], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, site: Path
) -> None:
    """The output is in the working directory, wherever the posts are."""
    posts(good=GOOD, bad=BAD)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    result = build(site / "posts")
    assert (FEEDS, f"{site}/{FEBRUARY}") == (result.stdout.splitlines(), result.stderr.splitlines()[0])
    assert ["Good"] == titles()
    assert ["public"] == os.listdir(elsewhere)  # noqa: PTH208


def test_the_bytes_do_not_depend_on_how_posts_are_named(posts: Callable[..., None], site: Path) -> None:
    """Relative, absolute and unnamed posts give the same feeds."""
    posts(good=GOOD)
    outputs = []
    for number, arguments in enumerate(("", "posts", "./posts/", f"{site}/posts")):
        build(*arguments.split(), "-o", str(number))
        outputs.append([(site / str(number) / Path(name).name).read_bytes() for name in FEEDS])
    assert [outputs[0]] * 4 == outputs


def test_a_second_build_touches_nothing(posts: Callable[..., None], site: Path) -> None:
    """Without a change no file is written, and the sentence says so."""
    posts(good=GOOD)
    build()
    before = mtimes(site / "public")
    result = build(now="2027-01-01")
    assert ("", before) == (result.stdout, mtimes(site / "public"))
    assert "(3 files, none changed)" in result.stderr


def test_a_change_touches_the_feeds(posts: Callable[..., None]) -> None:
    """Files that changed are named."""
    posts(good=GOOD)
    build()
    posts(good=GOOD.replace("Body", "Text"))
    assert FEEDS == build().stdout.splitlines()


def test_the_environment_gives_the_url(posts: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """FEEDER_URL stands in for --url."""
    posts(good=GOOD)
    monkeypatch.setenv("FEEDER_URL", "https://environment.example")
    assert 0 == run("build").exit_code
    assert "https://environment.example/good/" == json.loads(Path("public/feed.json").read_bytes())["items"][0]["url"]


def test_the_file_that_c_names_is_read(posts: Callable[..., None], write: Callable[..., Path]) -> None:
    """-c goes before feeder.yml."""
    posts(good=GOOD)
    write("feeder.yml", "site: {title: Wrong}")
    write("x/mine.yml", f"site: {{title: Mine, url: {SITE}}}\nfeeds: {{formats: json}}\n")
    assert 0 == run("build", "-c", "x/mine.yml", "posts").exit_code
    assert "Mine" == json.loads(Path("public/feed.json").read_bytes())["title"]


def test_github_actions_derives_the_url(posts: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """In GitHub Actions no URL need be given, and it is said which was taken."""
    posts(good=GOOD)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_REPOSITORY", "Ada/notes")
    result = run("build")
    assert 0 == result.exit_code
    assert "the site's URL is https://ada.github.io/notes/, from GITHUB_REPOSITORY" in result.stderr.splitlines()


# Help


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_ends_with_an_example(command: tuple[str, ...], option: str) -> None:
    """Every command has help by both options, on standard output, and an example at its end that can be run."""
    result = run(*command, option)
    assert (0, "") == (result.exit_code, result.stderr)
    last = " ".join(result.stdout.rstrip().rpartition("\n\n")[2].split())
    assert last.startswith(f"Example: feeder {' '.join(command)}".rstrip())
    words = last.removeprefix("Example: feeder ").partition(" > ")[0].split()
    assert words[0] in COMMANDS
    assert "No such option" not in run(*words).output


def test_help_lists_every_command() -> None:
    """The commands and what they do are in the help, each in one line."""
    text = run("--help").stdout
    for name, line in COMMANDS.items():
        assert f"{name} " in text
        assert line in text


def test_without_arguments_there_is_help() -> None:
    """``feeder`` alone shows the help."""
    result = run()
    assert run("--help").stdout.strip() == result.output.strip()


def test_version() -> None:
    """The version is the package's."""
    assert f"feeder {feeder.__version__}\n" == run("--version").stdout


def test_schema_prints_json() -> None:
    """``feeder schema`` prints the JSON Schema and nothing else."""
    result = run("schema")
    assert (0, "") == (result.exit_code, result.stderr)
    assert ["object", "null"] == json.loads(result.stdout)["type"]


# As a process


def test_help_loads_click_and_nothing_dear() -> None:
    """``feeder --help`` imports no module that reads or makes feeds."""
    code = (
        "import sys; from feeder.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print(*sorted(sys.modules), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(result.stderr.split())
    assert "click" in loaded
    assert set() == loaded & {"feedgen", "lxml", "markdown", "yaml", "nh3", "PIL", "feeder.pipeline", "feeder.config"}


def test_import_feeder_loads_nothing_dear() -> None:
    """``import feeder`` costs next to nothing, and shows all public names."""
    code = "import sys, feeder; print(*sorted(sys.modules)); assert all(getattr(feeder, n) for n in feeder.__all__)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set() == set(result.stdout.split()) & {"click", "feedgen", "lxml", "markdown", "yaml", "nh3", "PIL"}


def test_python_m_feeder(posts: Callable[..., None]) -> None:
    """The process has the same streams and exit codes."""
    posts(good=GOOD, bad=BAD)
    result = feeder_process("build", "--url", SITE)
    assert (1, FEEDS) == (result.returncode, result.stdout.decode().splitlines())
    assert FEBRUARY in result.stderr.decode().splitlines()
    assert b"feeder " + feeder.__version__.encode() == feeder_process("--version").stdout.strip()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_streams_of_any_encoding(posts: Callable[..., None], encoding: str) -> None:
    """A terminal or a pipe that is not UTF-8 gets what it can show, never a traceback."""
    posts(日本="---\ntitle: [日]\ndate: 2024-01-31\n---\n", 晨=GOOD)
    for options in ([], ["--json"]):
        result = feeder_process(
            "build", "--url", SITE, "-o", "出力", *options, PYTHONIOENCODING=encoding, PYTHONUTF8="0"
        )
        assert b"Traceback" not in result.stderr
        assert (1, ["Good"]) == (result.returncode, titles("出力/feed.json"))
        assert (
            not options or 1 == json.loads(result.stdout.decode(encoding if encoding != "ascii" else "utf-8"))["failed"]
        )


def test_names_that_are_no_text(posts: Callable[..., None], site: Path) -> None:
    """Directories of posts and of feeds whose names are not UTF-8 are read and written; a post named so is reported."""
    posts(good=GOOD)
    odd = os.fsencode(site) + b"/odd\xff"
    (site / "posts").rename(os.fsdecode(odd))
    Path(os.fsdecode(odd + b"/b\xff.md")).write_text(GOOD)
    for options in ([], ["--json"]):
        result = feeder_process("build", b"odd\xff", "-o", b"out\xff", "--url", SITE, *options)
        assert b"Traceback" not in result.stderr
        assert rb"odd\xff/b\xff.md:1:1: error [bad-name]" in result.stderr
        assert (1, ["Good"]) == (result.returncode, titles(os.fsdecode(b"out\xff/feed.json")))


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_empty_directory_whose_name_is_no_text(site: Path, options: list[str]) -> None:
    """The warning names it on one printable line."""
    (site / os.fsdecode(b"odd\xff\n")).mkdir()
    result = feeder_process("build", b"odd\xff\n", "--url", SITE, *options)
    assert (0, rb"odd\xff\x0a:1:1: warning [no-posts] ") == (
        result.returncode,
        result.stderr.partition(b"no posts found")[0],
    )


def test_a_full_device_is_no_traceback(posts: Callable[..., None]) -> None:
    """Output that cannot be printed ends with a message and a code of its own."""
    posts(good=GOOD)
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "feeder", "build", "--url", SITE]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert 0 != result.returncode
    assert b"Traceback" not in result.stderr


def test_a_closed_pipe_is_no_traceback(posts: Callable[..., None]) -> None:
    """``feeder build | head -0`` leaves no traceback behind."""
    posts(good=GOOD)
    read, write = os.pipe()
    os.close(read)
    result = subprocess.run(
        [sys.executable, "-m", "feeder", "build", "--url", SITE], stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert b"Traceback" not in result.stderr


# The progress bar


class Terminal:
    """A stream that says whether it is a terminal, and remembers."""

    def __init__(self, *, terminal: bool) -> None:
        self.terminal, self.text = terminal, ""

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        """Nothing is held back."""


@pytest.mark.parametrize(("terminal", "seconds", "drawn"), [(True, 3.0, True), (True, 0.9, False), (False, 3.0, False)])
def test_the_progress_bar(monkeypatch: pytest.MonkeyPatch, terminal: bool, seconds: float, drawn: bool) -> None:  # noqa: FBT001
    """Work of more than a second shows a bar on a terminal, which is gone at the end; nothing shows elsewhere."""
    clock = iter([0.0, *[seconds] * 20])
    stream = Terminal(terminal=terminal)
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    monkeypatch.setattr(sys, "stderr", stream)
    bar = progress.Progress()
    bar("read", 5, 10)
    assert ("5/10 posts read" in stream.text) is drawn
    bar.close()
    assert stream.text.endswith("\r\x1b[K") is drawn
    assert bool(stream.text) is drawn


def test_an_output_that_is_a_loop_of_links_is_named(posts: Callable[..., None], site: Path) -> None:
    """A symbolic link to itself as the output ends with a message and exit code 2."""
    posts(good=GOOD)
    (site / "pub").symlink_to("pub")
    result = feeder_process("build", "--url", SITE, "-o", "pub")
    assert (2, False) == (result.returncode, b"Traceback" in result.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [("--help",), ("build", "--help"), ("schema",)])
def test_help_that_cannot_be_printed_is_told(arguments: tuple[str, ...]) -> None:
    """On a full disk, what only prints ends with a message and exit code 2."""
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "feeder", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert 2 == result.returncode
    assert "Traceback" not in result.stderr
    assert "No space left on device" in result.stderr


@pytest.mark.parametrize("closed", [1, 2])
def test_a_stream_that_is_closed_is_no_fault(posts: Callable[..., None], closed: int) -> None:
    """A build whose standard output or standard error is closed does its work."""
    posts(a="---\ndate: 2024-01-01\n---\n")
    command = f"{sys.executable} -m feeder build posts --url {SITE} {closed}>&-"
    assert 0 == subprocess.run(["bash", "-c", command], capture_output=True, check=False).returncode
    assert Path("public/rss.xml").exists()


# feeder check


def check(*arguments: str | Path) -> Result:
    return run("check", "--url", SITE, "--now", "2026-06-01", *arguments)


def test_a_sound_check_exits_with_0(posts: Callable[..., None]) -> None:
    """There is nothing to report, a sentence on standard error, and nothing is written."""
    posts(good=GOOD)
    result = check("posts")
    assert (0, "", "Checked 1 post and 3 feeds: no problems.\n") == (result.exit_code, result.stdout, result.stderr)
    assert ["posts"] == [path.name for path in Path().iterdir()]


def test_a_check_reports_on_standard_output(posts: Callable[..., None]) -> None:
    """Each problem is a line, with what to do about it; errors exit with 1."""
    posts(good=GOOD, bad=BAD, old=OLD)
    result = check("posts")
    assert 1 == result.exit_code
    assert FEBRUARY == result.stdout.splitlines()[0]
    assert result.stdout.splitlines()[1].startswith("    Write the date as ")
    assert "Checked 3 posts and 3 feeds: 1 error, 1 warning.\n" == result.stderr


def test_strict_lets_warnings_count_and_notes_never(posts: Callable[..., None]) -> None:
    """With ``--strict`` a warning exits with 1; a note exits with 0 in a check and lets a build write."""
    posts(good=GOOD, old=OLD)
    assert (0, 1) == (check().exit_code, check("--strict").exit_code)
    Path("feeder.yml").write_text("rules: {implausible-date: note}\n")
    assert (0, 0) == (check("--strict").exit_code, build("--strict").exit_code)
    assert Path("public/rss.xml").exists()


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "sarif", "json", "junit"])
def test_a_check_reports_in_each_form(posts: Callable[..., None], form: str) -> None:
    """Every form names the code and the file, and is all that stands on standard output."""
    posts(bad=BAD)
    result = check("--format", form)
    assert 1 == result.exit_code
    assert "bad-date" in result.stdout
    assert "posts/bad.md" in result.stdout
    if form in {"gitlab", "sarif", "json"}:
        assert json.loads(result.stdout)


def test_a_check_is_the_same_in_any_number_of_processes(posts: Callable[..., None]) -> None:
    """Who reads which post changes nothing."""
    posts(**{f"p{number}": OLD.replace("Old", f"Old {number}") + "![](x.png)\n" for number in range(50)})
    results = [check("--jobs", str(jobs)) for jobs in (1, 2)]
    assert results[0].stdout == results[1].stdout
    assert 150 == results[0].stdout.count("posts/p")


def test_a_check_takes_the_options_of_a_build(posts: Callable[..., None]) -> None:
    """An executor, a limit and a cache that remembers what a build finds change nothing of what is told."""
    posts(**{f"p{number}": OLD.replace("Old", f"Old {number}") + "![](x.png)\n" for number in range(50)})
    plain = check("--no-cache")
    assert 150 == plain.stdout.count("posts/p")
    for options in (
        ("--executor", "concurrent.futures:ThreadPoolExecutor"),
        ("--limit", "3"),
        ("--cache", "c"),
        ("--cache", "c"),
    ):
        assert (plain.stdout, plain.exit_code) == (check(*options).stdout, 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("check", "nowhere", "--url", SITE), "error: cannot read posts: nowhere: no such directory"),
     (("check", "--format", "xml"), "Invalid value for '--format'")],
)  # fmt: skip
def test_a_check_that_cannot_be_exits_with_2(
    posts: Callable[..., None], arguments: tuple[str, ...], message: str
) -> None:
    """The message says what to do; standard output is empty."""
    posts(good=GOOD)
    result = run(*arguments)
    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr
