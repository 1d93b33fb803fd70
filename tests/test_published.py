"""feeder/published/: any generator's feed is read as it was published, from a disk or from a server that may do anything."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from conftest import NOW, SITE
from hypothesis import example, given, settings
from hypothesis import strategies as st
from readback import READERS, data_of
from test_readers import CONFIG, POSTS

from feeder.cli import main
from feeder.problems import ConfigurationError
from feeder.published import web
from feeder.published.items import PublishedItem
from feeder.published.places import Names, from_disk
from feeder.published.read import read_feed
from feeder.published.web import Bounds, Fetched, fetch
from feeder.settings import Feeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feeder import Build

FIRST = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


def only_item(data: str | bytes) -> PublishedItem:
    """Return the one item of a feed."""
    (item,) = read_feed(data if isinstance(data, bytes) else data.encode(), "x").items
    return item


def rss(item: str) -> str:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:media="http://search.yahoo.com/mrss/"><channel><title>T</title><item>{item}</item></channel></rss>'
    )


# Feeds that feeder wrote


def test_formats_say_the_same(build: Callable[..., Build]) -> None:
    """RSS, Atom and JSON Feed of one site are read as the same items, field by field, but for what JSON has no place for."""
    built = build(POSTS, CONFIG)
    feeds = [read_feed(data_of(built, path), path) for _, path, _ in READERS]
    assert ["rss", "atom", "json"] == [feed.format for feed in feeds]
    assert [SITE + path for _, path, _ in READERS] == [feed.own_url for feed in feeds]
    assert feeds[0].items == feeds[1].items
    assert [item._replace(thumbnail="") for item in feeds[0].items] == list(feeds[2].items)
    assert 8 == len(feeds[0].items)


@pytest.mark.parametrize(("name", "path", "readers"), READERS)
def test_items_are_what_strangers_read(build: Callable[..., Build], name: str, path: str, readers: Any) -> None:
    """Id, link, title, dates, categories and authors are those that lxml, json and feedparser find."""
    data = data_of(build(POSTS, CONFIG), path)
    for reader in readers:
        expected = [(entry.id, entry.url, entry.title, entry.published, entry.updated, entry.categories, entry.authors)
                    for entry in reader(data).entries]  # fmt: skip
        assert expected == [(item.id, item.url, item.title, item.published, item.updated, item.categories, item.authors)
                            for item in read_feed(data, name).items]  # fmt: skip


# Feeds of others

RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
    "<item rdf:about='https://x.example/a'><title>A</title><link>https://x.example/a</link><dc:date>2024-01-02T03:04:05Z</dc:date></item></rdf:RDF>"
)


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        (rss("<title>A</title><link>https://x.example/a</link><guid>https://x.example/?p=1</guid><pubDate>Tue, 02 Jan 2024 04:04:05 +0100</pubDate>"
             "<dc:creator>Ann</dc:creator><category>Tea</category><category>Tea</category><category> Talk </category>"
             "<description>&lt;p&gt;Short&lt;/p&gt;</description><content:encoded><![CDATA[<p>Long <script>x()</script></p>]]></content:encoded>"),
         PublishedItem("https://x.example/?p=1", "https://x.example/a", "A", FIRST, FIRST, ("Tea", "Talk"), ("Ann",), "", (), "Short",
                       "<p>Long <script>x()</script></p>")),
        (rss("<title>No guid &amp;amp; no date</title><link>https://x.example/a</link>"),
         PublishedItem("https://x.example/a", "https://x.example/a", "No guid & no date")),
        (rss("<guid isPermaLink='true'>https://x.example/a</guid><description>Just text</description>"),
         PublishedItem("https://x.example/a", "https://x.example/a", html="Just text")),
        (rss("<title>P</title><guid>1</guid><enclosure url='https://x.example/a.mp3' type='audio/mpeg' length='1'/>"
             "<media:thumbnail url='https://x.example/s.jpg'/><media:content url='https://x.example/l.jpg' medium='image'/>"
             "<media:content url='https://x.example/v.mp4' type='video/mp4'/>"),
         PublishedItem("1", "", "P", picture="https://x.example/l.jpg", enclosures=("https://x.example/a.mp3",), picture_found=False, thumbnail="https://x.example/s.jpg")),
        (rss("<guid>1</guid><enclosure url='https://x.example/a.PNG?x' length='1'/><pubDate>gestern</pubDate>"),
         PublishedItem("1", picture="https://x.example/a.PNG?x")),
        (rss("<guid>1</guid><description>&lt;img src='/b.png'&gt; &lt;img src=\"/a.png\"&gt;</description>"),
         PublishedItem("1", picture="/a.png", html="<img src='/b.png'> <img src=\"/a.png\">")),
        (RDF,
         PublishedItem("https://x.example/a", "https://x.example/a", "A", FIRST, FIRST)),
        (("<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>tag:x</id><title type='html'>use &amp;lt;T&gt; &amp;amp; R&amp;amp;D</title>"
         "<link rel='enclosure' href='https://x.example/a.ogg' type='audio/ogg'/><link href='https://x.example/a'/>"
         "<updated>2024-01-02T03:04:05Z</updated><author><name>Ann</name></author><category term='tea' label='Tea'/>"
         "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>A &amp; B</p></div></content></entry></feed>"),
         PublishedItem("tag:x", "https://x.example/a", "use <T> & R&D", FIRST, FIRST, ("tea",), ("Ann",), "", ("https://x.example/a.ogg",), "",
                       "<p>A &amp; B</p>")),
        (("<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>tag:x</id><title>T</title><updated>2024-02-01T00:00:00Z</updated>"
         "<published>2024-01-02T03:04:05Z</published><summary>1 &lt; 2</summary></entry></feed>"),
         PublishedItem("tag:x", "", "T", FIRST, datetime(2024, 2, 1, tzinfo=UTC), html="1 &lt; 2")),
        (('{"version": "https://jsonfeed.org/version/1", "items": [{"id": 7, "url": "https://x.example/a", "title": null, "content_text": "1 < 2",'
         ' "author": {"name": "Ann"}, "tags": ["a", 1], "date_published": "2024-01-02T03:04:05Z", "attachments": [7, {"url": "https://x.example/a.mp3"}]}]}'),
         PublishedItem("7", "https://x.example/a", "", FIRST, FIRST, ("a",), ("Ann",), "", ("https://x.example/a.mp3",), "", "1 &lt; 2")),
        ('\ufeff {"items": [{"id": "a", "external_url": "https://y.example/", "content_html": "<p>x", "date_modified": "2024-13-01", "tags": "x"}]}',
         PublishedItem("a", "https://y.example/", html="<p>x")),
    ],
    ids=["RSS", "no guid", "guid only", "podcast", "picture enclosure", "picture in the body", "RSS 1.0", "Atom", "Atom summary", "JSON 1.0", "JSON oddities"],
)  # fmt: skip
def test_feeds_of_other_generators(feed: str, expected: PublishedItem) -> None:
    """What they say is read, their HTML as it is, and what they lack is empty."""
    assert expected == only_item(feed)


def test_nothing_is_fetched_and_no_entity_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document type that names files or addresses, or that grows, opens nothing and stays small."""

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket, "socket", refuse)
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    bomb = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    for doctype in (
        f"<!ENTITY e11 SYSTEM '{secret.as_uri()}'>",
        "<!ENTITY e11 SYSTEM 'http://127.0.0.1:9/'>",
        f"<!ENTITY e0 'aaaaaaaaaa'>{bomb}",
    ):
        tracemalloc.start()
        item = only_item(
            f"<?xml version='1.0'?><!DOCTYPE rss [{doctype}]>" + rss("<guid>1</guid><title>x&e11;</title>")
        )
        assert "secret" not in item.title
        assert 100_000_000 > tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"), (b" \n", "it is empty"), (b"Not found", "it is neither XML nor JSON"), (b"\x89PNG\r\n", "it is neither XML nor JSON"),
        (b"<!DOCTYPE html><title>x</title>", "it is a web page"), (b"<html><body/></html>", "it is a web page"),
        (b'<?xml version="1.0"?><!-- a -->\n<!DOCTYPE html PUBLIC "x">', "it is a web page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "it is XML, but neither RSS nor Atom"), (b"<", "it is XML, but neither RSS nor Atom"),
        (b"<?xml version='1.0' encoding='\xff'?><rss/>", "it is XML, but neither RSS nor Atom"),
        (b"[]", "it is JSON, but not a JSON Feed: it has no list of items"), (b'{"items": {}}', "it is JSON, but not a JSON Feed"),
        (b'{"items": [}', "it is invalid JSON: Expecting value: line 1"), (b"[" * 100_000, "it is invalid JSON: "),
        (b"{\xff}", "it is invalid JSON: "),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_told(data: bytes, why: str) -> None:
    """The message names it, and says what it is instead."""
    with pytest.raises(ConfigurationError) as caught:
        read_feed(data, "the/feed.xml")
    assert str(caught.value).startswith(f"the/feed.xml is not a feed that feeder can read: {why}")


def test_an_item_cannot_talk_to_the_terminal() -> None:
    """JSON can carry what XML cannot; nothing of it is left in what is shown of an item."""
    escapes = "\\u001b[2J\\u009b"
    item = only_item(
        f'{{"items": [{{"id": "a{escapes}", "url": "b{escapes}", "title": "c{escapes}", "image": "d{escapes}"}}]}}'
    )
    assert ("a[2J", "b[2J", "c[2J", "d[2J") == (item.id, item.url, item.title, item.picture)


def test_a_huge_feed_is_not_read() -> None:
    """Beyond 32 MiB nothing is parsed."""
    with pytest.raises(ConfigurationError, match=r"it has 33554433 bytes, and feeder reads feeds up to 33554432"):
        read_feed(b"<" * (32 * 2**20 + 1), "x")


PIECES = st.sampled_from(
    [b"<rss version='2.0'>", b"<channel>", b"<item>", b"</item>", b"<entry>", b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<guid>",
     b"<link href='http://[::x'/>", b"<![CDATA[", b"]]>", b"<pubDate>99 Foo 20260</pubDate>", b"<enclosure/>", b"&a;", b"\xff", b"<category/>",
     b"<author>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<?xml version='1.0' encoding='utf-7'?>", b" xml:base='http://[a'", b"x", b"<p>",
     b'{"items": [', b'{"id": ', b"null", b"[]", b"}]}", b'"date_published": "0000-00-00"', b",", b"1e999"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=4), max_size=12).map(b"".join))
