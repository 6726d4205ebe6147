"""What is said for safety is what the specification says, word for word (evidence.md 5.1 to 5.4)."""

import pytest

from deskbreak.cli import main
from deskbreak.coach.library import library
from deskbreak.coach.screening import Ground, Question, Region
from deskbreak.words import safety, screening


def test_nothing_of_the_stop_signs_and_red_flags_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "safety"]) == 0
    said = " ".join(capsys.readouterr().out.split())

    for wanted in (
        "It is not medical advice and does not diagnose or treat anything.",
        "Stop at once if you feel: - sharp or spreading pain - pain, tingling or numbness down a leg "
        "- chest pain or pressure - unusual breathlessness - dizziness or faintness "
        "- a joint that gives way or locks",
        "Muscle effort and mild next-day soreness are normal; pain in a joint is not.",
        "Pain that lasts over 48 hours, or keeps you awake: see a professional.",
        "Call your local emergency number chest pain or pressure; sudden breathlessness; collapse; sudden "
        "weakness of the face, an arm or speech.",
        "numbness around the genitals, back passage or inner thighs; new trouble starting, stopping or "
        "feeling urination; loss of bowel control; weakness or numbness in both legs; new sexual numbness.",
        "throbbing pain, swelling, warmth or colour change in one calf or leg, especially after long sitting "
        "or travel; with breathlessness or chest pain call emergency services.",
        "back pain after a fall or accident; with fever, unexplained weight loss, or a history of cancer; "
        "pain at night that does not ease; groin or hip pain on putting weight on the leg; "
        "leg weakness that is getting worse.",
    ):
        assert wanted in said


def test_when_to_stop_is_one_step_away_from_every_exercise(capsys: pytest.CaptureFixture[str]) -> None:
    for exercise in library():
        assert main(["exercises", "show", exercise.id]) == 0
        assert safety.ONE_STEP_AWAY in capsys.readouterr().out
    assert "deskbreak help safety" in safety.ONE_STEP_AWAY


def test_the_seven_questions_are_asked_in_these_words() -> None:
    assert [screening.question(each) for each in Question] == [
        "Has a doctor ever told you to be active only under supervision because of your heart or blood "
        "pressure?",
        "Do you get chest pain at rest, in daily life, or when active?",
        "In the past year have you lost your balance from dizziness, or passed out?",
        "Do you have a bone, joint or soft-tissue problem (back, knee, hip) that movement could make worse?",
        "Are you pregnant, or did you give birth in the last six months?",
        "Have you had surgery, a hip or knee replacement, or a blood clot in the last year?",
        "Do you take medicine for blood pressure or your heart?",
    ]
    assert screening.ADVICE == (
        "Please check with a doctor or physiotherapist first. You can still use the walking and standing "
        "reminders if you are used to walking."
    )


def test_every_ground_and_region_has_words_of_its_own() -> None:
    assert len({screening.ground(each) for each in Ground}) == len(Ground)
    assert [screening.region(each) for each in Region] == ["back", "knee", "hip"]
