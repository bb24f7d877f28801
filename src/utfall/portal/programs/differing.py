"""What changed between two versions, clause by clause, in words that both sides read."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from utfall.portal.programs.contracts import Change, Piece, TermsDraft, TermsView
from utfall.portal.programs.words import CLAUSES, clauses


def difference(before: TermsView | TermsDraft, after: TermsView | TermsDraft) -> list[Change]:
    """The clauses that differ, in reading order, each with what it said and says."""
    said = {clause.key: clause.says for clause in clauses(before)}
    found = []
    for clause in clauses(after):
        was = str(said.get(clause.key, ""))
        if was != str(clause.says) and clause.key in said:
            pieces = tuple(compared(was, str(clause.says))) if clause.key == "text" else ()
            found.append(
                Change(
                    key=clause.key, title=CLAUSES[clause.key], before=was, after=clause.says, pieces=pieces
                )
            )
    return found


def compared(before: str, after: str) -> Iterator[Piece]:
    """Two texts, paragraph by paragraph.

    >>> [(piece.kind, piece.text) for piece in compared("No e-mail.", "No e-mail.\\n\\nNo brand bidding.")]
    [('kept', 'No e-mail.'), ('added', 'No brand bidding.')]
    """
    old, new = paragraphs(before), paragraphs(after)
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Piece(kind="kept", text=text) for text in old[first:last])
            continue
        yield from (Piece(kind="removed", text=text) for text in old[first:last])
        yield from (Piece(kind="added", text=text) for text in new[start:end])


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text: what stands between empty lines."""
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return [block.strip() for block in blocks if block.strip()]