@example(b"<?xml version='1.0' encoding='\xf1'?><rss version='2.0'/>")
def test_any_bytes_are_a_feed_or_none(data: bytes) -> None:
    """Nothing crashes it: a feed, or the complaint that it is none."""
    try:
        assert isinstance(read_feed(data, "x").items, tuple)
    except ConfigurationError as error:
        assert str(error).startswith("x is not a feed that feeder can read: ")  # noqa: PT017 - it may be one


# On disk


def test_a_directory_is_read_by_names(write: Callable[..., Path], tmp_path: Path) -> None:
    """The feeds of the site and of its groups are found, by their own names and the configured ones, and nothing else."""
    for name in ("rss.xml", "news.rss", "categories/a/feed.json", "tags/b/news.rss", "languages/zh/atom.xml",
                 "other.xml", "blog/rss.xml", "categories/rss.xml", "categories/a/b/rss.xml", "sitemap.xml"):  # fmt: skip
        write(f"out/{name}", name)
    publication = from_disk(tmp_path / "out", Names.of(Feeds(names={"rss": "news.rss"})))
    found = ["categories/a/feed.json", "languages/zh/atom.xml", "news.rss", "rss.xml", "tags/b/news.rss"]
    assert (found, True) == (sorted(publication.files), publication.whole)
    assert b"news.rss" == publication.files["news.rss"]


