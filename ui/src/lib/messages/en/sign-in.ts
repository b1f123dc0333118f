// What is told before somebody signs in: what Pimento will ask for, and how an administrator allows it.

import type { Permission } from '../../../generated/Permission';

export const enSignIn = {
  beforeSignIn: {
    title: 'Before you sign in',
    signIn: 'Continue in the browser',
    deviceCode: 'Use a code',
    application: 'Application',
    microsofts: 'Microsoft Graph Command Line Tools',
    own: 'Your own registration',
    organisations: 'Your organisation’s registration',
    home: 'Your account’s home tenant',
    secret: {
      windows: 'In Windows Credential Manager. Pimento never sees your password.',
      mac: 'In your macOS keychain. Pimento never sees your password.',
      other: 'In your desktop’s keyring. Pimento never sees your password.',
    },
    now: 'Asked for at once',
    groups: 'When you want to see groups',
    azure: 'When you want to see Azure resources',
    later: 'For other features, when you use them',
    admin: 'Does an administrator have to allow it?',
    adminDetail: 'Send them the message. Its link opens Microsoft’s page with these permissions.',
  },

  permissions: {
    'User.Read': 'Your name and your organisation’s',
    'RoleEligibilitySchedule.Read.Directory': 'The roles you can activate',
    'RoleAssignmentSchedule.ReadWrite.Directory': 'What is active; activating and ending your own roles',
    'RoleManagementPolicy.Read.Directory': 'What each role asks for',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup': 'The groups you can join',
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup': 'Joining and leaving them',
    'RoleManagementPolicy.Read.AzureADGroup': 'What each group asks for',
    user_impersonation: 'Your roles in Azure; there is no narrower permission',
    'AuditLog.Read.All': 'The audit history',
    'RoleManagement.Read.Directory': 'Which role allows what',
    'RoleEligibilitySchedule.ReadWrite.Directory': 'Making people eligible for roles; asking for a later end',
    'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup': 'The same for groups',
    'RoleManagementPolicy.ReadWrite.Directory': 'Changing what roles ask for',
    'RoleManagementPolicy.ReadWrite.AzureADGroup': 'Changing what groups ask for',
    'AccessReview.Read.All': 'Reading access reviews',
    'AccessReview.ReadWrite.All': 'Deciding in access reviews',
    'RoleManagementAlert.Read.Directory': 'Reading PIM’s alerts',
    'RoleManagementAlert.ReadWrite.Directory': 'Dismissing alerts',
    'User.ReadBasic.All': 'Finding people by name',
    'GroupMember.Read.All': 'Finding groups and their members',
    'Application.Read.All': 'Finding applications',
    'AdministrativeUnit.Read.All': 'Finding administrative units',
  } satisfies Record<Permission, string>,

  /** What is sent to an administrator. */
  request: {
    opening: (application: string, clientId: string) =>
      `I would like to use Pimento, which activates my eligible Microsoft Entra roles. It signs in ${application} (client id ${clientId}) and acts only as me.`,
    ownApplication: 'with our own app registration',
    application: (name: string) => `as the application ${name}`,
    tenant: (tenant: string) => `Tenant: ${tenant}`,
    needs: 'It needs these delegated permissions:',
    groups: 'For groups, only if I am to activate them too:',
    azure: 'For Azure resources, only if I am to activate them too:',
    permission: (name: string, about: string) => `- ${name}: ${about}`,
    link: (link: string) => `Consent for everybody here: ${link}`,
  },

  register: {
    steps: [
      'In the Microsoft Entra admin center open App registrations and choose New registration.',
      'As the platform choose “Mobile and desktop applications” with the redirect URI http://localhost.',
      'Under Authentication set “Allow public client flows” to Yes.',
      'Enter its client id and its tenant id here.',
    ],
    command: 'The Azure CLI does it in one command, and prints the client id:',
    copy: 'Copy command',
  },
};
