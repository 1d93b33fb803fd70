"""feeder/markup/layouts.py: a Hugo site's own shortcodes, by their templates. Hugo itself says what each comes to."""

from __future__ import annotations

import json
import re
import subprocess
import time
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

import pytest
from conftest import NOW, needs

import feeder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from feeder import Build

HUGO = "baseURL: https://a.test/\ntitle: A\nparams: {cdn: 'https://cdn.test/x', more: {deep: 'Deep'}, off: false}\n"


class Shortcode(NamedTuple):
    """A template, a call, and what a reader then sees: words, and before them where pictures and links lead."""

    template: str
    body: str
    expected: list[str]


SHORTCODES = {
    "box": Shortcode(
        '{{- $c := "" -}}{{ if .Get "color" }}{{ $c = .Get "color" }}{{ else }}{{ $c = "red" }}{{ end }}\n<div class="box {{ $c }}">\n'
        "      {{ .Inner | markdownify }}\n</div>\n<!-- <b>no</b> -->",
        "{{< box >}}\nSome *text*.\n\n    code\n\n- one\n{{< /box >}}",
        ["Some", "text", "code", "one"],
    ),
    "inline": Shortcode("<mark>{{ .Get 0 }}</mark>", 'Say {{< inline "a & <b>" >}} now.', ["Say", "a", "<b>", "now"]),
    "cdn": Shortcode(
        '{{ $p := replaceRE "^/" "" (.Get "src") }}{{ $u := printf "%s/%s" .Site.Params.cdn $p }}<div>\n<img\n  src="{{ $u }}"\n'
        '  {{ with .Get "alt" }}alt="{{ . }}"{{ end }}\n/>\n{{ if or (.Get "by") (.Get "alt") }}<p>{{ .Get "alt" | markdownify }}</p>{{ end }}</div>',
        '{{< cdn src="/b.jpg" alt="Two *cups*" >}}',
        ["https://cdn.test/x/b.jpg", "Two", "cups"],
    ),
    "part": Shortcode(
        '{{ partial "said/quote" (dict "text" (.Get "text") "by" (.Get "by") "Site" .Site) }}',
        '{{< part text="It is *so*." by="Ada" >}}',
        ["It", "is", "so", "Ada", "A"],
    ),
    "each": Shortcode(
        '<ul>{{ range $i, $x := split (.Get "of") "," }}<li>{{ add $i 1 }} {{ $x | upper }}</li>{{ else }}none{{ end }}</ul>',
        '{{< each of="a,b" >}}',
        ["1", "A", "2", "B"],
    ),
    "kept": Shortcode(
        '{{ .Scratch.Set "k" (default "dark" (.Get "k")) }}{{ $.Scratch.Get "k" }} {{ .Scratch.Get "none" }}'
        "{{ site.Params.more.deep }} {{ if site.Params.off }}on{{ else if not .IsNamedParams }}off{{ end }}",
        "{{< kept >}}",
        ["dark", "Deep", "off"],
    ),
    "where": Shortcode(
        '<a href="{{ .Page.RelPermalink }}#x">{{ .Page.Title | lower | strings.TrimPrefix "p" }}</a> <a href="{{ "y/" | absURL }}">y</a>',
        "{{< where >}}",
        ["/posts/a/#x", "ost", "https://a.test/y/", "y"],
    ),
    "preview": Shortcode(
        '{{ $u := .Get "url" }}{{ if not $u }}{{ errorf "no url: %s" .Position }}{{ end }}'
        '<a href="{{ $u }}">{{ .Get "title" }}</a> {{ .Get "site" | default (urls.Parse $u).Host }}',
        '{{< preview url="https://b.test/x" title="B" image="https://b.test/b.jpg" >}}',
        ["https://b.test/x", "B", "b", "test"],
    ),
    "params": Shortcode(
        '{{ if eq (len .Params) 2 }}{{ index .Params 1 }}{{ end }}{{ (dict "a" "b").a }}{{ cond (in (slice 1 2) 2) `yes` "no" }}',
        "{{< params one two >}}",
        ["twobyes"],
    ),
    "applied": Shortcode(
        '{{ with .Get "by" }}(by {{ delimit (apply (split . ",") "partial" "said/name" ".") ", " " and " | safeHTML }}){{ end }}'
        '{{ replaceRE "^https://([^/]+).*" " $1" "https://b.test/c" }}',
        '{{< applied by="ada,ben,cy" >}}',
        ["by", "ada", "ben", "and", "cy", "b", "test"],
    ),
    "marked": Shortcode("**{{ .Get 0 }}**", '{{% marked "strong" %}}', ["strong"]),
    "nothing": Shortcode("{{/* Silence */}}{{ if .Inner }}{{ end }}", "{{< nothing >}}gone{{< /nothing >}}", []),
}
SECONDS = 10
"""In which any template is filled; on a slow machine and a loaded one."""
PART = (
    "{{ with .text }}<blockquote>{{ . | markdownify }}<cite>{{ $.by }} {{ $.Site.Title }}</cite></blockquote>{{ end }}"
)


