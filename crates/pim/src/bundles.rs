//! Bundles: named sets of roles that are activated together, and the file they travel in.
//!
//! The file is JSON, written for people to read and pass on: it names roles, never accounts. Pure: text in, bundles out.

use serde::{Deserialize, Serialize};

use crate::{
    codes,
    model::{Kind, RoleKey},
    view::{BundleRow, BundleView},
};

/// Version of the file.
const FORMAT: u32 = 1;
/// No file of bundles is longer.
const LONGEST_FILE: usize = 1 << 20;
/// Bundles in a file, and roles in a bundle.
const MOST: usize = 100;
/// Characters of a name.
const LONGEST_NAME: usize = 100;
/// Characters of a reason; the service keeps no more than that.
const LONGEST_REASON: usize = 500;
/// Minutes that any activation may last.
const MINUTES: std::ops::RangeInclusive<u32> = 5..=24 * 60;

/// A named set of roles that are activated together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bundle {
    /// What it is called; unique within an account.
    pub name: String,
    /// The reason it begins with. `{date}` becomes the day on which it is run.
    #[serde(default)]
    pub reason: String,
    /// Its roles.
    pub roles: Vec<BundleRole>,
}

/// A role in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BundleRole {
    /// The kind of PIM.
    pub kind: Kind,
    /// As in [`RoleKey`].
    pub role_definition_id: String,
    /// As in [`RoleKey`].
    pub scope_id: String,
    /// As in [`RoleKey`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_scope_id: Option<String>,
    /// The role's name when it was put in, for people.
    #[serde(default)]
    pub name: String,
    /// How long, minutes; `None`: as used last, or as long as the policy allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

impl BundleRole {
    /// A role for a bundle.
    pub fn new(key: &RoleKey, name: &str, minutes: Option<u32>) -> Self {
        Self {
            kind: key.kind,
            role_definition_id: key.role_definition_id.clone(),
            scope_id: key.scope_id.clone(),
            app_scope_id: key.app_scope_id.clone(),
            name: name.to_owned(),
            minutes,
        }
    }

    /// The role at its scope.
    pub fn key(&self) -> RoleKey {
        RoleKey {
            kind: self.kind,
            role_definition_id: self.role_definition_id.clone(),
            scope_id: self.scope_id.clone(),
            app_scope_id: self.app_scope_id.clone(),
        }
    }
}

impl From<&BundleView> for Bundle {
    /// As it is shown: each role for so long as it would be active now.
    fn from(view: &BundleView) -> Self {
        let role = |row: &BundleRow| {
            let key = RoleKey::from_id(&row.id)?;
            Some(BundleRole::new(&key, &row.name, Some(row.minutes)))
        };
        let roles = view.roles.iter().filter_map(role).collect();
        Self { name: view.name.clone(), reason: view.template.clone(), roles }
    }
}

impl Bundle {
    /// The reason on a day (`2026-11-23`).
    pub fn reason_on(&self, date: &str) -> String {
        self.reason.replace("{date}", date)
    }

