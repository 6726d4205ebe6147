"""The settings file: any file gives settings, and each fault costs its own key and is named."""

import os
from dataclasses import fields, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deskbreak.core.events import Hold
from deskbreak.core.rules import AfterAbsence, Rules
from deskbreak.errors import DeskbreakError
from deskbreak.settings import (
    Evening,
    Evidence,
    Fault,
    Place,
    Run,
    Settings,
    as_texts,
    duration,
    load,
    notes,
    reference,
)
from deskbreak.settings.kinds import Refused
from deskbreak.settings.registry import KEYS
from tests.nobody import as_nobody, folder_of_nobody

DURATIONS = (
    "sit_limit",
    "break_min",
    "away_after",
    "snooze",
    "prompts_apart",
    "stand_limit",
    "daily_goal",
)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def loaded(path: Path, text: str) -> tuple[Settings, tuple[Fault, ...]]:
    path.write_text(text, "utf-8")
    return load(path)


def sound(path: Path, text: str) -> Settings:
    settings, faults = loaded(path, text)
    assert [str(fault) for fault in faults] == []
    return settings


def only_fault(path: Path, text: str) -> Fault:
    _settings, (fault,) = loaded(path, text)
    assert "\n" not in str(fault)
    return fault


# --- what is right ---------------------------------------------------------------------------------


def test_without_a_file_everything_is_at_its_default(path: Path) -> None:
    assert load(path) == (Settings(), ())
    assert load(path / "below" / "nothing") == (Settings(), ())


def test_an_empty_file_says_nothing_and_is_no_fault(path: Path) -> None:
    assert loaded(path, "") == (Settings(), ())


def test_the_defaults_are_those_of_the_rules() -> None:
    assert Settings().rules() == Rules()
    assert as_texts(Settings()) == {
        "sit_limit": '"30m"',
        "break_min": '"2m"',
        "away_after": '"5m"',
        "snooze": '"10m"',
        "prompts_apart": '"15m"',
        "stand_limit": '"30m"',
        "standing_after_absence": '"keep"',
        "evidence": '["call", "media"]',
        "holds": '["call", "fullscreen", "sharing", "dnd"]',
        "ignore_calls_by": "[]",
        "day_start": '"04:00"',
        "hours": "{}",
        "days_off": "[]",
        "daily_goal": '"6h"',
        "place": '"home"',
        "floor": "true",
        "discreet": "false",
        "standing_desk": "true",
        "runs": "[]",
        "sound": "false",
        "evening_summary": '"auto"',
        "language": '"auto"',
        "hooks": "{}",
    }


def test_every_key_can_be_set(path: Path) -> None:
    settings = sound(
        path,
        """
        sit_limit = "45m"
        break_min = 3
        away_after = "90s"
        snooze = "1h20m"
        prompts_apart = 7.5
        stand_limit = "40 min"
        standing_after_absence = "sit"
        evidence = ["media"]
        holds = []
        ignore_calls_by = ["obs"]
        day_start = "00:00"
        hours = { mon = ["09:00-12:30", "13:30-18:00"], Friday = ["22:00-02:00"] }
        days_off = [2025-12-24, "2025-01-01"]
        daily_goal = "7h30m"
        place = "office"
        floor = false
        discreet = true
        standing_desk = false
        runs = ["Tue 18:00", "saturday 9:30"]
        sound = true
        evening_summary = "off"
        language = "pt_BR"
        hooks = { reminder = ["notify-phone", "--loud"] }
        """,
    )

    assert settings == Settings(
        sit_limit=minutes(45),
        break_min=minutes(3),
        away_after=timedelta(seconds=90),
        snooze=minutes(80),
        prompts_apart=minutes(7.5),
        stand_limit=minutes(40),
        standing_after_absence=AfterAbsence.SIT,
        evidence=frozenset({Evidence.MEDIA}),
        holds=frozenset(),
        ignore_calls_by=("obs",),
        day_start=time(0),
        hours=(
            ((time(9), time(12, 30)), (time(13, 30), time(18))),
            (),
            (),
            (),
            ((time(22), time(2)),),
            (),
            (),
        ),
        days_off=(date(2025, 1, 1), date(2025, 12, 24)),
        daily_goal=minutes(450),
        place=Place.OFFICE,
        floor=False,
        discreet=True,
        standing_desk=False,
        runs=(Run(1, time(18)), Run(5, time(9, 30))),
        sound=True,
        evening_summary=Evening.OFF,
        language="pt_BR",
        hooks=(("reminder", ("notify-phone", "--loud")),),
    )


