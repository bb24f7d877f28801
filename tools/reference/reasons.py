"""reasons.md, from the closed list of reasons."""

from tools.reference.markdown import code, prose, table
from utfall.events import REASONS

INTRODUCTION = """
Why something was refused, left unpaid or left unattributed. Every reason is stored, counted and shown to both
sides; none is ever removed or given another meaning.
"""


def page() -> list[str]:
    rows = [(code(reason.value), words.sentence, words.mend) for reason, words in REASONS.items()]
    return ["# Reasons", prose(INTRODUCTION), table(("reason", "what it means", "how to mend it"), rows)]
