"""exercises.json: any file gives a library, and every fault in it is said with its place and its mending."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deskbreak.coach
from deskbreak.coach.library import packaged
from deskbreak.settings import load_exercises

TURN = (
    '{"id": "neck-turn", "name": "Neck turn", "family": "mobility", "level": 101, "place": "standing",\n'
    ' "dose": {"total_s": 40}, "cue": "Look over your shoulder.", "steps": ["Turn your head."]}'
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "exercises.json"


def faults(file: Path) -> list[str]:
    """What is said, without the file's name."""
    return [str(each).removeprefix(str(file)) for each in load_exercises(file)[1]]


def test_no_file_is_no_fault(file: Path) -> None:
    assert load_exercises(file) == (packaged(), ())


def test_the_packaged_exercises_are_a_file_of_ones_own() -> None:
    data = Path(deskbreak.coach.__path__[0]) / "exercises.json"

    assert load_exercises(data) == (packaged(), ())


def test_each_fault_names_line_entry_and_field_and_how_to_mend_it(file: Path) -> None:
    file.write_text(
        "[\n"
        + TURN
        + ",\n"
        + TURN.replace("neck-turn", "two").replace("40", "-40").replace('"cue"', '"cues"')
        + ',\n{"id": "stair", "hidden": true}, 5]'
    )

    library, _faults = load_exercises(file)

    assert faults(file) == [
        ":4: two, cues: there is no such field: take it out, or write cue",
        ":4: two, dose.total_s: must be a number from 1 to 7200, not -40",
        ":4: two, cue: is missing: add one line of 1 to 200 printable characters",
        ": entry 4: must be an object with id, name, family, level, place, dose, cue, steps, not 5",
        ":6: stair, id: there is no exercise stair: write stairs, or another id",
    ]
    assert [each.id for each in library.shown if each.id not in packaged().known] == ["neck-turn"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('"id": "neck-turn"', '"id": "Neck!"'), "Neck!, id: must be an id of small letters, digits and"),
        (('"mobility"', '"arms"'), 'family: must be one of "squeeze", "bridge", "flexor", "hip", "squat"'),
        (("101", "404"), "level: must be one of 101, 202, 303, not 404"),
        (("101", "NaN"), "level: must be one of 101, 202, 303, not nan"),
        (("40", "1e999"), "dose.total_s: must be a number from 1 to 7200, not inf"),
        (("40", "9" * 5000), "dose.total_s: must be a number from 1 to 7200, not inf"),
        (('"Neck turn"', '"Neck \\u001b[31mturn"'), "name: must be one line of 1 to 40 printable characters"),
        (('["Turn your head."]', "[]"), "steps: must be a list of 1 to 20 lines of up to 400 printable"),
        (
            ('"cue"', '"easier": "stand-up", "cue"'),
            "easier: there is no exercise stand-up: write stand-up-desk",
        ),
        (
            ('"cue"', '"easier": "qq", "cue"'),
            "easier: there is no exercise qq: write an id that deskbreak exer",
        ),
        (
            ('"cue"', '"harder": "neck-turn", "cue"'),
            "harder: leads round in a circle (neck-turn > neck-turn)",
        ),
        (('"cue"', '"\\u001b[31m": 1, "cue"'), "'\\x1b[31m': there is no such field: take it out (deskbreak"),
        (('"cue"', '"quiet": {}, "cue"'), "quiet: must be true or false, not an object"),
        (('"cue"', '"figure": {"view": null}, "cue"'), 'figure.view: is missing: add one of "side", "front"'),
        (
            ('"cue"', '"figure": {"viewbox": [1]}, "cue"'),
            "figure.viewbox: must be [-12, 0, 120, 100], not a list",
        ),
        (
            ('{"total_s": 40}', '{"total_s": 40, "reps": "many"}'),
            "must be a whole number from 1 to 500, not 'many'",
        ),
    ],
)
def test_a_faulty_entry_is_left_out_and_said(file: Path, change: tuple[str, str], says: str) -> None:
    file.write_text(f"[{TURN.replace(*change)}]")

    library, _faults = load_exercises(file)

    assert any(says in each for each in faults(file)), faults(file)
    assert all(each.isprintable() for each in faults(file))
    assert library == packaged()


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", ":1: it is not valid JSON (Expecting value); the exercises are those that come with deskbreak"),
        (b"[\n{]", ":2: it is not valid JSON (Expecting property name enclosed in double quotes); the"),
        (b'{"id": "stairs"}', ": must be a list of at most 200 entries, [ {...}, {...} ], not an object"),
        (b"[\xff]", ":1: it is not text in UTF-8; the"),
        (b"[" * 100_000, ": its brackets are nested too deeply; the"),
        (b" " * (1024 * 1024 + 1), ": it is larger than 1 MiB; the"),
        (json.dumps([5] * 201).encode(), ": must be a list of at most 200 entries"),
    ],
)
def test_a_file_that_is_of_no_use_leaves_the_exercises_as_they_come(
    file: Path, raw: bytes, says: str
) -> None:
    file.write_bytes(raw)

    library, _faults = load_exercises(file)

    assert [each[: len(says)] for each in faults(file)] == [says]
    assert library == packaged()


def test_a_pipe_or_a_folder_is_not_waited_for(file: Path, tmp_path: Path) -> None:
    os.mkfifo(file)

    assert faults(file) == [": it is no plain file; the exercises are those that come with deskbreak"]
    assert "it is no plain file" in str(load_exercises(tmp_path)[1][0])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=40) | st.text(alphabet='[]{}",:1e9-ntf\\u', max_size=40).map(str.encode))
def test_whatever_the_file_holds_there_are_exercises(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    file = tmp_path_factory.mktemp("own") / "exercises.json"
    file.write_bytes(raw)

    library, said = load_exercises(file)

    assert library == packaged()
    assert said or raw.strip() in (b"[]",)