@pytest.mark.parametrize(
    ("path", "feed"),
    [("rss.xml", True), ("news.rss", True), ("index.xml", False), ("tags/a/feed.json", True), ("tags/feed.json", False),
     ("tags/a/b/feed.json", False), ("blog/a/feed.json", False), ("", False)],
)  # fmt: skip
def test_paths_of_feeds_are_known(path: str, feed: bool) -> None:  # noqa: FBT001 - a row of the table
    """A feed lies at the root, or in the directory of one group."""
    assert feed == Names.of(Feeds(names={"rss": "news.rss"})).is_feed(path)


def test_what_is_too_large_or_unreadable_is_not_read(write: Callable[..., Path]) -> None:
    """The message names the file."""
    huge = write("huge.xml", "")
    with huge.open("r+b") as stream:
        stream.truncate(32 * 2**20 + 1)
    with pytest.raises(ConfigurationError, match=r"huge\.xml is too large to be compared"):
        from_disk(huge, Names.of(Feeds()))
    with pytest.raises(ConfigurationError, match="it is neither a file nor a directory"):
        from_disk(Path("/dev/null"), Names.of(Feeds()))
    with pytest.raises(ConfigurationError, match="File name too long"):
        from_disk(Path("x" * 5000), Names.of(Feeds()))


