// Ce qui est dit avant la connexion.

import type { SignInMessages } from '../shape';

export const frSignIn: SignInMessages = {
  beforeSignIn: {
    title: 'Avant de vous connecter',
    signIn: 'Continuer dans le navigateur',
    deviceCode: 'Utiliser un code',
    application: 'Application',
    microsofts: 'Microsoft Graph Command Line Tools',
    own: 'Votre propre inscription',
    organisations: 'L’inscription de votre organisation',
    home: 'Le locataire d’origine de votre compte',
    secret: {
      windows: 'Dans le Gestionnaire d’identification Windows. Pimento ne voit jamais votre mot de passe.',
      mac: 'Dans votre trousseau macOS. Pimento ne voit jamais votre mot de passe.',
      other: 'Dans le trousseau de votre bureau. Pimento ne voit jamais votre mot de passe.',
    },
    now: 'Demandé tout de suite',
    groups: 'Quand vous voulez voir les groupes',
    azure: 'Quand vous voulez voir les ressources Azure',
    later: 'Pour d’autres fonctions, quand vous les utilisez',
    admin: 'Un administrateur doit l’autoriser ?',
    adminDetail: 'Envoyez-lui le message. Son lien ouvre la page de Microsoft avec ces autorisations.',
  },

  permissions: {
    'User.Read': 'Votre nom et celui de votre organisation',
    'RoleEligibilitySchedule.Read.Directory': 'Les rôles que vous pouvez activer',
    'RoleAssignmentSchedule.ReadWrite.Directory': 'Ce qui est actif ; activer et terminer vos propres rôles',
    'RoleManagementPolicy.Read.Directory': 'Ce que chaque rôle demande',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup': 'Les groupes que vous pouvez rejoindre',
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup': 'Les rejoindre et les quitter',
    'RoleManagementPolicy.Read.AzureADGroup': 'Ce que chaque groupe demande',
    user_impersonation: 'Vos rôles dans Azure ; il n’existe pas d’autorisation plus étroite',
    'AuditLog.Read.All': 'L’historique d’audit',
    'RoleManagement.Read.Directory': 'Quel rôle permet quoi',
    'RoleEligibilitySchedule.ReadWrite.Directory':
      'Rendre des personnes éligibles à des rôles ; demander une fin plus tardive',
    'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup': 'La même chose pour les groupes',
    'RoleManagementPolicy.ReadWrite.Directory': 'Modifier ce que les rôles demandent',
    'RoleManagementPolicy.ReadWrite.AzureADGroup': 'Modifier ce que les groupes demandent',
    'AccessReview.Read.All': 'Lire les révisions d’accès',
    'AccessReview.ReadWrite.All': 'Décider dans les révisions d’accès',
    'RoleManagementAlert.Read.Directory': 'Lire les alertes de PIM',
    'RoleManagementAlert.ReadWrite.Directory': 'Ignorer des alertes',
    'User.ReadBasic.All': 'Trouver des personnes par leur nom',
    'GroupMember.Read.All': 'Trouver des groupes et leurs membres',
    'Application.Read.All': 'Trouver des applications',
    'AdministrativeUnit.Read.All': 'Trouver des unités administratives',
  },

  request: {
    opening: (application, clientId) =>
      `J’aimerais utiliser Pimento, qui active mes rôles Microsoft Entra éligibles. Il se connecte ${application} (ID client ${clientId}) et n’agit qu’en mon nom.`,
    ownApplication: 'avec notre propre inscription d’application',
    application: (name) => `en tant qu’application ${name}`,
    tenant: (tenant) => `Locataire : ${tenant}`,
    needs: 'Il a besoin de ces autorisations déléguées :',
    groups: 'Pour les groupes, seulement si je dois aussi les activer :',
    azure: 'Pour les ressources Azure, seulement si je dois aussi les activer :',
    permission: (name, about) => `- ${name} : ${about}`,
    link: (link) => `Consentement pour tous, ici : ${link}`,
  },

  register: {
    steps: [
      'Dans le centre d’administration Microsoft Entra, ouvrez Inscriptions d’applications et choisissez Nouvelle inscription.',
      'Comme plateforme, choisissez « Applications mobiles et de bureau » avec l’URI de redirection http://localhost.',
      'Sous Authentification, réglez « Autoriser les flux clients publics » sur Oui.',
      'Saisissez ici son ID client et son ID de locataire.',
    ],
    command: 'Avec Azure CLI, une seule commande suffit ; elle affiche l’ID client :',
    copy: 'Copier la commande',
  },
};