    /// The bundle as it may be kept, or what is wrong with it, as a clause.
    pub fn check(self) -> Result<Self, String> {
        let name = codes::clean(&self.name, LONGEST_NAME).trim().to_owned();
        if name.is_empty() {
            return Err(say!("bundle-without-name"));
        }
        if self.roles.is_empty() {
            return Err(say!("bundle-without-roles", name = name));
        }
        if self.roles.len() > MOST {
            return Err(say!("bundle-too-many-roles", name = name, count = self.roles.len(), most = MOST));
        }
        if self.reason.chars().count() > LONGEST_REASON {
            return Err(say!("bundle-reason-too-long", name = name, most = LONGEST_REASON));
        }
        let mut roles: Vec<BundleRole> = Vec::with_capacity(self.roles.len());
        for role in self.roles {
            if role.role_definition_id.is_empty() || role.scope_id.is_empty() && role.app_scope_id.is_none() {
                return Err(say!("bundle-role-without-id", name = name));
            }
            if let Some(minutes) = role.minutes.filter(|minutes| !MINUTES.contains(minutes)) {
                return Err(say!("bundle-role-too-long", name = name, minutes = minutes));
            }
            if !roles.iter().any(|known| known.key() == role.key()) {
                roles.push(BundleRole { name: codes::clean(&role.name, 256), ..role });
            }
        }
        Ok(Self { name, reason: self.reason.trim().to_owned(), roles })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Package {
    pimento_bundles: u32,
    bundles: Vec<Bundle>,
}

/// The file's text.
pub fn export(bundles: &[Bundle]) -> String {
    let package = Package { pimento_bundles: FORMAT, bundles: bundles.to_vec() };
    serde_json::to_string_pretty(&package).expect("strings and numbers always serialize") + "\n"
}

/// The bundles in a file, all of them or none.
///
/// # Errors
/// What is wrong with it, as a clause for a sentence.
pub fn import(text: &str) -> Result<Vec<Bundle>, String> {
    if text.len() > LONGEST_FILE {
        return Err(say!("bundle-file-too-long"));
    }
    let package: Package =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| error.to_string())?;
    if package.pimento_bundles != FORMAT {
        return Err(say!("bundle-file-too-new", format = package.pimento_bundles, known = FORMAT));
    }
    if package.bundles.len() > MOST {
        return Err(say!("bundle-file-too-many", count = package.bundles.len(), most = MOST));
    }
    package.bundles.into_iter().map(Bundle::check).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Access;

    fn bundle() -> Bundle {
        let keys = [
            RoleKey::directory("reader", "/"),
            RoleKey::group("g", Access::Owner),
            RoleKey::azure("/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/r", "/subscriptions/s"),
        ];
        let roles = keys.iter().map(|key| BundleRole::new(key, "Role", Some(60))).collect();
        Bundle { name: "On call".into(), reason: "On call, {date}".into(), roles }
    }

    #[test]
    fn what_is_exported_is_imported_again() {
        let bundles = vec![bundle(), Bundle { name: "Other".into(), ..bundle() }];
        assert_eq!(import(&export(&bundles)), Ok(bundles));
        assert_eq!(bundle().reason_on("2026-11-23"), "On call, 2026-11-23");
    }

    #[test]
    fn a_bad_file_is_refused_whole_with_its_reason() {
        let with = |change: fn(&mut Bundle)| {
            let mut bad = bundle();
            change(&mut bad);
            export(&[bundle(), bad])
        };
        for (text, reason) in [
            ("{".to_owned(), "EOF"),
            (r#"{"pimentoBundles":2,"bundles":[]}"#.to_owned(), "format 2"),
            (r#"{"pimentoBundles":1,"bundles":[],"more":1}"#.to_owned(), "unknown field"),
            (with(|bad| bad.name = " \u{202e}".into()), "needs a name"),
            (with(|bad| bad.roles.clear()), "has no roles"),
            (with(|bad| bad.roles[0].minutes = Some(4)), "4 minutes"),
            (with(|bad| bad.roles[0].role_definition_id.clear()), "without an id"),
            (with(|bad| bad.reason = "x".repeat(501)), "500 characters"),
            (" ".repeat(LONGEST_FILE + 1), "mebibyte"),
        ] {
            let refused = import(&text).expect_err(reason);
            assert!(refused.contains(reason), "{refused}");
        }
    }

    #[test]
    fn a_role_that_is_named_twice_is_in_it_once() {
        let mut twice = bundle();
        twice.roles.push(twice.roles[0].clone());
        assert_eq!(twice.check(), Ok(bundle()));
    }

    proptest! {
        #[test]
        fn whatever_is_imported_can_be_exported(text in r#"\{"pimentoBundles":1,"bundles":\[.{0,80}\]\}|.{0,200}"#) {
            if let Ok(bundles) = import(&text) {
                prop_assert_eq!(import(&export(&bundles)), Ok(bundles));
            }
        }
    }
}
