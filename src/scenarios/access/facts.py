"""What is known of one request: the values of its condition keys, and why others are not known."""

from __future__ import annotations

from scenarios.access.request import ContextValue, Request


class Facts:
    """A request's condition keys by lower-case name.

    A key is either present with its value, absent for certain, or not known. An entry of `unknown_keys` that ends
    in `*` stands for every key that begins like it (`aws:requesttag/*`) and is not given otherwise.
    """

    __slots__ = ("_context", "_families", "_unknown")

    def __init__(self, request: Request) -> None:
        self._context = request.context
        self._unknown = request.unknown_keys
        self._families = [(key[:-1], reason) for key, reason in self._unknown.items() if key.endswith("*")]

    def value(self, key: str) -> ContextValue | None:
        """The value of the key, or nothing where it is absent or not known. An empty list counts as absent."""
        value = self._context.get(key)
        return None if value == () else value

    def why_unknown(self, key: str) -> str | None:
        """Why nobody can know the key's value or whether it is sent; nothing where it is known."""
        if key in self._context:
            return None
        reason = self._unknown.get(key)
        if reason is not None:
            return reason
        return next((reason for prefix, reason in self._families if key.startswith(prefix)), None)
