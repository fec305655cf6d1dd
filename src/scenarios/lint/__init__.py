"""cfn-lint, in this process, with settings that nothing but our own code decides."""

from scenarios.lint.lint import LintFinding, lint

__all__ = ["LintFinding", "lint"]
