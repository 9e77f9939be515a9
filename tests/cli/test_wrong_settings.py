"""Wrong settings: a line for each, the variable's name in it, never a traceback or a secret."""

import pytest

SECRET = "gr33n-heron"
TOKEN = "1234567890:AAF-secret-secret-secret-secret-12345"


def test_without_a_token_the_bot_says_what_to_set(counterpoint):
    ended = counterpoint("run")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "counterpoint: COUNTERPOINT_TELEGRAM__TOKEN is not set; take one from @BotFather,"
        " or try the bot without one: counterpoint playground\n"
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        pytest.param(
            {"DIGEST__DEFAULT_TIME": "25:00"},
            "COUNTERPOINT_DIGEST__DEFAULT_TIME is '25:00'; write a time from 00:00 to 23:59",
            id="no time of day",
        ),
        pytest.param(
            {"DIGEST__DEFAULT_ZONE": "Berlin"},
            "COUNTERPOINT_DIGEST__DEFAULT_ZONE is 'Berlin'; write a zone such as Europe/Berlin",
            id="no zone",
        ),
        pytest.param(
            {"ACCESS__OWNERS": "@me"},
            "COUNTERPOINT_ACCESS__OWNERS is '@me'; write Telegram user ids, comma separated,"
            " such as 123456789",
            id="no ids",
        ),
        pytest.param(
            {"TELEGRAM__API_URL": "telegram.org"},
            "COUNTERPOINT_TELEGRAM__API_URL is no address; write one that starts with https:// or"
            " http://",
            id="no address",
        ),
        pytest.param(
            {"TELEGRAM__TOKN": TOKEN},
            "COUNTERPOINT_TELEGRAM__TOKN is not a setting; did you mean"
            " COUNTERPOINT_TELEGRAM__TOKEN?",
            id="a slip of the pen",
        ),
        pytest.param(
            {"CONFIG": "nowhere"},
            "COUNTERPOINT_CONFIG is 'nowhere', which is no folder",
            id="no settings folder",
        ),
        pytest.param(
            {"TELEGRAM__TOKEN_FILE": "nowhere"},
            "COUNTERPOINT_TELEGRAM__TOKEN_FILE names 'nowhere', which cannot be read: [Errno 2]"
            " No such file or directory: 'nowhere'",
            id="no secret file",
        ),
        pytest.param(
            {"DATABASE__URL": f"mysql://me:{SECRET}@db/counterpoint"},
            "COUNTERPOINT_DATABASE__URL starts with 'mysql'; write sqlite:/// or postgresql://",
            id="another database",
        ),
        pytest.param(
            {"DATABASE__URL": f"me:{SECRET}@db"},
            "COUNTERPOINT_DATABASE__URL is no database URL; write sqlite:///data/counterpoint.db"
            " or postgresql://user@host/name",
            id="no URL",
        ),
        pytest.param(
            {"DATABASE__URL": "sqlite://"},
            "COUNTERPOINT_DATABASE__URL names no file; write sqlite:///data/counterpoint.db",
            id="a database in memory",
        ),
    ],
)
def test_a_wrong_setting_is_one_line(counterpoint, settings, said):
    ended = counterpoint("export", "out", **settings)

    assert (ended.code, ended.out, ended.err) == (2, "", f"counterpoint: {said}\n")


def test_every_wrong_setting_has_its_line(counterpoint):
    ended = counterpoint("migrate", WEB__LISTEN="8080", DELIVERY__PER_SECOND="5000")

    assert ended.code == 2
    assert ended.err.splitlines() == [
        "counterpoint: COUNTERPOINT_DELIVERY__PER_SECOND is '5000': input should be less than or"
        " equal to 1000",
        "counterpoint: COUNTERPOINT_WEB__LISTEN is '8080'; write host:port, such as"
        " 127.0.0.1:8080",
    ]


def test_a_settings_file_that_is_no_toml_is_named(counterpoint, write):
    write("config/counterpoint.toml", b"[digest\n")

    ended = counterpoint("migrate")

    assert ended.code == 2
    assert "counterpoint.toml: " in ended.err
    assert len(ended.err.splitlines()) == 1


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"TELEGRAM__TOKEN": TOKEN, "WEB__LISTEN": "x"}, id="beside a wrong one"),
        pytest.param({"TELEGRAM__TOKEN_": TOKEN}, id="under a wrong name"),
        pytest.param({"INGEST__KEY": SECRET, "INGEST__PUBLISH": "maybe"}, id="an intake key"),
        pytest.param({"DATABASE__URL": f"{SECRET}"}, id="a database URL"),
        pytest.param({"DATABASE__URL": f"postgresql://a:{SECRET}@127.0.0.1:1/x"}, id="no server"),
    ],
)
def test_a_secret_is_never_printed(counterpoint, settings):
    ended = counterpoint("run", **settings)

    assert ended.code in {1, 2}
    assert SECRET not in ended.out + ended.err
    assert TOKEN not in ended.out + ended.err
    assert "Traceback" not in ended.err
