//! Policies: read, held against what somebody wants of them, put right, and written to a file.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{
    Counter, LONGEST,
    giving::{Givable, sorted},
    not_told, ours, picked,
};
use crate::{
    codes,
    manage::{
        Office, download,
        policy::{self, Difference, Entry, Named, differences, edited},
    },
    model::{Kind, Principal, RoleKey, RolePolicy, titled},
    problem::{Problem, Remedy},
    view::{
        ComparedPolicy, GivableRow, Outcome, PolicyDifference, PolicyEdits, PolicyWanted, RuleGroup, RuleRow, Told,
    },
};

/// Characters of what a rule says: it may name many approvers.
const LONGEST_RULE: usize = 2000;

/// A policy, and where it is not as wanted.
#[derive(Clone, Debug)]
pub(super) struct Compared {
    named: Named,
    found: Vec<Difference>,
}

impl Compared {
    fn id(&self) -> String {
        self.named.key.id()
    }

    /// Whether the rules that are to be changed still say what they said when this was told: a rule is sent whole, and what
    /// somebody else has changed in it meanwhile would be undone.
    fn still_holds(&self, now: &RolePolicy) -> bool {
        let mut changed = self.found.iter().filter(|difference| difference.applicable());
        changed.all(|difference| now.rule(&difference.rule) == self.named.policy.rule(&difference.rule))
    }
}

/// What a policy should be: as somebody wants it edited, or as these rules say.
enum Wish<'a> {
    Edits(&'a PolicyEdits),
    Rules(Vec<Value>),
}

/// Whose policy should be so.
struct Target<'a> {
    role: Givable,
    unlisted: Option<String>,
    wish: Wish<'a>,
}

impl Target<'_> {
    fn found(&self, policy: &RolePolicy, people: &[Principal]) -> Result<Vec<Difference>, Problem> {
        match &self.wish {
            Wish::Rules(rules) => Ok(differences(policy, rules)),
            Wish::Edits(edits) => match edited(policy, edits, people) {
                Ok(rules) => Ok(differences(policy, &rules)),
                Err(error) => Err(ours("policy-edit", error.to_string(), Remedy::EditForm)),
            },
        }
    }

    fn row(&self, found: &[Difference], problem: Option<Problem>) -> ComparedPolicy {
        let GivableRow { id, kind, name, scope } = GivableRow::of(&self.role);
        let differences = found.iter().map(PolicyDifference::of).collect();
        ComparedPolicy { id, kind, name, scope, unlisted: self.unlisted.clone(), differences, problem }
    }
}

fn keys<'a>(roles: impl IntoIterator<Item = &'a Givable>) -> Vec<RoleKey> {
    roles.into_iter().map(|role| role.key.clone()).collect()
}

async fn one(office: &Office, role: &Givable) -> Result<RolePolicy, Problem> {
    office.policies(&keys([role])).await.pop().unwrap_or_else(|| Err(not_told()))
}

impl Counter {
    /// Whose policies there are: of every role of the directory, and of whatever somebody holds, which is looked at for that.
    pub(super) async fn policies(&mut self, office: &Office) -> Told {
        let (sources, _) = Box::pin(self.look_at_holdings(office)).await;
        let (roles, problem) = self.roles(office).await;
        let mut all: BTreeMap<String, Givable> = BTreeMap::new();
        for mut role in roles.into_values() {
            // A role of the directory has one policy, wherever it is held.
            if role.key.kind == Kind::DirectoryRole {
                role = Givable { key: RoleKey::directory(role.key.role_definition_id, "/"), scope: None, ..role };
            }
            all.entry(role.key.policy_id()).or_insert(role);
        }
        self.governed = sorted(all);
        Told::Policies { sources, rows: self.governed.iter().map(GivableRow::of).collect(), problem }
    }

    fn governed(&self, role: &str) -> Result<Givable, Problem> {
        self.governed.iter().find(|each| each.key.id() == role).cloned().ok_or_else(not_told)
    }

