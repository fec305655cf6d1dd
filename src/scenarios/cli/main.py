"""The entry point: arguments in, exit code out.

Only the standard library is imported before the command is known, so that `--version` and `--help` answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from scenarios.cli.arguments import parser
from scenarios.errors import InputError

OK, VIOLATED, UNUSABLE, OURS, INTERRUPTED = 0, 1, 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns 0 when nothing is violated, 1 when something is, 2 for unusable input or arguments, 3 for an error of ours.
    """
    try:
        options = parser().parse_args(arguments)
        return int(options.run(options))
    except InputError as error:
        return _complain(str(error), UNUSABLE)
    except BrokenPipeError:
        # The reader has gone (`| head`). Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("SCENARIOS_TRACEBACK"):
            raise
        return _complain(f"an error of ours: {type(error).__name__}: {error} (SCENARIOS_TRACEBACK=1 shows where)", OURS)


def _complain(text: str, code: int) -> int:
    from scenarios.report.printable import printable

    print(f"scenarios: {printable(text)}", file=sys.stderr)
    return code
