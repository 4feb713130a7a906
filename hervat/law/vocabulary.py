"""The closed sets of the law: steps, units, certainty, who acts, and the kinds of fact in a reason.

The values are what stands in YAML files and in JSON: once released they never change meaning. Dutch
words for people are names beside the rules, in `parameters/steps.yaml`, or in `words.py`.
Must never: hold a number of the law; those are dated, in `parameters/`. Read next: `parameters.py`.
"""

from enum import StrEnum


class Unit(StrEnum):
    """What a value of the law is counted in."""

    DAYS = "dagen"
    WEEKS = "weken"
    MONTHS = "maanden"
    YEARS = "jaren"
    HOURS = "uren"
    EUROS = "euro"


class Certainty(StrEnum):
    """How sure a statement about the law is; the marks of the glossary."""

    READ = "V"
    DERIVED = "D"
    MEMORY = "M"
    UNCERTAIN = "U"
    OWN = "eigen"


class Regime(StrEnum):
    """Whose rules on pay hold: appointed staff (Defence) or employees under civil law."""

    SICKNESS_ACT = "ZW"
    CIVIL_CODE = "BW"


class LeaveKind(StrEnum):
    """Which leave under the WAZO."""

    MATERNITY = "maternity"
    ADOPTION = "adoption"
    OTHER = "other"


class SameCause(StrEnum):
    """Whether incapacity before and after a leave comes from one cause; UNKNOWN is an answer too."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class SanctionKind(StrEnum):
    """Why UWV lengthens pay: the report is not complete, or the efforts fell short."""

    ADMINISTRATIVE = "administrative"
    SUBSTANTIVE = "substantive"


class Notice(StrEnum):
    """What is known of UWV's notice that a benefit can be asked for (WIA art. 64 lid 2)."""

    RECEIVED = "received"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


class StepId(StrEnum):
    """A step of the gatekeeper act, or a milestone that follows from the facts."""

    PROBLEM_ANALYSIS = "problem_analysis"
    ACTION_PLAN = "action_plan"
    EVALUATION = "evaluation"
    WEEK_42_NOTIFICATION = "week_42_notification"
    FIRST_YEAR_EVALUATION = "first_year_evaluation"
    SECOND_TRACK = "second_track"
    UWV_NOTICE = "uwv_notice"
    CURRENT_OPINION = "current_opinion"
    REINTEGRATION_REPORT = "reintegration_report"
    WIA_APPLICATION = "wia_application"
    REINTEGRATION_REVIEW = "reintegration_review"
    # Milestones
    SICK_REPORT = "sick_report"
    WAITING_PERIOD_END = "waiting_period_end"
    PAY_END = "pay_end"
    WAGE_SANCTION_END = "wage_sanction_end"
    SHORTENED_WAITING_PERIOD = "shortened_waiting_period"


class Actor(StrEnum):
    """Who must act, in the words of the law."""

    EMPLOYER = "werkgever"
    EMPLOYEE = "werknemer"
    BOTH = "werkgever en werknemer"
    PHYSICIAN = "bedrijfsarts"
    UWV = "UWV"
    NOBODY = "niemand"


class Proof(StrEnum):
    """The kind of document that proves a step was done."""

    SICK_REPORT = "ziekmelding"
    OCCUPATIONAL_ADVICE = "advies-bedrijfsarts"
    ACTION_PLAN = "plan-van-aanpak"
    PLAN_REVISION = "bijstelling-plan-van-aanpak"
    WEEK_42_NOTIFICATION = "42e-weeksmelding"
    FIRST_YEAR_EVALUATION = "eerstejaarsevaluatie"
    UWV_LETTER = "brief-uwv"
    CURRENT_OPINION = "actueel-oordeel"
    REINTEGRATION_REPORT = "re-integratieverslag"
    WIA_APPLICATION = "wia-aanvraag"
    UWV_DECISION = "besluit-uwv"


class Status(StrEnum):
    """How a step stands on a given day."""

    NOT_YET = "not_yet"
    OPEN = "open"
    DUE_SOON = "due_soon"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"
    NOT_APPLICABLE = "not_applicable"


class FactKind(StrEnum):
    """What a reason rests on, so that a caller can leave out what a reader may not know."""

    RULE = "rule"
    FIRST_SICK_DAY = "first_sick_day"
    CORRECTION = "correction"
    RECOVERY = "recovery"
    LEAVE = "leave"
    RESUMPTION = "resumption"
    OPINION = "opinion"
    PLAN = "plan"
    EVALUATION = "evaluation"
    FIRST_YEAR_EVALUATION = "first_year_evaluation"
    WEEK_42_REPORT = "week_42_report"
    UWV_NOTICE = "uwv_notice"
    APPLICATION = "application"
    SANCTION = "sanction"
    REPAIR = "repair"
    FINDING = "finding"
    VOLUNTARY_EXTENSION = "voluntary_extension"
    EARLY_IVA = "early_iva"
    AOW_AGE = "aow_age"


class DecisionId(StrEnum):
    """What a person must decide before a date is certain."""

    LEAVE_CAUSE_UNKNOWN = "leave_cause_unknown"
    LEAVE_NOT_ADJACENT = "leave_not_adjacent"
    APPLICATION_EXCUSE = "application_excuse"


class PointId(StrEnum):
    """An open point of a timeline: something a reader must know and the rules do not settle."""

    OTHER_CAUSE_SHORT_GAP = "other_cause_short_gap"
    LEAVE_KIND = "leave_kind"
    LEAVE_ON_ONE_SIDE = "leave_on_one_side"
    LEAVE_ON_FIRST_DAY = "leave_on_first_day"
    LEAVE_BEFORE_SICKNESS = "leave_before_sickness"
    ZERO_ABSENCE = "zero_absence"
    FACT_BEFORE_FIRST_DAY = "fact_before_first_day"
    INTERRUPTION_NEAR_END = "interruption_near_end"
    AOW_AGE = "aow_age"
    EXTENSION_WITHOUT_END = "extension_without_end"
    EXTENSION_NOT_LATER = "extension_not_later"
    NOTICE_AT_EXTENSION = "notice_at_extension"
    APPLICATION_OVERDUE = "application_overdue"
    LATE_APPLICATION_START = "late_application_start"
    SANCTION_VOID = "sanction_void"
    SANCTION_LENGTH = "sanction_length"
    SANCTION_AFTER_LATE_APPLICATION = "sanction_after_late_application"
    FINDING_EXPECTED = "finding_expected"
    EARLY_IVA_TOO_LATE = "early_iva_too_late"
    WEEK_42_LATE = "week_42_late"
    RECOVERED_AT_WEEK_42 = "recovered_at_week_42"
