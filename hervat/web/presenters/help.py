"""The help in the language of the visitor: the words of `pages.yaml`, the terms and articles of the law.

An address says a step with hyphens; the codes of the law stay as they are. Must never: give a date of a
person, or a number that does not come from `law/`. Read next: `../help/pages.yaml`, `terms_rules.py`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils import timezone

from hervat.law.catalogue import StepRule, sentence, step_rules
from hervat.law.parameters import law_on
from hervat.law.sheet import Row, read_sheet
from hervat.law.vocabulary import StepId
from hervat.web.preferences import Language
from hervat.web.presenters.terms_words import who_text
from hervat.web.presenters.words import Link

PAGES = Path(__file__).parent.parent / "help" / "pages.yaml"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, as it stands in each language."""

    nl: str
    en: str

    def to(self, language: Language) -> str:
        """Return the sentence in a language."""
        return self.nl if language is Language.DUTCH else self.en


@dataclass(frozen=True, slots=True)
class StepHelp:
    """What there is to say of a step."""

    now: tuple[Said, ...]
    need: tuple[Said, ...]
    late: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that comes back, and its answer."""

    title: Said
    lead: Said
    points: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """The page of a step. `name`, `by_when` and the article are words of the law, in Dutch."""

    name: str
    who: str
    by_when: tuple[str, ...]
    now: tuple[str, ...]
    need: tuple[str, ...]
    late: tuple[str, ...]
    article: Link
    rule_href: str
    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True)
class TopicView:
    """The page of a question."""

    title: str
    lead: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpView:
    """The first page of the help."""

    steps: tuple[Link, ...]
    topics: tuple[Link, ...]


def present_help(language: Language) -> HelpView:
    """Format the list of steps and questions."""
    return HelpView(
        steps=tuple(_link(step) for step in _steps()),
        topics=tuple(
            Link(topic.title.to(language), reverse("help-topic", args=[name]))
            for name, topic in topics().items()
        ),
    )


def present_step(step: StepId, language: Language) -> StepView:
    """Format the help on a step, with the terms as the law gives them today."""
    rule, found, order = step_rules()[step], _steps()[step], list(_steps())
    place = order.index(step)
    return StepView(
        name=rule.name,
        who=who_text(rule.who),
        by_when=_by_when(rule),
        now=_said(found.now, language),
        need=_said(found.need, language),
        late=_said(found.late, language),
        article=Link(rule.article.text, rule.article.link or "", dutch=True),
        rule_href=f"{reverse('terms-rules')}#stap-{step.value}",
        before=_link(order[place - 1]) if place else None,
        after=_link(order[place + 1]) if place + 1 < len(order) else None,
    )


def present_topic(name: str, language: Language) -> TopicView:
    """Format the answer to a question."""
    topic = topics()[name]
    return TopicView(topic.title.to(language), topic.lead.to(language), _said(topic.points, language))


def step_of(address: str) -> StepId | None:
    """Return the step that an address names, or None when there is no help on it."""
    return next((step for step in _steps() if slug_of(step) == address), None)


def slug_of(step: StepId) -> str:
    """Return how an address names a step."""
    return step.value.replace("_", "-")


def help_href(step: StepId) -> str:
    """Return where the help on a step is, or nothing where there is none."""
    return reverse("help-step", args=[slug_of(step)]) if step in _steps() else ""


@cache
def topics() -> dict[str, Topic]:
    """Return every question, in the order of the file."""
    return {name: _topic(row) for name, row in read_sheet(PAGES).row("topics").named()}


@cache
def _steps() -> dict[StepId, StepHelp]:
    return {StepId(name): _step(row) for name, row in read_sheet(PAGES).row("steps").named()}


def _step(row: Row) -> StepHelp:
    row.only("now", "need", "late")
    return StepHelp(*(_sentences(row, key) for key in ("now", "need", "late")))


def _topic(row: Row) -> Topic:
    row.only("title", "lead", "points")
    return Topic(_sentence(row.row("title")), _sentence(row.row("lead")), _sentences(row, "points"))


def _sentences(row: Row, key: str) -> tuple[Said, ...]:
    return tuple(_sentence(one) for one in row.rows(key))


def _sentence(row: Row) -> Said:
    row.only("nl", "en")
    return Said(row.text("nl"), row.text("en"))


def _said(found: tuple[Said, ...], language: Language) -> tuple[str, ...]:
    return tuple(one.to(language) for one in found)


def _link(step: StepId) -> Link:
    return Link(step_rules()[step].name, help_href(step), dutch=True)


def _by_when(rule: StepRule) -> tuple[str, ...]:
    law = law_on(timezone.localdate())
    templates = (rule.from_first_day, rule.from_fact, rule.from_end)
    return tuple(sentence(text, law) for text in templates if text)
