"""Salts that live two days, and keys that outlive a rotation."""

import subprocess
import sys
from pathlib import Path

import pytest

from utfall.journal.errors import KeyFileInvalid, SaltDestroyed
from utfall.journal.keys import KeyRing, load_or_create_pepper, load_or_create_secret
from utfall.journal.salts import AddressSalts, address_digest

DAY = 20_778
SALT = bytes(32)


def test_a_day_has_one_salt_in_every_process(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from utfall.journal.salts import AddressSalts\n"
        "print(AddressSalts(pathlib.Path(sys.argv[1])).salt_for(20778).hex())"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "salts")], stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    said = {process.communicate()[0].decode().strip() for process in processes}
    assert said == {AddressSalts(tmp_path / "salts").salt_for(DAY).hex()}


def test_days_have_different_salts_and_old_ones_are_destroyed(tmp_path: Path) -> None:
    salts = AddressSalts(tmp_path / "salts")
    made = [salts.salt_for(day) for day in range(DAY, DAY + 4)]
    assert len(set(made)) == 4
    assert sorted(each.name for each in (tmp_path / "salts").glob("*.salt")) == ["20780.salt", "20781.salt"]
    assert salts.salt_for(DAY + 2) == made[2]
    with pytest.raises(SaltDestroyed) as refusal:
        salts.salt_for(DAY + 1)
    assert (refusal.value.day, refusal.value.newest) == (DAY + 1, DAY + 3)


def test_salts_are_destroyed_without_visitors_too(tmp_path: Path) -> None:
    salts = AddressSalts(tmp_path / "salts")
    salts.salt_for(DAY)
    assert salts.destroy_expired(DAY + 1) == []
    assert salts.destroy_expired(DAY + 2) == [DAY]
    assert list((tmp_path / "salts").glob("*.salt")) == []


def test_a_damaged_salt_is_refused(tmp_path: Path) -> None:
    AddressSalts(tmp_path).salt_for(DAY)
    (tmp_path / f"{DAY}.salt").write_bytes(b"short")
    with pytest.raises(KeyFileInvalid):
        AddressSalts(tmp_path).salt_for(DAY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("192.0.2.1", "192.0.2.255"),
        ("192.0.2.1", "::ffff:192.0.2.9"),
        ("192.0.2.1", "::FFFF:c000:0209"),
        ("2001:db8:1::1", "2001:DB8:1:ffff::2"),
        ("fe80::1", "fe80::2%eth0"),
    ],
)
def test_addresses_of_one_network_share_a_digest(one: str, other: str) -> None:
    digest = address_digest(one, SALT)
    assert digest is not None
    assert len(digest) == 24
    assert digest == address_digest(other, SALT)
    assert digest != address_digest(one, b"\x01" * 32)


def test_addresses_of_two_networks_do_not(tmp_path: Path) -> None:
    several = ["192.0.2.1", "192.0.3.1", "2001:db8:1::1", "2001:db8:2::1", "c000:2c0::", "::1"]
    assert len({address_digest(each, SALT) for each in several}) == len(several)


@pytest.mark.parametrize(
    "wrong",
    ["", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4\0", ":", "g::", "1.2.3.4 ", "å", "[::1]"],
)
def test_what_is_no_address_has_no_digest(wrong: str) -> None:
    assert address_digest(wrong, SALT) is None


def test_the_newest_key_signs_and_all_verify(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "click.keys"
    ring = KeyRing.load_or_create(path, created_at=1)
    assert KeyRing.load_or_create(path, created_at=2).keys == ring.keys
    rotated = ring.rotate(created_at=3)
    assert [(key.id, key.created_at) for key in rotated.keys] == [(0, 1), (1, 3)]
    assert rotated.newest.id == 1
    assert dict(rotated.secrets) == {key.id: key.secret for key in KeyRing.load(path).keys}
    assert rotated.secrets[0] == ring.newest.secret
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_after_256_rotations_the_oldest_key_gives_way(tmp_path: Path) -> None:
    ring = first = KeyRing.load_or_create(tmp_path / "click.keys", created_at=0)
    for each in range(1, 258):
        ring = ring.rotate(created_at=each)
    assert len(ring.keys) == 256
    assert (ring.newest.id, ring.newest.created_at) == (1, 257)
    assert first.newest.secret not in ring.secrets.values()
    assert KeyRing.load(tmp_path / "click.keys").keys == ring.keys


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'[{"id":0,"created_at":1,"secret":"AAAA"}]',
        b'[{"id":256,"created_at":1,"secret":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}]',
    ],
)
def test_a_damaged_ring_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "click.keys").write_bytes(content)
    with pytest.raises(KeyFileInvalid):
        KeyRing.load(tmp_path / "click.keys")


def test_a_missing_ring_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyFileInvalid):
        KeyRing.load(tmp_path / "click.keys")


def test_the_pepper_is_made_once(tmp_path: Path) -> None:
    pepper = load_or_create_pepper(tmp_path / "keys")
    assert len(pepper) == 32
    assert load_or_create_pepper(tmp_path / "keys") == pepper
    assert load_or_create_secret(tmp_path / "keys" / "other") != pepper
    (tmp_path / "keys" / "pepper").write_bytes(b"short")
    with pytest.raises(KeyFileInvalid):
        load_or_create_pepper(tmp_path / "keys")
