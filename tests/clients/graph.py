"""Microsoft's `msgraph-sdk` and `msgraph-beta-sdk`, signed in by `azure-identity`."""

import json
from urllib.parse import unquote

from azure.identity import DeviceCodeCredential, InteractiveBrowserCredential
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph_beta import GraphRequestAdapter as BetaRequestAdapter
from msgraph_beta import GraphServiceClient as BetaServiceClient
from msgraph_beta.generated.models.o_data_errors.o_data_error import ODataError as BetaError

from person import Person
from tenant import CLIENT, SCOPES, TENANT, user

# How a client asks for multifactor authentication where the service names none.
MFA = json.dumps({"access_token": {"amr": {"essential": True, "values": ["mfa"]}}})


OPTIONS = {"authority": TENANT["authority"], "tenant_id": TENANT["tenantId"], "disable_instance_discovery": True}


def by_device_code(name):
    """Somebody who signs in by device code, once; later tokens come without them."""
    return DeviceCodeCredential(
        CLIENT, prompt_callback=lambda address, code, _: Person(TENANT, name).enter_code(address, code), **OPTIONS
    )


class AtBrowser(InteractiveBrowserCredential):
    """Somebody who signs in at the browser, and again whenever more is asked for."""

    def __init__(self, name):
        super().__init__(client_id=CLIENT, login_hint=user(name)["userPrincipalName"], timeout=30, **OPTIONS)
        self.person = Person(TENANT, name)

    def _request_token(self, *scopes, **options):
        self.person.at_this_computer()
        return super()._request_token(*scopes, **options)

    def step_up(self, claims):
        """Gets a token with these claims, which is used from then on."""
        return self.get_token(*SCOPES, claims=claims, enable_cae=True)


def provider(credentials, scopes):
    # Hosts are compared without their port.
    return AzureIdentityAuthenticationProvider(credentials, scopes=scopes, allowed_hosts=["localhost"])


def service(credentials, scopes=None):
    adapter = GraphRequestAdapter(provider(credentials, scopes or SCOPES))
    adapter.base_url = f"{TENANT['graph']}/v1.0"
    return GraphServiceClient(request_adapter=adapter)


def beta(credentials):
    adapter = BetaRequestAdapter(provider(credentials, SCOPES))
    adapter.base_url = f"{TENANT['graph']}/beta"
    return BetaServiceClient(request_adapter=adapter)


async def refused(awaitable):
    """The error that a call is answered with."""
    try:
        answer = await awaitable
    except (ODataError, BetaError) as error:
        assert error.error.code and error.error.message, error
        assert error.error.inner_error.request_id and error.error.inner_error.client_request_id, error
        return error
    raise AssertionError(f"answered with {answer}")


def claims_in(error):
    """The claims that a refused activation asks for."""
    return unquote(error.error.message.split("claims=", 1)[1])


SIGNED_IN = {}


def who(name):
    """Somebody's credential: signed in once for all tests, Maya at the browser, the others by device code."""
    if name not in SIGNED_IN:
        SIGNED_IN[name] = AtBrowser(name) if name == "maya" else by_device_code(name)
    return SIGNED_IN[name]


def of(name):
    """Somebody's client."""
    return service(who(name))