def test_the_limits_reach_the_rules_that_decide(path: Path) -> None:
    rules = sound(path, 'sit_limit = "5s"\nstanding_after_absence = "sit"\nday_start = "06:30"').rules()

    assert rules == replace(
        Rules(), sit_limit=timedelta(seconds=5), after_absence=AfterAbsence.SIT, day_start=time(6, 30)
    )


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        ("09:00-12:30", time(9), time(12, 30)),
        ("9:00 - 12:30", time(9), time(12, 30)),
        ("22:00-02:00", time(22), time(2)),
        ("18:00-24:00", time(18), time(0)),
        ("18:00-00:00", time(18), time(0)),
        ("00:00-24:00", time(0), time(0)),
    ],
)
def test_a_span_of_hours_may_reach_over_midnight(span: str, start: time, end: time, path: Path) -> None:
    assert sound(path, f'hours = {{ tue = ["{span}"] }}').hours[1] == ((start, end),)


def test_days_without_any_span_are_no_hours_at_all(path: Path) -> None:
    assert sound(path, "hours = { mon = [], tue = [] }").hours == ()


def test_hours_and_hooks_may_be_sections(path: Path) -> None:
    settings = sound(path, '[hours]\nsun = ["10:00-11:00"]\n[hooks]\nreminder = ["beep"]')

    assert settings.hours[6] == ((time(10), time(11)),)
    assert settings.hooks == (("reminder", ("beep",)),)


@pytest.mark.parametrize("prefix", ["\ufeff", "# a comment\r\n", "\r\n"])
def test_a_byte_order_mark_and_foreign_line_ends_do_no_harm(prefix: str, path: Path) -> None:
    path.write_bytes(f'{prefix}sit_limit = "45m"\r\nsound = true\r\n'.encode())

    assert load(path) == (Settings(sit_limit=minutes(45), sound=True), ())


def test_the_file_may_be_a_link(path: Path, tmp_path: Path) -> None:
    (tmp_path / "dotfiles.toml").write_text("sound = true")
    path.symlink_to(tmp_path / "dotfiles.toml")

    assert load(path) == (Settings(sound=True), ())


# --- what is wrong in one key ----------------------------------------------------------------------

WRONG_FOR_ALL = ['""', "{ a = 1 }", "[[1]]", "1979-05-27T07:32:00Z"]
WRONG_FOR_A_DURATION = [
    "true",
    "nan",
    "-nan",
    "inf",
    "-inf",
    "1e999",
    "-0.0",
    "0",
    "-5",
    "0.001",
    '"0s"',
    '"4s"',
    '"1 s"',
    '"-5m"',
    '"241m 24h"',
    '"25h"',
    "2147483648",
    "9007199254740992",
    "1_000_000_000_000_000_000",
    "9" * 5000,
    "0x" + "f" * 5000,
    '"' + "9" * 5000 + 'm"',
    '"soon"',
    '"30 minutes and a bit"',
    '"١٠m"',
    "[30]",
    "07:32:00",
]


@pytest.mark.parametrize("key", DURATIONS)
@pytest.mark.parametrize("wrong", [*WRONG_FOR_ALL, *WRONG_FOR_A_DURATION], ids=lambda wrong: wrong[:20])
def test_a_wrong_duration_falls_back_alone_and_is_named(key: str, wrong: str, path: Path) -> None:
    settings, (fault,) = loaded(path, f"sound = true\n\n{key} = {wrong}\nfloor = false\n")

    assert settings == Settings(sound=True, floor=False)
    assert (fault.file, fault.line, fault.key) == (path, 3, key)
    assert "must be a duration from 5s to " in fault.message
    assert fault.message.endswith(f"its default {as_texts(Settings())[key]} is used")
    assert len(str(fault)) < 400
    assert str(fault).isprintable()


