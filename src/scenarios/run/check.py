"""A run over many templates: linted and judged side by side in separate processes.

cfn-lint and the emulator each take most of a second to import. In two processes they do so at once, and
neither can disturb the other: the judge is sealed off from the network and from starting processes.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

from scenarios.errors import InputError
from scenarios.finding import Finding
from scenarios.run.collect import collect
from scenarios.run.options import Options
from scenarios.run.result import CheckResult, TemplateResult
from scenarios.run.source import Source, maybe_linked
from scenarios.run.worker import judge_file, judge_group, link_files, lint_file
from scenarios.scenario.names import NAMES

Progress = Callable[[int, int, str], None]
Submit = Callable[..., "Future[Any]"]


def check(paths: Sequence[str], options: Options, progress: Progress = lambda *_: None) -> CheckResult:
    """Judge every template of `paths`; unusable ones are named among the problems and the others go on."""
    sources, problems = collect(paths, options.scenarios or NAMES)
    options = replace(options, shared=len(sources) > 1)
    results: list[TemplateResult] = []
    with _workers(options, len(sources)) as (judging, linting):
        linted = [linting(lint_file, source, options) if options.lint else None for source in sources]
        judged = _judged(sources, options, judging) if paths else _each(sources, options, judging)
        for number, (source, lint) in enumerate(zip(sources, linted, strict=True), 1):
            progress(number, len(sources), source.file)
            outcome = _outcome(source.file, judged[source])
            if isinstance(outcome, InputError):
                problems.append(outcome)
            else:
                results.append(_with_lint(outcome, lint))
    problems += _unused(options, results)
    return CheckResult(tuple(results), tuple(problems), options.strict)


def _each(sources: Iterable[Source], options: Options, judging: Submit) -> dict[Source, Future[Any]]:
    return {source: judging(judge_file, source, options) for source in sources}


def _judged(sources: Sequence[Source], options: Options, judging: Submit) -> dict[Source, Future[Any]]:
    """The judgement of each template; of those that are linked by exports and imports it is that of their group."""
    candidates = maybe_linked(sources)
    if not candidates:
        return _each(sources, options, judging)
    planned = judging(link_files, candidates, options)
    judged = _each((source for source in sources if source not in set(candidates)), options, judging)
    try:
        groups = planned.result()
    except Exception:  # a bug of ours costs the links, not the run
        groups = []
    for group in groups:
        future = judging(judge_group, group, options)
        judged |= dict.fromkeys(group.sources, future)
    return judged | _each((source for source in candidates if source not in judged), options, judging)


def _unused(options: Options, results: Sequence[TemplateResult]) -> list[InputError]:
    """Parameters that none of several templates has; a single template has already refused its own."""
    declared = {name for result in results for name in result.parameters}
    unused = [name for name in options.parameters if name not in declared] if options.shared else []
    return [InputError(f"no template has a parameter {name}") for name in unused]


def _outcome(file: str, judged: Future[Any]) -> TemplateResult | InputError:
    try:
        outcome = judged.result()
        if isinstance(outcome, dict):  # of a group of linked templates
            outcome = outcome[file]
    except Exception as error:  # a bug of ours, or a worker that died: one template's trouble, not the run's
        return TemplateResult(file, errors=(_describe(error),))
    if isinstance(outcome, TemplateResult | InputError):
        return outcome
    return TemplateResult(file, errors=(f"the judge answered {type(outcome).__name__}",))


def _with_lint(result: TemplateResult, lint: Future[Any] | None) -> TemplateResult:
    if lint is None:
        return result
    try:
        findings: tuple[Finding, ...] = lint.result()
    except Exception as error:
        return replace(result, errors=(*result.errors, f"lint: {_describe(error)}"))
    return replace(result, findings=(*findings, *result.findings))


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


@contextmanager
def _workers(options: Options, count: int) -> Iterator[tuple[Submit, Submit]]:
    """Two pools: one judges, one lints, so that each process imports only what it needs."""
    if options.jobs <= 1 or not count:
        yield _at_once, _at_once
        return
    with ExitStack() as stack:
        linters = min(count, options.jobs // 2) if options.lint else 0
        judge = stack.enter_context(_pool(min(count, options.jobs - linters))).submit
        yield judge, stack.enter_context(_pool(linters)).submit if linters else _at_once


def _pool(workers: int) -> ProcessPoolExecutor:
    # A forked child needs no second start of Python; this process has no threads and no heavy imports yet.
    context = multiprocessing.get_context("fork" if sys.platform != "win32" else "spawn")
    return ProcessPoolExecutor(max_workers=workers, mp_context=context, initializer=_collect_rarely)


def _collect_rarely() -> None:
    """Service models and rules are hundreds of thousands of objects that live as long as the process.

    Looking through them again and again for garbage takes a tenth of a worker's time.
    """
    gc.set_threshold(200_000, 20, 20)


def _at_once(function: Callable[..., Any], *arguments: Any) -> Future[Any]:
    future: Future[Any] = Future()
    try:
        future.set_result(function(*arguments))
    except Exception as error:
        future.set_exception(error)
    return future
