"""Who is told stands in one variable, and everything that is wrong with it is said."""

import json
from datetime import time

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.alert_settings import (
    EMAIL,
    channels_of,
    names_by_tone,
    read_channels,
)
from finance_hooks.operators.done_by import read_done_by
from finance_hooks.posting.message import Tone

SLACK = {
    "name": "slack",
    "notifier": "airflow.providers.slack.notifications.slack_webhook.SlackWebhookNotifier",
    "arguments": {"slack_webhook_conn_id": "finance_slack", "text": "{{ finance.text }}"},
    "language": "en",
    "administrations": ["exact_nl"],
    "silent": ["all_well", "reminder"],
}


@pytest.mark.parametrize("text", [None, "", " ", "[]"])
def test_without_channels_nobody_is_told(text: str | None) -> None:
    assert read_channels(text) == ()


def test_address_alone_is_an_e_mail_in_dutch_about_everything() -> None:
    (channel,) = read_channels('[{"to": "boekhouding@example.org"}]')

    assert (channel.name, channel.notifier) == ("boekhouding@example.org", EMAIL)
    assert channel.arguments == {
        "to": "boekhouding@example.org",
        "subject": "{{ finance.subject }}",
        "html_content": "{{ finance.html }}",
    }
    assert channel.language == "nl"
    assert all(channel.name in names for names in names_by_tone([channel]).values())


def test_e_mail_takes_further_arguments_of_its_notifier() -> None:
    written = [{"to": "a@example.org", "arguments": {"from_email": "b@example.org", "subject": "x"}}]

    (channel,) = read_channels(json.dumps(written))

    assert (channel.arguments["from_email"], channel.arguments["subject"]) == ("b@example.org", "x")


def test_any_notifier_is_named_with_its_arguments_and_hears_what_it_wants() -> None:
    (channel,) = read_channels(json.dumps([SLACK]))

    assert channel.notifier == SLACK["notifier"]
    assert channel.arguments == SLACK["arguments"]
    assert names_by_tone([channel]) == {
        Tone.ALL_WELL: [],
        Tone.REMINDER: [],
        Tone.NEWS: ["slack"],
        Tone.DEADLINE: ["slack"],
    }


def test_channel_is_for_its_administrations_and_one_without_for_all() -> None:
    channels = read_channels(json.dumps([SLACK, {"to": "all@example.org"}]))

    assert [one.name for one in channels_of(channels, "exact_nl")] == ["slack", "all@example.org"]
    assert [one.name for one in channels_of(channels, "afas_nl")] == ["all@example.org"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no JSON"),
        ('{"to": "a@example.org"}', "no list of channels"),
        ('["a@example.org"]', "no list of channels"),
        ('[{"too": "a@example.org"}]', "channel 1 knows no too"),
        ("[{}]", "needs either to"),
        ('[{"to": "a@example.org", "notifier": "x.Y"}]', "needs either to"),
        ('[{"notifier": "x.Y", "arguments": []}]', "no object of JSON"),
        ('[{"to": "a@example.org", "language": "fr"}]', "language 'fr'"),
        ('[{"to": "a@example.org", "silent": ["news"]}]', "may be silent about"),
        ('[{"to": "a@example.org", "silent": "all_well"}]', "no list of names"),
        ('[{"to": "a@example.org", "administrations": [1]}]', "no list of names"),
        ('[{"to": "a@example.org"}, {"to": "a@example.org"}]', "a name of its own"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        read_channels(text)


@pytest.mark.parametrize(
    ("text", "expected"), [(None, time(6)), ("", time(6)), ("07:30", time(7, 30)), ("05:00Z", time(5))]
)
def test_night_has_to_be_done_by_six_unless_another_time_is_said(text: str | None, expected: time) -> None:
    assert read_done_by(text) == expected


def test_time_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="write a time such as 06:00"):
        read_done_by("six")
