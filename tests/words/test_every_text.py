"""No text that the program can show promises what is not known or frightens (evidence.md 1.5 and 5.6)."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from deskbreak.words.safety import DISCLAIMER, RED_FLAGS
from tests.words.texts import PROJECT, Shown, every_text, of_package, of_page

_GAP = r"\W+(?:[\w'-]+\W+){0,3}"
_OFF = r"(?:(?:switch|turn|shut)\w*\s+off|are off|asleep|sleeping|dormant|dead)"
_GLUTES = r"(?:glute|butt|buttock|bum)s?"

BANNED: dict[str, tuple[str, ...]] = {
    "cures": (r"\bcur(?:e|es|ed|ing)\b",),
    "treats": (r"\btreat(?:s|ed|ing|ments?)?\b",),
    "prevents injury": (
        rf"\b(?:prevent|avoid|protect)\w*{_GAP}injur",
        r"\binjury[- ](?:prevention|free|proof)",
    ),
    "prevents disease": (rf"\bprevent\w*{_GAP}(?:pain|disease|diabetes|illness)",),
    "fixes posture or pain": (
        rf"\b(?:fix|heal|repair|straighten)\w*{_GAP}(?:postures?|backs?|pain|spine|hips?)\b",
    ),
    "reverses sitting": (
        rf"\b(?:revers|counteract)\w*{_GAP}(?:sitting|damage|harm)",
        rf"\bundo\w*{_GAP}(?:damage|harm)",
    ),
    "dead butt": (rf"\bdead[- ]?{_GLUTES}\b",),
    "glutes are off": (
        rf"\b{_GLUTES}\b[^.!?]{{0,40}}\b{_OFF}\b",
        rf"\b{_OFF}\s+(?:your |the )?{_GLUTES}",
        r"gluteal amnesia",
    ),
    "calories": (r"\bcalori", r"\bkcal\b", r"\bburn\w*\W+(?:\w+\W+){0,2}fat\b", r"\bfat[- ](?:burn|loss)"),
    "weight": (
        r"\bweight[- ]loss\b",
        r"\b(?:los|shed|drop|gain)\w*\W+(?:\w+\W+){0,2}(?:weight|pounds|kilos)\b",
    ),
    "the new smoking": (r"\bnew smoking\b",),
    "killing": (rf"\bsitting{_GAP}kill\w*", rf"\bkill\w*{_GAP}you\b", r"\bdeadly\b"),
    "body shape": (
        r"\b(?:slim(?:mer)?|toned|toning|shapel(?:y|ier)|perk(?:y|ier)|curv(?:y|ier)|sexy|sexier)\b",
        rf"\b(?:better|nicer|great|rounder|firmer|bigger)[- ](?:looking )?{_GLUTES}\b",
        r"\b(?:buns|bikini|six[- ]pack)\b",
    ),
}
PHRASES = {name: re.compile("|".join(phrases), re.IGNORECASE) for name, phrases in BANNED.items()}

# What says of itself that it does no such thing, and the signs of illness that a doctor should see.
ALLOWED = (" ".join(DISCLAIMER.split()), "unexplained weight loss")


def complaints(texts: Iterable[Shown]) -> Iterator[str]:
    """A line for each banned phrase, with its place."""
    for place, text in texts:
        words = " ".join(text.split())
        for allowed in ALLOWED:
            words = words.replace(allowed, "")
        for name, phrase in PHRASES.items():
            if found := phrase.search(words):
                yield f"{place}: {name}: {found[0]!r}"


def test_nothing_that_the_program_can_show_has_a_banned_phrase() -> None:
    assert list(complaints(every_text())) == []


def test_what_is_read_is_all_there_is() -> None:
    shown = list(every_text())
    texts = {text for _place, text in shown}
    places = {re.split(r"[:.\[]", place)[0] for place, _text in shown}

    assert {"coach/exercises", "words/prompts", "words/safety", "cli/commands", "settings/registry"} <= places
    assert {"README", "pyproject", "deskbreak help safety"} <= places
    assert DISCLAIMER in texts
    assert "Tighten both buttocks together until you feel yourself rise a little on the seat." in texts
    assert "The chair has had you for {length}" in texts
    assert "Today {sitting} sitting, {breaks} break, longest {longest}" in texts
    assert any("Known not to work yet" in text for text in texts)
    assert len(texts) > 1500


def test_whatever_passes_gettext_is_among_it() -> None:
    texts = {text for _place, text in every_text()}
    calls = [
        node
        for path in (PROJECT / "deskbreak").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "ngettext")
    ]
    passed = [part.value for call in calls for part in call.args[:2] if isinstance(part, ast.Constant)]

    assert len(passed) > 500
    assert [said for said in passed if said not in texts] == []


@pytest.mark.parametrize(
    "planted",
    [
        "This stretch cures it.",
        "It treats stiff hips.",
        "Strong glutes prevent running injuries.",
        "For injury-free miles.",
        "It prevents back pain.",
        "Two bridges fix your posture.",
        "This heals a bad back.",
        "One walk reverses six hours of sitting.",
        "Undo the damage now.",
        "You have dead-butt syndrome.",
        "Your glutes are off.",
        "After six hours your glutes are functionally asleep.",
        "Sitting switches off your glutes.",
        "That is gluteal amnesia.",
        "It burns 12 calories.",
        "You lose a little weight.",
        "Sitting is the new smoking.",
        "Sitting is killing you.",
        "For a nicer butt.",
        "Get toned.",
    ],
)
def test_a_planted_phrase_is_found_wherever_it_stands(tmp_path: Path, planted: str) -> None:
    first, rest = planted.split(" ", 1)
    (tmp_path / "one.py").write_text(f'"""Docstring."""\n\nx = _(\n    "{first} "\n    "{rest}"\n)\n')
    (tmp_path / "many.py").write_text(f'y = ngettext("{planted}", "fine", n)\n')
    (tmp_path / "spoken.py").write_text(f'z = f"{{who}} {planted}"\n')
    (tmp_path / "added.py").write_text(f'z = "- " + _("{first}") + " " + "{rest}"\n')
    (tmp_path / "data.json").write_text(f'[{{"id": "plank", "steps": ["Lie down.", "{planted}"]}}]')
    (tmp_path / "guide.html").write_text(f"<p>Fine.</p>\n\n<p>{first}\n   {rest}</p>\n")

    found = [complaint.split(": ")[0] for complaint in complaints(of_package(tmp_path))]

    assert sorted(set(found)) == [
        "added.py:1", "data.json:plank.steps[1]", "guide.html:3", "many.py:1", "one.py:4", "spoken.py:1",
    ]  # fmt: skip


def test_a_phrase_on_a_page_is_found_with_the_line_where_its_paragraph_begins() -> None:
    page = "# deskbreak\n\nIt is\nfine.\n\nIt treats\nnothing but sitting.\n"

    assert list(complaints(of_page("README.md", page))) == ["README.md:6: treats: 'treats'"]


@pytest.mark.parametrize(
    "innocent",
    [
        "Shift your weight onto one leg.",
        "Keep the weight over the heel; do not lose the tuck.",
        "Skip with acute back pain.",
        "To fix it, write: deskbreak config path",
        "After hours of sitting your hips may feel stiff and your glutes slow to join in.",
        "Take back the last command. Undo: sitting",
        "The glutes push the hips forward. Turn off tracking with: deskbreak track off",
        "Tracking is off.",
        "Secure, curved, procured.",
        DISCLAIMER,
        " ".join(signs for _whom, signs in RED_FLAGS),
    ],
)
def test_plain_words_are_let_be(innocent: str) -> None:
    assert list(complaints([Shown("here", innocent)])) == []


def test_docstrings_and_comments_are_nobodys_text(tmp_path: Path) -> None:
    (tmp_path / "quiet.py").write_text(
        '"""It cures nothing."""\n\nx = 1  # it treats nothing\n"""Cures."""\n'
    )

    assert list(complaints(of_package(tmp_path))) == []


def test_the_disclaimer_is_in_the_readme_word_for_word() -> None:
    assert ALLOWED[0] in " ".join((PROJECT / "README.md").read_text("utf-8").split())
