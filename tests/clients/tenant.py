"""The simulated tenant as these programs reach it: endpoints, clock, and what happened there."""

import datetime
import json
import os

import requests

TENANT = json.loads(os.environ["PIMENTO_TENANT"])
# A registration that may ask for everything.
CLIENT = TENANT["clientId"]
SCOPES = [
    f"https://graph.microsoft.com/{name}"
    for name in (
        "User.Read",
        "RoleEligibilitySchedule.ReadWrite.Directory",
        "RoleAssignmentSchedule.ReadWrite.Directory",
        "RoleManagement.Read.Directory",
        "RoleManagementPolicy.Read.Directory",
        "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
        "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
        "RoleManagementPolicy.Read.AzureADGroup",
    )
]


def control(path, body):
    requests.post(f"{TENANT['control']}/{path}", json=body, timeout=30).raise_for_status()


def settle():
    """Moves the clock past the five minutes in which nothing can be ended, and past every delay of the service."""
    control("clock", {"advance": "PT6M"})


def now():
    return datetime.datetime.fromisoformat(asked("clock")["now"].replace("Z", "+00:00"))


def asked(path):
    return requests.get(f"{TENANT['control']}/{path}", timeout=30).json()


def ledger(event):
    """What was committed, of one kind."""
    return [entry for entry in asked("ledger") if entry["event"] == event]


def answered(path):
    """The requests to a path that the tenant has answered."""
    return [entry for entry in asked("requests") if entry["path"] == path]


def user(name):
    return next(user for user in TENANT["users"] if user["username"] == name)


# Real time: what is waited for between two polls of a device.
control("settings", {"deviceCodeInterval": 1})
