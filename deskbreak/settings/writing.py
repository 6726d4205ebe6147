"""Sets one key in the settings file and leaves every other line as the person wrote it; home of tomlkit."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

import tomlkit
from tomlkit.exceptions import TOMLKitError

from deskbreak.errors import DeskbreakError
from deskbreak.paths import private_folder
from deskbreak.settings.handwritten import Useless, text_of
from deskbreak.settings.registry import BY_NAME
from deskbreak.words import _


def change(path: Path, key: str, value: object) -> None:
    """Have `key` be `value` (as in `Settings`) in the file at `path`, which is made where it is missing.

    The file is old or new at every moment, never half. Raises `DeskbreakError` when it cannot be read as
    TOML or cannot be written; it is then as it was.
    """
    try:
        written = tomlkit.parse(text_of(path) or "")
        written[key] = tomlkit.value(BY_NAME[key].kind.written(value))
        _replace(path, tomlkit.dumps(written))
    except Useless as useless:
        raise DeskbreakError(f"{path}: {useless.message}") from useless
    except TOMLKitError as fault:
        raise DeskbreakError(
            _("{path} is no valid TOML ({fault}): mend it first").format(path=path, fault=fault)
        ) from fault
    except OSError as fault:
        raise DeskbreakError(
            _("{path} cannot be written: {reason}").format(path=path, reason=fault.strerror or fault)
        ) from fault


def _replace(path: Path, text: str) -> None:
    # Settings that are kept elsewhere and linked stay linked.
    real = Path(os.path.realpath(path))
    if not real.parent.exists():
        private_folder(real.parent)
    with NamedTemporaryFile("w", encoding="utf-8", dir=real.parent, prefix=".settings", delete=False) as new:
        try:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
            if real.exists():
                os.chmod(new.name, real.stat().st_mode & 0o777)
            os.replace(new.name, real)
        except OSError:
            os.unlink(new.name)
            raise
