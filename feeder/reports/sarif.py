"""Problems -> SARIF 2.1.0 (OASIS), which GitHub's code scanning and many editors show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from feeder.explanations import code_named
from feeder.problems import Severity, said_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.problems import Code, Problem

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def report(problems: Sequence[Problem], version: str) -> str:
    """Return one log with one run; its rules are those that something was found by."""
    names = sorted({item.code for item in problems})
    driver = {"name": "feeder", "semanticVersion": version, "rules": [_rule(code_named(name)) for name in names]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, names.index(item.code)) for item in problems],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _level(severity: Severity) -> str:
    return "none" if severity is Severity.OFF else str(severity)


def _rule(code: Code) -> dict[str, Any]:
    return {
        "id": code.name,
        "shortDescription": {"text": code.meaning},
        "fullDescription": {"text": f"{code.meaning} {code.why}"},
        "help": {"text": code.mend},
        "defaultConfiguration": {"level": _level(code.severity)},
    }


def _result(item: Problem, index: int) -> dict[str, Any]:
    said = said_of(item)
    hint = f" {item.hint}" if item.hint else ""
    scheme, behind, path = item.path.rpartition("://")
    return {
        "ruleId": item.code,
        "ruleIndex": index,
        "level": _level(item.severity),
        "message": {"text": f"{said}{'' if said.endswith('?') else '.'}{hint}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": scheme + behind + quote(path)},
                    "region": {"startLine": item.line, "startColumn": item.column},
                }
            }
        ],
    }
