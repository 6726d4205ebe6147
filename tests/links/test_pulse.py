"""The sound server's protocol against servers that lie, break off or say nothing sensible."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.links.pulse import Pulse, PulseError
from deskbreak.links.tagstruct import TagError, number, properties, read, text
from tests.links.liars import SilentPulse, server_that_answers


def test_values_are_read_as_they_were_written() -> None:
    packed = number(7) + text("mic") + text(None) + b"10" + properties({"application.name": "Zoë"})

    values = read(packed)

    assert values == [7, "mic", None, True, False, {"application.name": "Zoë"}]


@given(st.binary(max_size=60) | st.binary(max_size=60).map(lambda tail: number(1) + b"P" + tail))
def test_any_bytes_are_read_or_refused(packed: bytes) -> None:
    try:
        values = read(packed)
    except TagError:
        return

    assert len(values) <= len(packed)


def test_without_a_server_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(PulseError, match="cannot be reached"):
        Pulse(tmp_path / "native")


FRAME = (0xFFFFFFFF).to_bytes(4, "big") + bytes(12)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", "hung up"),
        (b"HTTP/1.1 400 Bad Request, of course", "not asked for"),
        ((6).to_bytes(4, "big") + FRAME + b"L\0\0\0\2?", "not understood"),
        ((10).to_bytes(4, "big") + FRAME + number(0) + number(1), "refuses AUTH"),
    ],
)
def test_a_server_that_makes_no_sense_is_refused(tmp_path: Path, answer: bytes, why: str) -> None:
    with (
        server_that_answers(tmp_path / "native", answer),
        pytest.raises(PulseError, match=why),
    ):
        Pulse(tmp_path / "native")


def test_what_is_told_while_it_is_asked_is_not_lost(tmp_path: Path) -> None:
    server = SilentPulse(tmp_path / "native", interrupts=True)
    pulse = Pulse(tmp_path / "native")

    (stream,) = pulse.recordings()

    assert not stream.corked
    pulse.close()
    server.end()
