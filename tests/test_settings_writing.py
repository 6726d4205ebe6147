"""One setting is changed and nothing else in the file is touched."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.errors import DeskbreakError
from deskbreak.settings import Settings, load
from deskbreak.settings.writing import change
from tests.nobody import as_nobody, folder_of_nobody

TEN_MINUTES = timedelta(minutes=10)


def test_the_value_is_in_force_when_the_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("sit_limit = 25\n")

    change(path, "away_after", TEN_MINUTES)

    assert load(path) == (Settings(sit_limit=timedelta(minutes=25), away_after=TEN_MINUTES), ())


def test_comments_order_and_unknown_keys_stay_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        '# mine\nfuture = 1\naway_after = "5m"  # tea\n\nsit_limit = 25\n[hours]\nmon = ["09:00-12:30"]\n'
    )

    change(path, "away_after", TEN_MINUTES)

    assert path.read_text() == (
        '# mine\nfuture = 1\naway_after = "10m"  # tea\n\nsit_limit = 25\n[hours]\nmon = ["09:00-12:30"]\n'
    )


def test_a_new_key_does_not_land_in_the_table_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[hours]\nmon = ["09:00-12:30"]\n')

    change(path, "away_after", TEN_MINUTES)

    settings, faults = load(path)
    assert (settings.away_after, faults) == (TEN_MINUTES, ())


def test_a_missing_file_is_made_for_the_person_alone(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.toml"

    change(path, "away_after", TEN_MINUTES)

    assert load(path)[0].away_after == TEN_MINUTES
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_linked_file_stays_linked(tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text("")
    kept.chmod(0o640)
    path = tmp_path / "settings.toml"
    path.symlink_to(kept)

    change(path, "away_after", TEN_MINUTES)

    assert path.is_symlink()
    assert load(kept)[0].away_after == TEN_MINUTES
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640


@pytest.mark.parametrize("text", [b"away_after = \n", b"\xff\xfe", b"a = [" + b"[" * 100_000], ids=repr)
def test_a_file_that_is_no_toml_is_refused_and_stays(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(text)

    with pytest.raises(DeskbreakError, match=r"settings\.toml"):
        change(path, "away_after", TEN_MINUTES)
    assert path.read_bytes() == text
    assert os.listdir(tmp_path) == ["settings.toml"]


def test_a_folder_that_cannot_be_written_to_is_refused() -> None:
    with folder_of_nobody() as folder:
        path = folder / "settings.toml"
        path.write_text("sit_limit = 25\n")
        folder.chmod(0o555)

        as_nobody(lambda: refuses(path))

        folder.chmod(0o700)
        assert os.listdir(folder) == ["settings.toml"]


def refuses(path: Path) -> None:
    with pytest.raises(PermissionError):
        (path.parent / "probe").touch()
    with pytest.raises(DeskbreakError, match="cannot be written: Permission denied"):
        change(path, "away_after", TEN_MINUTES)
    assert path.read_text() == "sit_limit = 25\n"
