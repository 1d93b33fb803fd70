"""``feeder init``: what it finds, what it writes, and that it overwrites nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml
from click.testing import CliRunner, Result

from feeder import config
from feeder.cli import init, main

if TYPE_CHECKING:
    from collections.abc import Callable

POST = "---\ntitle: A\ndate: 2024-01-31\n---\nBody.\n"
WORKFLOW = ".github/workflows/feeds.yml"


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty directory."""
    monkeypatch.chdir(tmp_path)
    for name in ("FEEDER_URL", "GITHUB_ACTIONS", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="feeder", catch_exceptions=False)


def written() -> Any:
    """Return feeder.yml as another program reads it."""
    return yaml.safe_load(Path("feeder.yml").read_text(encoding="utf-8"))


def tree() -> dict[str, str]:
    return {path.as_posix(): path.read_text() for path in sorted(Path().rglob("*")) if path.is_file()}


def test_it_writes_a_configuration_and_a_workflow(write: Callable[..., Path]) -> None:
    """The files are named on standard output, what is left to do on standard error."""
    write("_posts/a.md", POST)
    result = run("init")
    assert (0, ["feeder.yml", WORKFLOW]) == (result.exit_code, result.stdout.splitlines())
    assert {"site": None, "posts": {"path": "_posts"}} == written()
    assert result.stderr.splitlines()[0] == "1. Set the site's URL in feeder.yml: feeds cannot be built without it."
    workflow = yaml.safe_load(Path(WORKFLOW).read_text())
    assert {"contents": "read"} == workflow["permissions"]
    assert ["feeds"] == list(workflow["jobs"])


def test_without_a_url_build_says_what_to_do(write: Callable[..., Path]) -> None:
    """The placeholder is a comment: it is no URL by accident; uncommented, it is one."""
    write("posts/a.md", POST)
    run("init")
    result = run("build")
    assert (2, True) == (result.exit_code, "feeder.yml:  site: {url: " in result.stderr)
    text = Path("feeder.yml").read_text().replace("# url:", "url:").replace("# permalink:", "permalink:")
    Path("feeder.yml").write_text(text)
    assert 0 == run("build").exit_code
    assert "https://example.org/2024/01/31/a/" == json.loads(Path("public/feed.json").read_bytes())["items"][0]["url"]


@pytest.mark.parametrize(
    ("files", "url", "title"),
    [({"_config.yml": "title: 'A & B: \"c\"'\nurl: https://a.test\nbaseurl: /blog\n"}, "https://a.test/blog/", 'A & B: "c"'),
     ({"_config.yml": "title: é\nurl: https://a.test/b/\n"}, "https://a.test/b/", "é"),
     ({"_config.yml": "title: x\nurl: http://example.com\n"}, None, "x"), ({"_config.yml": "baseurl: /blog\n"}, None, None),
     ({"_config.yml": "url: ''\ntitle:\n  - x\n"}, None, None), ({"_config.yml": "url: [\n"}, None, None),
     ({"_config.yml": b"url: \xff\n"}, None, None), ({"_config.yml": "- url\n"}, None, None),
     ({"_config.yml": "url: javascript:alert(1)\n"}, None, None), ({"_config.yml": "url: 'https://a.test/?q'\n"}, None, None),
     ({"hugo.toml": 'baseURL = "https://h.test/x"\ntitle = "T: #1"\n[params]\ntitle = "no"\n'}, "https://h.test/x/", "T: #1"),
     ({"config.toml": "baseurl = 'https://h.test/'\ntitle = 'no: \\n'\n"}, "https://h.test/", "no: \\n"),
     ({"hugo.yaml": "baseURL: http://localhost:1313/\ntitle: 1.10\n"}, None, "1.10"),
     ({"hugo.json": '{"baseURL": "https://h.test/"}'}, "https://h.test/", None),
     ({"package.json": '{"name": "n", "homepage": "https://p.test/~me"}'}, "https://p.test/~me/", None),
     ({"package.json": '{"homepage": ["https://p.test/"]}'}, None, None),
     ({"_config.yml": "title: x\n", "package.json": '{"homepage": "https://p.test/"}'}, None, None),
     ({"package.json": '{"homepage": "https://github.com/ada/n"}'}, None, None),
     ({"_config.yml": "#" * 2**21 + "\nurl: https://a.test/\n"}, None, None)],
)  # fmt: skip
def test_what_a_generator_is_told_need_not_be_said_again(
    write: Callable[..., Path], files: dict[str, str | bytes], url: str | None, title: str | None
) -> None:
    """A build reads it; never a sample's host, nor anything from a file that cannot be read with certainty."""
    write("posts/a.md", POST)
    for name, content in files.items():
        write(name, content)
    result = run("init")
    assert 0 == result.exit_code
    assert (url is None) is ("Set the site's URL in" in result.stderr)
    assert (url is None) is ("  # url: " in Path("feeder.yml").read_text())
    if url:
        settings = config.load(config.Options(), {}, Path()).settings
        assert (url, title or urlsplit(url).hostname) == (settings.site.url, settings.site.title)
        assert list(files) == ["package.json"] or "site" not in (written() or {})
    else:
        assert 2 == run("build").exit_code


