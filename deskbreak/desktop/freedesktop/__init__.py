"""What plyer and pystray lack on Linux, written as backends for their own interfaces."""

import os

# pystray chooses a backend when it is imported; on Linux that pulls in GTK or needs an X server, and raises
# without one. The backends here take the place of all of them.
os.environ["PYSTRAY_BACKEND"] = "dummy"
