"""Runs every check of scim2-tester against a server and prints each result as a line of JSON.

    SCIM_TOKEN=... scim2_tester_checks.py BASE_URL
"""

import json
import os
import random
import sys

import httpx2
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import CheckConfig, Status, check_server, checkers
from scim2_tester.utils import CheckContext

OUTCOMES = {
    Status.SUCCESS: "passed",
    Status.COMPLIANT: "passed",
    Status.ACCEPTABLE: "passed",
    Status.DEVIATION: "deviated",
    Status.SKIPPED: "skipped",
}

# scim2-tester picks values at random: the same ones in each run, so that a failure can be seen again.
SEED = 7644

# For one request; a slow machine under load stays far below.
TIMEOUT_SECONDS = 30


def main(base_url):
    random.seed(SEED)
    headers = {"Authorization": f"Bearer {os.environ['SCIM_TOKEN']}"}
    with httpx2.Client(base_url=base_url, headers=headers, timeout=TIMEOUT_SECONDS, trust_env=False) as http:
        client = SyncSCIMClient(http)
        results = check_server(client)
        # The one check that the package has and check_server leaves out.
        results += checkers.core_schemas_validation(CheckContext(client, CheckConfig()))
    for result in results:
        report(name_of(result), OUTCOMES.get(result.status, "failed"), result.reason)
    # check_server ends early where discovery fails: what did not run at all has not passed.
    for title in sorted(every_check() - {result.title for result in results}):
        report(title, "failed", "never ran")


def name_of(result):
    return " ".join(part for part in (result.resource_type, result.title) if part)


def every_check():
    """The names of the checks that the package registers."""
    exported = (getattr(checkers, name) for name in checkers.__all__)
    return {check.__name__ for check in exported if hasattr(check, "tags")}


def report(name, outcome, reason):
    print(json.dumps({"name": name, "outcome": outcome, "detail": " ".join((reason or "").split())}))


if __name__ == "__main__":
    main(*sys.argv[1:])