# On a server


class Server:
    """A server on loopback that answers as it is told, and remembers what it was asked."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                outer.answers[self.path](self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://{host}:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def gives(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Let ``path`` be answered like that; return its URL."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"content_length": str(len(body)), **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer
        return self.url + path

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def refused(url: str, bounds: Bounds = Bounds(5)) -> str:  # noqa: B008
    """Return why a URL is not read."""
    with pytest.raises(ConfigurationError) as caught:
        fetch(url, bounds=bounds)
    message = str(caught.value)
    assert message.startswith(f"cannot compare with {url}: ")
    return message.removeprefix(f"cannot compare with {url}: ")


def test_a_document_is_fetched(server: Server) -> None:
    """Its bytes come with what the server knows them again by; feeder says who it is, and asks for gzip at most."""
    url = server.gives("/feed?a=1&b", b"the bytes", ETag='"7"', Last_Modified="Tue, 02 Jan 2024 03:04:05 GMT")
    assert Fetched(b"the bytes", '"7"', "Tue, 02 Jan 2024 03:04:05 GMT") == fetch(url, agent="feeder/1")
    ((path, headers),) = server.asked
    assert ("/feed?a=1&b", "feeder/1", "gzip") == (path, headers["user-agent"], headers["accept-encoding"])
    assert server.url.removeprefix("http://") == headers["host"]
    assert not {"if-none-match", "if-modified-since", "cookie", "authorization"} & set(headers)


def test_a_known_document_is_asked_for_conditionally(server: Server) -> None:
    """What was fetched before is returned when the server says that it holds, and replaced when it does not."""
    known = Fetched(b"old", '"7"', "Tue, 02 Jan 2024 03:04:05 GMT")
    url = server.gives("/feed", status=304)
    assert known is fetch(url, known)
    assert '"7"' == server.asked[0][1]["if-none-match"]
    assert "Tue, 02 Jan 2024 03:04:05 GMT" == server.asked[0][1]["if-modified-since"]
    server.gives("/feed", b"new")
    assert b"new" == fetch(url, known).data
    server.gives("/feed", status=304)
    assert "the server responded with 304 Not Modified" == refused(url)


def test_gzip_is_unpacked_within_bounds(server: Server) -> None:
    """A packed answer is unpacked; one that grows beyond the bound, or is broken, is refused."""
    assert b"x" * 1000 == fetch(server.gives("/a", gzip.compress(b"x" * 1000), Content_Encoding="gzip")).data
    bomb = server.gives("/b", gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")
    assert "it is larger than 1000000 bytes" == refused(bomb, Bounds(5, 1_000_000))
    assert "the server sent invalid gzip data" == refused(server.gives("/c", b"nonsense", Content_Encoding="gzip"))
    whole = gzip.compress(b"a" * 1000)
    assert b"a" * 1000 + b"b" == fetch(server.gives("/d", whole + gzip.compress(b"b"), Content_Encoding="gzip")).data
    assert "the answer was cut short" == refused(server.gives("/e", whole[:-9], Content_Encoding="gzip"))
    assert "the server encoded its answer as br without being asked" == refused(
        server.gives("/d", b"x", Content_Encoding="br")
    )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: Server, status: int) -> None:
    """Relative or absolute, by any of the codes."""
    server.gives("/b/c", b"there")
    assert b"there" == fetch(server.gives("/b/a", status=status, Location="c")).data
    assert b"there" == fetch(server.gives("/a", status=status, Location=f"{server.url}/b/c")).data


def test_redirects_end(server: Server) -> None:
    """Five are followed and no sixth; one without a target is an answer like any other."""
    for number in range(6):
        server.gives(f"/{number}", status=302, Location=f"/{number + 1}")
    server.gives("/6", b"there")
    assert b"there" == fetch(f"{server.url}/1").data
    assert "more than 5 redirects" == refused(f"{server.url}/0")
    assert 6 + 6 == len(server.asked)
    assert "the server responded with 302 Found" == refused(server.gives("/x", status=302))


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.example/", "gopher://127.0.0.1/", "javascript:1"])
def test_redirects_stay_on_the_web(server: Server, target: str) -> None:
    """No other scheme is followed."""
    assert "a URL" in refused(server.gives("/a", status=302, Location=target))


def test_passwords_are_not_sent(server: Server) -> None:
    """Neither one in the URL nor one in a redirect's."""
    url = server.url.replace("//", "//me:secret@")
    assert "the URL contains a password, and feeder sends none" == refused(url)
    assert "the URL contains a password, and feeder sends none" == refused(server.gives("/a", status=302, Location=url))
    assert 1 == len(server.asked)


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "404 Not Found"), (500, "500 Internal Server Error"), (204, "204 No Content"), (206, "206 Partial Content")],
)
def test_what_is_not_200_is_told(server: Server, status: int, words: str) -> None:
    """The message repeats the server's."""
    assert f"the server responded with {words}" == refused(server.gives("/a", status=status))


