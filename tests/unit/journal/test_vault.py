"""The vault on its real file: who is known again, what can be read, and what erasure leaves (nothing)."""

import subprocess
import sys
from pathlib import Path

import pytest

from utfall.journal.errors import Erased, JournalError, SealBroken, WrongPepper
from utfall.journal.vault import Vault, normalised_key

PEPPER = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vault.sqlite3"


def test_a_customer_is_known_again_under_one_pseudonym(path: Path) -> None:
    with Vault(path, PEPPER) as vault:
        first = vault.subject(7, "Ada@Example.com")
        assert vault.subject(7, " ada@example.COM ") == first
        assert len(first.pseudonym) == 32
    with Vault(path, PEPPER) as vault:
        assert vault.subject(7, "ada@example.com") == first


def test_a_customer_of_two_advertisers_is_two_subjects(path: Path) -> None:
    with Vault(path, PEPPER) as vault:
        assert vault.subject(7, "a@b.se").pseudonym != vault.subject(8, "a@b.se").pseudonym
        assert vault.subject(7, "A17").pseudonym != vault.subject(7, "a17").pseudonym, (
            "only e-mail has no case"
        )


def test_a_pseudonym_cannot_be_computed_from_outside(tmp_path: Path) -> None:
    """Two vaults with one pepper disagree: the secret is random."""
    with Vault(tmp_path / "a", PEPPER) as one, Vault(tmp_path / "b", PEPPER) as other:
        assert one.subject(7, "a@b.se").pseudonym != other.subject(7, "a@b.se").pseudonym


def test_many_customers_come_back_in_order_with_repeats(path: Path) -> None:
    with Vault(path, PEPPER) as vault:
        known = vault.subject(1, "b")
        found = vault.subjects([(1, "a"), (1, "b"), (1, "a"), (2, "a")])
        assert [each.pseudonym for each in found][1] == known.pseudonym
        assert found[0] == found[2] != found[3]
        assert vault.subjects([]) == []


def test_a_key_is_compared_composed(path: Path) -> None:
    assert normalised_key("A\u030angstro\u0308m") == "\u00c5ngstr\u00f6m"
    for wrong in ("", "   ", "x" * 513):
        with pytest.raises(ValueError, match="512 characters"):
            normalised_key(wrong)


def test_what_is_sealed_opens_in_its_context_only(path: Path) -> None:
    with Vault(path, PEPPER) as vault:
        ada, bo = vault.subjects([(1, "ada"), (1, "bo")])
        sealed = ada.seal(b"192.0.2.7", aad=b"event-1")
        assert b"192.0.2.7" not in sealed
        assert sealed != ada.seal(b"192.0.2.7", aad=b"event-1")
        assert vault.open(ada.pseudonym, sealed, b"event-1") == b"192.0.2.7"
        for pseudonym, content, aad in (
            (ada.pseudonym, sealed, b"event-2"),
            (bo.pseudonym, sealed, b"event-1"),
            (ada.pseudonym, sealed[:-1] + bytes((sealed[-1] ^ 1,)), b"event-1"),
            (ada.pseudonym, b"\x02" + sealed[1:], b"event-1"),
            (ada.pseudonym, b"\x01", b"event-1"),
            (ada.pseudonym, b"", b"event-1"),
        ):
            with pytest.raises(SealBroken):
                vault.open(pseudonym, content, aad)


def test_erasure_makes_sealed_bytes_unreadable_and_the_customer_a_stranger(path: Path) -> None:
    with Vault(path, PEPPER) as vault:
        ada, bo = vault.subjects([(1, "ada@b.se"), (1, "bo@b.se")])
        sealed, other = ada.seal(b"ada", aad=b""), bo.seal(b"bo", aad=b"")
        assert vault.erase(1, "ADA@b.se") is True
        assert vault.erase(1, "ada@b.se") is False
        with pytest.raises(Erased) as refusal:
            vault.open(ada.pseudonym, sealed, b"")
        assert refusal.value.pseudonym == ada.pseudonym
        assert vault.open(bo.pseudonym, other, b"") == b"bo"
        assert vault.subject(1, "ada@b.se").pseudonym != ada.pseudonym
        with pytest.raises(Erased):
            vault.open(ada.pseudonym, sealed, b"")


@pytest.mark.parametrize("pseudonym", ["", "00" * 16, "not hex", "å"])
def test_an_unknown_pseudonym_is_as_good_as_erased(path: Path, pseudonym: str) -> None:
    with Vault(path, PEPPER) as vault, pytest.raises(Erased):
        vault.open(pseudonym, b"\x01" + bytes(40), b"")


def test_nothing_of_an_erased_subject_is_left_in_any_file(path: Path) -> None:
    """Not in the pages, not in the log: the bytes are searched for."""
    with Vault(path, PEPPER) as vault:
        customers = [(1, f"customer-{number}@example.com") for number in range(600)]
        subjects = vault.subjects(customers)
        for customer in customers[::3]:
            assert vault.erase(*customer)
        on_disk = b"".join(each.read_bytes() for each in path.parent.iterdir())
        for number, subject in enumerate(subjects):
            assert (subject._data_key in on_disk) == (number % 3 != 0)


def test_an_erasure_by_another_process_holds_at_once(path: Path) -> None:
    script = (
        "import sys, pathlib; from utfall.journal.vault import Vault\n"
        "with Vault(pathlib.Path(sys.argv[1]), bytes(range(32))) as vault:\n"
        "    print(vault.subject(1, 'ada@b.se').pseudonym, vault.erase(1, 'ada@b.se'))"
    )
    with Vault(path, PEPPER) as vault:
        ada = vault.subject(1, "ada@b.se")
        sealed = ada.seal(b"ada", aad=b"")
        ran = subprocess.run(
            [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
        )
        assert ran.stdout.split() == [ada.pseudonym, "True"]
        with pytest.raises(Erased):
            vault.open(ada.pseudonym, sealed, b"")
        assert vault.subject(1, "ada@b.se").pseudonym != ada.pseudonym


def test_processes_that_meet_one_customer_at_once_agree(path: Path) -> None:
    script = (
        "import sys, pathlib; from utfall.journal.vault import Vault\n"
        "with Vault(pathlib.Path(sys.argv[1]), bytes(range(32))) as vault:\n"
        "    print([vault.subject(1, str(n)).pseudonym for n in range(100)])"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE) for _ in range(3)
    ]
    said = {process.communicate()[0] for process in processes}
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(said) == 1


def test_a_vault_of_another_pepper_is_refused(path: Path) -> None:
    Vault(path, PEPPER).close()
    with pytest.raises(WrongPepper):
        Vault(path, bytes(32))
    Vault(path, PEPPER).close()


def test_a_vault_that_is_no_database_is_refused(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(JournalError):
        Vault(path, PEPPER)


def test_a_vault_is_private_and_says_nothing(path: Path) -> None:
    with Vault(path, PEPPER) as vault:
        subject = vault.subject(1, "ada")
        assert path.stat().st_mode & 0o077 == 0
        assert subject._data_key.hex() not in repr(subject)
        assert str(subject._data_key) not in repr(subject)
