"""The layers of the program hold: outer parts know inner ones, never the reverse."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_no_inner_part_knows_an_outer_one() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert said.returncode == 0, said.stdout + said.stderr
