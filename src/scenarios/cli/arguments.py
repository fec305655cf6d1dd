"""The arguments of every command, and their help."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

from scenarios import __version__
from scenarios.errors import InputError
from scenarios.scenario.names import ALL

_DESCRIPTION = """\
Prove an AWS AI architecture before it is deployed.

Give it CloudFormation for Bedrock, SageMaker and the services round them. Each template is linted, deployed to an
emulated AWS inside this process (no network, no credentials, no docker), read back, and judged: who can read
the encrypted bucket, which way the private app reaches Bedrock, what CloudTrail records."""

_EPILOG = """\
verdicts:   holds, violated, unknown (with the reason), not applicable
exit codes: 0 nothing violated   1 something violated   2 unusable input or arguments   3 an error of ours

examples:
  scenarios check                             judge the built-in reference architectures
  scenarios check template.yaml               judge a template by every scenario that applies to it
  scenarios check infra/ --format json        all templates below a folder, for a program to read
  scenarios ask t.yaml --principal App --action bedrock:InvokeModel --resource amazon.nova-pro-v1:0
                                              may it? through which statements, or what is lacking
  scenarios path t.yaml --from App --to s3    the way over the network, hop by hop, or what blocks it
  scenarios deploy old.yaml --then new.yaml   what an update changes, replaces, deletes and loses
  scenarios usage logs/                       who called Bedrock, read from CloudTrail's log files
  scenarios explain kms-decrypt-missing       what a rule checks, why, and how to mend it"""

_SEVERITIES = ("critical", "high", "medium", "low", "info")


class _Parser(argparse.ArgumentParser):
    """Argparse, except that a mistake is one line and goes the way of all unusable input."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message} (see {self.prog} --help)")


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; `run` of its result is the chosen command."""
    main: argparse.ArgumentParser = _new(_Parser, prog="scenarios", description=_DESCRIPTION, epilog=_EPILOG)
    main.add_argument("--version", action="version", version=f"scenarios {__version__}")
    commands = main.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    _check(commands)
    _lint(commands)
    _deploy(commands)
    _ask(commands)
    _path(commands)
    _simulate(commands)
    _usage(commands)
    _catalogue(commands)
    return main


def _new(make: Callable[..., Any], *names: str, **words: Any) -> Any:
    return make(*names, formatter_class=argparse.RawDescriptionHelpFormatter, **words)


def _command(commands: Any, name: str, summary: str, detail: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = _new(
        commands.add_parser, name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.\n\n{detail}"
    )
    command.set_defaults(run=lambda options: import_module(f"scenarios.cli.{name}").run(options))
    return command


def _check(commands: Any) -> None:
    command = _command(
        commands,
        "check",
        "lint, deploy and judge templates",
        "PATH is a template (YAML or JSON), a folder, which is searched for templates, or a CDK assembly (cdk.out).\n"
        "Without any PATH the built-in reference architectures are judged. Templates that import what others of them\n"
        "export are judged together. Findings say file:line:column, the reason and the fix.",
    )
    _paths(command)
    command.add_argument(
        "--scenario",
        action="append",
        choices=ALL,
        default=[],
        metavar="NAME",
        help="judge by this scenario only; may be repeated (see 'scenarios list'; baseline is judged only so)",
    )
    _deployment(command)
    command.add_argument("--all", action="store_true", help="also show what holds and what does not apply")
    command.add_argument("--strict", action="store_true", help="count unknown as violated")
    command.add_argument(
        "--min-severity", choices=_SEVERITIES, default="info", help="leave out rules below this severity (default: all)"
    )
    command.add_argument("--no-lint", dest="lint", action="store_false", help="do not run cfn-lint")
    command.add_argument(
        "--jobs",
        type=_positive,
        default=os.cpu_count() or 1,
        metavar="N",
        help="processes that lint and judge side by side (default: one for each CPU; 1: all in this process)",
    )
    _output(command)


def _lint(commands: Any) -> None:
    command = _command(
        commands,
        "lint",
        "show cfn-lint's findings only",
        "Runs cfn-lint's own rules, all of them: neither the template's metadata nor a .cfnlintrc can switch any off.",
    )
    _paths(command)
    command.add_argument("--region", default="us-east-1", help="the region to lint for (default: %(default)s)")
    _output(command)


def _deploy(commands: Any) -> None:
    command = _command(
        commands,
        "deploy",
        "deploy one template in the emulator; print the ledger and the outputs",
        "The ledger accounts for every resource: deployed, recorded (no API holds it), partial (with the properties\n"
        "that are not shown), unsupported, failed, or skipped. --format json also prints the resolved properties.",
    )
    command.add_argument("template", metavar="TEMPLATE", help="a CloudFormation template")
    command.add_argument(
        "--then",
        metavar="NEW",
        help="what an update of the stack to this template does: in place, replaced, deleted, refused, lost",
    )
    command.add_argument(
        "--strict", action="store_true", help="with --then: exit code 1 if the update is refused or loses data"
    )
    _deployment(command)
    _output(command)


def _ask(commands: Any) -> None:
    command = _command(
        commands,
        "ask",
        "may this request be made? the decision and its trace",
        "Deploys the template in the emulator and decides one request through every policy layer, with the context\n"
        "that AWS would fill in. Shows each layer, the statement that decides it, and for a denial the smallest\n"
        "change that would allow it. What else the same API call takes (a key, the models behind a profile) is\n"
        "decided too. With --from the way over the network is traced first: it has to be open, and an endpoint on it\n"
        "has its say.\n\n"
        "P: logical id or name of a role, user or workload; an ARN; a service (bedrock.amazonaws.com); * for anyone.\n"
        "R: logical id, with what follows (Documents/reports/a.pdf); an ARN; a model id; *.\n\n"
        "An answered question exits with 0, whatever the answer, unless --expect names another one.",
    )
    command.add_argument("template", metavar="TEMPLATE", help="a CloudFormation template")
    command.add_argument("--principal", metavar="P", help="who asks (default: the workload of --from)")
    command.add_argument(
        "--from", dest="source", metavar="W", help="the workload that the request comes from, by its network's way"
    )
    command.add_argument("--action", required=True, metavar="A", help="an IAM action, such as s3:GetObject")
    command.add_argument("--resource", required=True, metavar="R", help="what it is about")
    command.add_argument("--via", metavar="ENDPOINT", help="the VPC endpoint that the request comes through")
    command.add_argument(
        "--context", action="append", default=[], metavar="K=V", help="a condition key of the request; may be repeated"
    )
    command.add_argument("--session-policy", metavar="FILE", help="the policy that the session was made with")
    for name, kind in (("--scp", "service"), ("--rcp", "resource")):
        words = f"a {kind} control policy; each is a level of its own, root first"
        command.add_argument(name, action="append", default=[], metavar="FILE", help=words)
    command.add_argument(
        "--expect", choices=("allowed", "denied"), help="exit with 1 where the whole call is decided otherwise"
    )
    _deployment(command)
    _output(command)


def _path(commands: Any) -> None:
    command = _command(
        commands,
        "path",
        "the way over the network, hop by hop, or what blocks it",
        "Deploys the template in the emulator and traces the way: routes, security groups, network ACLs, endpoints,\n"
        "private DNS, NAT and internet gateways, peering, transit gateways. Without --from all workloads are traced,\n"
        "without --to all destinations: each service that an endpoint is for or that the workload needs, the\n"
        "internet, what comes in from there, and other networks.\n\n"
        "W: logical id or name of a function, instance, ECS service, notebook, model ...; a subnet, or SUBNET/GROUP,\n"
        "   for whatever may stand there; or internet.\n"
        "D: a service (s3, bedrock-runtime, sagemaker.api); internet; a block or address with or without a TCP port\n"
        "   (10.1.0.0/16, 10.1.2.3:443); the logical id of a VPC or gateway; the workload, from the internet.\n\n"
        "A traced way exits with 0, open or not, unless --expect names another verdict.",
    )
    command.add_argument("template", metavar="TEMPLATE", help="a CloudFormation template")
    command.add_argument("--from", dest="source", metavar="W", help="the workload that the way starts at")
    command.add_argument("--to", metavar="D", help="where it leads")
    command.add_argument(
        "--expect", choices=("open", "blocked", "unknown"), help="exit with 1 where the verdict is another"
    )
    _deployment(command)
    _output(command, "mermaid")


def _usage(commands: Any) -> None:
    command = _command(
        commands,
        "usage",
        "who called Bedrock, and were they answered? read from CloudTrail's log files",
        "SOURCE is a file or a folder of CloudTrail's deliveries, as they lie in the log bucket; the bucket, or a\n"
        "part of it, as s3://bucket/prefix; live, the event history of the account behind the credentials, or\n"
        "live:PROFILE (management events of 90 days, and what the account's trails record); or a Parquet file.\n"
        "Of a bucket no more is listed than --account, --log-region, --since and --until ask for.\n\n"
        "Model-invocation logs in the same tree, or given as a further SOURCE, turn 'accepted' into 'answered',\n"
        "'blocked' or 'failed'. Damaged files are named, and as much of them is read as can be.",
    )
    command.add_argument(
        "source", nargs="*", metavar="SOURCE", help="a file or folder of log files, s3://bucket/prefix, or live"
    )
    command.add_argument("--since", metavar="TIME", help="from this time on, as 2026-11-27 or 2026-11-27T10:00:00Z")
    command.add_argument("--until", metavar="TIME", help="before this time")
    for name, what in (("principal", "principals"), ("model", "models"), ("account", "accounts")):
        whole = "of this id" if name == "account" else "with this text in their name"
        command.add_argument(
            f"--{name}", action="append", default=[], metavar=name.upper(), help=f"only {what} {whole}; may be repeated"
        )
    command.add_argument(
        "--log-region",
        action="append",
        default=[],
        metavar="REGION",
        help="only events of this region; may be repeated",
    )
    command.add_argument(
        "--allow-endpoint",
        action="append",
        default=[],
        metavar="VPCE",
        help="report calls that do not come through this VPC endpoint; may be repeated",
    )
    command.add_argument(
        "--allow-model",
        action="append",
        default=[],
        metavar="MODEL",
        help="report calls of other models than this (an id, an ARN, or a prefix with *); may be repeated",
    )
    command.add_argument("--template", metavar="TEMPLATE", help="say by this template's trails what is recorded at all")
    _integrity(command)
    command.add_argument("--strict", action="store_true", help="exit code 2 if a file has a problem")
    command.add_argument("--quiet", action="store_true", help="show no progress")
    command.add_argument("--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="processes that read")
    _engine(command)
    _deployment(command)
    _output(command, "markdown", "html", "parquet")


def _integrity(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("integrity")
    group.add_argument(
        "--integrity",
        action="store_true",
        help="check by CloudTrail's digest files, which lie beside the logs, that every file of SOURCE is as delivered;"
        " --since and the other filters do not matter to it, and --strict takes altered and missing files for problems",
    )
    group.add_argument(
        "--keys-file",
        action="append",
        default=[],
        metavar="FILE",
        help="CloudTrail's public keys, as 'aws cloudtrail list-public-keys --start-time ...' prints them for a region;"
        " may be repeated",
    )


def _engine(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("beyond one machine")
    group.add_argument(
        "--engine",
        choices=("local", "duckdb", "spark", "athena"),
        default="local",
        help="what counts: this program, or SQL by DuckDB, Spark or Athena (SOURCE is s3://..., with each --account and"
        " --log-region) (default: local)",
    )
    group.add_argument(
        "--ddl", action="store_true", help="print Athena's table and view for SOURCE, and do nothing else"
    )
    group.add_argument(
        "--spark-master", default="local[*]", metavar="URL", help="Spark's master (default: %(default)s)"
    )
    group.add_argument("--database", default="default", help="Athena's database (default: %(default)s)")
    group.add_argument("--workgroup", default="primary", help="Athena's workgroup (default: %(default)s)")
    group.add_argument("--athena-output", metavar="S3", help="where Athena leaves results (default: the workgroup's)")


def _simulate(commands: Any) -> None:
    command = _command(
        commands,
        "simulate",
        "decide bare policy cases, one JSON answer a line",
        "Each line of CASES is one JSON object: id, principal, action, resource, resource_account, context,\n"
        "identity_policies, permissions_boundary, session_policy, resource_policy, scps, rcps, vpc_endpoint_policy.\n"
        "Each answer has id, decision (allowed, explicit_deny, implicit_deny), by and layers; a line that is no case\n"
        "is answered with id and error, and the rest goes on. What AWS does not document is told by uncertain.",
    )
    words = "a file (default: standard input)"
    command.add_argument("cases", nargs="?", default="-", metavar="CASES.jsonl", help=words)
    command.add_argument("--output", metavar="FILE", help="write the answers to FILE instead of standard output")


def _catalogue(commands: Any) -> None:
    _output(
        _command(commands, "list", "list the scenarios", "Each scenario is a question and the rules that answer it.")
    )
    _output(_command(commands, "rules", "list the rules", "Each rule with its severity and the scenarios that use it."))
    explain = _command(
        commands,
        "explain",
        "show one rule's page",
        "What the rule checks, why, how to mend it, and which controls it meets.",
    )
    explain.add_argument("rule", metavar="RULE", help="a rule's name, as findings give it")
    _output(explain)


def _paths(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", nargs="*", metavar="PATH", help="a template, a folder of templates, or a CDK assembly"
    )


def _deployment(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("deployment")
    group.add_argument(
        "-p",
        "--parameter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a template parameter; may be repeated",
    )
    group.add_argument("--parameters-file", metavar="FILE", help="parameters as JSON or YAML; -p overrides it")
    group.add_argument("--region", help="the region to deploy to (default: the CDK assembly's, else us-east-1)")
    group.add_argument(
        "--account-id", type=_account_id, help="the emulated account (default: the CDK assembly's, else 123456789012)"
    )


def _output(command: argparse.ArgumentParser, *formats: str) -> None:
    group = command.add_argument_group("output")
    group.add_argument("--format", choices=("text", "json", *formats), default="text", help="(default: %(default)s)")
    group.add_argument("--output", metavar="FILE", help="write the report to FILE instead of standard output")
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="(default: %(default)s)")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return int(text)


def _account_id(text: str) -> str:
    if len(text) != 12 or not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not an account id of 12 digits")
    return text
