"""Where the files are, and who may read them."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from deskbreak.errors import DeskbreakError
from deskbreak.paths import Places, not_ours, places, private_file, private_folder, usable
from tests.nobody import as_nobody, folder_of_nobody

VARIABLES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(params=[0o000, 0o077], ids=["umask-000", "umask-077"])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_without_xdg_variables_everything_lies_below_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")

    assert places() == Places(
        data=Path("/home/ann/.local/share/deskbreak"),
        config=Path("/home/ann/.config/deskbreak"),
        state=Path("/home/ann/.local/state/deskbreak"),
        runtime=Path("/home/ann/.local/share/deskbreak/run"),
        autostart=Path("/home/ann/.config/autostart"),
    )


def test_the_files_have_the_names_of_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/config")

    found = places()

    assert found.log == Path("/data/deskbreak/deskbreak.sqlite3")
    assert found.settings == Path("/config/deskbreak/settings.toml")
    assert found.autostart == Path("/config/autostart")


def test_a_relative_xdg_variable_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.setenv("XDG_DATA_HOME", "data")

    assert places().data == Path("/home/ann/.local/share/deskbreak")


@pytest.mark.parametrize("home", ["", "home", "./home", "/", "//", "/tmp/..", "/home/a\nb"])
def test_a_home_where_no_file_may_go_is_one_clear_line(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", home)

    with pytest.raises(DeskbreakError) as refusal:
        places()

    assert str(refusal.value).startswith("HOME must name an absolute folder other than the root")
    assert "\n" not in str(refusal.value)


def test_a_root_named_by_a_variable_is_refused_by_that_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.setenv("XDG_STATE_HOME", "/")

    with pytest.raises(DeskbreakError, match=r"^XDG_STATE_HOME must name"):
        places()


def test_a_bad_home_does_no_harm_when_every_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "nowhere")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, f"/places/{name}")

    assert places().log == Path("/places/XDG_DATA_HOME/deskbreak/deskbreak.sqlite3")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is the library that is asked")
@pytest.mark.parametrize("data", ["", "/srv/data", "/srv/data/", "/srv/../data", "/srv/with blank"])
def test_the_folders_are_those_that_the_library_names(data: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anna")
    monkeypatch.setenv("XDG_DATA_HOME", data)
    monkeypatch.setenv("XDG_CONFIG_HOME", "/etc/anna")
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)

    named, found = PlatformDirs("deskbreak", appauthor=False), places()

    assert (found.data, found.config, found.state) == (
        named.user_data_path, named.user_config_path, named.user_state_path,
    )  # fmt: skip


def test_without_home_the_user_database_says_where_home_is() -> None:
    home = os.path.expanduser("~")

    if usable(home):
        assert places().data == Path(home) / ".local/share/deskbreak"
    else:
        with pytest.raises(DeskbreakError):
            places()


def test_the_sessions_own_folder_is_used_where_it_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    assert places().runtime == tmp_path / "deskbreak"


@pytest.mark.parametrize("fault", ["missing", "open to all", "a file", "a link"])
def test_a_runtime_folder_that_is_not_private_is_as_good_as_none(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "runtime"
    if fault == "open to all":
        folder.mkdir()
        folder.chmod(0o777)
    elif fault == "a file":
        folder.touch(mode=0o600)
    elif fault == "a link":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        folder.symlink_to(tmp_path / "elsewhere")
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))

    assert places().runtime == Path("/home/ann/.local/share/deskbreak/run")


@pytest.mark.usefixtures("umask")
def test_folders_are_private_whatever_the_umask(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "share" / "deskbreak" / "run")

    assert [mode(folder) for folder in (made, made.parent, made.parent.parent)] == [0o700] * 3


def test_a_folder_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "deskbreak"
    folder.mkdir()
    folder.chmod(0o755)

    private_folder(folder)

    assert mode(folder) == 0o700


@pytest.mark.usefixtures("umask")
def test_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    assert mode(private_file(tmp_path / "new")) == 0o600


def test_a_file_that_was_open_to_others_is_closed_and_keeps_its_text(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text("text")
    path.chmod(0o666)

    private_file(path)

    assert mode(path) == 0o600
    assert path.read_text() == "text"


@pytest.mark.parametrize("kind", ["a link", "a second name", "a pipe", "a folder"])
def test_what_is_not_our_plain_file_is_refused_untouched(kind: str, tmp_path: Path) -> None:
    theirs, path = tmp_path / "theirs", tmp_path / "ours"
    theirs.write_text("their text")
    theirs.chmod(0o644)
    if kind == "a link":
        path.symlink_to(theirs)
    elif kind == "a second name":
        path.hardlink_to(theirs)
    elif kind == "a pipe":
        os.mkfifo(path)
    else:
        path.mkdir()

    with pytest.raises(DeskbreakError, match="ours: "):
        private_file(path)

    assert theirs.read_text() == "their text"
    assert mode(theirs) == 0o644


def test_a_link_that_leads_nowhere_makes_no_file_there(tmp_path: Path) -> None:
    (tmp_path / "ours").symlink_to(tmp_path / "theirs")

    with pytest.raises(DeskbreakError, match="it is a link"):
        private_file(tmp_path / "ours")

    assert not (tmp_path / "theirs").exists()


def test_a_folder_that_may_not_be_made_is_one_clear_line() -> None:
    with folder_of_nobody() as folder:

        def story() -> None:
            folder.chmod(0o500)
            with pytest.raises(PermissionError):
                (folder / "deskbreak").mkdir()

            with pytest.raises(DeskbreakError, match=r"the folder .*/deskbreak cannot be made"):
                private_folder(folder / "deskbreak")

        as_nobody(story)


def test_a_folder_or_file_of_somebody_else_is_refused() -> None:
    def story() -> None:
        theirs = Path("/etc")
        assert theirs.stat().st_uid != os.geteuid()

        with pytest.raises(DeskbreakError, match="/etc belongs to somebody else"):
            private_folder(theirs)
        assert not_ours(Path("/etc/passwd").stat()) == "it belongs to somebody else"

    as_nobody(story)
