"""What stands for a post in the address that a page of Astro gives it."""

from __future__ import annotations

import pytest

from feeder.sites.astroroutes import made

PAGE = """---
import { getCollection } from 'astro:content';
%s
const { params } = Astro;
---
<p>{params.slug}</p>
"""
MAPPED = "export async function getStaticPaths() {\n  const posts = await getCollection('blog');\n  return posts.map((post) => (%s));\n}"
LOOPED = "export async function getStaticPaths() {\n  const posts = await getCollection('blog');\n  return posts.map((post) => {\n    %s\n    return { params: { slug }, props: { post } };\n  });\n}"


def nothing(_: str) -> str:
    return ""


@pytest.mark.parametrize(
    ("expected", "script"),
    [
        *(
            (kind, MAPPED % f"{{ params: {{ {given} }}, props: {{ post }} }}")
            for kind, given in [
                ("id", "slug: post.id"), ("id", "slug: post.slug"), ("id", "'slug': post?.id as string"), ("id", "slug: `${post.id}`"),
                ("id", "slug: String(post.slug), lang: 'en'"), ("id", "slug: post.data.slug ?? post.id"), ("id", "slug: post.entry.id!"),
                ("slug", "slug: post.data.slug"), ("other", "slug: post.data.title"), ("other", "slug: post.id.replace(/^x/, '')"),
                ("other", "slug: slugify(post)"), ("other", "...rest"), ("other", "slug: post.url"), ("other", "other: post.id"),
            ]
        ),
        ("id", LOOPED % "const slug = post.slug;"), ("id", LOOPED % "const { slug } = post;"), ("slug", LOOPED % "const { slug } = post.data;"),
        ("other", LOOPED % "const slug = post.id.slice(11);"), ("other", LOOPED % "const [, year, slug] = post.id.match(DATED);"),
        ("id", MAPPED % "{\n  // params: { slug: made(post) },\n  params: { slug: post.id } }"),
        ("id", "export const getStaticPaths = async () => (await getCollection('blog')).map(({ slug }) => ({ params: { slug }}));"),
        ("id", "export const getStaticPaths = (async () => (await all()).map(({ id: slug, data }) => ({ params: { slug } }))) satisfies GetStaticPaths;"),
        ("slug", "export const getStaticPaths = async () => (await getCollection('blog')).map(({ data: { slug } }) => ({ params: { slug } }));"),
        ("id", (LOOPED % "const params = { slug: post.id };").replace("params: { slug }", "params")),
        ("other", MAPPED % "{ params: parts(post) }"), ("other", "export const getStaticPaths = pathsOfPosts;"),
        ("other", (MAPPED % "{ params: { slug: post.data.slug } }").replace("return posts", "const more = await processed(posts);\n  return more")),
        ("id", MAPPED % "{ params: { slug: slugOf(post) } }" + "\nfunction slugOf(entry: Entry): string {\n  return entry.slug;\n}"),
        ("other", MAPPED % "{ params: { slug: slugOf(post) } }" + "\nconst slugOf = (entry) => entry.slug.slice(3);"),
        ("id", "const { slug } = Astro.params;\nconst post = await getEntry('blog', slug);"),
    ],
)  # fmt: skip
def test_what_fills_the_place_in_an_address(expected: str, script: str) -> None:
    """It is the id of the entry, its slug in front matter, or something that takes running the page."""
    assert expected == made(PAGE % script, "slug", nothing).kind


def test_what_is_taken_off_an_id() -> None:
    """A date in numbers that names of files begin with; any other program may do anything."""
    script = MAPPED % r"{ params: { slug: post.id.replace(/^\d{8}-/, '') } }"
    assert ("id", r"\d{8}-") == (
        made(PAGE % script, "slug", nothing).kind,
        made(PAGE % script, "slug", nothing).removed,
    )
    for program in (r"/\d{8}-/, ''", r"/^\d{8}-/, '-'", r"/^(a|b)*/, ''"):
        script = MAPPED % f"{{ params: {{ slug: post.id.replace({program}) }} }}"
        assert "other" == made(PAGE % script, "slug", nothing).kind


def test_a_permalink_is_the_whole_address() -> None:
    """Of a page whose parameter is all of its path, and no part of another's."""
    script = MAPPED % "{ params: { slug: post.data.permalink || post.id } }"
    assert "id" == made(PAGE % script, "slug", nothing, whole=True).kind
    assert "other" == made(PAGE % script, "slug", nothing).kind


def test_a_function_of_another_file_is_looked_at() -> None:
    """Where it does nothing but name a member of the entry."""
    script = "import { slugOf } from '../lib/posts';\n" + MAPPED % "{ params: { slug: slugOf(post) } }"
    files = {"../lib/posts": "export const slugOf = (post) => post.id;\n"}
    assert "id" == made(PAGE % script, "slug", files.__getitem__).kind
    assert "other" == made(PAGE % script, "slug", nothing).kind


def test_the_place_is_told() -> None:
    """By the line that gives the parameters, and what they are."""
    found = made(PAGE % (MAPPED % "{ params: { slug: post.data.slug.toLowerCase() } }"), "slug", nothing)
    assert (5, "post.data.slug.toLowerCase()") == (found.line, found.said)


def test_a_page_of_any_length_is_read_in_bounded_time() -> None:
    """What is longer than pages are, or nests without end, is none that can be read as data; its place is told."""
    long = "---\nexport const getStaticPaths = x;\n" + "params: {" * 2_000
    assert "other" == made(long, "id", str).kind
    assert ("other", 2) == made(long + " " * 30_000, "id", str)[:2]
