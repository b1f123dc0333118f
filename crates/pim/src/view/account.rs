//! Who is signed in, and where.

use serde::{Deserialize, Serialize};

use super::{ActiveRow, Status};
use crate::{codes, problem::Problem};

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Session {
    /// Start-up: the keyring has not answered yet. Never shown as signed out.
    Loading,
    /// Nobody.
    SignedOut {
        /// Why, when it was not the user's own doing (expired, revoked, cancelled).
        reason: Option<Problem>,
    },
    /// A browser is open, or a device code is waiting.
    SigningIn {
        /// The code to type at `url`, for the device code flow.
        user_code: Option<String>,
        /// Where to type it.
        url: Option<String>,
    },
    /// Somebody.
    SignedIn {
        /// The account.
        account: Account,
    },
}

/// How the sign-in ended that ended last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct SignInEnd {
    /// Rises with every sign-in of a run: whoever asked for one sees by it that theirs has ended.
    pub serial: u32,
    /// Why it came to nothing; `None`: somebody has signed in.
    pub problem: Option<Problem>,
}

impl SignInEnd {
    /// The person has given it up, and knows.
    pub fn given_up(&self) -> bool {
        self.problem.as_ref().is_some_and(|problem| problem.code == codes::SIGN_IN_CANCELLED)
    }
}

/// A signed-in account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// `{oid}.{tid}`: what files and keyring entries are named by.
    pub id: String,
    /// `preferred_username`.
    pub username: String,
    /// Display name.
    pub name: String,
    /// The tenant's display name, or its id until known.
    pub tenant: String,
    /// The tenant's id.
    pub tenant_id: String,
    /// The cloud's short name (`global`, `usgov`, `usgovdod`, `china`, `loopback`).
    pub cloud: String,
    /// The demo tenant.
    pub demo: bool,
    /// The refresh token lives in the system's keyring; `false`: in memory, until Pimento is quit.
    pub remembered: bool,
}

/// One of those who are signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct AccountRow {
    /// The account.
    pub account: Account,
    /// The colour that marks its tenant, 0 to 7: the same for as long as the account stays signed in.
    pub colour: u8,
    /// Its lists are those of the view.
    pub current: bool,
    /// Its own one-glance state.
    pub status: Status,
    /// Its active roles and those on their way, where it is not the current one, whose rows are [`super::View::active`].
    pub active: Vec<ActiveRow>,
    /// Why its session is over; signing in again is all that helps.
    pub problem: Option<Problem>,
}

/// The tenants that an account is known in, as Azure Resource Manager tells them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Tenants {
    /// Being asked for.
    pub loading: bool,
    /// Why they are not known.
    pub problem: Option<Problem>,
    /// By name.
    pub rows: Vec<TenantRow>,
}

/// A tenant that the account can sign in to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct TenantRow {
    /// The tenant's id.
    pub id: String,
    /// Display name, or the domain, or the id.
    pub name: String,
    /// Its default domain.
    pub domain: Option<String>,
    /// The account here that is signed in to it ([`Account::id`]).
    pub account: Option<String>,
}
