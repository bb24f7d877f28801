"""The command line: the composition root. It reads settings, hands everybody what they need, and answers.

    utfall --help

It promises: help with examples everywhere; a mistake is answered with a sentence, never a traceback; what a
machine reads goes to the standard output, all else to the error output; exit codes mean the same everywhere:

    0  done                      2  the call is wrong (unknown option, unreadable value)
    1  done, and something was   3  not possible here and now (busy, missing, damaged, no terms published)
       refused or found        130  interrupted

Modules are imported when their command runs, so that `receipt verify` opens neither book nor lake.
"""

import sys
from typing import Final

from utfall.cli.group import Section, Utfall

SECTIONS: Final[tuple[Section, ...]] = (
    Section(
        "Run",
        {
            "demo": "demonstration",
            "up": "processes",
            "operator": "operator",
            "doctor": "health",
            "check": "health",
            "move": "moving",
        },
    ),
    Section("Agree", {"publish": "terms", "whatif": "proofs"}),
    Section("Tell", {"load": "events", "erase": "events", "keys": "keys"}),
    Section(
        "Look",
        {"report": "reports", "trial-balance": "money", "receipt": "receipts", "replay": "proofs"},
    ),
    Section("Assist", {"mcp": "assistants"}),
    Section(
        "Single processes",
        {
            "portal": "portal",
            "work": "portal",
            "deliver": "portal",
            "seal": "portal",
            "edge": "processes",
            "settle": "processes",
            "follow": "following",
            "ship": "processes",
        },
    ),
)

command: Final = Utfall(SECTIONS)


def main() -> None:
    """The entry point of the `utfall` script."""
    sys.exit(command.main(prog_name="utfall", standalone_mode=True))
