"""feeder/hubs.py and ``feeder ping``: hubs hear of what changed, once, and a hub that stumbles stops nothing."""

from __future__ import annotations

import errno
import json
import os
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from hub import Hub, Reply, running

import feeder
from feeder import hubs
from feeder.cli import main, ping
from feeder.hubs import Answer, Means, tell
from feeder.storage import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SITE = "https://site.example/"
RSS, ATOM = SITE + "rss.xml", SITE + "atom.xml"
POST = "---\ntitle: {0}\ndate: 2024-01-31\n---\nBody.\n"


@pytest.fixture
def hub() -> Iterator[Hub]:
    """Return a hub on loopback."""
    with running() as found:
        yield found


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the pauses between tries, which take no time."""
    found: list[float] = []
    monkeypatch.setattr(ping, "sleep", found.append)
    return found


@pytest.fixture
def site(tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, hub: Hub) -> Path:
    """Work in a site with the hub, whose feeds are built."""
    monkeypatch.chdir(tmp_path)
    for name in ("FEEDER_URL", "SOURCE_DATE_EPOCH", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    write("posts/a.md", POST.format("A"))
    _configure(write, hub.url)
    assert 0 == run("build").exit_code
    return tmp_path


def _configure(write: Callable[..., Path], *urls: str, more: str = "") -> None:
    write("feeder.yml", f"site: {{url: '{SITE}'}}\nfeeds: {{formats: [rss, atom], hub: {list(urls)}{more}}}\n")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="feeder", catch_exceptions=False)


def pinged() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path("public/.feeder.json").read_bytes()).get("pinged", {})
    return found


def closed_port() -> str:
    """Return the URL of a hub that nobody answers at."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{server.getsockname()[1]}/"


# What is told, and when


@pytest.mark.usefixtures("site")
def test_a_hub_is_told_of_each_feed(hub: Hub) -> None:
    """A form POST says that the feed's own URL was published, in the two ways that hubs know."""
    result = run("ping")
    assert (0, [f"{ATOM} -> {hub.url}: 204 No Content", f"{RSS} -> {hub.url}: 204 No Content"]) == (
        result.exit_code, result.stdout.splitlines(),
    )  # fmt: skip
    assert [ATOM, RSS] == hub.topics
    for heard, topic in zip(hub.heard, (ATOM, RSS), strict=True):
        assert ("POST", "/") == (heard.method, heard.path)
        assert {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic} == heard.form
        assert "application/x-www-form-urlencoded" == heard.headers["content-type"]
        assert f"feeder/{feeder.__version__}" == heard.headers["user-agent"]


@pytest.mark.usefixtures("site")
def test_a_hub_is_told_once(hub: Hub, write: Callable[..., Path]) -> None:
    """Without a change there is nothing to tell, also after another build; after one, it is told again."""
    run("ping")
    for _ in range(2):
        result = run("ping")
        assert (0, "") == (result.exit_code, result.stdout)
        assert "Nothing to send" in result.stderr
        run("build")
    assert 2 == len(hub.heard)
    write("posts/a.md", POST.format("B"))
    run("build")
    assert 0 == run("ping").exit_code
    assert [ATOM, RSS] * 2 == hub.topics


@pytest.mark.usefixtures("site")
def test_only_what_changed_is_told(hub: Hub, write: Callable[..., Path]) -> None:
    """A category's feed that stayed as it was is not told of again."""
    write("posts/a.md", POST.format("A").replace("date", "categories: [x]\ndate"))
    write("posts/b.md", POST.format("B").replace("date", "categories: [y]\ndate"))
    _configure(write, hub.url, more=", categories: true")
    run("build", "--format", "rss")
    run("ping")
    assert {RSS, SITE + "categories/x/rss.xml", SITE + "categories/y/rss.xml"} == set(hub.topics)
    hub.heard.clear()
    write("posts/b.md", POST.format("C").replace("date", "categories: [y]\ndate"))
    run("build", "--format", "rss")
    run("ping")
    assert [SITE + "categories/y/rss.xml", RSS] == hub.topics


