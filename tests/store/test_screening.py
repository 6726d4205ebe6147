"""The answers to the screening are kept for the person alone, and nothing that is damaged is believed."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.coach.screening import WORST, Answers, Question, Region
from deskbreak.errors import DeskbreakError
from deskbreak.store.screening import Kept, forget, read, write
from tests.nobody import as_nobody, folder_of_nobody

KNEE = Answers(frozenset({Question.JOINTS, Question.MEDICINE}), frozenset({Region.KNEE}))
NONE = {str(number): False for number in range(1, 8)}


def test_what_was_answered_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "data" / "screening.json"

    for answers in (KNEE, Answers(), WORST):
        write(path, answers)

        assert read(path) == Kept(answers)
        assert read(path).in_force == answers


def test_the_file_has_a_version_and_says_each_answer(tmp_path: Path) -> None:
    path = tmp_path / "screening.json"

    write(path, KNEE)

    assert json.loads(path.read_text()) == {
        "version": 1,
        "answers": NONE | {"4": True, "7": True},
        "regions": ["knee"],
    }


def test_without_a_file_nothing_was_asked_yet_and_nothing_is_left_out(tmp_path: Path) -> None:
    kept = read(tmp_path / "missing" / "screening.json")

    assert kept == Kept(None, None)
    assert kept.in_force == Answers()


def test_nobody_else_can_read_it_whatever_the_umask_says(tmp_path: Path) -> None:
    path = tmp_path / "data" / "screening.json"
    before = os.umask(0)
    try:
        write(path, KNEE)
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_others_could_read_is_private_when_written_again(tmp_path: Path) -> None:
    path = tmp_path / "screening.json"
    path.write_text("{}")
    path.chmod(0o644)

    write(path, KNEE)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def whole(**changes: object) -> str:
    return json.dumps({"version": 1, "answers": NONE, "regions": []} | changes)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not valid JSON"),
        (whole().encode()[:-9], "not valid JSON"),
        (b"[" * 4000, "not valid JSON"),
        (b'{"version": ' + b"9" * 4000 + b"}", "newer deskbreak"),
        (b"\xff\xfe", "not text in UTF-8"),
        (b" " * 4097, "larger than it could be"),
        (b"null", "no answers"),
        (b"[]", "no answers"),
        (whole(version=True).encode(), "no answers"),
        (whole(version=1.0).encode(), "no answers"),
        (whole(version=0).encode(), "no answers"),
        (whole(version=2).encode(), "newer deskbreak"),
        (whole(answers=None).encode(), "no answers"),
        (whole(answers={}).encode(), "no answers"),
        (whole(answers=NONE | {"1": "no"}).encode(), "no answers"),
        (whole(answers=NONE | {"1": 0}).encode(), "no answers"),
        (whole(answers=NONE | {"8": False}).encode(), "no answers"),
        (whole(regions=None).encode(), "no answers"),
        (whole(regions=["knee"]).encode(), "no answers"),
        (whole(answers=NONE | {"4": True}, regions=["elbow"]).encode(), "no answers"),
        (whole(answers=NONE | {"4": True}, regions=[["knee"]]).encode(), "no answers"),
    ],
)
def test_a_damaged_file_is_named_in_one_sentence_and_counts_as_yes_to_everything(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "screening.json"
    path.write_bytes(content)

    kept = read(path)

    assert kept.answers is None
    assert kept.in_force == WORST
    assert kept.fault is not None
    assert kept.fault.startswith(f"{path}: ")
    assert reason in kept.fault
    assert "deskbreak screening" in kept.fault
    assert "\n" not in kept.fault
    write(path, KNEE)
    assert read(path).answers == KNEE


@given(st.binary(max_size=200))
def test_no_content_whatever_makes_reading_fail(content: bytes) -> None:
    with folder_of_nobody() as folder:
        path = folder / "screening.json"
        path.write_bytes(content)

        assert read(path).fault is not None


def test_neither_a_link_nor_a_second_name_is_believed_and_what_it_points_to_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text(whole())
    link, twin = tmp_path / "link.json", tmp_path / "twin.json"
    link.symlink_to(elsewhere)

    assert "it is a link" in str(read(link).fault)
    write(link, KNEE)
    assert not link.is_symlink()
    os.link(elsewhere, twin)
    assert "second name" in str(read(twin).fault)
    write(twin, KNEE)
    assert elsewhere.read_text() == whole()


def test_a_pipe_is_not_waited_for_and_a_folder_is_no_file(tmp_path: Path) -> None:
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()

    assert "no plain file" in str(read(pipe).fault)
    assert "no plain file" in str(read(folder).fault)
    with pytest.raises(DeskbreakError, match="folder cannot be written"):
        write(folder, KNEE)
    with pytest.raises(DeskbreakError, match="folder cannot be taken away"):
        forget(folder)


def test_a_write_that_fails_leaves_the_old_answers_and_no_remains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "screening.json"
    write(path, KNEE)

    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeskbreakError, match="No space left on device"):
        write(path, WORST)

    assert read(path).answers == KNEE
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_to_and_a_file_that_cannot_be_read_are_named() -> None:
    def story() -> None:
        write(path, KNEE)
        path.chmod(0)
        assert "Permission denied" in str(read(path).fault)
        path.parent.chmod(0o500)
        with pytest.raises(DeskbreakError, match="Permission denied"):
            write(path, WORST)
        with pytest.raises(DeskbreakError, match="Permission denied"):
            forget(path)

    with folder_of_nobody() as folder:
        path = folder / "kept" / "screening.json"
        as_nobody(story)


def test_forgotten_answers_are_gone(tmp_path: Path) -> None:
    path = tmp_path / "screening.json"
    write(path, KNEE)

    assert forget(path)
    assert not forget(path)
    assert read(path) == Kept()
    assert list(tmp_path.iterdir()) == []