def seen(html: str) -> list[str]:
    """Return what a reader sees of HTML: its words, and the addresses of pictures and links before them."""
    html = re.sub(r'<(?:img|a)\b[^>]*?(?:src|href)="(?:https://a\.test(?=/posts))?([^"]*)"[^>]*>', r" \1 ", html)
    return re.findall(r"(?:https?:)?/\S+|<\w+>|[\w]+", unescape(re.sub(r"</?[a-z][^>]*>", " ", html)))


@pytest.fixture
def site(tmp_path: Path, write: Callable[..., Path]) -> Callable[..., Build]:
    """Return a function that builds a site with templates of shortcodes and one post."""

    def built(templates: Mapping[str, str], body: str) -> Build:
        write("hugo.yaml", HUGO)
        write("layouts/partials/said/quote.html", PART)
        write("layouts/partials/said/name.html", "<b>{{ . }}</b>")
        for name, template in templates.items():
            write(f"layouts/shortcodes/{name}.html", template)
        write("content/posts/a.md", f"---\ntitle: Post\ndate: 2024-01-02\n---\n{body}\n")
        return feeder.build(now=NOW, directory=tmp_path, formats=["json"])

    return built


def html_of(build: Build) -> str:
    """Return the body of the one post, "" for none."""
    (feed,) = (item.data for item in build.artifacts if item.path == "feed.json")
    return str(json.loads(feed)["items"][0].get("content_html", ""))


@pytest.mark.parametrize("name", SHORTCODES)
def test_a_shortcode_comes_to_what_its_template_says(name: str, site: Callable[..., Build]) -> None:
    """Conditions are decided and values put in; what is in a tag stays in it, and Markdown is Markdown."""
    template, body, expected = SHORTCODES[name]
    build = site({name: template}, body)
    assert expected == seen(html_of(build))
    assert [] == [problem for problem in build.problems if problem.code == "unknown-tag"]


def test_hugo_says_the_same(site: Callable[..., Build], tmp_path: Path, write: Callable[..., Path]) -> None:
    """The table is what Hugo makes of it."""
    site({name: template for name, (template, _, _) in SHORTCODES.items()}, "")
    for name, (_, body, _) in SHORTCODES.items():
        write(f"content/posts/{name}.md", f"---\ntitle: Post\nslug: a\n---\n{body}\n")
    write(
        "layouts/index.html",
        "{{ $h := dict }}{{ range site.RegularPages }}{{ $h = merge $h (dict .File.BaseFileName (string .Content)) }}{{ end }}{{ $h | jsonify | safeHTML }}",
    )
    subprocess.run([needs("hugo"), "--quiet"], cwd=tmp_path, check=True, capture_output=True)
    made = json.loads((tmp_path / "public/index.html").read_text(encoding="utf-8"))
    assert {name: expected for name, (_, _, expected) in SHORTCODES.items()} == {
        name: seen(made[name]) for name in SHORTCODES
    }


