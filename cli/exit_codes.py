"""The exit codes, which scripts read (cli.md): what each means, and which command gives it."""

from policytracker.cli.streams import SIGPIPE_EXIT
from policytracker.questions.check import CLEARED, CONDITIONS, NO, UNSURE

FAILED = 1
USAGE = 2
NOT_HELD = 3
DAMAGED = 5
DIFFERS = 7
REPORTED = 10
BUSY = 11

OF_ANY = {
    0: "done; what was asked is answered",
    FAILED: "refused, failed or interrupted: a message on standard error says why and what to do",
    USAGE: "wrong usage: an option, an argument or a date that cannot be read",
    SIGPIPE_EXIT: "whoever read the output has closed it, as `head` does",
}
"""What a code means where the command gives it no meaning of its own."""
OF_COMMAND: dict[str, dict[int, str]] = {
    "check": {
        CLEARED: "each pair is certainly `cleared`; with `--accept conditional` also at worst `conditional`",
        NO: "no: of some pair the highest possible status is below `conditional`, or what was approved is used up",
        UNSURE: "not certain: some pair may ship or not",
        CONDITIONS: "yes, under conditions: the lowest possible status of some pair is `conditional`",
    },
    "diff": {0: "done; with `--exit-code`: nothing differs", DIFFERS: "with `--exit-code`: something differs"},
    "expect": {0: "every expectation holds", NOT_HELD: "one does not"},
    "verify": {0: "the ledger is whole", DAMAGED: "something is damaged, or a checkpoint is not extended"},
    "backup": {DAMAGED: "the ledger is damaged; no backup is left"},
    "restore": {DAMAGED: "the backup is damaged, or does not extend a checkpoint; nothing is restored"},
    "upgrade": {DAMAGED: "the ledger is damaged; it stays as it was"},
    "watch": {
        0: "nothing changed; or with `--every`, somebody ended it by Ctrl-C",
        FAILED: "a destination was not told, which the next run makes good; or the command failed",
        REPORTED: "something changed, and every destination was told; with `--dry-run`, something would be told",
        BUSY: "another run of the same watch is at work",
    },
    "doctor": {0: "no problem; there may be notes", FAILED: "there is a problem, or the command failed"},
}
"""What codes mean for one command. Of several pairs, `check` gives the worst: 3, then 4, 6, 0."""
