"""Why a date is what it is: the chain of facts and rules, as data and as Dutch sentences.

The first reason is a start (a fact with its day); every other says how many days it moves the date, so
that start and days add up to the date itself. Each carries the kind of fact it rests on, so that a caller
can leave out what a reader may not know. Must never: compute a date. Read next: `steps.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from hervat.law.cases import DOUBTFUL, Case, Gap, Ground
from hervat.law.catalogue import Rule, StepRule, rules, sentence
from hervat.law.clock import Pause
from hervat.law.facts import Correction, Resumption
from hervat.law.gatekeeper import Due
from hervat.law.parameters import Article, Law, parameters
from hervat.law.vocabulary import FactKind, Regime
from hervat.law.words import days as days_in_words
from hervat.law.words import from_to, long_date, moved

_DAY = timedelta(days=1)
_SINCE = {
    FactKind.OPINION: "Oordeel van de bedrijfsarts gegeven op",
    FactKind.PLAN: "Plan van aanpak afgesproken op",
    FactKind.EVALUATION: "Laatste evaluatie op",
    FactKind.FIRST_YEAR_EVALUATION: "Eerstejaarsevaluatie op",
    FactKind.VOLUNTARY_EXTENSION: "Einde van de vrijwillig verlengde wachttijd:",
    FactKind.EARLY_IVA: "Vervroegde IVA aangevraagd op",
}


class Reason(NamedTuple):
    """One link of the chain. `first` and `last` are the days it speaks of, both included."""

    kind: FactKind
    days: int
    text: str
    article: Article | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """What every chain of one case shares, told once: how it began, what was left out, and resumptions."""

    start: tuple[Reason, ...]
    pauses: tuple[tuple[Pause, Reason], ...]
    resumptions: tuple[Reason, ...]
    law: Law


def tell(
    case: Case,
    pauses: tuple[Pause, ...],
    law: Law,
    resumptions: tuple[Resumption, ...],
    wrong: Correction | None,
) -> Story:
    """Return what the chains of a case share."""
    return Story(
        start=tuple(_start(case, wrong)),
        pauses=tuple((pause, _left_out(pause, law)) for pause in pauses),
        resumptions=tuple(_resumed(one) for one in resumptions if one.since >= case.first_sick_day),
        law=law,
    )


def reasons_for(due: Due, rule: StepRule, story: Story) -> tuple[Reason, ...]:
    """Return the chain of a date: where it is counted from, by which rule, and what moved it."""
    law_says = _rule_reason(rule, story.law, due.days, _template(rule, due))
    if due.since_kind is FactKind.VOLUNTARY_EXTENSION:
        return (_since(due), law_says)
    if due.since is not None:
        return (_since(due), law_says, *_pauses_between(story, due.since, due.on))
    return (*story.start, law_says, *_before(story, due.on))


def extra(kind: FactKind, count: int, text: str, rule: str, regime: Regime, day: date) -> Reason:
    """Return a link for something that happened, under a rule without a number."""
    article = rules()[rule].article_for(regime)
    return Reason(kind, count, f"{moved(count)}: {text}, {article.text}", article, day, day)


def explain(reasons: tuple[Reason, ...]) -> list[str]:
    """Return a chain as sentences for people."""
    return [reason.text for reason in reasons]


def _start(case: Case, wrong: Correction | None) -> Iterator[Reason]:
    first, rule = case.first_sick_day, rules()["first_sick_day"]
    yield Reason(
        FactKind.FIRST_SICK_DAY, 0, f"Eerste ziektedag: {long_date(first)}", rule.article, first, first
    )
    if wrong is not None and wrong.corrected == first:
        yield _corrected(wrong, rules()["correction"])
    if case.before is not None:
        yield _new_case(case.before)


def _corrected(wrong: Correction, rule: Rule) -> Reason:
    text = f"Verbeterd: gemeld was {long_date(wrong.reported)} ({wrong.reason})"
    return Reason(FactKind.CORRECTION, 0, text, rule.article, wrong.reported, wrong.corrected)


def _new_case(gap: Gap) -> Reason:
    article = parameters()["merge_gap"].article
    was = from_to(gap.first_fit_day, gap.relapsed_on)
    because = f"{days_in_words(gap.days)} is niet minder dan vier weken"
    if gap.ground is Ground.LEAVE_OTHER_CAUSE:
        because = "na het verlof is de oorzaak een andere"
    elif gap.ground in DOUBTFUL:
        because = "onder voorbehoud, een mens moet beslissen"
    text = f"Nieuw ziektegeval: hersteld of met verlof van {was}; {because}, {article.text}"
    return Reason(FactKind.RECOVERY, 0, text, article, gap.first_fit_day, gap.relapsed_on - _DAY)


def _left_out(pause: Pause, law: Law) -> Reason:
    first, until = date.fromordinal(pause.start), date.fromordinal(pause.until)
    if pause.kind is FactKind.LEAVE:
        article = rules()["leave_not_counted"].article
        what = f"verlof van {from_to(first, until - _DAY, 'tot en met')}, telt niet mee"
    else:
        article = parameters()["merge_gap"].article
        what = f"hersteld van {from_to(first, until)}, {_merged_because(pause, law)}"
    text = f"{moved(pause.days)}: {what}, {article.text}"
    return Reason(pause.kind, pause.days, text, article, first, until - _DAY)


def _merged_because(pause: Pause, law: Law) -> str:
    if pause.ground in DOUBTFUL:
        return "samengeteld onder voorbehoud: een mens moet beslissen"
    return f"samengeteld want korter dan {law.days('merge_gap')} dagen"


def _resumed(one: Resumption) -> Reason:
    rule = rules()["partial_recovery"]
    part = f"vanaf {long_date(one.since)} voor {one.absence_percentage} % afwezig"
    text = f"+0 dagen: {part}; dat stopt de klok niet"
    return Reason(FactKind.RESUMPTION, 0, f"{text}, {rule.article.text}", rule.article, one.since, one.since)


def _since(due: Due) -> Reason:
    day, kind = due.since, due.since_kind
    assert day is not None  # noqa: S101
    assert kind is not None  # noqa: S101
    return Reason(kind, 0, f"{_SINCE[kind]} {long_date(day)}", None, day, day)


def _template(rule: StepRule, due: Due) -> str:
    if due.since_kind is FactKind.VOLUNTARY_EXTENSION:
        chosen = rule.from_end
    elif due.since is not None:
        chosen = rule.from_fact
    else:
        chosen = rule.from_first_day
    assert chosen is not None  # noqa: S101 - a test asks every rule for its sentence
    return chosen


@lru_cache(maxsize=512)
def _rule_reason(rule: StepRule, law: Law, count: int, template: str) -> Reason:
    text = f"{moved(count)}: {sentence(template, law)}, {rule.article.text}"
    return Reason(FactKind.RULE, count, text, rule.article)


def _before(story: Story, day: date) -> Iterator[Reason]:
    reached = day.toordinal()
    for pause, reason in story.pauses:
        if pause.start <= reached:
            yield reason
    for reason in story.resumptions:
        if reason.first is not None and reason.first <= day:
            yield reason


def _pauses_between(story: Story, since: date, day: date) -> Iterator[Reason]:
    """Return the pauses between a fact and a date; one that had begun already counts for its rest."""
    begun, reached = since.toordinal() + 1, day.toordinal()
    for pause, reason in story.pauses:
        if pause.until <= begun or pause.start > reached:
            continue
        if pause.start >= begun:
            yield reason
        else:
            rest = Pause(begun, pause.until, pause.kind, pause.ground)
            yield _left_out(rest, story.law)