def test_the_posts_are_where_build_looks(write: Callable[..., Path]) -> None:
    """Of several directories the first counts, as in a build."""
    write("source/_posts/a.md", POST)
    write("content/a.md", POST)
    run("init")
    assert "source/_posts" == written()["posts"]["path"]


@pytest.mark.parametrize("name", ["feeder.yml", "feeder.yaml", WORKFLOW])
@pytest.mark.parametrize("kind", ["file", "link"])
def test_it_overwrites_nothing(write: Callable[..., Path], name: str, kind: str) -> None:
    """When one file is there, it is named, and not even the other is written; a link to nowhere is a file, too."""
    write("posts/a.md", POST)
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    if kind == "file":
        Path(name).write_text("mine")
    else:
        Path(name).symlink_to("nowhere")
    before = tree()
    for arguments in (("init",), ("init", "--dry-run")):
        result = run(*arguments)
        assert (2, "", f"error: nothing written: will not overwrite {name}\n") == (
            result.exit_code, result.stdout, result.stderr,
        )  # fmt: skip
    assert before == tree()
    assert not Path("nowhere").exists()


def test_a_dry_run_prints_the_files(write: Callable[..., Path]) -> None:
    """Both files on standard output, as they would be, and none on disk."""
    write("posts/a.md", POST)
    result = run("init", "--dry-run")
    assert (0, ["posts/a.md"]) == (result.exit_code, list(tree()))
    run("init")
    assert all(text in result.stdout for name, text in tree().items() if name != "posts/a.md")


def test_a_site_on_gitlab_gets_no_github_workflow(write: Callable[..., Path]) -> None:
    """It has a pipeline of its own; what to add to that is in docs/ci.md."""
    write("posts/a.md", POST)
    write(".gitlab-ci.yml", "image: x\n")
    result = run("init")
    assert (["feeder.yml"], False) == (result.stdout.splitlines(), Path(".github").exists())
    assert "docs/ci.md" in result.stderr


def test_without_posts_it_exits_with_2() -> None:
    """The message names the directories that were looked for."""
    result = run("init")
    assert (2, {}) == (result.exit_code, tree())
    assert "error: no posts directory found; looked for posts, _posts, " in result.stderr


def test_posts_elsewhere_are_found_by_their_dates(write: Callable[..., Path]) -> None:
    """A directory of another name is written down if nearly all files with dates lie in it."""
    write("shows/a.md", POST)
    write("shows/2024/b.md", POST)
    write("docs/about.md", "About.\n")
    assert (0, True) == (run("init").exit_code, 'path: "shows"' in Path("feeder.yml").read_text(encoding="utf-8"))


def test_above_a_site_it_names_the_site(write: Callable[..., Path]) -> None:
    """As a build does, it says where to run."""
    write("website/_config.yml", "title: x\n")
    write("website/_posts/2024-01-31-a.md", POST)
    result = run("init")
    assert (2, True) == (result.exit_code, "found a site in website (jekyll: " in result.stderr)
    assert ": run feeder there" in result.stderr


def test_what_cannot_be_written_is_named(write: Callable[..., Path]) -> None:
    """A file in the place of a directory; what was written before it is taken back, so that the next run can do it all."""
    write("posts/a.md", POST)
    obstacle = write(".github", "a file")
    result = run("init")
    assert (2, True) == (result.exit_code, f"error: cannot write {WORKFLOW}: " in result.stderr)
    assert not Path("feeder.yml").exists()
    obstacle.unlink()
    assert 0 == run("init").exit_code


