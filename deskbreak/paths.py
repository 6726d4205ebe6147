"""Where the files are; it alone makes folders and files, and makes them private."""

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from deskbreak.errors import DeskbreakError
from deskbreak.words import _

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
# Windows has neither; nothing there opens a link or blocks that we would not have opened.
_CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one person (XDG Base Directory Specification 0.8). Naming one does not make it.

    `runtime` is the session's own folder where there is one, else a private folder among the data.
    """

    data: Path
    config: Path
    state: Path
    runtime: Path
    autostart: Path

    @property
    def log(self) -> Path:
        return self.data / "deskbreak.sqlite3"

    @property
    def screening(self) -> Path:
        """The answers about the person's health."""
        return self.data / "screening.json"

    @property
    def settings(self) -> Path:
        return self.config / "settings.toml"

    @property
    def exercises(self) -> Path:
        """The person's own, if there are any."""
        return self.config / "exercises.json"

    @property
    def diary(self) -> Path:
        """What the program says of itself."""
        return self.state / "deskbreak.log"

    @property
    def marker(self) -> Path:
        """Exists once a log was begun, away from the log, so that its loss can be told from a first run."""
        return self.state / "log-begun"


def places() -> Places:
    """The folders as the environment and the platform have them now.

    Raises `DeskbreakError` where a folder would lie in the root or depend on the folder of the moment.
    """
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        named = os.environ.get(name, "")
        if os.path.isabs(named):
            _refuse_unusable(name, named)
        else:
            # A relative one counts for nothing (XDG Base Directory Specification, "Basics"), and then
            # the home folder does; where HOME is unset that is the one of the user database.
            _refuse_unusable("HOME", os.environ.get("HOME", os.path.expanduser("~")))
    data, config, state = _own_folders()
    for path in (data, config, state):
        _refuse_unusable("HOME", str(path.parent))
    return Places(data, config, state, _runtime() or data / "run", config.parent / "autostart")


def _own_folders() -> tuple[Path, Path, Path]:
    """For data, configuration and state, each with the program's name."""
    if sys.platform == "linux":
        # The library takes a tenth of the time of a command to load, and says the same there.
        home = Path(os.path.expanduser("~"))
        defaults = {"DATA": ".local/share", "CONFIG": ".config", "STATE": ".local/state"}
        named = [(os.environ.get(f"XDG_{kind}_HOME", ""), home / usual) for kind, usual in defaults.items()]
        data, config, state = (
            (Path(folder) if os.path.isabs(folder) else usual) / "deskbreak" for folder, usual in named
        )
        return data, config, state
    from platformdirs import PlatformDirs

    folders = PlatformDirs("deskbreak", appauthor=False)
    return folders.user_data_path, folders.user_config_path, folders.user_state_path


def usable(folder: str) -> bool:
    """Whether files may be put below it: absolute, not the root, and on one line."""
    if not folder.isprintable() or not os.path.isabs(folder):
        return False
    path = Path(folder).resolve()
    return path != path.parent


def _refuse_unusable(name: str, value: str) -> None:
    if not usable(value):
        raise DeskbreakError(
            _("{name} must name an absolute folder other than the root, but it is {value}").format(
                name=name, value=ascii(value[:200])
            )
        )


def _runtime() -> Path | None:
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    if not usable(named):
        return None
    try:
        found = os.lstat(named)
    except OSError:
        return None
    # Anybody else's folder, or one that others may enter, is as good as none.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & _OTHERS:
        return None
    return Path(named) / "deskbreak"


def private_folder(path: Path) -> Path:
    """`path`, made where it is missing, with mode 0700 whatever the umask says.

    Raises `DeskbreakError` when it cannot be made or belongs to somebody else.
    """
    try:
        for missing in reversed([folder for folder in (path, *path.parents) if not folder.exists()]):
            missing.mkdir(_PRIVATE_FOLDER, exist_ok=True)
            missing.chmod(_PRIVATE_FOLDER)
        found = path.stat()
        if os.name == "posix" and found.st_uid != os.geteuid():
            raise DeskbreakError(_("{path} belongs to somebody else").format(path=path))
        if found.st_mode & _OTHERS:
            path.chmod(_PRIVATE_FOLDER)
    except OSError as error:
        raise DeskbreakError(
            _("the folder {path} cannot be made: {reason}").format(path=path, reason=error.strerror or error)
        ) from error
    return path


def private_file(path: Path) -> Path:
    """`path`, made empty where it is missing, with mode 0600 whatever the umask says.

    Raises `DeskbreakError` when it cannot be made, is a link, has a second name, is no plain file or
    belongs to somebody else; what a link points to is not touched.
    """
    try:
        opened = os.open(path, os.O_RDWR | os.O_CREAT | _CAREFULLY, _PRIVATE_FILE)
    except OSError as error:
        reason = _("it is a link") if path.is_symlink() else error.strerror or str(error)
        raise DeskbreakError(f"{path}: {reason}") from error
    try:
        found = os.fstat(opened)
        if refusal := not_ours(found):
            raise DeskbreakError(f"{path}: {refusal}")
        if os.name == "posix" and stat.S_IMODE(found.st_mode) != _PRIVATE_FILE:
            os.fchmod(opened, _PRIVATE_FILE)
    finally:
        os.close(opened)
    return path


def not_ours(found: os.stat_result) -> str | None:
    """Why a file found where one of ours should be is left alone; None if it may be used."""
    if stat.S_ISLNK(found.st_mode):
        return _("it is a link")
    if not stat.S_ISREG(found.st_mode):
        return _("it is no plain file")
    if found.st_nlink > 1:
        return _("the file has a second name (a hard link)")
    if os.name == "posix" and found.st_uid != os.geteuid():
        return _("it belongs to somebody else")
    return None
