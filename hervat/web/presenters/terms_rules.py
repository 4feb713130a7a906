"""The page with rules: every number of the law through time, every step and every rule, from the YAML.

Must never: leave out a number or an open point. Read next: `hervat/law/parameters.py`, `catalogue.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from hervat.law.catalogue import Rule, StepRule, rules, sentence, step_rules
from hervat.law.parameters import PAGES, Article, Parameter, law_on, on_page
from hervat.law.retention import terms
from hervat.law.vocabulary import Certainty
from hervat.web.presenters.terms_words import basis_chip, sure_chip, who_text
from hervat.web.presenters.words import Chip, Link, day_text


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands, how sure it is, and when it was last compared with the text."""

    article: str
    href: str
    civil: Link | None
    basis: Chip
    sure: Chip
    checked: str


@dataclass(frozen=True, slots=True)
class ValueView:
    """A value from a day on."""

    since: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class ParameterView:
    """A number of the law through time."""

    code: str
    name: str
    values: tuple[ValueView, ...]
    source: Source
    open_point: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """A step, or a rule without a number."""

    code: str
    name: str
    who: str
    proof: str
    texts: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Chapter:
    """The numbers of one file."""

    code: str
    title: str
    parameters: tuple[ParameterView, ...]


@dataclass(frozen=True, slots=True)
class RulesView:
    """The page."""

    steps: tuple[RuleView, ...]
    rules: tuple[RuleView, ...]
    chapters: tuple[Chapter, ...]
    numbers: int
    unsure: int


@lru_cache(maxsize=8)
def present_rules(language: str, on: date) -> RulesView:
    """Format every rule; the sentences of the steps with the values for a case that begins on a day."""
    chapters = tuple(_chapters())
    steps = tuple(_step(rule, on) for rule in step_rules().values())
    found = tuple(_rule(rule) for rule in rules().values())
    every = [one for chapter in chapters for one in chapter.parameters]
    return RulesView(
        steps=steps,
        rules=found,
        chapters=chapters,
        numbers=len(every),
        unsure=sum(bool(one.open_point) or "i-open" in one.source.sure.css for one in every),
    )


def _chapters() -> Iterator[Chapter]:
    titles = {
        "clock": _("De ziekteklok"),
        "gatekeeper": _("De stappen van de Wet verbetering poortwachter"),
        "ending": _("Einde van wachttijd en loon"),
        "planning": _("Eigen keuzes"),
        "rights": _("Verzoeken van betrokkenen"),
    }
    for page in PAGES:
        yield Chapter(f"getallen-{page}", titles[page], tuple(_parameter(one) for one in on_page(page)))
    kept = tuple(_parameter(term.parameter, term.open_point or "", "bewaar") for term in terms().values())
    yield Chapter("getallen-retention", _("Bewaartermijnen"), kept)


def _parameter(one: Parameter, open_point: str = "", kind: str = "getal") -> ParameterView:
    return ParameterView(
        code=f"{kind}-{one.id}",
        name=one.name,
        values=tuple(
            ValueView(day_text(value.valid_from), _value(value.value, one), value.note or "")
            for value in reversed(one.history)
        ),
        source=_source(one.article, None, one.certainty, one.last_checked),
        open_point=open_point,
    )


def _value(value: int, one: Parameter) -> str:
    return f"€ {value}" if one.unit.value == "euro" else f"{value} {one.unit.value}"


def _step(rule: StepRule, on: date) -> RuleView:
    law = law_on(on)
    texts = (rule.from_first_day, rule.from_fact, rule.from_end)
    return RuleView(
        code=f"stap-{rule.id.value}",
        name=rule.name,
        who=who_text(rule.who),
        proof=rule.proof.value if rule.proof else "",
        texts=tuple(sentence(text, law) for text in texts if text),
        source=_source(rule.article, rule.article_civil, rule.certainty, rule.last_checked),
    )


def _rule(rule: Rule) -> RuleView:
    source = _source(rule.article, rule.article_civil, rule.certainty, rule.last_checked)
    return RuleView(f"regel-{rule.id}", rule.text, "", "", (), source)


def _source(article: Article, civil: Article | None, certainty: Certainty, checked: date | None) -> Source:
    return Source(
        article=article.text,
        href=article.link or "",
        civil=Link(civil.text, civil.link or "", dutch=True) if civil else None,
        basis=basis_chip(article, certainty),
        sure=sure_chip(certainty),
        checked=day_text(checked) if checked else "",
    )
