"""Runs Prowler's own checks on the reports of many accounts in one process.

Reads from standard input `{"endpoint": URL, "accounts": {ID: {"partition": ..., "users": [...]}}}` and prints
`{ID: {CHECK: {ARN: "pass" | "fail"} | {"ended": ERROR}}}`. Prowler fetches each report with its own code. `users` is what it
would get from ListUsers and GetLoginProfile, with one call for each user. An error in a check ends the check, as it does
in Prowler's own loop over the checks.
"""

import importlib
import json
import logging
import sys
import types
from datetime import datetime
from functools import lru_cache

import botocore.session

logging.disable(logging.CRITICAL)

CLIENT = "prowler.providers.aws.services.iam.iam_client"
# The module makes its client when it is imported, for the one account of a scan.
sys.modules[CLIENT] = types.SimpleNamespace(iam_client=None)

from prowler.lib.check import models
from prowler.providers.aws.services.iam.iam_service import IAM, User

# Prowler parses the description of a check again for every finding.
parse = models.CheckMetadata.parse_raw
models.CheckMetadata.parse_raw = lru_cache(parse)

request = json.load(sys.stdin)
iam_of_all = botocore.session.get_session().create_client(
    "iam",
    region_name="us-east-1",
    endpoint_url=request["endpoint"],
    aws_access_key_id="test",
    aws_secret_access_key="test",
)
# A client takes longer to make than a report to fetch, so that one serves all accounts.
current = {}
iam_of_all.meta.events.register(
    "before-call.iam", lambda params, **_: params["headers"].update({"x-account": current["account"]})
)
checks = {}
for name in request["checks"]:
    module = importlib.import_module(f"prowler.providers.aws.services.iam.{name}.{name}")
    checks[name] = (module, getattr(module, name)())


def client_of(account, partition, users):
    iam = IAM.__new__(IAM)
    iam.region = "us-east-1"
    iam.audited_account = account
    iam.audited_partition = partition
    iam.audit_config = {}
    iam.audit_resources = None
    iam.organization_features = []
    iam.client = iam_of_all
    current["account"] = account
    iam.credential_report = iam._get_credential_report()
    iam.users = [
        User(
            name=user["name"],
            arn=user["arn"],
            console_access=user["consoleAccess"],
            password_last_used=(
                datetime.fromisoformat(user["passwordLastUsed"].replace("Z", "+00:00"))
                if user["passwordLastUsed"]
                else None
            ),
        )
        for user in users
    ]
    return iam


def results_of(check):
    results = {}
    try:
        for finding in check.execute():
            status = "fail" if finding.status == "FAIL" else "pass"
            if results.get(finding.resource_arn) != "fail":
                results[finding.resource_arn] = status
        return results
    except Exception as error:
        return {"ended": type(error).__name__}


answer = {}
for account, about in request["accounts"].items():
    iam = client_of(account, about["partition"], about["users"])
    answer[account] = {}
    for name, (module, check) in checks.items():
        module.iam_client = iam
        answer[account][name] = results_of(check)
json.dump(answer, sys.stdout)
