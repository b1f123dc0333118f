#!/usr/bin/env bash
# Registers an application for Pimento in the tenant that the Azure CLI is signed in to, and prints its client id and the links
# at which an administrator consents. What it makes: a public client without any secret, for people of this tenant alone, with
# the redirect address http://localhost and delegated permissions, which are looked up by name.
#
#   register.sh [--name NAME] [--with groups] [--with azure] [--with other]
#
# Needs az (signed in: az login --allow-no-subscriptions) and the right to register applications.

set -euo pipefail
shopt -s inherit_errexit

# Asked for by every sign-in.
at_once=(
  User.Read
  RoleEligibilitySchedule.Read.Directory
  RoleAssignmentSchedule.ReadWrite.Directory
  RoleManagementPolicy.Read.Directory
)

# Asked for when somebody wants to see groups.
groups=(
  PrivilegedEligibilitySchedule.Read.AzureADGroup
  PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup
  RoleManagementPolicy.Read.AzureADGroup
)

# Asked for when somebody wants to see Azure resources: a permission of Azure Resource Manager.
azure=(
  user_impersonation
)

# Asked for by what takes them, when somebody uses it.
other=(
  AuditLog.Read.All
  RoleManagement.Read.Directory
  RoleEligibilitySchedule.ReadWrite.Directory
  PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup
  RoleManagementPolicy.ReadWrite.Directory
  RoleManagementPolicy.ReadWrite.AzureADGroup
  AccessReview.Read.All
  AccessReview.ReadWrite.All
  RoleManagementAlert.Read.Directory
  RoleManagementAlert.ReadWrite.Directory
  User.ReadBasic.All
  GroupMember.Read.All
  Application.Read.All
  AdministrativeUnit.Read.All
)

# The services' own applications, the same in every tenant and cloud.
graph_app=00000003-0000-0000-c000-000000000000
arm_app=797f4846-ba00-4fd7-ba43-dac1f8f63013

redirect=http://localhost

fail() {
  echo "register.sh: $*" >&2
  exit 1
}

name=Pimento
with_azure=no
wanted=("${at_once[@]}")
while (($# > 0)); do
  case "$1 ${2-}" in
    "--name "?*) name=$2 ;;
    "--with groups") wanted+=("${groups[@]}") ;;
    "--with azure") with_azure=yes ;;
    "--with other") wanted+=("${other[@]}") ;;
    *) fail "usage: register.sh [--name NAME] [--with groups] [--with azure] [--with other]" ;;
  esac
  shift 2
done

command -v az > /dev/null || fail "the Azure CLI (az) is not installed."
tenant=$(az account show --query tenantId --output tsv) ||
  fail "nobody is signed in: run az login --allow-no-subscriptions first."

# Where this cloud signs people in, and what its services are called.
cloud() {
  local address
  address=$(az cloud show --query "endpoints.$1" --output tsv)
  echo "${address%/}"
}
login=$(cloud activeDirectory)
graph=$(cloud microsoftGraphResourceId)
arm=$(cloud resourceManager)

# The ids of a service's permissions, as this tenant knows them: `id=Scope` for each name.
ids() {
  local app=$1 known id permission
  shift
  known=$(az ad sp show --id "$app" --query "oauth2PermissionScopes[].[value,id]" --output tsv)
  for permission; do
    id=$(awk -v name="$permission" '$1 == name { print $2 }' <<< "$known")
    [[ -n $id ]] || fail "this tenant knows no permission called $permission."
    echo "$id=Scope"
  done
}

# Looked up before anything is made: what is missing leaves nothing behind.
graph_ids=$(ids "$graph_app" "${wanted[@]}")
arm_ids=
if [[ $with_azure == yes ]]; then
  arm_ids=$(ids "$arm_app" "${azure[@]}")
fi

client=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg \
  --public-client-redirect-uris "$redirect" --is-fallback-public-client true --query appId --output tsv)
# Each id is an argument of its own, and has no space.
# shellcheck disable=SC2086
az ad app permission add --id "$client" --api "$graph_app" --api-permissions $graph_ids > /dev/null
if [[ -n $arm_ids ]]; then
  # shellcheck disable=SC2086
  az ad app permission add --id "$client" --api "$arm_app" --api-permissions $arm_ids > /dev/null
fi

# Percent-encodes what addresses hold here.
encoded() {
  local text=${1//:/%3A}
  echo "${text//\//%2F}"
}

# The page at which an administrator consents to these permissions of a service.
consent() {
  local service=$1 scopes=
  shift
  for permission; do
    scopes+="${scopes:++}$(encoded "$service/$permission")"
  done
  echo "$login/$tenant/v2.0/adminconsent?client_id=$client&scope=$scopes&redirect_uri=$(encoded "$redirect")"
}

echo "Client id: $client"
echo "Tenant id: $tenant"
echo "Consent: $(consent "$graph" "${wanted[@]}")"
if [[ $with_azure == yes ]]; then
  echo "Consent for Azure: $(consent "$arm" "${azure[@]}")"
fi
