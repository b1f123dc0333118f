<#
.SYNOPSIS
Registers an application for Pimento, and prints its client id and the links at which an administrator consents.

.DESCRIPTION
Makes a public client without any secret, for people of this tenant alone, with the redirect address http://localhost and
delegated permissions, which are looked up by name. Needs the modules Microsoft.Graph.Authentication and
Microsoft.Graph.Applications, and the right to register applications.

.EXAMPLE
./Register-Pimento.ps1 -With Groups, Azure
#>
#Requires -Modules Microsoft.Graph.Authentication, Microsoft.Graph.Applications
[CmdletBinding()]
param(
    [string] $Name = 'Pimento',
    [ValidateSet('Groups', 'Azure', 'Other')]
    [string[]] $With = @(),
    [string] $TenantId,
    # As Get-MgEnvironment names it.
    [ValidateSet('Global', 'USGov', 'USGovDoD', 'China')]
    [string] $Environment = 'Global'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Asked for by every sign-in.
$AtOnce = @(
    'User.Read'
    'RoleEligibilitySchedule.Read.Directory'
    'RoleAssignmentSchedule.ReadWrite.Directory'
    'RoleManagementPolicy.Read.Directory'
)

# Asked for when somebody wants to see groups.
$Groups = @(
    'PrivilegedEligibilitySchedule.Read.AzureADGroup'
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup'
    'RoleManagementPolicy.Read.AzureADGroup'
)

# Asked for when somebody wants to see Azure resources: a permission of Azure Resource Manager.
$Azure = @(
    'user_impersonation'
)

# Asked for by what takes them, when somebody uses it.
$Other = @(
    'AuditLog.Read.All'
    'RoleManagement.Read.Directory'
    'RoleEligibilitySchedule.ReadWrite.Directory'
    'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup'
    'RoleManagementPolicy.ReadWrite.Directory'
    'RoleManagementPolicy.ReadWrite.AzureADGroup'
    'AccessReview.Read.All'
    'AccessReview.ReadWrite.All'
    'RoleManagementAlert.Read.Directory'
    'RoleManagementAlert.ReadWrite.Directory'
    'User.ReadBasic.All'
    'GroupMember.Read.All'
    'Application.Read.All'
    'AdministrativeUnit.Read.All'
)

# The services' own applications, the same in every tenant and cloud.
$GraphApp = '00000003-0000-0000-c000-000000000000'
$ArmApp = '797f4846-ba00-4fd7-ba43-dac1f8f63013'

$Redirect = 'http://localhost'

$Login, $Graph, $Arm = switch ($Environment) {
    'Global' { 'https://login.microsoftonline.com', 'https://graph.microsoft.com', 'https://management.azure.com' }
    'USGov' { 'https://login.microsoftonline.us', 'https://graph.microsoft.us', 'https://management.usgovcloudapi.net' }
    'USGovDoD' { 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us', 'https://management.usgovcloudapi.net' }
    'China' { 'https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn', 'https://management.chinacloudapi.cn' }
}

$Connection = @{ Scopes = 'Application.ReadWrite.All'; Environment = $Environment; NoWelcome = $true }
if ($TenantId) { $Connection.TenantId = $TenantId }
Connect-MgGraph @Connection
$Tenant = (Get-MgContext).TenantId

# What a service calls these permissions in this tenant.
function Get-Access([string] $App, [string[]] $Permissions) {
    $Known = (Get-MgServicePrincipal -Filter "appId eq '$App'").Oauth2PermissionScopes
    $Access = foreach ($Permission in $Permissions) {
        $Scope = $Known | Where-Object Value -EQ $Permission
        if (-not $Scope) { throw "This tenant knows no permission called $Permission." }
        @{ Id = $Scope.Id; Type = 'Scope' }
    }
    @{ ResourceAppId = $App; ResourceAccess = @($Access) }
}

# The page at which an administrator consents to these permissions of a service.
function Get-ConsentPage([string] $Service, [string[]] $Permissions) {
    $Scopes = ($Permissions | ForEach-Object { [uri]::EscapeDataString("$Service/$_") }) -join '+'
    $Back = [uri]::EscapeDataString($Redirect)
    "$Login/$Tenant/v2.0/adminconsent?client_id=$($Application.AppId)&scope=$Scopes&redirect_uri=$Back"
}

$Wanted = $AtOnce
if ($With -contains 'Groups') { $Wanted += $Groups }
if ($With -contains 'Other') { $Wanted += $Other }

# Looked up before anything is made: what is missing leaves nothing behind.
$Required = @(Get-Access $GraphApp $Wanted)
if ($With -contains 'Azure') { $Required += Get-Access $ArmApp $Azure }

$Application = New-MgApplication -DisplayName $Name -SignInAudience 'AzureADMyOrg' `
    -PublicClient @{ RedirectUris = @($Redirect) } -IsFallbackPublicClient -RequiredResourceAccess $Required

"Client id: $($Application.AppId)"
"Tenant id: $Tenant"
"Consent: $(Get-ConsentPage $Graph $Wanted)"
if ($With -contains 'Azure') { "Consent for Azure: $(Get-ConsentPage $Arm $Azure)" }
