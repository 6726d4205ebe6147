"""`python -m deskbreak`: the same as the command."""

import sys

from deskbreak.cli import main

sys.exit(main())
