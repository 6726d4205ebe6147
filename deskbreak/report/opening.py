"""Shows a page in the person's browser; it alone writes pages to files and starts what opens them."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from deskbreak.errors import DeskbreakError
from deskbreak.paths import Places, private_file, private_folder
from deskbreak.words import _

_OPENER = "open" if sys.platform == "darwin" else "xdg-open"
_REFUSED_WITHIN = timedelta(seconds=3)
_SNAP = re.compile(r"([a-z0-9-]+)_[\w-]+\.desktop\s*")


def written(page: str, name: str, places: Places) -> Path:
    """The private file that holds the page from now on; the same for the same `name`.

    Raises `DeskbreakError` when it cannot be written.
    """
    path = private_folder(_snap_folder() or places.runtime) / f"{name}.html"
    private_file(path)
    try:
        path.write_text(page, "utf-8")
    except OSError as error:
        raise DeskbreakError(
            _("{path} cannot be written: {reason}").format(path=path, reason=error.strerror or error)
        ) from error
    return path


def taken_away(places: Places) -> None:
    """Every page that was ever written is gone; raises `DeskbreakError` where one cannot be deleted."""
    # Whichever browser it was for: another one may be the default by now.
    for folder in (places.runtime, *Path.home().glob("snap/*/common/deskbreak")):
        for path in folder.glob("*.html"):
            try:
                path.unlink()
            except OSError as error:
                raise DeskbreakError(
                    _("{path} cannot be deleted: {reason}").format(path=path, reason=error.strerror or error)
                ) from error


def _snap_folder() -> Path | None:
    """A folder of ours that the browser can read if it is a snap, as Firefox is on Ubuntu.

    A snap sees neither the runtime folder nor anything hidden in the home, but its own `common` folder.
    """
    try:
        browser = subprocess.run(
            ["xdg-settings", "get", "default-web-browser"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_REFUSED_WITHIN.total_seconds(),
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    snap = _SNAP.fullmatch(browser)
    if snap is None:
        return None
    common = Path.home() / "snap" / snap[1] / "common"
    return common / "deskbreak" if common.is_dir() else None


def opened(path: Path) -> bool:
    """Whether there is something that opens the file.

    What opens it may go on for as long as the browser does; only what fails, fails at once.
    """
    try:
        # It outlives this process, so it is not to speak on its terminal.
        opener = subprocess.Popen(
            [_OPENER, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return opener.wait(_REFUSED_WITHIN.total_seconds()) == 0
    except subprocess.TimeoutExpired:
        return True
