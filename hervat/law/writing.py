"""A timeline as JSON data, and as Dutch text for people.

The names are part of the product: once released they never change meaning. Codes are members of closed
sets, which JSON writes as text. Must never: leave out an
open point or a doubt. Read next: `timeline.py`, `reading.py`, `../../docs/timeline.md`.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from hervat.law.catalogue import StepRule
from hervat.law.decisions import Dates, Decision
from hervat.law.milestones import Milestone, wait_and_pay
from hervat.law.parameters import Article
from hervat.law.points import OpenPoint
from hervat.law.steps import Step
from hervat.law.timeline import CaseTimeline, Timeline
from hervat.law.vocabulary import Regime, Status
from hervat.law.why import Reason
from hervat.law.words import days, from_to, long_date

Data = dict[str, object]

_STATUS = {
    Status.NOT_YET: "nog niet",
    Status.OPEN: "open",
    Status.DUE_SOON: "binnenkort",
    Status.DONE_IN_TIME: "op tijd gedaan",
    Status.DONE_LATE: "te laat gedaan",
    Status.OVERDUE: "te laat",
    Status.NOT_APPLICABLE: "niet aan de orde",
}


def timeline_data(found: Timeline) -> Data:
    """Return the latest case in full, and earlier ones in outline."""
    latest = found.latest
    return {
        "first_sick_day": _iso(latest.first_sick_day),
        "on": _iso(found.on),
        "regime": found.regime,
        "recovered_on": _iso(latest.case.recovered_on),
        "counted_days": latest.counted_days,
        "steps": [step_data(step) for step in latest.steps],
        **_iso_all(wait_and_pay(latest.ending)),
        "milestones": [milestone_data(one) for one in latest.milestones],
        "decision_needed": [decision_data(one) for one in latest.decisions],
        "open_points": [point_data(one) for one in latest.open_points],
        "cases": [_outline(one) for one in found.cases],
    }


def step_data(step: Step) -> Data:
    """Return a step; a window, limit or remark only where there is one."""
    data: Data = {"id": step.id, "name": step.rule.name, "due_on": _iso(step.due_on)}
    if step.opens_on is not None:
        data["from"] = _iso(step.opens_on)
    if step.legal_limit is not None:
        data["legal_limit"] = _iso(step.legal_limit)
    if step.hard_limit is not None:
        data["hard_limit"] = _iso(step.hard_limit)
    data |= {"status": step.status, "days_late": step.days_late, "done_on": _iso(step.done_on)}
    if step.remark is not None:
        data["remark"] = step.remark
    return data | _source(step.rule, step.regime) | {"why": [reason_data(one) for one in step.why]}


def milestone_data(milestone: Milestone) -> Data:
    data: Data = {
        "id": milestone.id,
        "name": milestone.rule.name,
        "last_day": _iso(milestone.last_day),
        "first_day_after": _iso(milestone.first_day_after),
        "reached": milestone.reached,
    }
    if milestone.opens_on is not None:
        data["from"] = _iso(milestone.opens_on)
    return data | _source(milestone.rule, milestone.regime) | {"why": [reason_data(r) for r in milestone.why]}


def reason_data(reason: Reason) -> Data:
    kind, count, text, article, first, last = reason
    data: Data = {"kind": kind, "days": count, "text": text}
    if first is not None:
        data["first"], data["last"] = _iso(first), _iso(last)
    if article is not None:
        data["article"], data["link"] = article.text, article.link
    return data


def decision_data(decision: Decision) -> Data:
    return {
        "id": decision.id,
        "question": decision.question,
        **_article(decision.article),
        "first": _iso(decision.first),
        "last": _iso(decision.last),
        "provisional": decision.provisional,
        "outcomes": [
            {"id": one.id, "text": one.text, "dates": _iso_all(one.dates)} for one in decision.possibilities
        ],
    }


def point_data(point: OpenPoint) -> Data:
    return {"id": point.id, "text": point.text}


def explain(found: Timeline) -> Iterator[str]:
    """Return the latest case as lines of Dutch text, each date with its reasons."""
    latest = found.latest
    yield f"Eerste ziektedag: {long_date(latest.first_sick_day)}"
    yield f"Geteld tot en met {long_date(found.on)}: {days(latest.counted_days)}"
    if latest.is_provisional:
        yield "Voorlopig: een mens moet eerst iets beslissen, zie onderaan."
    for step in latest.steps:
        yield ""
        yield from _explained_step(step)
    for milestone in latest.milestones:
        yield ""
        yield f"{milestone.rule.name}: {long_date(milestone.last_day)}"
        yield f"  de dag erna: {long_date(milestone.first_day_after)}"
        yield from (f"  {reason.text}" for reason in milestone.why)
    for decision in latest.decisions:
        yield ""
        yield from _explained_decision(decision)
    for point in latest.open_points:
        yield ""
        yield f"Open punt: {point.text}"


def _explained_step(step: Step) -> Iterator[str]:
    when = long_date(step.due_on)
    if step.opens_on is not None:
        when = from_to(step.opens_on, step.due_on, "tot en met")
    late = f", {days(step.days_late)}" if step.days_late else ""
    yield f"{step.rule.name}: {when} ({_STATUS[step.status]}{late})"
    if step.remark is not None:
        yield f"  {step.remark}"
    if step.legal_limit is not None and step.legal_limit != step.due_on:
        yield f"  uiterlijk volgens de wet: {long_date(step.legal_limit)}"
    yield f"  wie: {step.rule.who}; {step.article.text} (zekerheid {step.rule.certainty})"
    yield from (f"  {reason.text}" for reason in step.why)


def _explained_decision(decision: Decision) -> Iterator[str]:
    yield f"Te beslissen door een mens: {decision.question}"
    for one in decision.possibilities:
        end, wia = one.dates["pay_last_day"], one.dates["wia_start_date"]
        mark = " (voorlopig aangehouden)" if one.id == decision.provisional else ""
        yield (
            f"  {one.text}{mark}: eerste ziektedag {long_date(one.dates['first_sick_day'])}, "
            f"laatste dag loon {long_date(end)}, WIA vanaf {long_date(wia)}"
        )


def _outline(one: CaseTimeline) -> Data:
    return {
        "first_sick_day": _iso(one.first_sick_day),
        "recovered_on": _iso(one.case.recovered_on),
        "counted_days": one.counted_days,
        "spells": [[_iso(s.first_sick_day), _iso(s.first_fit_day)] for s in one.case.spells],
    }


@lru_cache(maxsize=128)
def _source(rule: StepRule, regime: Regime) -> Data:
    return {
        "who": rule.who,
        "proof": rule.proof,
        "regime": regime,
        **_article(rule.article_for(regime)),
        "certainty": rule.certainty,
    }


def _article(article: Article) -> Data:
    return {"article": article.text, "link": article.link}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _iso_all(dates: Dates) -> Data:
    return {name: day.isoformat() for name, day in dates.items()}
