"""Cards -> where the posts, and other files of the site, are that bodies name. Built when the first body names one, and not before.

`Neighbours.asking` is how a function is called with tasks whose posts may name others: those that do come back as questions, and
go out once more with the answers. So what is sent to workers is what each post needs, and no list of all posts.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from feeder.markup import Answer, Question
from feeder.model import Card, LeftOut
from feeder.records import NamedTuple
from feeder.survey import address, read_again
from feeder.texts.pathnames import slug_in_path
from feeder.workers import in_chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from feeder.pages import Pages
    from feeder.survey import Seen, SurveyContext
    from feeder.workers import Workers


_ERROR = "error"
"""What stands in place of a `LeftOut.kind` for a post that an error keeps out."""
_NOWHERE = {"draft": "is a draft", _ERROR: "has an error"}


class Asked(NamedTuple):
    """What a function returns for a post whose body names posts that it was told nothing of."""

    questions: tuple[Question, ...]


class Answered(NamedTuple):
    """A task, with what was asked before."""

    task: Any
    answers: Mapping[Question, Answer]


class Neighbours:
    """All posts of a site, by their paths and names; ``others`` are those that have no card, and why, by their paths."""

    def __init__(self, survey: SurveyContext, cards: Sequence[Card], others: Mapping[str, str] | None = None) -> None:
        self._survey = survey
        self._cards = cards
        self._others = others or {}
        self._answers: dict[Question, Answer] = {}

    @classmethod
    def among(cls, survey: SurveyContext, paths: Sequence[str], seen: Sequence[Seen]) -> Neighbours:
        """Return the posts among all files."""
        others = {
            path: one.found.kind if isinstance(one.found, LeftOut) else _ERROR
            for path, one in zip(paths, seen, strict=True)
            if not isinstance(one.found, Card) and (one.found or one.problems)
        }
        return cls(survey, [one.found for one in seen if isinstance(one.found, Card)], others)

    def asking(
        self, workers: Workers, function: Callable[[list[Any]], list[Any]], tasks: Sequence[Any], size: int,
        progress: Callable[[int, int], None],
    ) -> list[Any]:  # fmt: skip
        """Return what ``function`` makes of the tasks, in their order, answering what it asks."""
        results = in_chunks(workers, function, tasks, size, progress)
        asked = [number for number, result in enumerate(results) if isinstance(result, Asked)]
        if asked:
            again = [Answered(tasks[number], self._answers_to(results[number])) for number in asked]
            for number, result in zip(asked, in_chunks(workers, function, again, size, progress), strict=True):
                results[number] = result
        return results

    def _answers_to(self, asked: Asked) -> Mapping[Question, Answer]:
        return {question: self.answer(question) for question in asked.questions}

    def answer(self, question: Question) -> Answer:
        """Return where the post is that a body names, with the title if that is asked for."""
        if question not in self._answers:
            self._answers[question] = self._answer(question)
        return self._answers[question]

    def _answer(self, question: Question) -> Answer:
        titled = question.titled
        named = self._others_by_name.get(question.name, ())
        return (
            self._among_posts(question.paths, self._by_path, titled=titled)
            or self._among_others(question.paths, titled=titled)
            or (self._pages.by_path(question.files) if self._pages and question.files else None)
            or self._among_posts((question.name,), self._by_name, titled=titled)
            or self._among_others(named, titled=titled)
            or (self._pages.by_name(question.name) if self._pages and question.files and question.name else None)
            or Answer("")
        )

    def _among_posts(self, keys: Sequence[str], known: Mapping[str, Card | None], *, titled: bool) -> Answer | None:
        """Return where the first of these posts is, None when there is none."""
        card = next(filter(None, map(known.get, keys)), None)
        if card is None:
            return None
        again = read_again(self._survey, card) if titled else None
        return Answer(card.url, again.post.title if again else "")

    def _among_others(self, stems: Sequence[str], *, titled: bool) -> Answer | None:
        """Return where a post is that no feed shows and the site does, or why the site does not; None when there is none."""
        path = next((self._others_by_stem[stem] for stem in stems if stem in self._others_by_stem), "")
        kind = self._others.get(path, "")
        if not kind:
            return None
        if kind in _NOWHERE:
            return Answer("", why=f"{self._survey.directory.shown(path)} {_NOWHERE[kind]}")
        url, title = address(self._survey, path)
        return Answer(url, title if titled else "")

    @cached_property
    def _pages(self) -> Pages | None:
        if self._survey.site is None:
            return None
        from feeder.pages import Pages  # few bodies name what is no post

        return Pages(self._survey.site, self._survey.rules)

    @cached_property
    def _by_path(self) -> Mapping[str, Card]:
        return {_stem(card.path): card for card in reversed(self._cards)}

    @cached_property
    def _others_by_stem(self) -> Mapping[str, str]:
        return {_stem(path): path for path in self._others}

    @cached_property
    def _others_by_name(self) -> Mapping[str, Sequence[str]]:
        """Their stems by the last part of their path, with its date and without, where one has it alone."""
        found: dict[str, list[str]] = {}
        for path in self._others:
            for name in _names(path):
                found.setdefault(name, []).append(_stem(path))
        return {name: stems for name, stems in found.items() if len(stems) == 1}

    @cached_property
    def _by_name(self) -> Mapping[str, Card | None]:
        """The posts by the last part of their path, with its date and without; None for a name that several have."""
        found: dict[str, Card | None] = {}
        for card in self._cards:
            for name in _names(card.path):
                found[name] = None if name in found else card
        return found


def _names(path: str) -> set[str]:
    return {_stem(path).rpartition("/")[2], slug_in_path(path).casefold()}


def _stem(path: str) -> str:
    directory, _, name = path.rpartition(".")[0].rpartition("/")
    return (directory if name in {"index", "_index"} else f"{directory}/{name}".lstrip("/")).casefold()
