"""`utfall mcp` where it cannot begin: one line that says why."""

import socket

import pytest
from click.testing import CliRunner, Result

from utfall.cli import command


def called(*arguments: str, key: str = "utf_nonsense") -> Result:
    return CliRunner().invoke(command, ["mcp", *arguments], env={"UTFALL_API_KEY": key})


def test_help_says_what_it_is_and_shows_an_example() -> None:
    told = called("--help")
    assert told.exit_code == 0
    assert "UTFALL_API_KEY=utf_… utfall mcp" in told.output


@pytest.mark.parametrize(
    ("address", "key", "said"),
    [
        (
            "http://localhost",
            "",
            "Error: no API key: make one in the portal under API keys, and set UTFALL_API_KEY",
        ),
        ("portal.example", "utf_nonsense", "is no address of a portal, such as https://portal.example."),
    ],
)
def test_what_is_missing_is_said_in_one_line(address: str, key: str, said: str) -> None:
    told = called("--portal", address, key=key)
    assert (told.exit_code, told.output.count("\n")) == (3, 1)
    assert said in told.output


def test_a_portal_that_does_not_answer_is_named_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    told = called("--portal", address)
    assert (told.exit_code, told.output.count("\n")) == (3, 1)
    assert f"{address.removeprefix('http://')} did not answer" in told.output
