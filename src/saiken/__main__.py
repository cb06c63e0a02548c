"""`python -m saiken`."""

import sys

from saiken.doors.cli import main

if __name__ == "__main__":
    sys.exit(main())