WRONG: dict[str, list[str]] = {
    "standing_after_absence": ['"stay"', "true", '["keep"]'],
    "evidence": ['"call"', '["call", "telepathy"]', "[true]", "[1]"],
    "holds": ['["lock"]', '["pause"]', "true"],
    "ignore_calls_by": ['"obs"', "[1]", '["a\\u0000b"]'],
    "day_start": ['"24:00"', '"4"', "4", "04:00:00", '"04:60"', '"four"'],
    "hours": [
        "[]",
        "true",
        '"09:00-17:00"',
        '{ mon = "09:00-17:00" }',
        '{ mon = ["09:00"] }',
        '{ mon = ["09:00-25:00"] }',
        '{ mon = ["09:00-09:00"] }',
        "{ mon = [9] }",
        '{ someday = ["09:00-17:00"] }',
    ],
    "days_off": ["2025-12-24", '["2025-02-30"]', '["Christmas"]', "[2025-12-24T00:00:00]", "[1]"],
    "place": ['"beach"', "1"],
    "floor": ["1", '"yes"', "0"],
    "discreet": ['"true"'],
    "standing_desk": ["[]"],
    "runs": ['"Tue 18:00"', '["18:00"]', '["Tue"]', '["Tue 25:00"]', '["Tue 18:00 20:00"]', "[1]"],
    "sound": ["nan", "1.0"],
    "evening_summary": ["true", '"ON"'],
    "language": ['"german"', '"DE"', "1", '"de\\n"'],
    "hooks": [
        '["beep"]',
        '{ reminder = "beep" }',
        "{ reminder = [] }",
        '{ reminder = [""] }',
        '{ reminder = ["a\\u0000"] }',
        '{ "No Event" = ["beep"] }',
        "{ reminder = [1] }",
    ],
}


@pytest.mark.parametrize(("key", "wrong"), [(key, one) for key in WRONG for one in WRONG[key]])
def test_a_wrong_value_falls_back_alone_and_is_named(key: str, wrong: str, path: Path) -> None:
    settings, (fault,) = loaded(path, f'snooze = "5m"\n{key} = {wrong}\nsit_limit = "45m"\n')

    assert settings == Settings(snooze=minutes(5), sit_limit=minutes(45))
    assert fault.line == 2
    assert fault.key is not None
    assert fault.key.split(".")[0] == key
    assert fault.message.startswith("must be ")
    assert str(fault).isprintable()


def test_every_key_has_its_wrong_values_here() -> None:
    assert {key.name for key in KEYS} == {*DURATIONS, *WRONG}


@pytest.mark.parametrize("key", [key.name for key in KEYS])
@pytest.mark.parametrize("wrong", ["nan", "1e999", "1979-05-27T07:32:00Z", "9" * 5000], ids=lambda w: w[:20])
def test_no_key_takes_what_only_toml_could_mean(key: str, wrong: str, path: Path) -> None:
    assert only_fault(path, f"{key} = {wrong}").key == key


def test_a_fault_is_one_line_with_file_line_key_and_what_is_allowed(path: Path) -> None:
    fault = only_fault(path, '# mine\nsit_limit = "soon"\n')

    assert str(fault) == (
        f"{path}:2: sit_limit: must be a duration from 5s to 4h, such as "
        '"20m", "90s", "1h20m" or 20 (minutes), not \'soon\'; its default "30m" is used'
    )


def test_a_duration_out_of_range_says_on_which_side(path: Path) -> None:
    assert "not '1s' (too short)" in str(only_fault(path, 'snooze = "1s"'))
    assert "not '5h' (too long)" in str(only_fault(path, 'snooze = "5h"'))


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("sit_limt", "sit_limit"),
        ("Sit-Limit", "sit_limit"),
        ("standingdesk", "standing_desk"),
        ("snoze", "snooze"),
    ],
)
def test_a_key_with_a_slip_of_the_pen_is_named_with_the_nearest(
    written: str, nearest: str, path: Path
) -> None:
    fault = only_fault(path, f'sound = true\n{written} = "45m"')

    assert str(fault) == f"{path}:2: {written}: there is no such key; the nearest is {nearest}"


