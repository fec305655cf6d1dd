"""The table of fidelity is what is measured, nothing is lost without a word, and its page shows it."""

from __future__ import annotations

import difflib

import pytest

from fidelity.measure import Measured, measured
from fidelity.page import PAGE, page
from fidelity.table import TABLE, text
from scenarios.deployment.fidelity import rows

REGENERATE = "run `make fidelity` and look at what changed"


@pytest.fixture(scope="module")
def found() -> Measured:
    return measured()


def test_every_telling_template_deploys(found: Measured) -> None:
    assert found.failures == {}


def test_the_table_is_what_is_measured(found: Measured) -> None:
    """Not shown and not in the ledger is `lost`: either it is mended, or `make fidelity` takes it down as unmapped."""
    kept = TABLE.read_text(encoding="utf-8").splitlines()
    diff = list(difflib.unified_diff(kept, text(found.table).splitlines(), "kept", "measured", n=0, lineterm=""))
    assert not diff, "\n".join([REGENERATE, *diff])


def test_the_page_shows_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(list(rows())), REGENERATE
