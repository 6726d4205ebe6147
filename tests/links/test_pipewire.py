"""PipeWire's protocol against servers that lie, break off or say nothing sensible."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.links.pipewire import PipeWire, PipeWireError
from deskbreak.links.pod import PodError, number, properties, read, read_properties, struct_of, text
from tests.e2e.desk import until
from tests.links.liars import server_that_answers

ENDLESS = struct_of(number(1))
for _deeper in range(20):
    ENDLESS = struct_of(ENDLESS)


def message(sender: int, opcode: int, *values: bytes) -> bytes:
    body = struct_of(*values)
    return struct.pack("=IIII", sender, opcode << 24 | len(body), 0, 0) + body


def test_values_are_read_as_they_were_written() -> None:
    packed = struct_of(number(-7), text("Zoë"), struct_of(), properties({"media.class": "Video/Source"}))

    values = read(packed + b"a footer")

    assert values[:3] == [-7, "Zoë", []]
    assert read_properties(values[3]) == {"media.class": "Video/Source"}


@given(st.binary(max_size=80) | st.binary(max_size=60).map(struct_of))
def test_any_bytes_are_read_or_refused(packed: bytes) -> None:
    try:
        values = read(packed)
    except PodError:
        return

    assert len(values) <= len(packed)


def test_without_a_server_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(PipeWireError, match="cannot be reached"):
        PipeWire(tmp_path / "pipewire-0")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", "hung up"),
        (b"HTTP/1.1 400 Bad Request, of course", "hung up"),
        (message(0, 1)[:-4], "hung up"),
        (message(0, 3, number(2), number(0), number(-1), text("not for you")), "refuses: 'not for you'"),
        (message(2, 0, number(30)), "not understood: GLOBAL of 1 values"),
        (message(2, 0, number(30), number(0), text("a:Node"), number(3), number(0)), "no properties"),
        (message(0, 2, ENDLESS), "without end"),
        (message(0, 1)[:-8] + b"\xff" * 8, "broken off"),
    ],
)
def test_a_server_that_makes_no_sense_is_refused(tmp_path: Path, answer: bytes, why: str) -> None:
    with (
        server_that_answers(tmp_path / "pipewire-0", answer),
        pytest.raises(PipeWireError, match=why),
    ):
        PipeWire(tmp_path / "pipewire-0")


def test_objects_come_and_go_until_the_server_hangs_up(tmp_path: Path) -> None:
    said = properties({"node.name": "screen"})
    come = [
        message(2, 0, number(each), number(0), text("PipeWire:Interface:Node"), number(3), said)
        for each in (30, 31)
    ]
    answer = b"".join((*come, message(0, 1, number(0), number(1)), message(2, 1, number(30))))
    with server_that_answers(tmp_path / "pipewire-0", answer):
        pipewire = PipeWire(tmp_path / "pipewire-0")

        with pytest.raises(PipeWireError, match=r"hung up|gone"):
            until(pipewire.hear, "the server has hung up")

        assert {each: about.kind for each, about in pipewire.objects.items()} == {31: "Node"}
        pipewire.close()


def test_a_server_that_asks_whether_anybody_is_there_is_answered(tmp_path: Path) -> None:
    asks, settled = message(0, 2, number(0), number(42)), message(0, 1, number(0), number(1))
    with server_that_answers(tmp_path / "pipewire-0", asks + settled) as told:
        PipeWire(tmp_path / "pipewire-0").close()

    answer = told[-1]
    assert struct.unpack_from("=II", answer) == (0, 3 << 24 | len(answer) - 16)
    assert read(answer[16:]) == [0, 42]
