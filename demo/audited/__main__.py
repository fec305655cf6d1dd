"""Print the report: `make demo-usage`."""

from __future__ import annotations

import sys

from audited.loop import audited
from scenarios.report.style import Style
from scenarios.report.usage.text import usage_text

if __name__ == "__main__":
    sys.stdout.write(usage_text(audited(), Style(sys.stdout.isatty()), 100))