@pytest.mark.parametrize(
    ("origin", "action"),
    [({"url": "https://github.com/some/feeder.git", "vcs_info": {"vcs": "git", "commit_id": "0f" * 20}}, "some/feeder@" + "0f" * 20),
     ({"url": "https://github.com/some/feeder", "vcs_info": {"vcs": "git", "commit_id": "0f" * 20}}, "some/feeder@" + "0f" * 20),
     ({"url": "https://github.com/some/feeder", "vcs_info": {"vcs": "git", "commit_id": "main"}}, "OWNER/feeder@COMMIT"),
     ({"url": "https://elsewhere.test/some/feeder", "vcs_info": {"commit_id": "0f" * 20}}, "OWNER/feeder@COMMIT"),
     ({"url": "file:///feeder", "dir_info": {}}, "OWNER/feeder@COMMIT"), (None, "OWNER/feeder@COMMIT")],
)  # fmt: skip
def test_the_action_is_the_commit_that_was_installed(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, origin: dict[str, Any] | None, action: str
) -> None:
    """From GitHub the workflow names repository and commit; else what to put there is the second thing to do."""

    class Installed:
        def read_text(self, name: str) -> str | None:
            return json.dumps(origin) if origin and name == "direct_url.json" else None

    monkeypatch.setattr(init, "distribution", lambda _: Installed())
    write("posts/a.md", POST)
    result = run("init")
    steps = yaml.safe_load(Path(WORKFLOW).read_text())["jobs"]["feeds"]["steps"]
    assert action == steps[1]["uses"]
    assert ("with the repository and the commit of feeder to use" in result.stderr) is action.startswith("OWNER")


def test_a_site_of_a_generator_needs_no_configuration(write: Callable[..., Path]) -> None:
    """Where its own says all, feeder.yml says nothing, and whose it is stands in a comment."""
    write("_config.yml", "url: https://a.test\npermalink: /:year/:title/\n")
    write("_posts/2024-01-31-a.md", POST)
    result = run("init")
    assert (0, None) == (result.exit_code, written())
    assert "is read from the configuration of Jekyll" in Path("feeder.yml").read_text()
    assert (
        "1. Check that the site's URL is https://a.test/; it was read from _config.yml:1."
        == result.stderr.splitlines()[0]
    )
    assert "If Jekyll published a feed, run feeder adopt on it, " in result.stderr
    loaded = config.load(config.Options(), {}, Path()).settings
    assert ({"": "/:year/:title/"}, "_posts") == (loaded.habits.permalinks, loaded.posts.path)


def test_what_is_a_samples_or_broken_is_told(write: Callable[..., Path]) -> None:
    """With file and line, as the first thing to do; what must be said instead stands in feeder.yml as comments."""
    write("_posts/2024-01-31-a.md", POST)
    write("_config.yml", "url: http://localhost:4000\n")
    told = "1. Check this: _config.yml:1: url is a sample value, not the site's (got 'http://localhost:4000')."
    assert told == run("init", "--dry-run").stderr.splitlines()[0]
    write("_config.yml", "url: a: b\n")
    result = run("init")
    assert result.stderr.startswith("1. Check this: _config.yml:1:7: not valid YAML")
    text = Path("feeder.yml").read_text()
    for comment in ("# url: https://example.org/", "# permalink: "):
        assert comment in text


def test_the_workflow_compares_with_the_sites_feed(write: Callable[..., Path]) -> None:
    """Once it is published, and where the URL is known: it only takes the # away; else there is nothing to compare with."""
    write("posts/a.md", POST)
    run("init")
    assert "with" not in yaml.safe_load(Path(WORKFLOW).read_text())["jobs"]["feeds"]["steps"][1]
    Path("feeder.yml").unlink()
    Path(WORKFLOW).unlink()
    write("hugo.toml", "baseURL = 'https://a.test/blog'\n")
    run("init")
    text = Path(WORKFLOW).read_text()
    assert "with" not in yaml.safe_load(text)["jobs"]["feeds"]["steps"][1]
    step = yaml.safe_load(text.replace("# with:", "with:").replace("#   against:", "  against:"))["jobs"]["feeds"][
        "steps"
    ][1]
    assert {"against": "https://a.test/blog/rss.xml"} == step["with"]