def test_a_key_like_no_other_is_told_where_all_of_them_are(path: Path) -> None:
    assert "`deskbreak config show` lists them all" in str(only_fault(path, "qqqqqq = 1"))


def test_a_section_that_there_is_not_is_told_where_its_key_belongs(path: Path) -> None:
    settings, (fault,) = loaded(path, 'sound = true\n[reminders]\nsit_limit = "45m"')

    assert settings == Settings(sound=True)
    assert str(fault) == (
        f"{path}:2: reminders: there is no such section; sit_limit belongs at the top of the file"
    )


def test_a_key_with_strange_letters_is_named_on_one_line(path: Path) -> None:
    fault = only_fault(path, '"a\\nb\\u0000" = 1')

    assert str(fault).isprintable()


def test_a_fault_below_a_key_is_named_with_its_own_line(path: Path) -> None:
    text = 'sound = true\n[hours]\nmon = ["09:00-12:00"]\ntue = ["nine to five"]\n'

    fault = only_fault(path, text)

    assert (fault.line, fault.key) == (4, "hours.tue")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\nsnooze = true", 2),
        ('\n\n"snooze" = true', 3),
        ("  'snooze'=true", 1),
        ("# snooze = 1\nsnooze = true", 2),
        ("prompts_apart = 7\nsnooze = true", 2),
    ],
)
def test_the_line_of_a_key_is_found_however_it_is_written(text: str, line: int, path: Path) -> None:
    assert only_fault(path, text).line == line


def test_all_faults_are_named_in_the_order_of_the_file(path: Path) -> None:
    _settings, faults = loaded(path, "sound = 1\nfoo = 2\nfloor = 3\n")

    assert [fault.line for fault in faults] == [1, 2, 3]


# --- what is wrong with the whole file -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b'sound = true\nsit_limit "45m"\n', 2),
        (b"sound = true\nsound = false\n", 2),
        (b'sound = true\n\nlanguage = "au', 3),
        (b"hours = { mon = [\n", 1),
        (b"\n\0\0\0\0", 2),
        (b"# caf\xe9\nsound = true\n", 1),
        (b'sound = true\nlanguage = "\xe9"\n', 2),
        (b"\xff\xfes\0o\0u\0n\0d\0", 1),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1),
        (b"evidence = " + b"[" * 100_000, None),
        (b"sound = true\r\rfloor = false", 1),
    ],
    ids=lambda text: repr(text)[:30],
)
def test_a_file_that_cannot_be_read_as_toml_is_one_fault_with_its_line(
    text: bytes, line: int | None, path: Path
) -> None:
    path.write_bytes(text)

    settings, (fault,) = load(path)

    assert settings == Settings()
    assert (fault.line, fault.key) == (line, None)
    assert fault.message.endswith("all settings are at their defaults")
    assert str(fault).isprintable()
    assert path.read_bytes() == text


def test_a_file_of_100_megabytes_is_not_read(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 << 20)

    _settings, (fault,) = load(path)

    assert "larger than 1 MiB" in str(fault)


def test_a_folder_a_pipe_or_a_device_in_its_place_is_one_fault_and_does_not_block(path: Path) -> None:
    pipe = path.with_name("pipe")
    os.mkfifo(pipe)

    for strange in (path.parent, pipe, Path("/dev/zero")):
        settings, (fault,) = load(strange)

        assert settings == Settings()
        assert "it is no plain file" in str(fault)


def test_a_file_that_may_not_be_read_is_one_fault() -> None:
    with folder_of_nobody() as folder:

        def story() -> None:
            path = folder / "settings.toml"
            path.write_text("sound = true")
            path.chmod(0o000)
            with pytest.raises(PermissionError):
                path.read_text()

            settings, (fault,) = load(path)

            assert settings == Settings()
            assert "it cannot be read (Permission denied)" in str(fault)

        as_nobody(story)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
