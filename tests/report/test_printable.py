"""Untrusted text never steers a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.report.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Größe – ✓", "Größe – ✓"),
        ("a\tb", "a b"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("line\nbreak\r", "line\\x0abreak\\x0d"),
        ("left\u202eright", "left\\u202eright"),
        ("\u2028", "\\u2028"),
        ("\ud800", "\\ud800"),
        (None, "None"),
    ],
)
def test_hidden_characters_are_shown(text, shown):
    assert printable(text) == shown


@given(st.text())
def test_nothing_hidden_is_left(text):
    shown = printable(text)
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in shown)
    shown.encode("utf-8")
