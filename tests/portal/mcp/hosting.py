"""A host as assistants have one: the official SDK's client, which starts `utfall mcp` and speaks to it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters

import utfall.client
from utfall.mcp import sit_down
from utfall.mcp.server import server_of
from utfall.workers.signing import verify_receipt

Told = dict[str, Any]


class Host:
    """A connected client, for tests that are not asynchronous."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self._portal, self._client = portal, client

    def ask(self, tool: str, **arguments: Any) -> Told:
        """What a tool answers; it is an error where it is refused."""
        answer, is_error = self._call(tool, arguments)
        assert not is_error, answer
        return answer

    def refused(self, tool: str, **arguments: Any) -> Told:
        """How a tool refuses."""
        answer, is_error = self._call(tool, arguments)
        assert is_error, answer
        refusal: Told = answer["refused"]
        return refusal

    def _call(self, tool: str, arguments: Told) -> tuple[Told, bool]:
        got = self._portal.call(self._client.call_tool, tool, arguments)
        answer: Told = got.structured_content
        return answer, bool(got.is_error)

    def tools(self) -> dict[str, Any]:
        """The tools that are offered, by name."""
        return {one.name: one for one in self._portal.call(self._client.list_tools).tools}

    def prompt(self, name: str, **arguments: str) -> str:
        """The text of a prompt."""
        return str(self._portal.call(self._client.get_prompt, name, arguments).messages[0].content.text)  # type: ignore[union-attr]

    def read(self, uri: str) -> str:
        """The text of a resource."""
        return str(self._portal.call(self._client.read_resource, uri).contents[0].text)  # type: ignore[union-attr]


@contextmanager
def inside(address: str, key: str, *, read_only: bool = False) -> Iterator[Host]:
    """The same server in this process, for tests that need another key and not another process."""
    desk = sit_down(utfall.client.Client(address, key), address, verify_receipt)
    server = server_of(desk, read_only=read_only)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(server)) as client:
        yield Host(portal, client)


@contextmanager
def hosted(address: str, key: str, *options: str) -> Iterator[Host]:
    """Start `utfall mcp` as a host does, and speak to it until the end."""
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "utfall.cli", "mcp", "--portal", address, *options],
        env={"UTFALL_API_KEY": key},
    )
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(parameters)) as client:
        yield Host(portal, client)