@example(b"a" * 500 + b" = 1")
@example(b'"' + b"\xc2\x85" + b'" = 1')
def test_any_file_at_all_gives_settings(tmp_path_factory: pytest.TempPathFactory, text: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text)

    settings, faults = load(path)

    assert isinstance(settings, Settings)
    assert all("\n" not in str(fault) for fault in faults)


SCALARS = st.one_of(
    st.integers(), st.floats(), st.booleans(), st.text(max_size=8), st.dates(), st.just("30m"), st.just("mon")
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.sampled_from(KEYS), VALUES)
def test_a_kind_reads_a_value_that_it_can_write_or_refuses_it(key: Any, value: object) -> None:
    try:
        read = key.kind.read(value)
    except Refused:
        return
    assert isinstance(key.kind.written(read), str)


# --- the reference ---------------------------------------------------------------------------------

CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
SPANS = st.tuples(CLOCKS, CLOCKS).filter(lambda span: span[0] != span[1] or span[1] == time(0))
WEEKS = (
    st.lists(st.lists(SPANS, max_size=2).map(tuple), min_size=7, max_size=7)
    .map(tuple)
    .map(lambda week: week if any(week) else ())
)
LENGTHS = st.timedeltas(timedelta(seconds=5), timedelta(hours=4))
PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
ARGUMENTS = st.lists(PLAIN, max_size=2).map(lambda rest: ("program", *rest))
SETTINGS = st.builds(
    Settings,
    **dict.fromkeys(DURATIONS, LENGTHS),
    standing_after_absence=st.sampled_from(AfterAbsence),
    evidence=st.frozensets(st.sampled_from(Evidence)),
    holds=st.frozensets(st.sampled_from([Hold.CALL, Hold.DND])),
    ignore_calls_by=st.lists(PLAIN, max_size=2).map(tuple),
    day_start=CLOCKS,
    hours=WEEKS,
    days_off=st.sets(st.dates(), max_size=3).map(sorted).map(tuple),
    place=st.sampled_from(Place),
    floor=st.booleans(),
    runs=st.lists(st.builds(Run, st.integers(0, 6), CLOCKS), max_size=2).map(tuple),
    evening_summary=st.sampled_from(Evening),
    language=st.sampled_from(["auto", "de", "pt_BR"]),
    hooks=st.dictionaries(st.sampled_from(["reminder", "break-end"]), ARGUMENTS).map(
        lambda h: tuple(h.items())
    ),
)


@given(SETTINGS)
def test_what_the_reference_shows_can_be_used_as_a_settings_file(
    tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> None:
    path = tmp_path_factory.getbasetemp() / "reference.toml"
    path.write_text(reference(settings), "utf-8")

    assert load(path) == (settings, ())


def test_the_reference_documents_every_setting_there_is() -> None:
    names = [field.name for field in fields(Settings)]

    text = reference(Settings())

    assert [key.name for key in KEYS] == names
    assert all(key.doc.endswith(".") for key in KEYS)
    assert text.count("# Default: ") == len(names)


def test_the_reference_tells_the_default_beside_the_value_in_force() -> None:
    text = reference(Settings(sit_limit=minutes(80)))

    assert '# Sensible: 20m to 1h.\n# Default: "30m"\nsit_limit = "1h20m"\n' in text


def test_what_is_unusual_is_noted_and_in_force_all_the_same(path: Path) -> None:
    settings = sound(path, 'sit_limit = "10s"\nsnooze = "4h"\nbreak_min = "1m"')

    assert notes(settings) == (
        "sit_limit = 10s is unusual: 20m to 1h is sensible",
        "snooze = 4h is unusual: 5m to 30m is sensible",
    )
    assert notes(Settings()) == ()


# --- durations on the command line -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [("10", minutes(10)), ("10m", minutes(10)), ("90s", timedelta(seconds=90)), ("1h20m", minutes(80))],
)
def test_a_duration_is_understood_as_the_rules_write_it(text: str, meant: timedelta) -> None:
    assert duration(text) == meant


def test_what_is_no_duration_says_how_one_is_written() -> None:
    with pytest.raises(DeskbreakError, match=r"write 10 .minutes., 90s, 20m or 1h20m"):
        duration("later")