def test_a_server_cannot_talk_to_the_terminal(server: Server) -> None:
    """What a message repeats of its words is printable, on one line, and short."""

    def shout(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 404 \x1b[2J\x9b31m" + b"x" * 1000 + b"\r\n\r\n")

    server.answers["/a"] = shout
    assert "the server responded with 404 [2J31mxxx" == refused(f"{server.url}/a")[:39]
    assert 300 >= len(refused(f"{server.url}/a"))


def test_a_huge_answer_is_cut_off(server: Server) -> None:
    """A server that never ends is left at the bound, and its claims of a length are not believed."""

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 65536)
        except OSError:
            pass

    server.answers["/a"] = endless
    assert "it is larger than 1000000 bytes" == refused(f"{server.url}/a", Bounds(10, 1_000_000))
    assert "the answer was cut short" == refused(server.gives("/b", b"abc", content_length="10"), Bounds(3))


@pytest.mark.parametrize(
    "before",
    [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"],
    ids=["status", "headers", "body", "body of a known length"],
)
def test_a_slow_answer_is_cut_off(server: Server, before: bytes) -> None:
    """A server that sends a little now and then, wherever in its answer, is left when the time is over."""
    sent: list[bytes] = []
    most = 90  # which http.client itself would take for headers

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(before)
        try:
            for number in range(most):
                sent.append(b"x" if before.endswith(b"\r\n\r\n") or not before else b"X-%d: z\r\n" % number)
                handler.wfile.write(sent[-1])
                time.sleep(0.05)
        except OSError:
            pass

    server.answers["/a"] = slowly
    assert "it took longer than 0.5 seconds" == refused(f"{server.url}/a", Bounds(0.5))
    assert most > len(sent)


def test_the_time_is_for_all_redirects(server: Server) -> None:
    """A chain of slow redirects is as slow as one slow answer."""

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.3)
        handler.send_response(302)
        handler.send_header("Location", "/a")
        handler.end_headers()

    server.answers["/a"] = slowly
    assert "it took longer than 0.7 seconds" == refused(f"{server.url}/a", Bounds(0.7))


def test_what_cannot_be_reached_is_told(server: Server) -> None:
    """A closed port, a name that there is not, an answer that is none of HTTP's, a certificate that is missing."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert "Connection refused" == refused(f"http://127.0.0.1:{port}/")
    assert "" != refused("http://nowhere.invalid/")

    def shell(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"SSH-2.0-x\r\n")

    server.answers["/a"] = shell
    assert "" != refused(f"{server.url}/a")
    assert "" != refused(server.url.replace("http:", "https:") + "/a")
    assert "a URL" in refused("http://")
    assert "" != refused(f"http://{'x' * 70}.example/")


# Private networks


PRIVATE = ["127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
           "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
           "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::", "192.0.2.1"]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known(address: str) -> None:
    """Loopback, private, link-local, shared and multicast addresses, in whatever notation."""
    assert not web._is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::"]
)
def test_public_addresses_are_known(address: str) -> None:
    """So are those of the internet."""
    assert web._is_public(address)


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Return a server whose address stands for a public one; every other address of loopback is private."""
    monkeypatch.setattr(web, "_is_public", lambda address: address == "127.0.0.2")
    try:
        made = Server("127.0.0.2")
    except OSError:
        pytest.skip("this system's loopback has one address only")
    yield made
    made.close()


def test_no_redirect_leads_into_a_private_network(server: Server, public: Server) -> None:
    """From a public server none leads to a private one, by name or by number, and no byte is sent there."""
    inside = server.gives("/secret", b"x")
    url = public.gives("/a", status=302, Location=inside)
    assert "it leads to 127.0.0.1, which is in a private network" == refused(url)
    by_name = public.gives("/b", status=302, Location=inside.replace("127.0.0.1", "localhost"))
    assert "it leads to localhost, which is in a private network" == refused(by_name)
    public.gives("/c", status=302, Location="/a")
    assert "it leads to 127.0.0.1, which is in a private network" == refused(f"{public.url}/c")
    assert [] == server.asked


def test_who_is_inside_may_stay_inside(server: Server, public: Server) -> None:
    """A private URL that the user named may redirect within the network, and out of it."""
    outside = public.gives("/a", b"public")
    server.gives("/b", b"private")
    assert b"private" == fetch(server.gives("/a", status=302, Location="/b")).data
    assert b"public" == fetch(server.gives("/c", status=302, Location=outside)).data


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest", "http://[::ffff:169.254.169.254]/", "http://[fe80::1]/"]
)
def test_no_redirect_leads_to_a_link_local_address(server: Server, target: str) -> None:
    """Not even within a private network: that is where a machine of a cloud finds its own secrets."""
    assert "which is in a private network" in refused(server.gives("/a", status=302, Location=target))


