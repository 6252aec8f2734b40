"""The command `kaizala-actions`."""

import signal
import sys

from .kaizala_actions_native import run


def main() -> None:
    """Runs the command with the arguments of the process."""
    # Python would only note a Ctrl-C, and look at it when the command has ended.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(run(["kaizala-actions", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
