"""Calls on real sound servers: programs that record from a microphone nobody speaks into."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.core.events import Hold
from deskbreak.links.pulse import Recording
from deskbreak.sensors.account import Account
from deskbreak.sensors.calls import at_microphone
from deskbreak.settings import Evidence, Settings
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part
from tests.links.liars import SilentPulse
from tests.sensors.desktops import SOON, Watching, desk_with, watching
from tests.sensors.sound import PipeWireSound, PulseAudio, Sound

MEETING = {"application.name": "Meeting", "application.process.binary": "meet"}


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Desk]:
    with desk_with(tmp_path, Part.BUS) as desk:
        yield desk


@pytest.fixture(params=[PulseAudio, PipeWireSound])
def sound(bare: Desk, request: pytest.FixtureRequest) -> Sound:
    server: type[Sound] = request.param
    return server(bare)


def sound_account(senses: Watching) -> Account:
    (found,) = (each for each in senses.senses.why() if each.source == "microphone")
    return found


def in_call(senses: Watching) -> bool:
    reading = senses.read()
    return reading.call and reading.holds == frozenset({Hold.CALL})


def test_a_microphone_in_use_is_a_call_until_it_is_let_go(sound: Sound) -> None:
    with watching(sound.desk) as senses:
        meeting = sound.records()
        until(lambda: in_call(senses), "the call is noticed", SOON)
        until(senses.stirred, "it rings", SOON)

        meeting.kill()

        until(lambda: not in_call(senses), "its end is noticed", SOON)
        until(senses.stirred, "it rings", SOON)
        assert not senses.read().holds


def test_a_call_that_goes_on_already_is_known_at_the_start(sound: Sound) -> None:
    sound.records()

    with watching(sound.desk) as senses:
        until(lambda: in_call(senses), "the call is known", SOON)


def test_two_calls_end_with_the_last(sound: Sound) -> None:
    with watching(sound.desk) as senses:
        first, second = sound.records(), sound.records()
        until(lambda: in_call(senses), "a call is noticed", SOON)
        senses.stirred()
        first.kill()
        until(senses.stirred, "one less is noticed", SOON)
        assert in_call(senses)

        second.kill()

        until(lambda: not in_call(senses), "the end is noticed", SOON)


def test_level_meters_and_what_is_played_are_no_calls(sound: Sound) -> None:
    with watching(sound.desk) as senses:
        sound.records("--stream-name=Peak detect")
        sound.records(source="out.monitor")
        meeting = sound.records()
        until(lambda: in_call(senses), "the call is noticed", SOON)

        meeting.kill()

        until(lambda: not in_call(senses), "the others are none", SOON)
        assert len(sound.streams()) == 2


@pytest.mark.parametrize("name", ["pacat", "Dictation"])
def test_programs_that_hold_the_microphone_for_ever_can_be_left_out(sound: Sound, name: str) -> None:
    with watching(sound.desk) as senses:
        sound.records("--client-name=dictation")
        until(lambda: in_call(senses), "the program is noticed", SOON)

        senses.senses.heed(Settings(ignore_calls_by=(name,)))

        assert not senses.read().call
        assert not senses.read().holds


def test_a_call_may_hold_without_being_evidence_and_the_other_way_round(sound: Sound) -> None:
    with watching(sound.desk) as senses:
        sound.records()
        until(lambda: in_call(senses), "the call is noticed", SOON)

        senses.senses.heed(Settings(evidence=frozenset({Evidence.MEDIA})))
        holds_only = senses.read()
        senses.senses.heed(Settings(holds=frozenset({Hold.DND})))
        evidence_only = senses.read()

        assert (holds_only.call, holds_only.holds) == (False, frozenset({Hold.CALL}))
        assert (evidence_only.call, evidence_only.holds) == (True, frozenset())


def test_a_sound_server_that_dies_ends_the_call_and_is_heard_again_when_it_is_back(sound: Sound) -> None:
    with watching(sound.desk) as senses:
        sound.records()
        until(lambda: in_call(senses), "the call is noticed", SOON)
        sound.kill()
        until(lambda: not in_call(senses), "nobody says so any more", SOON)

        sound.start()
        sound.records()

        until(lambda: in_call(senses), "the next call is noticed", SOON)


def test_a_program_of_pipewires_own_is_in_a_call_as_any_other_once_it_has_a_microphone(bare: Desk) -> None:
    sound = PipeWireSound(bare)
    with watching(bare) as senses:
        sound.runs("pw-record", "--target=0", str(bare.folder / "nothing.wav"))
        meeting = sound.runs("pw-record", "--target=mic", str(bare.folder / "meeting.wav"))
        until(lambda: in_call(senses), "the call is noticed", SOON)
        senses.senses.heed(Settings(ignore_calls_by=("pw-record",)))
        assert not senses.read().call
        senses.senses.heed(Settings())

        meeting.kill()

        until(lambda: not in_call(senses), "who waits for a microphone is in no call", SOON)
        assert len(sound.streams()) == 1


def test_a_server_that_does_not_tell_when_sound_flows_is_looked_at_again(bare: Desk) -> None:
    (bare.runtime / "pulse").mkdir()
    server = SilentPulse(bare.runtime / "pulse" / "native")
    with watching(bare) as senses:
        until(lambda: sound_account(senses).used, "the server is heard", SOON)
        assert not senses.read().call
        server.corked = False

        until(lambda: in_call(senses), "the call is noticed", SOON)
        until(senses.stirred, "it rings", SOON)
    server.end()


def test_who_has_stopped_taking_sound_is_in_no_call() -> None:
    talking = Recording(MEETING, corked=False, meter=False, monitor=False)
    silent = Recording(MEETING, corked=True, meter=False, monitor=False)

    assert at_microphone((talking, silent)) == (frozenset({"meeting", "meet"}),)
    assert at_microphone((silent,)) == ()