@pytest.mark.usefixtures("site")
def test_the_feeds_url_and_the_output_are_the_configurations(hub: Hub, write: Callable[..., Path]) -> None:
    """The topic is where the feed is served, below the feeds' URL."""
    _configure(write, hub.url, more=", url: 'https://feeds.example/f', names: {rss: 'f/My-1.xml'}")
    run("build", "-o", "out", "--format", "rss")
    assert 0 == run("ping", "--output", "out").exit_code
    assert ["https://feeds.example/f/f/My-1.xml"] == hub.topics


@pytest.mark.usefixtures("site")
def test_each_hub_has_a_memory_of_its_own(hub: Hub, write: Callable[..., Path]) -> None:
    """A hub that is new hears of every feed; one that is gone is forgotten."""
    run("ping")
    with running() as other:
        _configure(write, hub.url, other.url)
        assert 0 == run("ping").exit_code
        assert (2, [ATOM, RSS]) == (len(hub.heard), other.topics)
        assert {hub.url, other.url} == set(pinged())
        _configure(write, other.url)
        write("posts/a.md", POST.format("B"))
        run("build")
        run("ping")
        assert [other.url] == list(pinged())


def test_a_cached_manifest_is_all_that_is_remembered(site: Path, hub: Hub) -> None:
    """Where the output is made anew each time, the manifest alone, put back before the build, is enough."""
    run("ping")
    for path in (site / "public").glob("*.xml"):
        path.unlink()
    run("build")
    assert 0 == run("ping").exit_code
    assert 2 == len(hub.heard)


# Hubs that are not well


@pytest.mark.usefixtures("site")
def test_a_hub_that_stumbles_is_asked_again(hub: Hub, pauses: list[float]) -> None:
    """After 500 and 503 comes a third try, with longer pauses between."""
    hub.replies = [Reply(500), Reply(503), Reply(204)]
    assert 0 == run("ping").exit_code
    assert ([ATOM, ATOM, ATOM, RSS], [1.0, 2.0]) == (hub.topics, pauses)


@pytest.mark.usefixtures("site")
def test_a_hub_that_stays_unwell_is_left_alone(hub: Hub, pauses: list[float]) -> None:
    """After three tries it fails, is not asked for other feeds, and the next run tells it all."""
    hub.replies = [Reply(500)]
    result = run("ping")
    assert (1, "") == (result.exit_code, result.stdout)
    assert [
        f"{ATOM} -> {hub.url}: 500 Internal Server Error", f"{RSS} -> {hub.url}: not tried, since the hub failed before",
        "Sent 0 of 2 notifications; run feeder ping again for the rest.",
    ] == result.stderr.splitlines()  # fmt: skip
    assert (3, {}) == (len(hub.heard), pinged())
    hub.replies = [Reply()]
    assert (0, 2) == (run("ping").exit_code, len(pinged()[hub.url]))
    assert [1.0, 2.0] == pauses


@pytest.mark.usefixtures("site", "pauses")
@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422])
def test_a_hub_that_refuses_is_not_asked_again(hub: Hub, status: int) -> None:
    """4xx is an answer: no second try, but the other feeds are told of."""
    hub.replies = [Reply(status), Reply(202)]
    result = run("ping")
    assert (1, [f"{RSS} -> {hub.url}: 202 Accepted"]) == (result.exit_code, result.stdout.splitlines())
    assert result.stderr.startswith(f"{ATOM} -> {hub.url}: {status} ")
    assert ([ATOM, RSS], ["rss.xml"]) == (hub.topics, list(pinged()[hub.url]))


@pytest.mark.usefixtures("site", "pauses")
def test_a_hub_that_fails_stops_no_other(hub: Hub, write: Callable[..., Path]) -> None:
    """With a closed port first, the second hub is told all the same."""
    gone = closed_port()
    _configure(write, gone, hub.url)
    result = run("ping")
    assert (1, [ATOM, RSS]) == (result.exit_code, hub.topics)
    assert f"{ATOM} -> {gone}: Connection refused" == result.stderr.splitlines()[0]
    assert [hub.url] == list(pinged())


