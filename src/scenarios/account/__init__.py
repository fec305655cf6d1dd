"""An account as frozen facts: what was observed, with origins and without verdicts."""

from scenarios.account.account import Account
from scenarios.account.base import Fact, Policy, Unread
from scenarios.account.origins import Origins

__all__ = ["Account", "Fact", "Origins", "Policy", "Unread"]
