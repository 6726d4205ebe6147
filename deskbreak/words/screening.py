"""The seven questions before the first exercise, and what follows from the answers, in words.

Specification: evidence.md section 5.2.
"""

from collections.abc import Iterable

from deskbreak.coach.screening import Ground, Question, Region
from deskbreak.words import _

INTRODUCTION = _("Seven questions before you start. Your answers stay on this machine.")
WELCOME = (
    _("Before the first exercise: seven questions"),
    _(
        "This is general information and not medical advice. Your answers stay on this machine and leave "
        'out what does not suit you: "Health questions" in the menu, or deskbreak screening.'
    ),
)
"""Title and body of the card at first use."""
IN_SHORT = _("Mark what is so for you; it stays on this machine:")
ADVICE = _(
    "Please check with a doctor or physiotherapist first. You can still use the walking and standing "
    "reminders if you are used to walking."
)
FINE = _("Nothing is left out. Stop if anything hurts.")


def question(which: Question) -> str:
    match which:
        case Question.SUPERVISED:
            return _(
                "Has a doctor ever told you to be active only under supervision because of your heart or "
                "blood pressure?"
            )
        case Question.CHEST_PAIN:
            return _("Do you get chest pain at rest, in daily life, or when active?")
        case Question.FAINTED:
            return _("In the past year have you lost your balance from dizziness, or passed out?")
        case Question.JOINTS:
            return _(
                "Do you have a bone, joint or soft-tissue problem (back, knee, hip) that movement could "
                "make worse?"
            )
        case Question.PREGNANT:
            return _("Are you pregnant, or did you give birth in the last six months?")
        case Question.OPERATED:
            return _("Have you had surgery, a hip or knee replacement, or a blood clot in the last year?")
        case Question.MEDICINE:
            return _("Do you take medicine for blood pressure or your heart?")


def in_short(which: Question) -> str:
    """The same as a row of a menu, to be marked where it is so."""
    match which:
        case Question.SUPERVISED:
            return _("To be active only under supervision (heart, blood pressure)")
        case Question.CHEST_PAIN:
            return _("Chest pain at rest, in daily life, or when active")
        case Question.FAINTED:
            return _("Dizzy and lost balance, or passed out, in the past year")
        case Question.JOINTS:
            return _("Bone, joint or soft-tissue problem (back, knee, hip)")
        case Question.PREGNANT:
            return _("Pregnant, or gave birth in the last six months")
        case Question.OPERATED:
            return _("Surgery, new hip or knee, or blood clot in the last year")
        case Question.MEDICINE:
            return _("Medicine for blood pressure or the heart")


def region(which: Region) -> str:
    """The part of the body, in the middle of a sentence."""
    match which:
        case Region.BACK:
            return _("back")
        case Region.KNEE:
            return _("knee")
        case Region.HIP:
            return _("hip")


def left_out(grounds: Iterable[Ground]) -> str:
    """Said of an exercise that the person does all the same."""
    return _("Your answers to the health questions leave this one out: {grounds}.").format(
        grounds="; ".join(map(ground, grounds))
    )


def ground(why: Ground) -> str:
    """Why an exercise is left out, as the end of a line."""
    match why:
        case Ground.HELD:
            return _("an effort held for more than 10 s, until a doctor has agreed")
        case Ground.STAIRS:
            return _("stairs, until a doctor has agreed")
        case Ground.BALANCE:
            return _("it needs good balance")
        case Ground.BACK:
            return _("it loads the back")
        case Ground.KNEE:
            return _("it loads the knee")
        case Ground.HIP:
            return _("it loads the hip")
        case Ground.LYING:
            return _("lying flat on the back")
        case Ground.OPERATED:
            return _("it bends or turns the hip or knee far")
