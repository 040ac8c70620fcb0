"""Reads JSON lines with py-ocsf-models, Prowler's models of OCSF: python3 parse.py FILE

Prints `{"version": ..., "read": COUNT, "refused": {PROBLEM: COUNT}, "lost": [PATH]}`: what the models refuse, and which
members they leave out.
"""

import json
import sys
from collections import Counter

import py_ocsf_models
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding
from pydantic import ValidationError


def paths_of(value, path=""):
    if isinstance(value, dict):
        for key, member in value.items():
            yield from paths_of(member, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for member in value:
            yield from paths_of(member, f"{path}[]")
    else:
        yield path


refused, lost, read = Counter(), set(), 0
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        event = json.loads(line)
        try:
            kept = ComplianceFinding.model_validate(event).model_dump(mode="json", exclude_none=True)
        except ValidationError as error:
            for one in error.errors():
                refused[f"{'.'.join(map(str, one['loc']))}: {one['type']}"] += 1
            continue
        read += 1
        lost |= set(paths_of(event)) - set(paths_of(kept))
print(
    json.dumps(
        {
            "version": py_ocsf_models.OCSF_VERSION,
            "read": read,
            "refused": dict(refused),
            "lost": sorted(lost),
        }
    )
)
