"""Runs Cloud Custodian's own filters on the reports of many accounts in one process.

Reads from standard input `{"policies": {NAME: {"resource": ..., "filters": [...]}}, "accounts": {ID: {...}}}` and prints
`{ID: {NAME: {ARN: "fail"}} | {"ended": ERROR}}`. Each filter fetches the report with its own code.
"""

import json
import logging
import sys
from types import SimpleNamespace

import boto3
from c7n.config import Config
from c7n.policy import Policy
from c7n.resources import load_resources

logging.disable(logging.CRITICAL)
load_resources(("aws.iam-user", "aws.account"))
request = json.load(sys.stdin)
# A client takes longer to make than a report to fetch, so that one serves all accounts.
iam = boto3.Session(
    region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
).client("iam")
current = {}
iam.meta.events.register(
    "before-call.iam", lambda params, **_: params["headers"].update({"x-account": current["account"]})
)
session = SimpleNamespace(client=lambda service: iam)


def result_of(policy, account, partition, users):
    if policy.resource_type == "aws.account":
        resources = [{"account_id": account, "Arn": f"arn:{partition}:iam::{account}:root"}]
    else:
        resources = [{"UserName": user["name"], "Arn": user["arn"]} for user in users]
    try:
        matched = policy.resource_manager.filter_resources(resources)
        return {resource["Arn"]: "fail" for resource in matched}
    except Exception as error:
        return {"ended": type(error).__name__}


answer = {}
for account, about in request["accounts"].items():
    current["account"] = account
    # The policies of an account share its report, as in one run of Custodian.
    options = Config.empty(region="us-east-1", account_id=account, cache="memory", cache_period=1)
    answer[account] = {
        name: result_of(
            Policy({"name": name, **policy}, options, lambda region=None, assume=None: session),
            account,
            about["partition"],
            about["users"],
        )
        for name, policy in request["policies"].items()
    }
json.dump(answer, sys.stdout)
