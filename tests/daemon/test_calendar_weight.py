"""The calendar's library brings asyncio along; the daemon does not carry TLS all day for it."""

import subprocess
import sys

SCRIPT = """
import sys
import deskbreak.daemon.agenda
print("ssl" in sys.modules)
import ssl
print(ssl.create_default_context() is not None)
"""


def test_the_calendar_loads_without_tls_and_leaves_it_to_whoever_wants_it() -> None:
    said = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["False", "True"]
