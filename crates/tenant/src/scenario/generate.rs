//! Large scenarios for measurements.

use uuid::Uuid;

use super::{
    Access, AzureScope, Grant, Group, GroupPolicies, Home, IsoDuration, Kind, Level, Policy, RoleDefinition, Scenario,
    Scope, scope_id,
};
use crate::ids::Ids;

/// Policies of generated roles take turns.
const MAXIMA: [u32; 4] = [1, 4, 8, 12];

/// A generated subscription is eligible itself and has one scope fewer in it: its resource groups.
const PER_SUBSCRIPTION: usize = 10;

impl Scenario {
    /// Contoso with no other roles than `n` generated custom ones of its directory, each with a policy of its own; Maya is
    /// eligible for all of them. Its groups and Azure's scopes are there, and nobody has a part in them.
    pub fn with_roles(n: usize) -> Self {
        let mut scenario = Self::contoso();
        scenario.name = format!("contoso with {n} roles");
        scenario.clear();
        // Ids that are the same every time.
        let mut ids = Ids::new(n as u64, 1);
        scenario.add_directory_roles(n, &mut ids);
        scenario
    }

    /// Contoso where Maya is eligible for nothing but `n` generated roles: a third of them the directory's, a third
    /// memberships of as many groups, a third of Azure, spread evenly over `scopes` subscriptions and resource groups. Each
    /// has a policy of its own. Of `tenants` such tenants, all but the first have Maya as a guest.
    pub fn with_kinds(n: usize, scopes: usize, tenants: usize) -> Self {
        let mut scenario = Self::contoso();
        scenario.name = format!("contoso with {n} roles of all kinds, Azure's on {scopes} scopes");
        let guests = (1..tenants).map(|index| scenario.partner(index));
        scenario.tenants = guests.collect();
        scenario.add_kinds(n, scopes, &mut Ids::new(n as u64, 1));
        for (stream, partner) in (2..).zip(&mut scenario.tenants) {
            partner.add_kinds(n, scopes, &mut Ids::new(n as u64, stream));
        }
        scenario
    }

    /// One of several tenants where Maya is a guest.
    fn partner(&self, index: usize) -> Self {
        let mut partner = self.tenants.first().expect("Contoso has a partner").clone();
        let mut ids = Ids::new(index as u64, 0);
        let domain = format!("partner{index}.example");
        partner.name = format!("partner {index}");
        partner.organization.tenant_id = ids.guid();
        partner.organization.display_name = format!("Partner {index}");
        let maya = self.maya();
        let mut guest = partner.users.iter().find(|user| user.home.is_some()).expect("Maya is a guest there").clone();
        guest.id = ids.guid();
        guest.home = Some(Home { tenant: self.organization.tenant_id, id: maya });
        guest.user_principal_name = format!("{}_{}#EXT#@{domain}", guest.username, self.organization.domain);
        partner.users = vec![guest];
        partner.organization.domain = domain;
        partner
    }

    /// Maya, or the guest that she is.
    fn maya(&self) -> Uuid {
        self.user_named("maya").expect("Maya is everywhere").id
    }

    /// Nobody may activate anything, and the directory has no roles.
    fn clear(&mut self) {
        self.roles.clear();
        self.eligible.clear();
        self.activations.clear();
        self.reviews.clear();
        self.assigned.retain(|grant| grant.scope.kind() != Kind::Directory);
    }

    /// Nothing else is there than what is generated.
    fn add_kinds(&mut self, n: usize, scopes: usize, ids: &mut Ids) {
        self.clear();
        self.groups.clear();
        self.assigned.clear();
        self.azure = super::Azure::default();
        let (groups, azure) = ((n + 1) / 3, n / 3);
        self.add_directory_roles(n - groups - azure, ids);
        self.add_groups(groups, ids);
        self.add_azure_roles(azure, scopes.max(1), ids);
    }

