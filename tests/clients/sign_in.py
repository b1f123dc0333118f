"""Microsoft's `msal`: finding the authority, signing in, tokens without a person, claims challenges."""

import json
from base64 import b64decode

import msal
import requests

from person import Person
from tenant import CLIENT, SCOPES, TENANT, control, user

AUTHORITY = TENANT["authority"]
ORGANIZATIONS = f"{AUTHORITY}/organizations"
INSTANCES = f"{AUTHORITY}/common/discovery/instance"
GRAPH = SCOPES[:1]
AZURE = ["https://management.azure.com/user_impersonation"]


def application(**options):
    options.setdefault("authority", ORGANIZATIONS)
    # Otherwise it asks Microsoft's host.
    options.setdefault("instance_discovery", False)
    options.setdefault("token_cache", msal.SerializableTokenCache())
    return msal.PublicClientApplication(CLIENT, client_capabilities=["cp1"], **options)


def signed_in(name="maya", app=None, scopes=GRAPH, **options):
    """Somebody signs in at the browser of this computer."""
    app = app or application()
    Person(TENANT, name).at_this_computer()
    result = app.acquire_token_interactive(scopes, timeout=30, **options)
    assert "access_token" in result, result
    return app, result


def me(token):
    return requests.get(f"{TENANT['graph']}/v1.0/me", headers={"Authorization": f"Bearer {token}"}, timeout=30)


def test_authority_is_discovered_and_validated():
    for tenant in ("organizations", TENANT["tenantId"]):
        found = application(authority=f"{AUTHORITY}/{tenant}", instance_discovery=INSTANCES).authority
        assert found.token_endpoint == f"{AUTHORITY}/{tenant}/oauth2/v2.0/token", found.token_endpoint
        assert found.device_authorization_endpoint == f"{AUTHORITY}/{tenant}/oauth2/v2.0/devicecode"
    # The issuer of a tenant's own document is that of its tokens.
    oidc = msal.PublicClientApplication(CLIENT, oidc_authority=f"{AUTHORITY}/{TENANT['tenantId']}/v2.0")
    assert oidc.authority.token_endpoint == f"{AUTHORITY}/{TENANT['tenantId']}/oauth2/v2.0/token"


def test_unknown_instance_and_unknown_tenant_are_refused():
    for authority in ("https://login.fabrikam.example/organizations", f"{AUTHORITY}/00000000-0000-0000-0000-00000000000a"):
        try:
            application(authority=authority, instance_discovery=INSTANCES)
        except ValueError as error:
            assert "invalid_instance" in str(error) or "authority configuration" in str(error), error
        else:
            raise AssertionError(f"{authority} was accepted")


def test_device_code():
    app = application()
    flow = app.initiate_device_flow(GRAPH)
    assert flow["user_code"] in flow["message"] and flow["interval"] == 1, flow
    waited = []

    def approve_while_it_waits(flow):
        if not waited:
            Person(TENANT, "maya").enter_code(flow["verification_uri"], flow["user_code"])
        waited.append(flow["user_code"])
        return False

    result = app.acquire_token_by_device_flow(flow, exit_condition=approve_while_it_waits)
    assert waited and "access_token" in result, result
    claims = result["id_token_claims"]
    assert claims["preferred_username"] == user("maya")["userPrincipalName"], claims
    assert claims["tid"] == TENANT["tenantId"] and claims["aud"] == CLIENT and claims["oid"] == user("maya")["id"], claims
    (account,) = app.get_accounts()
    assert account["home_account_id"] == f"{user('maya')['id']}.{TENANT['tenantId']}", account
    # A code serves once.
    again = app.acquire_token_by_device_flow(flow)
    assert again["error"] == "invalid_grant", again


def test_device_code_declined():
    app = application()
    flow = app.initiate_device_flow(GRAPH)
    Person(TENANT, "ines", agrees=False).enter_code(flow["verification_uri"], flow["user_code"])
    result = app.acquire_token_by_device_flow(flow)
    assert result["error"] == "authorization_declined", result


def test_code_flow_at_the_browser():
    app, result = signed_in(login_hint=user("maya")["userPrincipalName"])
    assert GRAPH[0] in result["scope"].split(), result["scope"]
    assert result["id_token_claims"]["name"] == user("maya")["name"], result
    assert me(result["access_token"]).json()["id"] == user("maya")["id"]


def test_tokens_without_a_person():
    app, first = signed_in(extra_scopes_to_consent=AZURE)
    (account,) = app.get_accounts()
    cached = app.acquire_token_silent(GRAPH, account)
    assert cached["access_token"] == first["access_token"]
    fresh = app.acquire_token_silent(GRAPH, account, force_refresh=True)
    assert fresh["access_token"] != first["access_token"] and me(fresh["access_token"]).status_code == 200
    # The refresh token serves every resource.
    azure = app.acquire_token_silent(AZURE, account)
    assert azure and azure["access_token"] not in (first["access_token"], fresh["access_token"]), azure
    assert me(azure["access_token"]).status_code == 401
    # Another run of the program, with the cache from its file.
    cache = msal.SerializableTokenCache()
    cache.deserialize(app.token_cache.serialize())
    later = application(token_cache=cache)
    (account,) = later.get_accounts()
    assert later.acquire_token_silent(GRAPH, account, force_refresh=True)["access_token"]


def test_session_that_was_revoked():
    app, _ = signed_in("ines")
    (account,) = app.get_accounts()
    control("revoke", {"user": "ines"})
    result = app.acquire_token_silent_with_error(GRAPH, account, force_refresh=True)
    assert result["error"] == "invalid_grant" and 50173 in result["error_codes"], result


def test_claims_challenge():
    app, first = signed_in()
    (account,) = app.get_accounts()
    control("revoke", {"user": "maya", "sessions": False})
    refused = me(first["access_token"])
    assert refused.status_code == 401, refused.text
    challenge = refused.headers["www-authenticate"]
    assert 'error="insufficient_claims"' in challenge, challenge
    claims = b64decode(challenge.split('claims="')[1].split('"')[0] + "==").decode()
    assert "nbf" in json.loads(claims)["access_token"], claims
    second = app.acquire_token_silent(GRAPH, account, claims_challenge=claims)
    assert second["access_token"] != first["access_token"] and me(second["access_token"]).status_code == 200


def test_permission_that_does_not_exist():
    flow = application().initiate_device_flow(["https://graph.microsoft.com/No.Such.Permission"])
    assert flow["error"] == "invalid_client" and flow["error_codes"] == [650053], flow
    assert "No.Such.Permission" in flow["error_description"] and flow["correlation_id"] and flow["trace_id"], flow
