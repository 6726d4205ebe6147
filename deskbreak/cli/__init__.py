"""How one asks: `main` reads the command line, imports the one command that was asked for, and runs it."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from deskbreak.errors import DeskbreakError

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 for done, 1 for could not, 2 for wrong usage (rules.md section 6).

    Without `argv` it is the program itself that runs, and but for the daemon ends here.
    """
    if sys.stdout is None:
        # Closed by whoever started us: they want to know the status alone.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # for as long as we are
    passing = argv is None and sys.argv[1:2] != ["run"]
    if passing:
        # What asks and ends leaves little behind: to look for it takes a tenth of its time.
        gc.disable()
    status = _said(sys.argv[1:] if argv is None else argv)
    if passing:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        # All is closed. To take down what was loaded would take as long again as telling a day.
        os._exit(status)
    return status


def _said(argv: Sequence[str]) -> int:
    if list(argv[:1]) == ["run"]:
        # It ends in days: what it leaves out it logs at once.
        return _status(argv)
    from deskbreak.store.damage import gathered

    with gathered() as left_out:
        status = _status(argv)
    sentence = left_out.sentence()
    if sentence is not None and sys.stderr is not None:
        print(f"deskbreak: {sentence}", file=sys.stderr)
    return status


def _status(argv: Sequence[str]) -> int:
    from deskbreak.cli.parser import parsed
    from deskbreak.words import _

    try:
        run, arguments = parsed(argv)
        status = run(arguments)
        sys.stdout.flush()
    except DeskbreakError as error:
        said = str(error)
        print(said if said.startswith("deskbreak ") else f"deskbreak: {said}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Who read our answer has seen enough; the interpreter must not try to flush it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as fault:
        # Files have names: this is our own answer that cannot be written.
        if fault.filename is not None:
            raise
        print(
            _("deskbreak: the answer cannot be written: {reason}").format(reason=fault.strerror),
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status