    fn add_directory_roles(&mut self, n: usize, ids: &mut Ids) {
        for index in 0..n {
            let id = ids.guid();
            let policy = self.add_policy("generated", index);
            self.roles.push(RoleDefinition {
                id,
                display_name: format!("Operations Role {:04}", index + 1),
                description: format!("Can operate system {} of the plant.", index + 1),
                built_in: false,
                actions: vec!["microsoft.directory/users/standard/read".to_owned()],
                units: true,
                policy,
                ..RoleDefinition::default()
            });
            self.make_eligible(id, Scope::Directory);
        }
    }

    fn add_groups(&mut self, n: usize, ids: &mut Ids) {
        for index in 0..n {
            let id = ids.guid();
            let policy = self.add_policy("group", index);
            self.groups.push(Group {
                id,
                display_name: format!("Operations Group {:04}", index + 1),
                description: None,
                members: [].into(),
                owners: [].into(),
                role_assignable: false,
                pim: Some(GroupPolicies { member: policy.clone(), owner: policy }),
            });
            self.make_eligible(Access::Member.role(), Scope::Group(id));
        }
    }

    /// As many roles as it takes for `n` at `scopes` scopes; the last scopes may have one fewer.
    fn add_azure_roles(&mut self, n: usize, scopes: usize, ids: &mut Ids) {
        let tenant = self.organization.tenant_id;
        let mut root = azure_scope(format!("/providers/Microsoft.Management/managementGroups/{tenant}"), None);
        root.level = Level::ManagementGroup;
        "Tenant Root Group".clone_into(&mut root.display_name);
        let mut subscription = root.clone();
        self.azure.scopes.push(root.clone());
        let mut eligible = Vec::new();
        for index in 0..scopes {
            let mut scope = if index % PER_SUBSCRIPTION == 0 {
                let mut scope = azure_scope(format!("/subscriptions/{}", ids.guid()), Some(root.id));
                scope.display_name = format!("Plant {:02}", index / PER_SUBSCRIPTION + 1);
                subscription = scope.clone();
                scope
            } else {
                let path = format!("{}/resourceGroups/rg-line-{index:02}", subscription.path);
                azure_scope(path, Some(subscription.id))
            };
            scope.level = if scope.id == subscription.id { Level::Subscription } else { Level::ResourceGroup };
            eligible.push(scope.id);
            self.azure.scopes.push(scope);
        }
        for index in 0..n {
            if index % scopes == 0 {
                let number = index / scopes;
                let policy = self.add_policy("azure", number);
                self.azure.roles.push(RoleDefinition {
                    id: ids.guid(),
                    display_name: format!("Line Operator {:03}", number + 1),
                    description: format!("Can operate part {} of every line.", number + 1),
                    built_in: false,
                    actions: vec!["*/read".to_owned()],
                    policy,
                    ..RoleDefinition::default()
                });
            }
            let role = self.azure.roles.last().expect("one was made for the first scope").id;
            self.make_eligible(role, Scope::Azure(eligible[index % scopes]));
        }
    }

    /// Every other one asks for multifactor authentication.
    fn add_policy(&mut self, of: &str, index: usize) -> String {
        let name = format!("{of}-{:04}", index + 1);
        let maximum = IsoDuration::hours(MAXIMA[index % MAXIMA.len()]);
        self.policies.insert(name.clone(), Policy { maximum, mfa: index.is_multiple_of(2), ..Policy::default() });
        name
    }

    fn make_eligible(&mut self, role: Uuid, scope: Scope) {
        let principal = self.maya();
        let since = IsoDuration::days(90);
        self.eligible.push(Grant { principal, role, scope, since, ends: None, condition: None, outside: false });
    }
}

/// A resource group, or what is made of it.
fn azure_scope(path: String, parent: Option<Uuid>) -> AzureScope {
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    AzureScope {
        id: scope_id(&path),
        display_name: name.clone(),
        name,
        level: Level::ResourceGroup,
        parent,
        location: "westeurope".to_owned(),
        path,
    }
}
