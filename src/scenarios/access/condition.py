"""The Condition element: operators, set operators, and what each says of a key that is absent.

Sources: "IAM JSON policy elements: Condition operators",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
"Set operators for multivalued context keys",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from scenarios.access.algebra import FALSE, TERNARY, TRUE, Truth, known, unknown
from scenarios.access.facts import Facts
from scenarios.access.operators import OPERATORS, Operator, Test
from scenarios.access.request import ContextValue
from scenarios.access.variables import Template, template

_FOR_ALL = "forallvalues:"
_FOR_ANY = "foranyvalue:"
_IF_EXISTS = "ifexists"


@dataclass(frozen=True, slots=True)
class Form:
    """An operator as written: `quantifier` is `forallvalues:`, `foranyvalue:` or empty."""

    operator: Operator | None  # none: the Null operator
    quantifier: str
    if_exists: bool


@lru_cache(maxsize=1024)
def form_of(written: str) -> Form | None:
    """The form of a written operator such as `ForAnyValue:StringLikeIfExists`; nothing where there is no such one."""
    name = written.lower()
    quantifier = next((prefix for prefix in (_FOR_ALL, _FOR_ANY) if name.startswith(prefix)), "")
    name = name.removeprefix(quantifier)
    if name == "null":
        return Form(None, "", if_exists=False)
    if_exists = name.endswith(_IF_EXISTS)
    operator = OPERATORS.get(name.removesuffix(_IF_EXISTS))
    return Form(operator, quantifier, if_exists) if operator else None


class Clause:
    """One operator on one key; the values of the policy are alternatives (for a negated operator: none of them)."""

    def __init__(
        self, written: str, key: str, values: tuple[str, ...], version: str, doubts: dict[int, str] | None = None
    ) -> None:
        """`written` has to be an operator that `form_of` knows; `doubts` names the uncertain ones of `values`."""
        form = form_of(written)
        if form is None:
            raise ValueError(f"{written} is no condition operator")
        self.written = written
        self.key = key.lower()
        self._form = form
        self._doubts = tuple((doubts or {}).values())
        self.values = tuple(value for index, value in enumerate(values) if index not in (doubts or {}))
        self._version = version

    @cached_property
    def _compiled(self) -> tuple[tuple[Test, ...], tuple[Template, ...]]:
        """Tests for the values without variables; the rest as templates, to be filled in for each request."""
        operator = self._form.operator
        if operator is None:
            return (), ()
        if not operator.variables:
            return tuple(operator.compile(value) for value in self.values), ()
        templates = [template(value, self._version, wildcards=operator.wildcards) for value in self.values]
        static = tuple(operator.compile(one.static) for one in templates if one.static is not None)
        return static, tuple(one for one in templates if one.static is None)

    @property
    def asks(self) -> str:
        """The clause in words, as a policy writes it."""
        values = ", ".join(self.values[:3]) + (" ..." if len(self.values) > 3 else "")
        return f"{self.written} {self.key} [{values}]"

    def holds(self, facts: Facts) -> Truth:
        """Whether the request meets the clause."""
        if reason := facts.why_unknown(self.key):
            return unknown(f"{self.key}: {reason}")
        value = facts.value(self.key)
        if self._form.operator is None:
            return self._null(value)
        if value is None:
            return known(self._when_absent(self._form.operator))
        return self._compare(self._form.operator, value, facts)

    def _null(self, value: ContextValue | None) -> Truth:
        if any(text.lower() == ("true" if value is None else "false") for text in self.values):
            return TRUE
        return unknown(*self._doubts) if self._doubts else FALSE

    def _when_absent(self, operator: Operator) -> bool:
        """IfExists and ForAllValues hold, ForAnyValue does not, and else only a negated operator holds."""
        form = self._form
        return form.if_exists or form.quantifier == _FOR_ALL or (operator.negated and form.quantifier != _FOR_ANY)

    def _compare(self, operator: Operator, value: ContextValue, facts: Facts) -> Truth:
        tests, unresolved = self._all_tests(operator, facts)
        if isinstance(value, str):
            return self._single(operator, value, tests, unresolved)
        each = [self._single(operator, one, tests, unresolved) for one in value]
        if self._form.quantifier == _FOR_ALL:
            return TERNARY.all_of(each)
        if self._form.quantifier == _FOR_ANY or len(each) == 1:
            return TERNARY.any_of(each)
        # A multi-valued key without a set operator: AWS says only that it needs one.
        one = TERNARY.any_of(each)
        return one if one is FALSE else unknown(f"{self.key} has several values and {self.written} has no set operator")

    def _all_tests(self, operator: Operator, facts: Facts) -> tuple[tuple[Test, ...], tuple[tuple[Test, str], ...]]:
        """The tests for this request, and apart those whose variable is not known (as a wildcard, with the reason)."""
        static, templates = self._compiled
        if not templates:
            return static, ()
        tests = list(static)
        unresolved: list[tuple[Test, str]] = []
        for one in templates:
            resolved = one.resolve(facts)
            if resolved.pattern is None:
                continue  # a variable without a value matches nothing
            if resolved.reasons:
                unresolved.append((operator.compile_open(resolved.pattern), resolved.reasons[0]))
            else:
                tests.append(operator.compile(resolved.pattern))
        return tuple(tests), tuple(unresolved)

    def _single(
        self, operator: Operator, value: str, tests: tuple[Test, ...], unresolved: tuple[tuple[Test, str], ...]
    ) -> Truth:
        """One value of the request against all values of the policy."""
        reasons: tuple[str, ...] = self._doubts
        for test in tests:
            matched = test(value)
            if matched is True:
                return FALSE if operator.negated else TRUE
            if matched is None:
                reasons += (f"AWS does not say how {self.asks} compares {value!r}",)
        reasons += tuple(reason for test, reason in unresolved if test(value) is not False)
        if reasons:
            return unknown(*reasons)
        return TRUE if operator.negated else FALSE