@pytest.mark.parametrize(
    "template",
    [
        "{{ range .Site.Pages }}{{ .Title }}{{ end }}", '{{ index site.Data.images "a" }}', '{{ (resources.Get "a").RelPermalink }}',
        "{{ .Nothing }}", "{{ nothing 1 }}", "{{ if }}", "{{ end }}", "{{ if 1 }}", "{{ .Get 0 | }}", '{{ partial "none" . }}', "{{ $x }}",
        '{{ replaceRE "(a+)+$" "" (.Get 0) }}', '{{ printf "%5.2f" 1 }}', "{{ (.Get 0 }}", "{{ define `a` }}", '{{ now.Format "2006" }}',
        '{{ partial "loop" . }}',
    ],
)  # fmt: skip
def test_what_nobody_knows_is_told(template: str, site: Callable[..., Build], write: Callable[..., Path]) -> None:
    """A template that needs more than its call, its post and the site's parameters is not guessed."""
    write("layouts/partials/loop.html", '{{ partial "loop" . }}')
    build = site({"odd": template}, "A {{< odd x >}} b.")
    assert ["A", "b"] == seen(html_of(build))
    assert ["unknown-tag"] == [problem.code for problem in build.problems]


@pytest.mark.parametrize(
    "template",
    [
        '{{ range split .Inner "" }}{{ range split $.Inner "" }}{{ end }}{{ end }}', "{{ range split .Inner `` }}{{ $x := . }}{{ end }}",
        '{{ $x := "ab" }}' + "{{ $x = print $x $x }}" * 60, '{{ .Scratch.Set "x" "ab" }}' + '{{ .Scratch.Add "x" (.Scratch.Get "x") }}' * 60,
        "{{ (((((((((((((((((((((((((((((( 1 )))))))))))))))))))))))))))))) }}", "{{ if 1 }}" * 500 + "{{ end }}" * 500,
        " " * 19_000 + "{{ x }}", '{{ replaceRE ".*.*.*x" "" .Inner }}', "<!--" * 4_000,
    ],
)  # fmt: skip
def test_a_hostile_template_takes_bounded_time(template: str, site: Callable[..., Build]) -> None:
    """Neither loops within loops nor texts that double take more than seconds."""
    begun = time.process_time()
    assert "A" in html_of(site({"odd": template}, f"A\n\n{{{{< odd >}}}}{'b ' * 300_000}{{{{< /odd >}}}}"))
    assert time.process_time() - begun < SECONDS


def test_a_picture_that_only_the_site_can_name_is_told(site: Callable[..., Build]) -> None:
    """Its name is no file's, so no address is made of it; without a template of the site's, a name is one of a file."""
    build = site({"img": '<img src="{{ index site.Data.images (.Get "src") }}">'}, 'A {{< img src="cups" >}} b.')
    assert ["A", "b"] == seen(html_of(build))
    assert ["unknown-tag"] == [problem.code for problem in build.problems]


def test_a_picture_that_a_template_shows_from_where_the_call_says_is_any_picture(site: Callable[..., Build]) -> None:
    """What a site puts around it is only for its looks."""
    template = '<center><img src="{{ .Get "src" }}"/></center>'
    assert '<p><img src="https://a.test/b.png" alt=""></p>' == html_of(
        site({"img": template}, '{{< img src="/b.png" >}}')
    )


def test_templates_of_a_theme_come_second_and_none_from_outside(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A site's own template goes before its theme's; a link that leads out of the site is not followed."""
    write("outside.html", "secret")
    root = tmp_path / "site"
    root.mkdir()
    for name, text in {
        "hugo.yaml": f"{HUGO}theme: ink\n", "layouts/shortcodes/one.html": "own", "themes/ink/layouts/shortcodes/one.html": "theirs",
        "themes/ink/layouts/_shortcodes/two.html": "two", "content/posts/a.md": "---\ndate: 2024-01-02\n---\n{{< one >}} {{< two >}} {{< three >}}",
    }.items():  # fmt: skip
        write(f"site/{name}", text)
    (root / "layouts/shortcodes/three.html").symlink_to(tmp_path / "outside.html")
    build = feeder.build(now=NOW, directory=root, formats=["json"])
    assert ["own", "two"] == seen(html_of(build))
