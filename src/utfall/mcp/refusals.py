"""What a tool answers when it does not do what was asked: the API's problems, and our own, in one form."""

from typing import Any, Final

from utfall.client import ClientError, NotReached, Problem

MENDS: Final = {
    "unknown_name": "See list_metrics and list_dimensions for every name.",
    "not_in_scope": "Ask for what list_metrics lists: the rest is not told to this side of the market.",
}
"""What mends a refusal of the portal in the words of these tools; the portal's own are of its pages."""
ARGUMENTS: Final = "Look at the tool's input schema, and call it again."


class Declined(Exception):
    """Something that is not done, and why: a reason code, a sentence, and how to mend it."""

    def __init__(self, code: str, sentence: str, mend: str, field: str = "") -> None:
        super().__init__(f"{code}: {sentence}")
        self.code, self.sentence, self.mend, self.field = code, sentence, mend, field


def told(error: Declined | ClientError) -> dict[str, Any]:
    """A refusal as it is told to an assistant."""
    match error:
        case Declined():
            said = {"code": error.code, "sentence": error.sentence, "mend": error.mend, "field": error.field}
        case Problem():
            said = _problem(error)
        case NotReached():
            mend = "Check that the portal runs and can be reached; the same call may be made again."
            said = {"code": "not_reached", "sentence": str(error), "mend": mend}
        case _:
            mend = "Use the version of Utfall that the portal runs."
            said = {"code": "unreadable", "sentence": str(error), "mend": mend}
    return {"refused": {name: value for name, value in said.items() if value}}


def _problem(error: Problem) -> dict[str, Any]:
    faults = [{"field": one.field, "code": one.code, "sentence": one.detail} for one in error.errors]
    return {
        "code": error.code or f"status_{error.status}",
        "sentence": error.sentence,
        "mend": MENDS.get(error.code) or error.mend,
        "field": error.field,
        "faults": faults if len(faults) > 1 else [],
        "retry_after_seconds": error.retry_after_seconds,
    }
