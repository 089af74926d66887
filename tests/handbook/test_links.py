"""Links between files of the project become links of the site."""

import pytest

from handbook.links import turn_links


@pytest.mark.parametrize(
    ("page", "text", "turned"),
    [
        ("runbook.md", "[a](mapping.md#x)", "[a](mapping.md#x)"),
        (
            "runbook.md",
            "[a](../plugins/finance_hooks/web/runbook/nl.md#parked)",
            "[a](nl/steps/index.md#parked)",
        ),
        ("nl/runbook.md", "[a](../../plugins/finance_hooks/web/runbook/nl.md)", "[a](steps/index.md)"),
        ("project/README.md", "[a](docs/targets/afas.md)", "[a](../targets/afas.md)"),
        ("project/README.md", "[a](docs/targets/)", "[a](../targets/index.md)"),
        ("project/README.md", "[a](docs/decisions/)", "a"),
        ("project/README.md", "[a](CHANGELOG.md)", "[a](CHANGELOG.md)"),
        ("decisions/0001-embedded-postgresql.md", "[a](../../Makefile)", "a"),
        ("runbook.md", "[a](no-such-page.txt)", "[a](no-such-page.txt)"),
        ("runbook.md", "[a](https://example.org/b.md)", "[a](https://example.org/b.md)"),
        ("pages.md", "![a](images/koppeling-nl-light.png)", "![a](images/koppeling-nl-light.png)"),
        ("runbook.md", "```\n[a](../Makefile)\n```\n[a](../Makefile)", "```\n[a](../Makefile)\n```\na"),
    ],
)
def test_link_leads_within_the_site_or_becomes_words(page: str, text: str, turned: str) -> None:
    assert turn_links(text, page) == turned
