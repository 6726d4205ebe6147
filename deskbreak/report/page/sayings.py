"""What the page says: one set of phrases for what is written here and what its script writes later."""

from collections.abc import Mapping

from deskbreak.core.events import Rating
from deskbreak.core.outcomes import Fate, Outcome
from deskbreak.core.postures import BreakKind, How, Posture
from deskbreak.report.ribbon import fate_name
from deskbreak.words import _, review
from deskbreak.words.prompts import rating


def phrases() -> Mapping[str, str]:
    """Texts with places for values in braces; a place may be used again, and none is left over."""
    return {
        "full_day": _("{weekday}, {day} {month} {year}"),
        "short_day": _("{weekday} {day} {month}"),
        "s": _("{seconds} s"),
        "h": _("{hours} h"),
        "min": _("{minutes} min"),
        "h_min": _("{hours} h {minutes} min"),
        "percent": _("{number} %"),
        "usually": _("Usually {length}: the mean of {count} days in the 4 weeks before."),
        "of_goal": _("sitting, of the {goal} you aim for on a day of this length"),
        "over_goal": _("sitting; on a day of this length you aim for {goal}"),
        "of_goal_today": _("sitting so far; by now you aim for {goal}"),
        "too_short": _("sitting; the day was too short to measure it against your goal"),
        "usual": _("Half of your sitting was in stretches of {length} or longer."),
        "no_bout": _("No sitting was seen on this day."),
        "breaks": _("breaks"),
        "self_started": _("{number} before any reminder"),
        "longest": _("longest bout"),
        "longest_aim": _("you aim for less than {length}"),
        "long": _("in bouts of 30 min and more"),
        "long_share": _("{share} of the sitting, {number} in all"),
        "very_long": _("{number} of an hour and more"),
        "per_hour": _("interruptions in an hour of sitting"),
        "exercises": _("exercises"),
        "activations": _("{number} in the chair"),
        "up": _("standing and moving"),
        "up_parts": _("{standing} standing, {moving} moving"),
        "not_sure": _("{length} of it inferred."),
        "from_to": _("{from} to {to}"),
        "known_by": _("known by {how}"),
        "inferred": _("inferred"),
        "reminder": _("reminder, level {level}"),
        "standing_reminder": _("standing reminder"),
        "no_answer_yet": _("open"),
        "in_the_chair": _("in the chair"),
        "bout": _("bout"),
        "clock": _("from"),
        "until": _("to"),
        "length": _("length"),
        "posture": _("posture"),
        "how": _("known by"),
        "what": _("what"),
        "outcome": _("outcome"),
        "time": _("time"),
        "sure": _("sure"),
        "stretches": _("The day, stretch by stretch"),
        "events": _("Reminders and exercises"),
        "by_posture": _("Time by posture"),
        "ribbon": _("Ribbon of {day}. The arrow keys go through it."),
        "ribbon_alone": _("Ribbon of {day}"),
        "no_ribbon": _("This page has only the totals of this day: the days before {day} are not drawn."),
        "day": _("day"),
        "sitting": _("sitting"),
        "goal": _("goal"),
        "longest_short": _("longest"),
        "long_short": _("30 min and more"),
        "week": _("week of"),
        "none": _("none"),
        "no_log": _("no log"),
        "weeks_table": _("Sitting, week by week"),
        "days_table": _("Sitting, day by day"),
        "whole": _("all"),
        "calendar": _("Sitting on each day from {from} to {to}. The arrow keys go through the days."),
        "bars": _("Sitting from {from} to {to}. The arrow keys go through the days."),
        "within": _("Within the goal on {number} of {count} days; {length} a day on average."),
        "heat": _("When bouts are long, by hour and weekday. The arrow keys go through the hours."),
        "heat_cell": _("{length} in bouts of 30 min and more"),
        "hours_chart": _("Reminders by hour. The arrow keys go through the hours."),
        "levels_chart": _("Reminders by level. The arrow keys go through the levels."),
        "exercises_chart": _("Exercises done. The arrow keys go through them."),
        "minutes_scale": _("minutes of the hour in bouts of 30 min and more:"),
        "times": _("{number} times, {length}"),
        "once": _("once, {length}"),
        "period": _("{from} to {to}: {count} days with a log."),
        "nothing": _("The log holds nothing of this yet."),
    }


def names() -> Mapping[str, object]:
    """What things are called, in the order in which their numbers are counted."""
    return {
        "weekdays": review.weekdays(),
        "months": review.months(),
        "postures": [[posture.value, review.posture(posture)] for posture in Posture],
        "hows": [review.how(how) for how in How],
        "kinds": [review.break_kind(kind) for kind in BreakKind],
        "outcomes": [review.outcome(outcome) for outcome in Outcome],
        "ratings": [rating(said).lower() for said in Rating],
        "fates": [[fate.value, fate_name(fate)] for fate in Fate],
    }
