"""The process that is killed in a journey: it takes in a file through the command, and is not asked to stop.

Run with the settings of the tests in its environment. Read next: `test_7_killed_halfway.py`.
"""

import sys

from hervat.cli.main import main

if __name__ == "__main__":
    sys.exit(main(["import", "messages", sys.argv[1], "--json"]))
