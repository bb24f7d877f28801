from pathlib import Path

import pytest

from utfall.settings import SETTINGS, SettingError, Settings, load


def written(folder: Path, text: str) -> Path:
    path = folder / "utfall.toml"
    path.write_text(text)
    return path


def test_nothing_given_means_the_defaults() -> None:
    assert load({}) == Settings()


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    path = written(tmp_path, "edge_port = 9000\nedge_workers = 2\n")
    settings = load({"UTFALL_EDGE_PORT": "9100", "PATH": "/bin"}, path)
    assert (settings.edge_port, settings.edge_workers, settings.cookie_days) == (9100, 2, 90)


def test_lists_and_paths_are_read_from_both_sources(tmp_path: Path) -> None:
    path = written(tmp_path, 'trusted_proxies = ["10.0.0.0/8"]\ndata_dir = "elsewhere"\n')
    assert load({}, path).trusted_proxies == ("10.0.0.0/8",)
    assert load({}, path).book_path == Path("elsewhere/book.sqlite3")
    settings = load({"UTFALL_TRUSTED_PROXIES": "10.0.0.0/8, ::1/128", "UTFALL_DATA_DIR": "here"}, path)
    assert settings.trusted_proxies == ("10.0.0.0/8", "::1/128")
    assert settings.lake_dir == Path("here/lake")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("edge_port", "eighty", "Expected `int`"),
        ("edge_port", "70000", "<= 65535"),
        ("edge_workers", "0", ">= 1"),
        ("consent_default", "maybe", "Invalid enum value"),
        ("trusted_proxies", "10.0.0.0/8,nowhere", "nowhere"),
        ("metrics_from", "10.0.0.1/8", "host bits"),
        ("public_url", "http://shop.example/", "matching regex"),
        ("data_dir", "", "path of a folder"),
        ("cookie_name", "a b", "matching regex"),
    ],
)
def test_a_bad_value_is_refused_with_its_name_and_where_it_came_from(
    name: str, text: str, problem: str
) -> None:
    variable = SETTINGS[name].variable
    with pytest.raises(SettingError) as refused:
        load({variable: text})
    assert refused.value.name == name
    assert variable in str(refused.value)
    assert problem in str(refused.value)


def test_a_file_is_strictly_typed(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"edge_port .*utfall\.toml.*Expected `int`, got `str`"):
        load({}, written(tmp_path, 'edge_port = "8700"'))


def test_an_unknown_setting_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"did you mean UTFALL_EDGE_PORT\?"):
        load({"UTFALL_EGDE_PORT": "1"})
    with pytest.raises(SettingError, match=r"did you mean cookie_days\?"):
        load({}, written(tmp_path, "cookies_days = 1"))


@pytest.mark.parametrize("text", ["edge_port = ", "\udcff"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "utfall.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingError, match="cannot be read"):
        load({}, path)
    with pytest.raises(SettingError, match="cannot be read"):
        load({}, tmp_path / "absent.toml")


def test_every_default_passes_its_own_validation() -> None:
    for setting in SETTINGS.values():
        value = setting.default
        text = ",".join(value) if isinstance(value, tuple) else str(value)
        assert getattr(load({setting.variable: text}), setting.name) == value
