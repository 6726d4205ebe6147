"""Every exercise is listed, and shown with all there is to know and the way to the stop rules."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.cli import main
from deskbreak.coach.library import packaged, put_in_force
from deskbreak.paths import Places
from deskbreak.settings import load_exercises
from tests.cli.conftest import Programs

OWN = """[
  {"id": "neck-turn", "name": "Neck turn", "family": "mobility", "level": 101, "place": "standing",
   "discreet": true, "dose": {"reps": 6, "per_side": true, "total_s": 40},
   "cue": "Look over your shoulder.", "steps": ["Stand tall.", "Turn your head slowly."]},
  {"id": "stairs", "hidden": true}
]"""


@pytest.fixture(autouse=True)
def packaged_again() -> Iterator[None]:
    yield
    put_in_force(None)


def said(capsys: pytest.CaptureFixture[str], *command: str) -> list[str]:
    assert main(["exercises", *command]) == 0
    return capsys.readouterr().out.splitlines()


def listed(capsys: pytest.CaptureFixture[str], *command: str) -> list[str]:
    return [line.split()[0] for line in said(capsys, *command) if line.startswith("  ")]


def test_all_of_them_are_listed_by_family(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys)

    assert {line.split()[0] for line in lines if line.startswith("  ")} == packaged().known.keys()
    assert lines[0] == "Glute squeezes"
    assert "  glute-bridge                  101  on the floor   2 min" in lines
    assert "  calf-raise                    101  standing        50 s  discreet" in lines
    assert all(len(line) <= 80 for line in lines)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--place", "floor", "--level", "303"], ["single-leg-bridge", "couch-stretch"]),
        (["--family", "walk"], ["walk-break", "stairs"]),
        (["--family", "walk", "--place", "chair"], []),
    ],
)
def test_the_list_is_narrowed_by_place_level_and_family(
    asked: list[str], found: list[str], home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert listed(capsys, *asked) == found
    assert main(["exercises", *asked, "--json"]) == 0
    assert [each["id"] for each in json.loads(capsys.readouterr().out)] == found


def test_a_list_of_nothing_says_so(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--family", "walk", "--place", "chair") == [
        "There is no such exercise. All of them: deskbreak exercises"
    ]


def test_one_is_shown_with_all_that_it_takes(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "show", "glute-bridge")

    assert lines[:5] == [
        "Glute bridge",
        "glute-bridge: bridge 101, on the floor, quiet",
        "",
        "  dose      8 times, each held 2 s, about 35 s",
        "",
    ]
    assert "  cue       Squeeze first, then let the squeeze lift you." in lines
    assert "  avoid     arching the back at the top" in lines
    assert "  careful   Skip with acute back pain; in later pregnancy avoid lying flat on" in lines
    assert "  easier    standing-squeeze (Standing glute squeeze)" in lines
    assert "  harder    marching-bridge (Marching bridge)" in lines
    assert any(line.startswith("  source    Cambridge University Hospitals") for line in lines)
    assert lines[-1] == "Stop if anything hurts. When to stop at once: deskbreak help safety"


@pytest.mark.parametrize("id_", packaged().known)
def test_each_is_shown_in_full_on_80_columns(
    id_: str, home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    each = packaged().known[id_]
    lines = said(capsys, "show", id_)
    page = " ".join(" ".join(lines).split())

    assert all(len(line) <= 80 for line in lines)
    for text in (each.name, each.cue, *each.steps, *each.mistakes, *each.cautions, *each.sources):
        assert text in page
    assert "deskbreak help safety" in lines[-1]


def test_a_beat_is_never_a_number_alone(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert "  dose      30 beats, 15 each side, about 75 s" in said(capsys, "show", "alternating-squeeze")


def test_an_unknown_id_is_met_with_the_nearest(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exercises", "show", "glute-brigde"]) == 2
    assert "Did you mean: glute-bridge?" in capsys.readouterr().err
    assert main(["exercises", "show", "\x1b[31m"]) == 2
    refused = capsys.readouterr().err
    assert "All of them: deskbreak exercises" in refused
    assert "\x1b" not in refused


def test_their_own_ones_are_marked_and_what_they_hid_as_well(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    home.exercises.write_text(OWN)
    lines = said(capsys)

    assert "  neck-turn                     101  standing        40 s  discreet, yours" in lines
    assert "  stairs                        202  standing       2 min  discreet, hidden" in lines
    assert said(capsys, "show", "stairs")[1].endswith("hidden: it is not suggested")
    assert said(capsys, "show", "neck-turn") == [
        "Neck turn",
        "neck-turn: mobility 101, standing, discreet",
        "",
        "  dose      6 times on each side, about 40 s",
        "",
        "  steps     1. Stand tall.",
        "            2. Turn your head slowly.",
        "",
        "  cue       Look over your shoulder.",
        "",
        "Stop if anything hurts. When to stop at once: deskbreak help safety",
    ]


def test_a_faulty_entry_is_named_and_the_rest_listed(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    home.exercises.write_text(OWN.replace("101", "100"))

    assert main(["exercises"]) == 0
    shown = capsys.readouterr()
    assert shown.err == f"{home.exercises}:2: neck-turn, level: must be one of 101, 202, 303, not 100\n"
    assert "neck-turn" not in shown.out
    assert "hidden" in shown.out


def test_json_is_a_file_of_ones_own(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    home.exercises.write_text(OWN)
    expected = load_exercises(home.exercises)

    assert main(["exercises", "--json"]) == 0
    home.exercises.write_text(capsys.readouterr().out)
    assert load_exercises(home.exercises) == expected


@pytest.mark.parametrize("command", ["show glute-bridge --json", "--json show glute-bridge"])
def test_json_of_one_is_its_entry(command: str, home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exercises", *command.split()]) == 0
    shown = json.loads(capsys.readouterr().out)

    assert (shown["id"], shown["dose"]["total_s"], len(shown["steps"])) == ("glute-bridge", 105, 4)


def test_the_example_of_the_help_is_a_file_without_fault(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["help", "exercises"]) == 0
    shown = capsys.readouterr().out
    home.exercises.write_text(shown[shown.index("  [\n") : shown.index("  ]\n") + 4])

    library, faults = load_exercises(home.exercises)

    assert faults == ()
    assert library.hidden == {"stairs"}
    assert library.known["neck-turn"].quiet
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_the_stop_rules_and_the_red_flags_are_one_step_away(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["help", "safety"]) == 0
    page = " ".join(capsys.readouterr().out.split())

    assert "It is not medical advice and does not diagnose or treat anything." in page
    assert "pain, tingling or numbness down a leg" in page
    assert "Call your local emergency number chest pain or pressure; sudden breathlessness" in page
    assert "possible cauda equina syndrome" in page


def test_check_and_doctor_name_what_is_wrong_in_it(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    home.exercises.write_text(OWN.replace("101", "100"))
    fault = f"{home.exercises}:2: neck-turn, level: must be one of 101, 202, 303, not 100"

    assert main(["config", "check"]) == 1
    assert capsys.readouterr().err == f"{fault}\n"
    main(["doctor", "--json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    found = [each for each in findings if each["purpose"] == "exercises"]
    assert [(each["state"], each["says"]) for each in found] == [("fault", fault)]
    assert found[0]["mend"] == "mend the entry, then deskbreak reload"


def test_check_and_doctor_are_content_with_a_good_one(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    home.exercises.write_text(OWN)

    assert main(["config", "check"]) == 0
    assert f"{home.exercises} is fine." in capsys.readouterr().out
    main(["doctor", "--json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [each["says"] for each in findings if each["purpose"] == "exercises"] == [str(home.exercises)]


def test_its_guide_is_a_private_file_that_is_opened(
    home: Places, programs: Programs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    programs.add("xdg-open", f'echo "$1" > {tmp_path}/opened')

    lines = said(capsys, "show", "glute-bridge", "--open")

    path = home.runtime / "guide-glute-bridge.html"
    assert lines == [f"The guide is open: {path}"]
    assert (tmp_path / "opened").read_text() == f"{path}\n"
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("default", "there"),
    [
        ("firefox_firefox.desktop", "snap/firefox/common/deskbreak"),
        ("chromium_chromium.desktop", "runtime/deskbreak"),
        ("org.mozilla.firefox.desktop", "runtime/deskbreak"),
    ],
    ids=["a-snap", "a-snap-that-is-gone", "no-snap"],
)
def test_a_browser_that_is_a_snap_finds_the_guide_where_it_may_read(
    default: str,
    there: str,
    home: Places,
    programs: Programs,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "snap" / "firefox" / "common").mkdir(parents=True)
    programs.add("xdg-settings", f"echo {default}")
    programs.add("xdg-open", "exit 0")

    lines = said(capsys, "show", "glute-bridge", "--open")

    assert lines == [f"The guide is open: {tmp_path / there / 'guide-glute-bridge.html'}"]


@pytest.mark.parametrize("refusing", [False, True], ids=["no-opener", "opener-fails"])
def test_where_nothing_opens_the_guide_it_is_said_where_it_is(
    refusing: bool, home: Places, programs: Programs, capsys: pytest.CaptureFixture[str]
) -> None:
    if refusing:
        programs.add("xdg-open", "exit 3")

    lines = said(capsys, "show", "glute-bridge", "--open")

    assert lines == [f"Open this in a browser: {home.runtime / 'guide-glute-bridge.html'}"]
