"""The clocks of the machine, and how the elapsed one goes on over launches and reboots."""

import logging
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.clock import (
    LONGEST_ABSENCE,
    Axis,
    LocalZone,
    Mark,
    SystemClock,
    axis_after,
    axis_at_launch,
    boot_id,
    tickers,
    zone_named,
)
from deskbreak.ports import Clock

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
JULY, JANUARY = datetime(2025, 7, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
ZONES = Path("/usr/share/zoneinfo")
HOUR = timedelta(hours=1)
SAVED = Mark("first", timedelta(0), timedelta(hours=9), NOON)

needs_zones = pytest.mark.skipif(
    not (ZONES / "Europe/Berlin").exists(), reason="no time zones here: apt install tzdata"
)


def offset(zone: LocalZone, at: datetime = JULY) -> timedelta | None:
    return at.astimezone(zone.now()).utcoffset()


def local(tmp_path: Path, **environ: str) -> LocalZone:
    return LocalZone(environ, tmp_path / "localtime")


def test_the_first_launch_takes_the_clock_of_the_boot_as_it_is() -> None:
    assert axis_after(None, "first", HOUR, NOON) == Axis("first", timedelta(0), rebooted=False)


def test_a_restart_in_the_same_boot_goes_on_with_the_same_axis() -> None:
    saved = Mark("first", timedelta(days=3), timedelta(days=3, hours=9), NOON)

    axis = axis_after(saved, "first", timedelta(hours=10), NOON - timedelta(days=700))

    assert axis == Axis("first", timedelta(days=3), rebooted=False)


def test_after_a_reboot_the_axis_goes_on_by_what_the_wall_clock_says_passed() -> None:
    axis = axis_after(SAVED, "second", timedelta(minutes=1), NOON + 8 * HOUR)

    assert axis.rebooted
    assert timedelta(minutes=1) + axis.offset == timedelta(hours=17)


def test_a_wall_clock_that_went_back_over_the_reboot_makes_no_time_negative() -> None:
    axis = axis_after(SAVED, "second", timedelta(minutes=1), NOON - timedelta(days=1))

    assert timedelta(minutes=1) + axis.offset == SAVED.elapsed


def test_a_wall_clock_set_to_2038_over_the_reboot_adds_no_thirteen_years() -> None:
    axis = axis_after(SAVED, "second", timedelta(0), datetime(2038, 1, 20, tzinfo=UTC))

    assert axis.offset == SAVED.elapsed + LONGEST_ABSENCE


def test_a_clock_that_started_over_without_a_new_boot_id_does_not_go_backwards() -> None:
    axis = axis_after(SAVED, "first", timedelta(seconds=5), NOON + HOUR)

    assert timedelta(seconds=5) + axis.offset == SAVED.elapsed + HOUR


def test_where_boots_have_no_name_the_wall_clock_decides() -> None:
    nameless = Mark("", timedelta(0), timedelta(hours=9), NOON)

    axis = axis_after(nameless, "", timedelta(hours=50), NOON + HOUR)

    assert timedelta(hours=50) + axis.offset == timedelta(hours=10)


MARKS = st.builds(
    Mark,
    st.sampled_from(["", "first", "second"]),
    st.timedeltas(timedelta(days=-4000), timedelta(days=4000)),
    st.timedeltas(timedelta(0), timedelta(days=4000)),
    st.datetimes(timezones=st.just(UTC)),
)


@given(
    MARKS,
    st.sampled_from(["", "first", "second"]),
    st.timedeltas(timedelta(0), timedelta(days=4000)),
    st.datetimes(timezones=st.just(UTC)),
)
def test_the_axis_never_goes_back_whatever_the_clocks_say(
    saved: Mark, boot: str, boottime: timedelta, wall: datetime
) -> None:
    axis = axis_after(saved, boot, boottime, wall)

    assert boottime + axis.offset >= saved.elapsed


def test_on_windows_the_clock_of_waking_hours_leaves_sleep_out() -> None:
    counting_sleep, awake = tickers("win32", {}, lambda: 36_000_000_000)

    assert awake() == HOUR / timedelta(microseconds=1) * 1000
    assert counting_sleep() < counting_sleep()


def test_on_a_mac_one_clock_goes_on_in_sleep_and_the_other_does_not() -> None:
    named = {"CLOCK_MONOTONIC_RAW": time.CLOCK_REALTIME, "CLOCK_UPTIME_RAW": time.CLOCK_MONOTONIC}

    counting_sleep, awake = tickers("darwin", named, int)

    assert counting_sleep() > awake() > 0


def test_a_system_without_a_clock_for_sleep_has_one_clock_for_both() -> None:
    counting_sleep, awake = tickers("freebsd14", {}, int)

    assert awake() < counting_sleep() < awake()


def test_the_machines_clocks_run_forward_together() -> None:
    clock: Clock = SystemClock(axis_at_launch(None))

    before, after = clock.now(), clock.now()

    assert before.elapsed < after.elapsed
    assert before.awake < after.awake
    assert before.wall.utcoffset() == timedelta(0)
    assert after.elapsed >= after.awake - timedelta(seconds=1)


def test_a_mark_of_this_boot_brings_the_very_same_axis_back() -> None:
    axis = Axis(boot_id(), timedelta(days=12), rebooted=True)
    saved = SystemClock(axis).mark()

    again = axis_at_launch(saved)

    assert again == Axis(axis.boot_id, axis.offset, rebooted=not axis.boot_id)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux names its boots")
def test_the_boot_has_a_name() -> None:
    assert len(boot_id()) == 36
    assert boot_id() == boot_id()


def test_a_system_that_names_no_boots_has_the_empty_name(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff")

    assert boot_id(tmp_path / "missing") == boot_id(tmp_path / "binary") == ""


@needs_zones
def test_the_local_zone_is_that_of_etc_localtime(tmp_path: Path) -> None:
    (tmp_path / "localtime").symlink_to(ZONES / "Europe/Berlin")

    zone = local(tmp_path)

    assert offset(zone) == 2 * HOUR
    assert offset(zone, JANUARY) == HOUR
    assert str(zone.now()) == "Europe/Berlin"


@needs_zones
def test_a_copied_zone_file_is_as_good_as_a_link(tmp_path: Path) -> None:
    shutil.copy(ZONES / "Asia/Kathmandu", tmp_path / "localtime")

    assert offset(local(tmp_path)) == timedelta(hours=5, minutes=45)


@needs_zones
def test_a_journey_is_noticed_without_a_restart(tmp_path: Path) -> None:
    (tmp_path / "localtime").symlink_to(ZONES / "Europe/Berlin")
    zone = local(tmp_path)
    at_home = offset(zone)
    (tmp_path / "next").symlink_to(ZONES / "Pacific/Apia")

    (tmp_path / "next").replace(tmp_path / "localtime")

    assert (at_home, offset(zone)) == (2 * HOUR, 13 * HOUR)


@needs_zones
def test_a_change_of_tz_is_noticed_without_a_restart(tmp_path: Path) -> None:
    environ = {"TZ": "Europe/Berlin"}
    zone = LocalZone(environ, tmp_path / "localtime")
    before = offset(zone)

    environ["TZ"] = "America/New_York"

    assert (before, offset(zone)) == (2 * HOUR, -4 * HOUR)


@needs_zones
def test_while_nothing_changes_the_zone_is_the_same_object(tmp_path: Path) -> None:
    (tmp_path / "localtime").symlink_to(ZONES / "Europe/Berlin")
    zone = local(tmp_path)

    assert zone.now() is zone.now() is zone_named("Europe/Berlin")


@needs_zones
@pytest.mark.parametrize(
    ("tz", "summer", "winter"),
    [
        ("Europe/Berlin", 2, 1),
        (":Europe/Berlin", 2, 1),
        ("/usr/share/zoneinfo/Europe/Berlin", 2, 1),
        ("CET-1CEST,M3.5.0,M10.5.0/3", 2, 1),
        ("CET-1CEST", 2, 1),
        ("EST5", -5, -5),
        ("<+03>-3", 3, 3),
        ("UTC", 0, 0),
        ("UTC0", 0, 0),
        ("", 0, 0),
        (":", 0, 0),
    ],
)
def test_every_way_to_write_tz_is_understood(
    tz: str, summer: int, winter: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    zone = local(tmp_path, TZ=tz)

    assert offset(zone) == summer * HOUR
    assert offset(zone, JANUARY) == winter * HOUR
    assert caplog.messages == []


@pytest.mark.parametrize(
    "tz",
    [
        "garbage",
        "../../etc/passwd",
        "/etc/passwd",
        "/etc",
        "Europe",
        "CET-1CEST,x",
        "\udcff",
        "A" * 5000,
        "\n",
    ],
)
def test_a_tz_that_means_nothing_is_utc_and_is_said_once(
    tz: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    zone = local(tmp_path, TZ=tz)

    assert [offset(zone) for _ in range(3)] == [timedelta(0)] * 3
    (said,) = caplog.messages
    assert "times are in UTC" in said
    assert "\n" not in said


def test_without_zone_data_the_zone_is_utc_and_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "localtime").symlink_to("/nowhere/zoneinfo/Europe/Atlantis")
    zone = local(tmp_path)

    assert [offset(zone), offset(zone)] == [timedelta(0)] * 2
    assert len(caplog.messages) == 1


def test_a_machine_without_localtime_is_in_utc_and_that_is_ordinary(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert offset(local(tmp_path)) == timedelta(0)
    assert caplog.messages == []


@needs_zones
def test_a_localtime_that_becomes_readable_later_is_taken_up(tmp_path: Path) -> None:
    (tmp_path / "localtime").write_text("no zone")
    zone = local(tmp_path)
    before = offset(zone)

    shutil.copy(ZONES / "Asia/Kathmandu", tmp_path / "new")
    (tmp_path / "new").replace(tmp_path / "localtime")

    assert (before, offset(zone)) == (timedelta(0), timedelta(hours=5, minutes=45))


def test_a_pipe_in_place_of_localtime_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "localtime")

    assert offset(local(tmp_path)) == timedelta(0)


def test_the_clock_starts_under_any_tz() -> None:
    program = "from deskbreak.clock import *; print(SystemClock(axis_at_launch(None)).now().zone)"

    told = subprocess.run(
        [sys.executable, "-c", program],
        env={"TZ": "garbage", "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )

    assert told.stdout.strip() == "UTC"