@pytest.mark.usefixtures("site", "pauses")
@pytest.mark.parametrize("reply", [Reply(after=2), Reply(drip=True)])
def test_a_slow_hub_is_not_waited_for(hub: Hub, reply: Reply) -> None:
    """Neither silence nor an answer of a byte at a time keeps feeder longer than its bound."""
    hub.replies = [reply]
    began = time.monotonic()
    result = run("ping", "--timeout", "0.1")
    assert (1, True) == (result.exit_code, time.monotonic() - began < 4)
    assert f"{ATOM} -> {hub.url}: no answer within 0.1 seconds" == result.stderr.splitlines()[0]


@pytest.mark.usefixtures("site")
def test_what_cannot_be_remembered_was_told_all_the_same(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a full disk the report names what hubs heard, and says that they will hear it again."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(files, "_replace", full)
        result = run("ping")
    assert (2, [ATOM, RSS]) == (result.exit_code, hub.topics)
    assert 2 == len(result.stdout.splitlines())
    assert result.stderr.splitlines()[-1].startswith("error: cannot record what was sent, so it will be sent again: ")
    assert {} == pinged()


@pytest.mark.usefixtures("site", "pauses")
def test_no_http_at_all_is_named() -> None:
    """A server that speaks something else fails in one line."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        from threading import Thread

        def speak() -> None:
            for _ in range(3):
                connection, _ = server.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(b"SSH-2.0\r\n")

        Thread(target=speak, daemon=True).start()
        answer = tell(f"http://127.0.0.1:{server.getsockname()[1]}/", RSS, Means(5, lambda _: None, "x"))
    assert (False, False, True) == (answer.ok, answer.reachable, "SSH-2.0" in answer.said)


@pytest.mark.parametrize(("asked", "waited"), [("5", 5.0), ("0", 1.0), ("9999", 30.0), ("soon", 1.0), ("-1", 1.0)])
def test_a_hub_may_ask_for_a_pause(hub: Hub, asked: str, waited: float) -> None:
    """Retry-After in seconds is heeded within a bound."""
    pauses: list[float] = []
    hub.replies = [Reply(429, (("Retry-After", asked),)), Reply()]
    assert Answer(ok=True, said="204 No Content") == tell(hub.url, RSS, Means(5, pauses.append, "x"))
    assert [waited] == pauses


# Redirects


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_that_keeps_the_post_is_followed(hub: Hub, status: int) -> None:
    """The same form is sent to the new place."""
    hub.replies = [Reply(status, (("Location", "/new?x=1"),)), Reply(202)]
    assert Answer(ok=True, said="202 Accepted") == tell(hub.url, RSS, Means(5, lambda _: None, "x"))
    assert [("POST", "/"), ("POST", "/new?x=1")] == [(item.method, item.path) for item in hub.heard]
    assert hub.heard[0].form == hub.heard[1].form


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_redirect_that_would_become_a_get_fails(hub: Hub, status: int) -> None:
    """Followed, it would look like success and tell nobody; the new place is named instead."""
    hub.replies = [Reply(status, (("Location", "/new"),)), Reply(200)]
    answer = tell(hub.url, RSS, Means(5, lambda _: None, "x"))
    assert (False, True, 1) == (answer.ok, answer.said.endswith(f": moved to {hub.url}new"), len(hub.heard))


@pytest.mark.parametrize(
    ("location", "said"), [("/", "more than 3 redirects"), ("file:///etc/passwd", "but to a less secure address"),
                           ("ftp://127.0.0.1/", "but to a less secure address")],
)  # fmt: skip
def test_redirects_have_an_end_and_stay_with_http(hub: Hub, location: str, said: str) -> None:
    """A loop ends, and no other scheme is opened."""
    hub.replies = [Reply(307, (("Location", location),))]
    answer = tell(hub.url, RSS, Means(5, lambda _: None, "x"))
    assert (False, True) == (answer.ok, said in answer.said)
    assert len(hub.heard) <= 4


# The command


@pytest.mark.usefixtures("site")
def test_a_dry_run_tells_nobody(hub: Hub) -> None:
    """It names what it would tell, and remembers nothing."""
    before = Path("public/.feeder.json").read_bytes()
    result = run("ping", "--dry-run")
    assert (0, [f"{ATOM} -> {hub.url}: not notified", f"{RSS} -> {hub.url}: not notified"]) == (
        result.exit_code, result.stdout.splitlines(),
    )  # fmt: skip
    assert ([], before) == (hub.heard, Path("public/.feeder.json").read_bytes())


@pytest.mark.usefixtures("site", "pauses")
@pytest.mark.parametrize("status", [400, 410])
def test_what_a_hub_refuses_is_not_to_be_sent_again(hub: Hub, status: int) -> None:
    """The same request is refused again, so the advice is to read the answers."""
    hub.replies = [Reply(status)]
    last = run("ping").stderr.splitlines()[-1]
    assert "Sent 0 of 2 notifications; the hub refused the rest: see its answers above." == last


@pytest.mark.usefixtures("site", "pauses")
def test_json_is_one_document(hub: Hub) -> None:
    """Each piece of news with what became of it."""
    hub.replies = [Reply(404), Reply(204)]
    result = run("ping", "--json")
    assert {
        "version": feeder.__version__,
        "pings": [
            {"hub": hub.url, "topic": ATOM, "path": "atom.xml", "told": False, "answer": "404 Not Found"},
            {"hub": hub.url, "topic": RSS, "path": "rss.xml", "told": True, "answer": "204 No Content"},
        ],
    } == json.loads(result.stdout)
    assert 1 == result.exit_code


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("prepare", "message"),
    [("rm public/.feeder.json", "error: public/.feeder.json not found: run feeder build, publish its output, then run feeder ping"),
     ("echo x > public/.feeder.json", "error: cannot read public/.feeder.json: "),
     ("sed -i 's/hub: .*/x: 1}/' feeder.yml", 'unknown key "feeds.x"'),
     ("sed -i 's/, hub: .*/}/' feeder.yml", "error: there is no hub to notify: set feeds.hub in the configuration"),
     ("sed -i 's/\"files\"/\"unfinished\": {\"a\": {\"bytes\":1,\"sha256\":\"\",\"type\":\"\"}}, \"files\"/' public/.feeder.json",
      "error: the last build did not finish, according to public/.feeder.json: run feeder build again")],
)  # fmt: skip
def test_what_ping_cannot_work_with_exits_with_2(hub: Hub, prepare: str, message: str) -> None:
    """The message says what to do, and no hub is asked."""
    assert 0 == os.system(prepare)
    result = run("ping")
    assert (2, "", []) == (result.exit_code, result.stdout, hub.heard)
    assert message in result.stderr


@pytest.mark.parametrize("option", [("--timeout", "0"), ("--timeout", "x"), ("posts",)])
def test_bad_usage_exits_with_2(option: tuple[str, ...]) -> None:
    """As everywhere."""
    assert 2 == run("ping", *option).exit_code


def test_a_build_meanwhile_is_not_undone(site: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """What hubs were told is added to the manifest as it is then, not as it was read."""
    real = hubs.tell

    def slow(*arguments: Any) -> Answer:
        (site / "posts/a.md").write_text(POST.format("B"))
        run("build")
        return real(*arguments)

    monkeypatch.setattr(hubs, "tell", slow)
    assert 0 == run("ping").exit_code
    monkeypatch.undo()
    monkeypatch.chdir(site)
    assert 0 == run("build", "--check").exit_code
    hub.heard.clear()
    assert 0 == run("ping").exit_code
    assert [ATOM, RSS] == hub.topics
