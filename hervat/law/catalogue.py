"""What the law calls each step and rule: name, who acts, which document proves it, where it stands.

Read from `steps.yaml` and `rules.yaml`; the dates themselves are computed in `gatekeeper.py` and
`ending.py`. Must never: hold a number of the law. Read next: `why.py`, `parameters.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from hervat.law.errors import SheetError
from hervat.law.parameters import Article, Law, article_of, last_checked
from hervat.law.sheet import HOME, Row, read_sheet
from hervat.law.vocabulary import Actor, Certainty, Proof, Regime, StepId

STEPS = HOME / "steps.yaml"
RULES = HOME / "rules.yaml"


@dataclass(frozen=True, slots=True, eq=False)
class StepRule:
    """A step or milestone as the law knows it, apart from any person; there is one of each."""

    id: StepId
    name: str
    who: Actor
    proof: Proof | None
    article: Article
    article_civil: Article | None
    certainty: Certainty
    last_checked: date | None
    from_first_day: str | None
    from_fact: str | None
    from_end: str | None

    def article_for(self, regime: Regime) -> Article:
        if regime is Regime.CIVIL_CODE and self.article_civil is not None:
            return self.article_civil
        return self.article


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule without a number."""

    id: str
    text: str
    article: Article
    article_civil: Article | None
    certainty: Certainty
    last_checked: date | None

    def article_for(self, regime: Regime) -> Article:
        if regime is Regime.CIVIL_CODE and self.article_civil is not None:
            return self.article_civil
        return self.article


@cache
def step_rules() -> dict[StepId, StepRule]:
    """Return every step by its id. Raises `SheetError` when one is missing.

    >>> step_rules()[StepId.WEEK_42_NOTIFICATION].article.text
    'art. 38 lid 1 ZW'
    """
    found = {rule.id: rule for rule in _step_rules()}
    if missing := [step for step in StepId if step not in found]:
        raise SheetError(f"steps.yaml: {', '.join(missing)} ontbreekt.", "Vul de stap aan.")
    return found


@cache
def rules() -> dict[str, Rule]:
    """Return every rule without a number by its id.

    >>> rules()["leave_not_counted"].article.text
    'art. 23 lid 5 onder a WIA'
    """
    return {name: _rule(name, row) for name, row in read_sheet(RULES).named()}


@cache
def sentence(template: str, law: Law) -> str:
    """Fill a sentence of `steps.yaml` with the values that hold."""
    return template.format_map(_Values(law))


class _Values(dict[str, int]):
    def __init__(self, law: Law) -> None:
        super().__init__()
        self._law = law

    def __missing__(self, name: str) -> int:
        return self._law.value(name)


def _step_rules() -> Iterator[StepRule]:
    for name, row in read_sheet(STEPS).named():
        try:
            step = StepId(name)
        except ValueError:
            raise row.fail(f"de stap '{name}' is onbekend", "Voeg hem toe aan StepId.") from None
        yield _step_rule(step, row)


def _step_rule(step: StepId, row: Row) -> StepRule:
    row.only(
        *("name", "who", "proof", "article", "link", "article_bw", "link_bw", "certainty", "last_checked"),
        *("from_first_day", "from_fact", "from_end"),
    )
    return StepRule(
        id=step,
        name=row.text("name"),
        who=row.member(Actor, "who"),
        proof=row.member(Proof, "proof") if row.has("proof") else None,
        article=article_of(row),
        article_civil=_article_civil(row),
        certainty=row.member(Certainty, "certainty"),
        last_checked=last_checked(row),
        from_first_day=_optional(row, "from_first_day"),
        from_fact=_optional(row, "from_fact"),
        from_end=_optional(row, "from_end"),
    )


def _rule(name: str, row: Row) -> Rule:
    row.only("text", "article", "link", "article_bw", "link_bw", "certainty", "last_checked")
    return Rule(
        id=name,
        text=row.text("text"),
        article=article_of(row),
        article_civil=_article_civil(row),
        certainty=row.member(Certainty, "certainty"),
        last_checked=last_checked(row),
    )


def _article_civil(row: Row) -> Article | None:
    return article_of(row, "_bw") if row.has("article_bw") else None


def _optional(row: Row, key: str) -> str | None:
    return row.text(key) if row.has(key) else None
