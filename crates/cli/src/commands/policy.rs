//! `pim policy`.

use std::{
    fs,
    io::{self, Read, Write},
    path::Path,
};

use chrono::{DateTime, Utc};
use pim::{
    manage::{
        Office,
        policy::{Difference, Entry, Named, differences, read as read_file, title, words, write},
    },
    model::{Kind, RoleKey, titled},
    problem::Problem,
    view::Account,
};
use serde::Serialize;
use serde_json::Value;

use super::assignments::find;
use crate::{
    args::{self, ApplyPolicy, PolicyCommand, PolicyRoles},
    confirm::confirm,
    failed::{Exit, Failed},
    output::{self, clean},
    session::Session,
};

/// `pim policy show`
#[derive(Serialize)]
struct Shown<'a> {
    account: Option<&'a Account>,
    policies: Vec<PolicyRow<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PolicyRow<'a> {
    kind: Kind,
    name: &'a str,
    scope: Option<&'a str>,
    role_id: &'a str,
    scope_id: &'a str,
    policy_id: &'a str,
    rules: Vec<RuleRow<'a>>,
}

#[derive(Serialize)]
struct RuleRow<'a> {
    id: &'a str,
    title: String,
    words: String,
    rule: &'a Value,
}

/// `pim policy diff`
#[derive(Serialize)]
struct Drift<'a> {
    account: Option<&'a Account>,
    now: DateTime<Utc>,
    policies: usize,
    differences: Vec<DifferenceRow<'a>>,
    failed: Vec<FailedRow<'a>>,
}

/// `pim policy apply`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    account: Option<&'a Account>,
    now: DateTime<Utc>,
    dry_run: bool,
    changed: Vec<DifferenceRow<'a>>,
    failed: Vec<FailedRow<'a>>,
}

#[derive(Clone, Copy, Serialize)]
struct DifferenceRow<'a> {
    kind: Kind,
    name: &'a str,
    scope: Option<&'a str>,
    rule: &'a str,
    title: &'a str,
    now: Option<&'a str>,
    wanted: &'a str,
}

#[derive(Serialize)]
struct FailedRow<'a> {
    name: &'a str,
    scope: Option<&'a str>,
    rule: Option<&'a str>,
    problem: &'a Problem,
}

/// A policy as it is, and where it is not as it should be.
struct Compared {
    named: Named,
    found: Vec<Difference>,
}

/// What could not be read or done: whose, which rule, why.
struct Trouble {
    named: (String, Option<String>),
    rule: Option<String>,
    problem: Problem,
}

/// Shows, compares or changes policies.
pub async fn policy(session: &mut Session, command: PolicyCommand, json: bool) -> Result<(), Failed> {
    match command {
        PolicyCommand::Show { roles, export } => show(session, &roles, export.as_deref(), json).await,
        PolicyCommand::Diff { file } => diff(session, &file, json).await,
        PolicyCommand::Apply(options) => apply(session, &options, json).await,
    }
}

async fn show(session: &mut Session, roles: &PolicyRoles, export: Option<&Path>, json: bool) -> Result<(), Failed> {
    let (office, view) = session.office(&[roles.kind.into()]).await?;
    let mut wanted = Vec::new();
    if roles.all {
        if roles.kind != args::Kind::Directory {
            let said = "--all is for directory roles: name the others.";
            return Err(Failed::new(Exit::Usage, "all", said));
        }
        wanted = find::directory_roles(&office).await?;
    }
    for name in &roles.roles {
        wanted.push(find::role(&office, roles.kind, name, roles.scope.as_deref()).await?);
    }
    let keys: Vec<RoleKey> = wanted.iter().map(|role| role.key.clone()).collect();
    let mut policies = Vec::new();
    for (role, read) in wanted.into_iter().zip(office.policies(&keys).await) {
        let about = titled(&role.name, role.scope.as_deref());
        let policy = read.map_err(|problem| Failed::from(problem).about(&about))?;
        policies.push(Named { key: role.key, role: role.name, scope: role.scope, policy });
    }
    if let Some(file) = export {
        save(file, &write(&policies))?;
        if !json {
            say!("{} written to {}.", counted(policies.len(), "policy", "policies"), file.display());
            return Ok(());
        }
    }
    if json {
        let policies = policies.iter().map(PolicyRow::of).collect();
        return Ok(output::json(&Shown { account: output::account(&view), policies })?);
    }
    for (at, named) in policies.iter().enumerate() {
        if at > 0 {
            say!();
        }
        say!("{}", titled(&named.role, named.scope.as_deref()));
        for rule in &named.policy.rules {
            say!("  {}: {}", title(rule["id"].as_str().unwrap_or_default()), words(rule));
        }
    }
    Ok(())
}

fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// Nothing is written over.
fn save(file: &Path, text: &str) -> Result<(), Failed> {
    let written = fs::File::create_new(file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| Failed::new(Exit::Refused, "file", format!("{}: {error}.", file.display())))
}

