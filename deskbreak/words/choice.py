"""How the coach made its pick, in words: what spoke for it, what came next, and what was left out and why."""

from collections.abc import Iterator
from fractions import Fraction
from textwrap import wrap

from deskbreak.coach.bars import Bar
from deskbreak.coach.choose import Choice
from deskbreak.coach.score import Candidate, Term
from deskbreak.words import _
from deskbreak.words.durations import duration

_WIDTH = 80
_NEXT = 4


def says(choice: Choice) -> str:
    """Lines of 80 columns at most."""
    return "\n".join(_lines(choice))


def _lines(choice: Choice) -> Iterator[str]:
    if choice.pick is None:
        yield _("Nothing that suits is left.")
    else:
        best = choice.candidates[0]
        pick = _("{name}, for {length}: {score}").format(
            name=_(choice.pick.name), length=duration(choice.length), score=_score(best)
        )
        yield from wrap(pick, _WIDTH)
        for what, value in best.terms:
            yield f"  {_number(value, '+'):>6}  {term(what)}"
    if len(choice.candidates) > 1:
        following = [f"{_(each.exercise.name)} ({_score(each)})" for each in choice.candidates[1 : _NEXT + 1]]
        yield from _listed(_("Next"), following)
    if choice.loosened:
        yield from _listed(_("Given up, as nothing was left"), [bar(each) for each in choice.loosened])
    if choice.refused:
        yield _("Left out:")
        for which in Bar:
            names = [_(each.exercise.name) for each in choice.refused if each.bars[0] is which]
            if names:
                yield from _listed(f"  {bar(which)}", names)


def _listed(heading: str, names: list[str]) -> list[str]:
    return wrap(f"{heading}: {', '.join(names)}", _WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def _score(candidate: Candidate) -> str:
    return _number(candidate.score)


def _number(value: Fraction, sign: str = "") -> str:
    return f"{float(value):{sign}.2f}".rstrip("0").rstrip(".")


def term(what: Term) -> str:
    """What a part of the score is for."""
    match what:
        case Term.RESTED:
            return _("hours since this family was last done today, 3 at most")
        case Term.HEADLINE:
            return _("walks, bridges, squeezes, flexor stretches and standing come first")
        case Term.UP:
            return _("an hour was sat in one go: up on your feet")
        case Term.OPEN_HIPS:
            return _("an hour was sat in one go: the front of the hips")
        case Term.LONG_DAY:
            return _("six hours were sat today: glutes and the front of the hips")
        case Term.SAME_AGAIN:
            return _("the last suggestion was of this family")
        case Term.SKIPPED:
            return _("skipped in its last three offers")
        case Term.NEVER_TRIED:
            return _("never tried so far")
        case Term.HARDER:
            return _("the hardest that you have reached is preferred a little")


def bar(which: Bar) -> str:
    """Why an exercise is out of the question."""
    match which:
        case Bar.EXCLUDED:
            return _("by your answers to the screening")
        case Bar.HIDDEN:
            return _("hidden by you")
        case Bar.LEVEL:
            return _("of a level not reached yet")
        case Bar.RESTING:
            return _("at rest after it hurt")
        case Bar.LOAD:
            return _("enough of it for today")
        case Bar.FLOOR:
            return _("needs the floor")
        case Bar.DISCREET:
            return _("colleagues would notice")
        case Bar.QUIET:
            return _("makes a noise")
        case Bar.NO_DESK:
            return _("needs a standing desk")
        case Bar.TOO_LONG:
            return _("takes too long")
        case Bar.STOOD:
            return _("you stand, just stood, or stood for four hours today")
        case Bar.CHAIR:
            return _("in the chair, and you stand or sat for an hour")
        case Bar.LONGER:
            return _("its whole dose takes too long")
        case Bar.EASIER:
            return _("not the short and easy kind")
        case Bar.UPRIGHT:
            return _("in the chair a second time running")
        case Bar.ASKED:
            return _("you asked for it a moment ago")
        case Bar.LAST_BUT_ONE:
            return _("suggested the time before last")
        case Bar.LAST:
            return _("suggested last")


def careful(which: Bar | None) -> str:
    """Said of an exercise that was named although this speaks against it; empty for what needs no word."""
    match which:
        case Bar.RESTING:
            return _("This family is at rest as it hurt: leave it if it still does.")
        case Bar.LEVEL:
            return _("It is of a level not reached yet: begin slowly, and stop if anything hurts.")
        case Bar.LOAD:
            return _("That is enough of it for today: more is not better.")
        case _:
            return ""


def account(choice: Choice) -> dict[str, object]:
    """The same as JSON says it; durations in seconds."""
    return {
        "pick": None if choice.pick is None else choice.pick.id,
        "length_s": choice.length.total_seconds(),
        "candidates": [
            {
                "exercise": each.exercise.id,
                "score": float(each.score),
                "terms": {what.value: float(value) for what, value in each.terms},
            }
            for each in choice.candidates
        ],
        "loosened": [each.value for each in choice.loosened],
        "refused": {each.exercise.id: [why.value for why in each.bars] for each in choice.refused},
    }
