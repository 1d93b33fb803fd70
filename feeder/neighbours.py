"""Cards -> where the posts are that bodies name. Built when the first body names one, and not before.

`Neighbours.asking` is how a function is called with tasks whose posts may name others: those that do come back as questions, and
go out once more with the answers. So what is sent to workers is what each post needs, and no list of all posts.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from feeder.markup import Answer, Question
from feeder.pathnames import slug_in_path
from feeder.records import NamedTuple
from feeder.survey import read_again
from feeder.workers import in_chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from feeder.model import Card
    from feeder.survey import Survey
    from feeder.workers import Workers


class Asked(NamedTuple):
    """What a function returns for a post whose body names posts that it was told nothing of."""

    questions: tuple[Question, ...]


class Answered(NamedTuple):
    """A task, with what was asked before."""

    task: Any
    answers: Mapping[Question, Answer]


class Neighbours:
    """All posts of a site, by their paths and names."""

    def __init__(self, survey: Survey, cards: Sequence[Card]) -> None:
        self._survey = survey
        self._cards = cards
        self._answers: dict[Question, Answer] = {}

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
        found = (self._by_path.get(path) for path in question.paths)
        card = next(filter(None, found), None) or self._by_name.get(question.name)
        if card is None:
            return Answer("")
        again = read_again(self._survey, card) if question.titled else None
        return Answer(card.url, again.post.title if again else "")

    @cached_property
    def _by_path(self) -> Mapping[str, Card]:
        return {_stem(card.path): card for card in reversed(self._cards)}

    @cached_property
    def _by_name(self) -> Mapping[str, Card | None]:
        """The posts by the last part of their path, with its date and without; None for a name that several have."""
        found: dict[str, Card | None] = {}
        for card in self._cards:
            for name in {_stem(card.path).rpartition("/")[2], slug_in_path(card.path).casefold()}:
                found[name] = None if name in found else card
        return found


def _stem(path: str) -> str:
    directory, _, name = path.rpartition(".")[0].rpartition("/")
    return (directory if name in {"index", "_index"} else f"{directory}/{name}".lstrip("/")).casefold()