/// The policies of a file, with the line of what is wrong there.
fn load(file: &Path) -> Result<Vec<Entry>, Failed> {
    let text = if file == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(file)
    };
    let name = file.display();
    let text = text.map_err(|error| Failed::new(Exit::Refused, "file", format!("{name}: {error}.")))?;
    read_file(&text)
        .map_err(|error| Failed::new(Exit::Usage, "policy-file", format!("{name}, {error}. Nothing was sent.")))
}

async fn diff(session: &mut Session, file: &Path, json: bool) -> Result<(), Failed> {
    let entries = load(file)?;
    let kinds = kinds(&entries);
    let (office, view) = session.office(&kinds).await?;
    let (compared, trouble) = compare(&office, targets(&entries)).await;
    if json {
        output::json(&Drift {
            account: output::account(&view),
            now: office.now(),
            policies: compared.len(),
            differences: compared.iter().flat_map(Compared::rows).collect(),
            failed: trouble.iter().map(Trouble::row).collect(),
        })?;
    } else {
        print(&compared);
        let different = compared.iter().filter(|compared| !compared.found.is_empty()).count();
        let all = counted(compared.len(), "policy", "policies");
        say!("{all} compared, {different} not as the file has them.");
    }
    ended(trouble, json)
}

async fn apply(session: &mut Session, options: &ApplyPolicy, json: bool) -> Result<(), Failed> {
    let entries = options.file.as_deref().map(load).transpose()?;
    let kinds = entries.as_deref().map_or_else(|| vec![options.kind.into()], kinds);
    let (office, view) = session.office(&kinds).await?;
    let wanted = wanted(&office, options, entries).await?;
    let (compared, mut trouble) = compare(&office, wanted).await;
    trouble.extend(compared.iter().flat_map(Compared::inapplicable));
    let compared: Vec<Compared> = compared.into_iter().filter(Compared::can_be_put_right).collect();
    // Half of what was asked for is not what was asked for.
    if !trouble.is_empty() {
        if !json {
            eprintln!("pim: Nothing was sent, since not all of it can be done.");
        }
        return told(&view, &office, options.change.dry_run, &[], trouble, json);
    }
    let sentences: Vec<String> = compared.iter().flat_map(Compared::sentences).collect();
    if sentences.is_empty() {
        if !json {
            say!("All of it is as it should be.");
            return Ok(());
        }
    } else if !options.change.dry_run {
        confirm(options.change, &sentences)?;
    }
    let mut done: Vec<DifferenceRow<'_>> = Vec::new();
    if options.change.dry_run {
        done.extend(compared.iter().flat_map(Compared::rows));
    } else {
        office.permit_policies(&compared.iter().map(|compared| compared.named.key.kind).collect::<Vec<_>>()).await?;
        for each in &compared {
            for applied in office.apply_policy(&each.named, &each.found).await {
                match applied.outcome {
                    Ok(_) => done.extend(each.rows().filter(|row| row.rule == applied.rule)),
                    Err(problem) => trouble.push(each.trouble(Some(applied.rule), problem)),
                }
            }
        }
    }
    if !json {
        for row in &done {
            let about = titled(row.name, row.scope);
            let word = if options.change.dry_run { "Would be changed" } else { "Done" };
            let now = row.now.unwrap_or("nothing");
            say!("{word}: {about}: {}: {} instead of {}.", clean(row.title), clean(row.wanted), clean(now));
        }
    }
    told(&view, &office, options.change.dry_run, &done, trouble, json)
}

