"""`deskbreak autostart`: the entry that starts deskbreak with the session; it writes that one file.

Specifications: Desktop Application Autostart 0.5; Desktop Entry 1.5, "The Exec key".
"""

import json
import os
import re
import shutil
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from deskbreak.errors import DeskbreakError
from deskbreak.paths import places
from deskbreak.words import _

FILE = "deskbreak.desktop"
# Characters that must be quoted in Exec, and those escaped within the quotes.
_RESERVED = re.compile(r"[\s\"'\\><~|&;$*?#()`]")
_ESCAPED = re.compile(r"([\"`$\\])")
_EXEC = re.compile(r"^Exec\s*=\s*(.*)$", re.MULTILINE)
_HIDDEN = re.compile(r"^Hidden\s*=\s*true\s*$", re.MULTILINE)
# The escapes of every value of type string.
_STRING = {"n": "\n", "t": "\t", "r": "\r", "s": " "}
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)', re.DOTALL)


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("what", choices=("on", "off", "status"), metavar="on | off | status")
    parser.add_argument("--json", action="store_true", help="print JSON instead")


def run(args: Namespace) -> int:
    path = places().autostart / FILE
    match args.what:
        case "on":
            _write(path, entry(program()))
        case "off":
            _remove(path)
        case _:
            pass
    on, says = state(path)
    if args.json:
        print(json.dumps({"on": on, "says": says, "path": str(path)}))
    else:
        print(says, file=sys.stderr if on is None else sys.stdout)
    return 1 if on is None else 0


def program() -> tuple[str, ...]:
    """The words that start this very installation, by absolute paths.

    The command that was installed beside this interpreter (a virtual environment, pipx), else the one
    that was run, else the interpreter itself with `-m`.
    """
    beside = Path(sys.executable).with_name("deskbreak")
    run_as = shutil.which(sys.argv[0]) if os.path.basename(sys.argv[0]) == "deskbreak" else None
    for candidate in (run_as, str(beside)):
        if candidate is not None and os.access(candidate, os.X_OK):
            return os.path.abspath(candidate), "run"
    return os.path.abspath(sys.executable), "-m", "deskbreak", "run"


def entry(words: tuple[str, ...]) -> str:
    """The text of the desktop entry that runs these words."""
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            "Version=1.5",
            "Name=deskbreak",
            "Comment=" + _("Notices how long you have been sitting, and suggests a movement"),
            f"Exec={' '.join(map(quoted, words))}",
            "Terminal=false",
            "StartupNotify=false",
            "Categories=Utility;",
            "",
        )
    )


def quoted(word: str) -> str:
    """One argument of Exec. A backslash is escaped once as an argument and once more as a string."""
    doubled = word.replace("%", "%%")
    if _RESERVED.search(word):
        doubled = '"' + _ESCAPED.sub(r"\\\1", doubled) + '"'
    return doubled.replace("\\", "\\\\").replace("\n", "\\n")


def unquoted(line: str) -> tuple[str, ...]:
    """The arguments of a value of Exec."""
    plain = re.sub(r"\\(.)", lambda escape: _STRING.get(escape[1], escape[1]), line)
    words = ((re.sub(r"\\(.)", r"\1", quote) or bare) for quote, bare in _WORD.findall(plain))
    return tuple(word.replace("%%", "%") for word in words)


def state(path: Path) -> tuple[bool | None, str]:
    """Whether deskbreak starts with the session, and that in words; None: the entry is there but useless."""
    try:
        text = path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return False, _("deskbreak does not start with the session.")
    except OSError as fault:
        raise DeskbreakError(f"{path}: {fault.strerror}") from fault
    if _HIDDEN.search(text):
        return False, _("deskbreak does not start with the session: {path} is hidden.").format(path=path)
    found = _EXEC.search(text)
    words = unquoted(found[1]) if found else ()
    if not words:
        return None, _("{path} starts nothing: write it anew with: deskbreak autostart on").format(path=path)
    if shutil.which(words[0]) is None:
        return None, _(
            "{path} starts {program}, which is no longer there: mend it with: deskbreak autostart on"
        ).format(path=path, program=words[0])
    return True, _("deskbreak starts with the session ({path} runs {program}).").format(
        path=path, program=words[0]
    )


def _write(path: Path, text: str) -> None:
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        new.write_text(text, "utf-8")
        new.replace(path)
    except OSError as fault:
        raise DeskbreakError(f"{path}: {fault.strerror}") from fault


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as fault:
        raise DeskbreakError(f"{path}: {fault.strerror}") from fault
