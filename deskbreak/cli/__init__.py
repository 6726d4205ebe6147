"""How one asks: `main` reads the command line, imports the one command that was asked for, and runs it."""

import gc
import os
import sys
from collections.abc import Sequence

from deskbreak.errors import DeskbreakError

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 for done, 1 for could not, 2 for wrong usage (rules.md section 6)."""
    from deskbreak.cli.parser import parsed

    if argv is None and sys.argv[1:2] != ["run"]:
        # What asks and ends leaves little behind: to look for it takes a tenth of its time.
        gc.disable()
    try:
        parse, arguments = parsed(sys.argv[1:] if argv is None else argv)
        status = parse(arguments)
        sys.stdout.flush()
    except DeskbreakError as error:
        said = str(error)
        print(said if said.startswith("deskbreak ") else f"deskbreak: {said}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Who read our answer has seen enough; the interpreter must not try to flush it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status
