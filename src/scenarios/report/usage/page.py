"""The frame of an HTML report: head and style."""

from __future__ import annotations

_STYLE = """\
:root { color-scheme: light dark; --text: #1b1f24; --back: #fff; --line: #d0d7de; --dim: #57606a; --stripe: #f6f8fa;
  --p0: #0969da; --p1: #cf222e; --p2: #9a6700; --p3: #8250df; --p4: #57606a; --p5: #1a7f37; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --back: #0d1117; --line: #30363d; --dim: #9198a1; --stripe: #151b23;
    --p0: #4493f8; --p1: #f85149; --p2: #d29922; --p3: #ab7df8; --p4: #9198a1; --p5: #3fb950; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 75rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--dim); font-size: .85rem; padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
thead th { color: var(--dim); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 500; min-width: 7rem; }
tbody tr:nth-child(even) { background: var(--stripe); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.when { white-space: nowrap; }
.bar { width: 22%; min-width: 8rem; vertical-align: middle; }
.bar svg { display: block; width: 100%; height: .8rem; }
.p0 { fill: var(--p0); background: var(--p0); }
.p1 { fill: var(--p1); background: var(--p1); }
.p2 { fill: var(--p2); background: var(--p2); }
.p3 { fill: var(--p3); background: var(--p3); }
.p4 { fill: var(--p4); background: var(--p4); }
.p5 { fill: var(--p5); background: var(--p5); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0 0 .25rem; padding: 0; }
.key { display: inline-block; width: .8rem; height: .8rem; margin-right: .35rem; vertical-align: -.05rem; }
.w-critical, .w-high, .w-altered, .w-missing { color: var(--p1); font-weight: 700; }
.w-medium { color: var(--p2); font-weight: 700; }
.w-low { color: var(--p0); }
@media print { .scroll { overflow: visible; } tr { break-inside: avoid; } }
"""


def page(title: str, body: str) -> str:
    """A whole document of escaped parts; its policy forbids scripts and whatever is not in the file."""
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{_STYLE}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