def test_a_name_is_looked_up_once(server: Server, public: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address that was looked at is connected to: a name that means another one a moment later leads nowhere."""
    lookups: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        lookups.append(host)
        address = "127.0.0.2" if len(lookups) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, port))]

    url = public.gives("/a", b"public").replace("127.0.0.2", "name.example")
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert b"public" == fetch(url).data
    assert ["name.example"] == lookups
    assert public.asked[0][1]["host"].startswith("name.example:")
    public.gives("/b", status=302, Location=url)  # which means the private address by now
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **_: resolve(host, port) if host == "name.example" else
                        [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (host, port))])  # fmt: skip
    assert "it leads to name.example, which is in a private network" == refused(f"{public.url}/b")
    assert [] == server.asked


def test_the_next_address_is_tried(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a host with two addresses, the second is connected to when the first does not answer."""
    url = server.gives("/a", b"x")
    monkeypatch.setattr(socket, "getaddrinfo", lambda _, port, **__: [
        (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 1)), (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port)),
    ])  # fmt: skip
    assert b"x" == fetch(url.replace("127.0.0.1", "two.example")).data


def test_no_proxy_is_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says of proxies would send requests past every check."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert b"x" == fetch(server.gives("/a", b"x")).data


# The command, and a server


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Callable[..., Build]) -> Build:
    """Return a site that was built, and work in its directory."""
    monkeypatch.chdir(tmp_path)
    for name in ("FEEDER_URL", "GITHUB_ACTIONS", "GITHUB_REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    return build(POSTS, CONFIG)


def diff(*arguments: str) -> Result:
    now = NOW.isoformat()
    return CliRunner().invoke(
        main, ["diff", "-q", "--now", now, *arguments], prog_name="feeder", catch_exceptions=False
    )


@pytest.mark.parametrize("path", ["rss.xml", "atom.xml", "feed.json"])
def test_a_published_url_is_compared_with(site: Build, server: Server, path: str) -> None:
    """What a server has is compared like a file, and an id that changes fails."""
    url = server.gives(f"/{path}", data_of(site, path))
    assert f"Compared 1 feed with {url}: no changes.\n" == diff(url).stdout
    Path("posts/plain.md").rename("posts/plainer.md")
    result = diff(url)
    assert (1, f"Compared 1 feed with {url}: 1 re-sent.") == (result.exit_code, result.stdout.splitlines()[0])


def test_a_second_comparison_is_conditional(site: Build, server: Server) -> None:
    """The server is asked whether what it gave still holds; without the cache it is asked for all of it."""
    url = server.gives("/rss.xml", data_of(site, "rss.xml"), ETag='"1"')
    diff(url)
    server.gives("/rss.xml", status=304)
    assert (0, f"Compared 1 feed with {url}: no changes.\n") == ((result := diff(url)).exit_code, result.stdout)
    assert ['"1"', None] == [headers.get("if-none-match") for _, headers in reversed(server.asked)]
    assert (2, "") == ((result := diff(url, "--no-cache")).exit_code, result.stdout)
    assert f"error: cannot compare with {url}: the server responded with 304 Not Modified\n" == result.stderr


def test_a_broken_memory_of_a_url_is_not_believed(site: Build, server: Server, tmp_path: Path) -> None:
    """What was kept and does not hold what it says is as good as nothing."""
    url = server.gives("/rss.xml", data_of(site, "rss.xml"), ETag='"1"')
    diff(url, "--cache", "kept")
    (kept,) = (tmp_path / "kept").glob("*.fetched")
    kept.write_bytes(kept.read_bytes()[:-10])
    diff(url, "--cache", "kept")
    assert [None, None] == [headers.get("if-none-match") for _, headers in server.asked]


def test_what_a_server_gives_may_be_no_feed(site: Build, server: Server) -> None:
    """A page that says that it is none is told as what it is."""
    url = server.gives("/rss.xml", b"<!doctype html><title>Not found</title>")
    assert (2, f"error: {url} is not a feed that feeder can read: it is a web page\n") == (
        (result := diff(url)).exit_code,
        result.stderr,
    )
    assert site.artifacts