    pub(super) async fn policy(&self, office: &Office, role: &str) -> Result<Told, Problem> {
        let role = self.governed(role)?;
        let read = one(office, &role).await?;
        let rules = read.rules.iter().map(RuleRow::of).collect();
        Ok(Told::Policy { role: role.key.id(), rules, settings: policy::settings(&read) })
    }

    pub(super) async fn compare_policies(&mut self, office: &Office, wanted: &PolicyWanted) -> Result<Told, Problem> {
        self.compared.clear();
        let targets = self.targets(office, wanted).await?;
        let read = office.policies(&keys(targets.iter().map(|target| &target.role))).await;
        let mut policies = Vec::new();
        for (target, read) in targets.into_iter().zip(read) {
            let found = read.and_then(|policy| Ok((target.found(&policy, &self.people)?, policy)));
            match found {
                Ok((found, policy)) => {
                    policies.push(target.row(&found, None));
                    let Givable { key, role, scope } = target.role;
                    self.compared.push(Compared { named: Named { key, role, scope, policy }, found });
                }
                // Whoever fills in a form is told there.
                Err(problem) if matches!(wanted, PolicyWanted::Edit { .. }) => return Err(problem),
                Err(problem) => policies.push(target.row(&[], Some(problem))),
            }
        }
        Ok(Told::Compared { policies })
    }

