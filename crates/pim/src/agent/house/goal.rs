//! Where a sign-in goes, and as whom: what the command says, what the account it was said under says, then the settings.

use super::{
    super::session::{Goal, Way},
    House,
    roster::Meant,
};
use crate::{
    problem::Remedy,
    view::{Account, Command, Session, View},
};

/// The name under which a command asks for the demo tenant's cloud.
const DEMO: &str = "loopback";

impl House {
    pub(super) fn goal(&self, meant: &Meant, command: Command) -> Option<(Goal, Way)> {
        let goal = match command {
            Command::SignInDemo => (
                Goal { demo: true, cloud: DEMO.into(), tenant: None, client_id: None, hint: None, limited: false },
                Way::Browser,
            ),
            Command::SignIn => (self.again(meant).unwrap_or_else(|| self.as_set()), Way::Browser),
            Command::SignInDeviceCode => (self.again(meant).unwrap_or_else(|| self.as_set()), Way::DeviceCode),
            Command::SignInTenant { tenant, cloud, client_id, device_code } => {
                let way = if device_code { Way::DeviceCode } else { Way::Browser };
                (self.elsewhere(meant, tenant, cloud, client_id), way)
            }
            _ => return None,
        };
        Some(goal)
    }

    /// What the settings say; the person chooses the account.
    fn as_set(&self) -> Goal {
        let settings = self.settings.clone();
        Goal {
            demo: false,
            cloud: settings.cloud,
            tenant: settings.tenant,
            client_id: settings.client_id,
            hint: None,
            limited: false,
        }
    }

    /// The same account once more, in its tenant: asked for under its name, or where signing in is what helps it.
    fn again(&self, meant: &Meant) -> Option<Goal> {
        let (account, client_id) = self.known(meant)?;
        let helps = |view: &View| {
            let asks = view.list.problem.as_ref().is_some_and(|problem| problem.remedy == Remedy::SignIn);
            asks || matches!(view.session, Session::SignedOut { .. })
        };
        if let Meant::Current(current) = meant
            && !self.roster.shown(current).is_some_and(|view| helps(view))
        {
            return None;
        }
        Some(Goal {
            demo: account.demo,
            cloud: account.cloud.clone(),
            tenant: Some(account.tenant_id.clone()),
            client_id: Some(client_id.to_owned()),
            hint: Some(account.username.clone()),
            limited: false,
        })
    }

    /// Another tenant, or another account: in the cloud of the one that is signed in, where no other is named.
    fn elsewhere(
        &self,
        meant: &Meant,
        tenant: Option<String>,
        cloud: Option<String>,
        client_id: Option<String>,
    ) -> Goal {
        let known = self.known(meant);
        let cloud = cloud.or_else(|| known.map(|(account, _)| account.cloud.clone()));
        let cloud = cloud.unwrap_or_else(|| self.settings.cloud.clone());
        let here = known.filter(|(account, _)| account.cloud == cloud);
        // The same person, where a tenant is named that they are known in.
        let hint = here.filter(|_| tenant.is_some()).map(|(account, _)| account.username.clone());
        // Each cloud has registrations of its own: one cloud's client id is nobody in another.
        let client_id = client_id.or_else(|| here.map(|(_, client_id)| client_id.to_owned()));
        let client_id = client_id.or_else(|| self.settings.client_id.clone().filter(|_| cloud == self.settings.cloud));
        Goal { demo: cloud == DEMO, cloud, tenant, client_id, hint, limited: false }
    }

    fn known(&self, meant: &Meant) -> Option<(&Account, &str)> {
        let account = meant.account()?;
        let row = self.roster.shown(account)?.accounts.first()?;
        Some((&row.account, &self.members.get(account)?.client_id))
    }
}