fn told(
    view: &pim::view::View,
    office: &Office,
    dry_run: bool,
    done: &[DifferenceRow<'_>],
    trouble: Vec<Trouble>,
    json: bool,
) -> Result<(), Failed> {
    if json {
        output::json(&Outcome {
            account: output::account(view),
            now: office.now(),
            dry_run,
            changed: done.to_vec(),
            failed: trouble.iter().map(Trouble::row).collect(),
        })?;
    }
    ended(trouble, json)
}

fn ended(trouble: Vec<Trouble>, json: bool) -> Result<(), Failed> {
    let failed = |trouble: Trouble| {
        let mut about = titled(&trouble.named.0, trouble.named.1.as_deref());
        if let Some(rule) = &trouble.rule {
            about = format!("{about}, {}", title(rule));
        }
        Failed::from(trouble.problem).about(&about)
    };
    Failed::together(trouble.into_iter().map(failed).collect(), json)
}

fn kinds(entries: &[Entry]) -> Vec<Kind> {
    Kind::ALL.into_iter().filter(|kind| entries.iter().any(|entry| entry.kind == *kind)).collect()
}

/// A role, and the rules that it should have.
struct Target {
    key: RoleKey,
    role: String,
    scope: Option<String>,
    rules: Vec<Value>,
}

fn targets(entries: &[Entry]) -> Vec<Target> {
    let target = |entry: &Entry| Target {
        key: entry.key(),
        role: if entry.name.is_empty() { entry.role.clone() } else { entry.name.clone() },
        scope: entry.scope_name.clone(),
        rules: entry.rules.clone(),
    };
    entries.iter().map(target).collect()
}

/// What is to be applied to what.
async fn wanted(office: &Office, options: &ApplyPolicy, entries: Option<Vec<Entry>>) -> Result<Vec<Target>, Failed> {
    let scope = options.scope.as_deref();
    let rules = match (&options.from, entries) {
        (Some(from), _) => {
            let role = find::role(office, options.kind, from, scope).await?;
            let read = office.policies(std::slice::from_ref(&role.key)).await.pop();
            let policy = read.transpose().map_err(|problem| Failed::from(problem).about(&role.name))?;
            policy.map(|policy| policy.rules).unwrap_or_default()
        }
        (None, Some(mut entries)) => {
            if options.to.is_empty() {
                return Ok(targets(&entries));
            }
            match (entries.pop(), entries.is_empty()) {
                (Some(entry), true) if Kind::from(options.kind) == entry.kind => entry.rules,
                (Some(_), true) => {
                    let said = "The file's policy is of another kind than the roles after --to (--kind).";
                    return Err(Failed::new(Exit::Usage, "kind", said));
                }
                _ => {
                    let said = "The file has several policies: --to goes with a file that has one.";
                    return Err(Failed::new(Exit::Usage, "several-policies", said));
                }
            }
        }
        (None, None) => Vec::new(),
    };
    let mut all = Vec::new();
    for name in &options.to {
        let find::Role { key, name, scope } = find::role(office, options.kind, name, scope).await?;
        all.push(Target { key, role: name, scope, rules: rules.clone() });
    }
    Ok(all)
}

/// Holds policies against what they should be.
async fn compare(office: &Office, targets: Vec<Target>) -> (Vec<Compared>, Vec<Trouble>) {
    let keys: Vec<RoleKey> = targets.iter().map(|target| target.key.clone()).collect();
    let (mut compared, mut trouble) = (Vec::new(), Vec::new());
    for (target, read) in targets.into_iter().zip(office.policies(&keys).await) {
        let Target { key, role, scope, rules } = target;
        match read {
            Ok(policy) => {
                let found = differences(&policy, &rules);
                compared.push(Compared { named: Named { key, role, scope, policy }, found });
            }
            Err(problem) => trouble.push(Trouble { named: (role, scope), rule: None, problem }),
        }
    }
    (compared, trouble)
}

fn print(compared: &[Compared]) {
    for each in compared.iter().filter(|compared| !compared.found.is_empty()) {
        say!("{}", titled(&each.named.role, each.named.scope.as_deref()));
        for difference in &each.found {
            say!("  {}", clean(&difference.sentence()));
        }
    }
}

impl Compared {
    fn can_be_put_right(&self) -> bool {
        self.found.iter().any(Difference::applicable)
    }

    fn sentences(&self) -> impl Iterator<Item = String> {
        let about = titled(&self.named.role, self.named.scope.as_deref());
        self.found.iter().map(move |difference| format!("{about}: {}", clean(&difference.sentence())))
    }

    fn rows(&self) -> impl Iterator<Item = DifferenceRow<'_>> {
        self.found.iter().map(|difference| DifferenceRow {
            kind: self.named.key.kind,
            name: &self.named.role,
            scope: self.named.scope.as_deref(),
            rule: &difference.rule,
            title: &difference.title,
            now: difference.now.as_deref(),
            wanted: &difference.wanted,
        })
    }

    fn trouble(&self, rule: Option<String>, problem: Problem) -> Trouble {
        Trouble { named: (self.named.role.clone(), self.named.scope.clone()), rule, problem }
    }

    /// Rules that the policy does not have.
    fn inapplicable(&self) -> Vec<Trouble> {
        let missing = self.found.iter().filter(|difference| !difference.applicable());
        let trouble = missing.map(|difference| {
            let said = "The policy has no such rule, and none can be added.";
            self.trouble(Some(difference.rule.clone()), Failed::new(Exit::Refused, "no-such-rule", said).problem)
        });
        trouble.collect()
    }
}

impl Trouble {
    fn row(&self) -> FailedRow<'_> {
        FailedRow {
            name: &self.named.0,
            scope: self.named.1.as_deref(),
            rule: self.rule.as_deref(),
            problem: &self.problem,
        }
    }
}

impl<'a> PolicyRow<'a> {
    fn of(named: &'a Named) -> Self {
        let rule = |rule: &'a Value| {
            let id = rule["id"].as_str().unwrap_or_default();
            RuleRow { id, title: title(id), words: words(rule), rule }
        };
        Self {
            kind: named.key.kind,
            name: &named.role,
            scope: named.scope.as_deref(),
            role_id: &named.key.role_definition_id,
            scope_id: &named.key.scope_id,
            policy_id: &named.policy.id,
            rules: named.policy.rules.iter().map(rule).collect(),
        }
    }
}