    async fn targets<'a>(&self, office: &Office, wanted: &'a PolicyWanted) -> Result<Vec<Target<'a>>, Problem> {
        match wanted {
            PolicyWanted::Edit { role, edits } => {
                let role = self.governed(role)?;
                // Of the directory's roles there are some who approve by default.
                let nobody = edits.approval.as_ref().is_some_and(|edit| edit.required && edit.approvers.is_empty());
                if nobody && role.key.kind != Kind::DirectoryRole {
                    return Err(ours("no-approver", say!("approval-wants-somebody"), Remedy::EditForm));
                }
                Ok(vec![Target { role, unlisted: None, wish: Wish::Edits(edits) }])
            }
            PolicyWanted::Copy { from, to } => {
                let from = self.governed(from)?;
                let to = picked(&self.governed, to, |each| each.key.id())?;
                if to.iter().any(|role| role.key.kind != from.key.kind) {
                    return Err(ours("other-kind", say!("copy-one-kind"), Remedy::EditForm));
                }
                let rules = one(office, &from).await?.rules;
                let target = |role| Target { role, unlisted: None, wish: Wish::Rules(rules.clone()) };
                Ok(to.into_iter().map(target).collect())
            }
            PolicyWanted::File { text } => {
                let entries = policy::read(text).map_err(|error| {
                    let said = say!("policy-file-not-taken", reason = error.to_string());
                    ours("policy-file", said, Remedy::EditForm)
                })?;
                Ok(entries.into_iter().map(|entry| self.target(entry)).collect())
            }
        }
    }

    /// What a file says of a role. Names in a file are anybody's: a role that was told keeps the name that it was told by.
    fn target(&self, entry: Entry) -> Target<'static> {
        let key = entry.key();
        let told = self.governed.iter().find(|role| role.key.policy_id() == key.policy_id());
        let (role, unlisted) = if let Some(role) = told {
            (role.clone(), None)
        } else {
            let ids = codes::clean(&format!("{}, {}", entry.role, entry.scope), LONGEST);
            let name = if entry.name.is_empty() { entry.role } else { entry.name };
            (Givable { key, role: name, scope: entry.scope_name }, Some(ids))
        };
        Target { role, unlisted, wish: Wish::Rules(entry.rules) }
    }

    /// Puts right what was told last. Before anything is sent the policies are read once more: whoever changed one of these
    /// rules meanwhile did not mean to have that undone.
    pub(super) async fn apply_policies(&mut self, office: &Office, ids: &[String]) -> Result<Told, Problem> {
        let chosen = picked(&self.compared, ids, Compared::id)?;
        let kinds: Vec<Kind> = chosen.iter().map(|each| each.named.key.kind).collect();
        office.permit_policies(&kinds).await?;
        let keys: Vec<RoleKey> = chosen.iter().map(|each| each.named.key.clone()).collect();
        let now = office.policies(&keys).await.into_iter().collect::<Result<Vec<_>, _>>()?;
        if chosen.iter().zip(&now).any(|(each, now)| !each.still_holds(now)) {
            return Err(ours("policy-changed", say!("rules-changed-since"), Remedy::Refresh));
        }
        // What is sent is sent once: what comes of it is another policy, with other differences.
        self.compared.clear();
        let mut outcomes = Vec::new();
        for (each, policy) in chosen.into_iter().zip(now) {
            let named = Named { policy, ..each.named };
            for applied in office.apply_policy(&named, &each.found).await {
                outcomes.push(Outcome {
                    about: say!(
                        "about-rule",
                        role = titled(&named.role, named.scope.as_deref()),
                        rule = policy::title(&applied.rule)
                    ),
                    looked_up: applied.outcome == Ok(true),
                    pending: false,
                    problem: applied.outcome.err(),
                });
            }
        }
        Ok(Told::Outcomes { outcomes })
    }

    /// Writes policies into a new file; those that cannot be read are told.
    pub(super) async fn export_policies(&self, office: &Office, ids: &[String]) -> Result<Told, Problem> {
        let folder = self.folder()?;
        let chosen = picked(&self.governed, ids, |each| each.key.id())?;
        let read = office.policies(&keys(&chosen)).await;
        let (mut named, mut missing) = (Vec::new(), Vec::new());
        for (Givable { key, role, scope }, read) in chosen.into_iter().zip(read) {
            match read {
                Ok(policy) => named.push(Named { key, role, scope, policy }),
                Err(problem) => missing.push(Outcome {
                    about: titled(&role, scope.as_deref()),
                    problem: Some(problem),
                    looked_up: false,
                    pending: false,
                }),
            }
        }
        if named.is_empty() {
            return Err(missing.into_iter().find_map(|each| each.problem).unwrap_or_else(not_told));
        }
        let count = u32::try_from(named.len()).unwrap_or(u32::MAX);
        let stem = format!("pimento-policies-{}", office.now().format("%Y-%m-%d"));
        let written = tokio::task::spawn_blocking(move || save(&folder, &stem, &policy::write(&named)));
        let written = written.await.unwrap_or_else(|error| Err(io::Error::other(error)));
        let path = written.map_err(|error| Problem {
            detail: Some(error.to_string()),
            ..ours("download", say!("policies-not-written"), Remedy::None)
        })?;
        Ok(Told::PoliciesSaved { path: path.display().to_string(), count, missing })
    }
}

/// Writes a new file, all of it or none. Blocks.
fn save(folder: &Path, stem: &str, text: &str) -> io::Result<PathBuf> {
    let (path, mut file) = download::place(folder, stem, "json")?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    drop(file);
    if written.is_err() {
        let _ = fs::remove_file(&path);
    }
    written.map(|()| path)
}

impl RuleRow {
    fn of(rule: &Value) -> Self {
        let group = policy::group(rule);
        let words = if group == RuleGroup::Other { policy::as_it_is(rule) } else { policy::words(rule) };
        let title = policy::title(rule["id"].as_str().unwrap_or_default());
        Self { group, title, words: codes::clean(&words, LONGEST_RULE) }
    }
}

impl PolicyDifference {
    fn of(difference: &Difference) -> Self {
        let said = |text: &str| codes::clean(text, LONGEST_RULE);
        Self {
            title: said(&difference.title),
            now: difference.now.as_deref().map(said),
            wanted: said(&difference.wanted),
        }
    }
}
