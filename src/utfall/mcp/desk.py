"""The desk an assistant works at: one key, its client, and what is remembered between two calls."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from utfall.client import Client, Forbidden, NotFound
from utfall.client.models import ThisKeyAnswer
from utfall.mcp.refusals import Declined
from utfall.mcp.rehearsals import Rehearsals

Verify = Callable[[Any, bytes], list[str]]
"""What is wrong with a receipt's document by a public key (PEM); nothing where it holds."""

BUYING: Final = frozenset({"operator", "advertiser", "agency"})
SELLING: Final = frozenset({"publisher"})
WATCHING_BUYERS: Final = BUYING | {"auditor"}
WATCHING_SELLERS: Final = SELLING | {"auditor", "operator"}
EVERYBODY: Final = BUYING | WATCHING_SELLERS


@dataclass(frozen=True, slots=True)
class Desk:
    """One key at one portal."""

    client: Client
    portal: str
    key: ThisKeyAnswer
    verify: Verify
    public_key: bytes | None = None
    """The installation's public key, where one's own copy is at hand."""
    rehearsals: Rehearsals = field(default_factory=Rehearsals)
    _names: dict[tuple[str, int], str] = field(default_factory=dict)

    def may(self, needs: str, kinds: frozenset[str]) -> bool:
        """Whether the key has the scope, and speaks for an organisation of such a kind."""
        return needs in self.key.scopes and self.key.kind in kinds

    def require(self, needs: str, kinds: frozenset[str]) -> None:
        """Declined unless it may; the API would say the same, but a dry run should say it first."""
        if self.key.kind not in kinds:
            sentence = f"This is not for {self.key.kind}s; {self.key.organisation} is one."
            raise Declined("forbidden", sentence, f"Use a key of an organisation that is {_either(kinds)}.")
        if needs not in self.key.scopes:
            mend = f"Make a key with the scope “{needs}” under API keys, and start again with that one."
            raise Declined("forbidden", f"This key lacks the scope “{needs}”.", mend)

    def program_name(self, program: int) -> str:
        """What a program is called; empty where the key may not know it."""
        return self._name("program", program, lambda: self.client.programs.program(program).name)

    def publisher_name(self, publisher: int) -> str:
        """What a publisher is called; empty where the key may not know it."""
        if publisher == self.key.number and self.key.kind == "publisher":
            return self.key.organisation
        return self._name("publisher", publisher, lambda: self.client.partners.publisher(publisher).name)

    def _name(self, noun: str, number: int, ask: Callable[[], str]) -> str:
        if (noun, number) not in self._names:
            try:
                self._names[noun, number] = ask()
            except (NotFound, Forbidden):
                self._names[noun, number] = ""
        return self._names[noun, number]


def sit_down(client: Client, portal: str, verify: Verify, public_key: bytes | None = None) -> Desk:
    """Ask the portal whose key it is; a `ClientError` where it is nobody's, or nobody answers."""
    return Desk(client, portal, client.people.this_key(), verify, public_key)


def _either(kinds: frozenset[str]) -> str:
    return " or ".join(sorted(kinds))
