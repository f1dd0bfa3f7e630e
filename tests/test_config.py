from pathlib import Path

import pytest

from sourcebook.config import FILE_NAME, Config, load_config
from sourcebook.errors import UsageError


def write(folder: Path, text: str) -> Path:
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_every_value_is_the_default(tmp_path: Path) -> None:
    loaded = load_config(tmp_path, {})

    assert loaded.config == Config()
    assert {setting.origin for setting in loaded.settings} == {"default"}
    assert loaded.file is None


def test_the_last_to_speak_wins_and_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path, "[fetch]\ndelay_s = 2\nhosts = 4\n[serve]\nport = 1000\n")
    loaded = load_config(folder, {"SOURCEBOOK_FETCH_HOSTS": "8", "SOURCEBOOK_SERVE_PORT": "2000"}, serve__port=3000)
    origins = {setting.name: setting.origin for setting in loaded.settings}

    assert (loaded.config.fetch.delay_s, loaded.config.fetch.hosts, loaded.config.serve.port) == (2.0, 8, 3000)
    assert origins["fetch.delay_s"] == str(folder / FILE_NAME)
    assert origins["fetch.hosts"] == "SOURCEBOOK_FETCH_HOSTS"
    assert origins["serve.port"] == "flag"


def test_lists_and_tables_are_read(tmp_path: Path) -> None:
    folder = write(tmp_path, '[corpus]\ncomponents = {Ref = "src"}\nown_sites = ["wiki.example"]\n')
    config = load_config(folder, {"SOURCEBOOK_CORPUS_EXCLUDE": "a/**, b/**"}).config

    assert config.corpus.components == {"Ref": "src"}
    assert config.corpus.own_sites == ("wiki.example",)
    assert config.corpus.exclude == ("a/**", "b/**")


@pytest.mark.parametrize(
    ("text", "environ", "words"),
    [
        pytest.param("[fetch]\ndelay = 2\n", {}, "did you mean 'fetch.delay_s'?", id="a near miss is guessed"),
        pytest.param("fetsch = 1\n", {}, "unknown setting 'fetsch'", id="a value where a section belongs"),
        pytest.param("[fetch]\nhosts = 'many'\n", {}, "must be a whole number", id="the wrong type"),
        pytest.param("[fetch]\nhosts = true\n", {}, "must be a whole number", id="a truth is not a number"),
        pytest.param("[corpus]\ninclude = 'x'\n", {}, "must be a list of texts", id="a text is not a list"),
        pytest.param("[corpus]\ncomponents = {R = 1}\n", {}, "must be a table of texts", id="a table of numbers"),
        pytest.param("[fetch\n", {}, "cannot read settings", id="broken TOML"),
        pytest.param("", {"SOURCEBOOK_FETCH_DELAY": "1"}, "SOURCEBOOK_FETCH_DELAY_S", id="an unknown variable"),
        pytest.param("", {"SOURCEBOOK_FETCH_HOSTS": "x y"}, "as a whole number", id="an unreadable variable"),
    ],
)
def test_a_bad_setting_is_an_error_that_says_what_to_do(
    tmp_path: Path, text: str, environ: dict[str, str], words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        load_config(write(tmp_path, text), environ)

    assert words in f"{caught.value.message} {caught.value.hint}"
    assert caught.value.hint


def test_a_settings_file_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"[fetch]\ncontact = '\xff'\n")

    with pytest.raises(UsageError, match="cannot read settings"):
        load_config(tmp_path, {})


def test_secrets_are_hidden(tmp_path: Path) -> None:
    loaded = load_config(tmp_path, {"SOURCEBOOK_STORE_DATABASE": "postgresql://me:word@db/x"})
    (database,) = [setting for setting in loaded.settings if setting.name == "store.database"]

    assert loaded.config.store.database == "postgresql://me:word@db/x"
    assert "word" not in str(database.shown)
