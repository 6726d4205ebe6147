"""Levels in words: what the next step asks for, and how much of it is done; it offers and never urges.

Specification: selection.md section 3.1.
"""

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.levels import Condition, Standing, What
from deskbreak.words import _
from deskbreak.words.exercises import family


def next_step(standing: Standing) -> str:
    """`For 202: 4 of 6 full doses; over 5 of 10 days; ...`; empty where there is no higher level."""
    step = standing.next
    if step is None:
        return ""
    asked = "; ".join(condition(each, standing.family) for each in step.conditions)
    return _("For {level}: {conditions}.").format(level=int(step.to), conditions=asked)


def condition(asked: Condition, of: Family) -> str:
    """One condition, with how much of it is met."""
    match asked.what:
        case What.SESSIONS:
            text = _("{have} of {need} full doses at this level")
        case What.DAYS:
            text = _("{have} of {need} days between the first of them and the last")
        case What.EASY:
            text = _("{have} of {need} in a row that felt easy")
        case What.PAIN_FREE:
            text = _("{have} of {need} days without pain")
        case What.TEST:
            text = _("{have} of {need} tests passed: {test}").replace("{test}", _test(of))
    return text.format(have=asked.have, need=asked.need)


def offer_row(standing: Standing) -> str:
    """What takes the next level, on its card and in the menu: `Bridges: go up to 202`."""
    return _("{family}: go up to {level}").format(family=family(standing.family), level=_next(standing))


def offer(standing: Standing) -> tuple[str, str]:
    """Title and body of the offer of the next level, which nobody need take."""
    title = _("{family}: {level} is open to you").format(
        family=family(standing.family), level=_next(standing)
    )
    body = _("The last three were easy. Stay at {level} as long as you like: the menu keeps the offer.")
    return title, body.format(level=int(standing.level))


def taken(before: Standing, level: Level) -> tuple[str, str]:
    """What is true once the level is set, with one line of warning where more was asked for first."""
    title = _("{family}: {level} from now on.").format(family=family(before.family), level=int(level))
    return title, too_soon(before, level)


def too_soon(before: Standing, level: Level) -> str:
    """One line of warning about a level that is not reached yet; empty where it is."""
    open_to = before.level if before.next is None or not before.offered else before.next.to
    if level <= open_to:
        return ""
    return _("That is sooner than this ladder asks for: begin slowly, and stop if anything hurts.")


def no_level(of: Family, level: Level) -> str:
    """Said of a level that no exercise of the family has."""
    return _("There is no {level} in this family: {family}.").format(level=int(level), family=family(of))


def no_test(standing: Standing) -> str:
    """Said of a test that went well before it counts."""
    return _("The test is for 303, and counts once you are at 202. You are at {level}.").format(
        level=int(standing.level)
    )


def passed(standing: Standing) -> str:
    """What is true once a family's test went well."""
    said = _("Noted: the test went well.")
    if standing.offered:
        taken_by = f"deskbreak levels set {standing.family.value} {_next(standing)}"
        return said + " " + _("To go up: {command}").format(command=taken_by)
    return " ".join(filter(None, (said, next_step(standing))))


def _next(standing: Standing) -> int:
    return int(standing.level if standing.next is None else standing.next.to)


def heading(standing: Standing) -> str:
    """`Bridges: 101`."""
    return _("{family}: {level}").format(family=family(standing.family), level=int(standing.level))


def _test(of: Family) -> str:
    match of:
        case Family.BRIDGE:
            return _("3 sets of 10 marching bridges with level hips")
        case Family.SQUEEZE:
            return _("60 s at 90 beats, 45 each side, without losing the pattern, twice")
        case Family.HIP:
            return _("bird-dog, held 5 s, 6 times on each side, without tipping")
        case Family.FLEXOR:
            return _("30 s half-kneeling with the tuck kept and no pinch in the groin")
        case Family.SQUAT:
            return _("10 times sit to stand, lowering for 3 s, hands free")
        case Family.PUMP | Family.MOBILITY | Family.WALK | Family.STAND:
            raise ValueError(f"{of.value} has no test")
