//! The HTML of the sign-in pages. Every page is one form that works without scripts.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use url::Url;

use super::clients;
use super::flow::{self, Flow, Purpose, Step};
use super::problem::Report;
use super::respond::Return;
use super::scopes::{Permission, Resource};
use super::style::CSS;
use crate::scenario::User;
use crate::state::App;

/// A page of a flow.
pub(super) struct Page<'a> {
    pub flow: &'a Flow,
    /// The flow's id, known to this page alone.
    pub id: &'a str,
    pub step: Step,
    /// The person has just denied the approval.
    pub denied: bool,
}

/// Where a page may send its form, besides the tenant itself.
fn origin(uri: &Url) -> String {
    // Opaque origins (custom schemes) are named by their scheme.
    let origin = uri.origin().ascii_serialization();
    if origin == "null" { format!("{}:", uri.scheme()) } else { origin }
}

/// A whole page with the headers that keep it safe.
fn respond(
    app: &App,
    status: StatusCode,
    title: &str,
    target: Option<&Url>,
    script: Option<&str>,
    body: &Markup,
) -> Response {
    let nonce = app.ids().secret(16);
    let organization = &app.scenario.organization.display_name;
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " · " (organization) " demo sign-in" }
                style nonce=(nonce) { (PreEscaped(CSS)) }
            }
            body {
                div.wrap {
                    main {
                        p.org {
                            svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" {
                                path d="M12 3 4 6.5v5c0 4.6 3.3 8.1 8 9.5 4.7-1.4 8-4.9 8-9.5v-5L12 3Z" stroke-linejoin="round" {}
                                path d="m8.5 12 2.5 2.5 4.5-5" stroke-linecap="round" stroke-linejoin="round" {}
                            }
                            (organization)
                        }
                        (body)
                    }
                    footer {
                        span.tag { "Simulation" }
                        span { "Demo tenant on this computer, no real account" }
                    }
                }
                @if let Some(script) = script {
                    script nonce=(nonce) { (PreEscaped(script)) }
                }
            }
        }
    };
    let targets = target.map(origin).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; \
         form-action 'self' {targets}; base-uri 'none'; frame-ancestors 'none'"
    );
    (
        status,
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
            (header::CONTENT_SECURITY_POLICY, policy),
            (header::CACHE_CONTROL, "no-store".to_owned()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            (header::X_FRAME_OPTIONS, "DENY".to_owned()),
            (header::REFERRER_POLICY, "no-referrer".to_owned()),
        ],
        document.into_string(),
    )
        .into_response()
}

/// The page that a flow is at.
pub(super) fn step(app: &App, page: &Page<'_>) -> Response {
    let user = page.flow.user.and_then(|id| app.scenario.user(id));
    let (title, name, body) = match (page.step, user) {
        (Step::Mfa, Some(user)) => ("Approve sign-in", "mfa", mfa(app, user, page.denied)),
        (Step::Consent, Some(user)) => ("Permissions requested", "consent", consent(app, page.flow, user)),
        _ => ("Pick an account", "pick", pick(app, page.flow)),
    };
    let form = html! {
        form method="post" action="/common/login" data-step=(name) {
            input type="hidden" name="flow" value=(page.id);
            (body)
        }
    };
    respond(app, StatusCode::OK, title, page.flow.back().map(|back| &back.uri), None, &form)
}

fn client_name(flow: &Flow) -> &'static str {
    clients::find(&flow.client_id).map_or("the application", |client| client.name)
}

/// A circle with the person's initials; its colour follows from the name.
fn avatar(user: &User) -> Markup {
    let words = user.display_name.split_whitespace();
    let initials: String = words.filter_map(|word| word.chars().next()).take(2).collect();
    let hue = user.display_name.bytes().fold(7_u32, |hue, byte| (hue * 31 + u32::from(byte)) % 360);
    html! { span class=(format!("avatar hue{}", hue / 30)) aria-hidden="true" { (initials) } }
}

fn pick(app: &App, flow: &Flow) -> Markup {
    let hinted = flow.login_hint.as_deref().and_then(|hint| app.scenario.user_named(hint));
    let offered: Vec<&User> = match hinted {
        Some(user) => vec![user],
        None => app.scenario.users.iter().collect(),
    };
    html! {
        h1 { @if hinted.is_some() { "Sign in again" } @else { "Pick an account" } }
        p.for { "to continue to " strong { (client_name(flow)) } }
        @if matches!(flow.purpose, Purpose::Device(_)) {
            p.notice role="note" {
                "You are signing in on another device. Go on only if you have started that yourself a moment ago."
            }
        }
        ul.accounts {
            @for (index, user) in offered.iter().enumerate() {
                li {
                    button.account name="user" value=(user.username) data-upn=(user.user_principal_name) autofocus[index == 0] {
                        (avatar(user))
                        span {
                            b { (user.display_name) }
                            small { (user.user_principal_name) }
                            @if !user.job_title.is_empty() { small { (user.job_title) } }
                        }
                    }
                }
            }
        }
        @if hinted.is_some() {
            button.link name="action" value="other" { "Use another account" }
        }
        div.actions { button.button name="action" value="cancel" { "Cancel" } }
    }
}

fn who(user: &User) -> Markup {
    html! { p.who { (avatar(user)) span { (user.user_principal_name) } } }
}

fn mfa(app: &App, user: &User, denied: bool) -> Markup {
    let number = app.ids().pick(b"123456789", 2);
    let key = flow::uses_security_key(user);
    html! {
        (who(user))
        h1 { @if key { "Use your security key" } @else { "Approve sign-in request" } }
        @if denied {
            p.notice role="alert" { "The request was denied, so you are not signed in. Approve it, or cancel." }
        }
        @if key {
            p { "In a real tenant you would touch your security key now. In this simulation the button stands for it." }
        } @else {
            p { "In a real tenant you would enter this number in the authenticator app on your phone. In this simulation the button stands for it." }
            p.number aria-label=(format!("Number {number}")) { (number) }
        }
        div.actions {
            button.link name="action" value="cancel" { "Cancel" }
            button.button name="action" value="deny" { "Deny" }
            button.button.primary name="action" value="approve" autofocus { "Approve" }
        }
    }
}

fn consent(app: &App, flow: &Flow, user: &User) -> Markup {
    let for_all = matches!(flow.purpose, Purpose::AdminConsent { .. });
    html! {
        (who(user))
        h1 { "Permissions requested" }
        p.for {
            strong { (client_name(flow)) } " would like to"
            @if for_all { ", for everybody in " (app.scenario.organization.display_name) }
            ":"
        }
        ul.permissions {
            @for permission in &flow.scopes.permissions {
                li { (explained(permission)) small { (permission.name) } }
            }
            li { "Know who you are" small { "openid, profile" } }
            @if flow.scopes.offline_access {
                li { "Keep the access that you have given it" small { "offline_access" } }
            }
        }
        p.dim { "In this tenant everybody may agree to these permissions; in a real one an administrator has to." }
        div.actions {
            button.button name="action" value="cancel" { "Cancel" }
            button.button.primary name="action" value="agree" autofocus { "Accept" }
        }
    }
}

/// What a permission lets the application do.
fn explained(permission: &Permission) -> &'static str {
    if permission.resource == Resource::Arm {
        return "Use Azure Resource Manager as you";
    }
    match permission.name.as_str() {
        "User.Read" => "Read your profile",
        "RoleEligibilitySchedule.Read.Directory" => "Read which directory roles you may activate",
        "RoleEligibilitySchedule.ReadWrite.Directory" => "Read and change which directory roles may be activated",
        "RoleAssignmentSchedule.Read.Directory" => "Read which directory roles are active",
        "RoleAssignmentSchedule.ReadWrite.Directory" => "Activate and deactivate your directory roles",
        "RoleManagementPolicy.Read.Directory" => "Read what activating a directory role demands",
        "RoleManagement.Read.Directory" | "RoleManagement.Read.All" => "Read directory roles",
        name if name.contains("AzureADGroup") => "Read and activate your group memberships",
        name if name.contains("AuditLog") => "Read the audit log",
        name if name.contains("AccessReview") => "Read and answer access reviews",
        name if name.contains("Group") => "Read groups",
        name if name.contains("User") => "Read the profiles of people in your organisation",
        _ => "Use Microsoft Graph as you",
    }
}

/// An error page: what happened, and the ids to ask about it; with a way back to a waiting client.
pub(super) fn error(app: &App, report: &Report, back: Option<&Return>) -> Response {
    let retry = back.map(|back| {
        let mut uri = back.uri.clone();
        let mut query = uri.query_pairs_mut();
        query.append_pair("error", report.refusal.error).append_pair("error_description", &report.description());
        if let Some(state) = &back.state {
            query.append_pair("state", state);
        }
        drop(query);
        uri
    });
    let body = html! {
        div data-step="error" {
            h1 { "Sorry, but we’re having trouble signing you in." }
            p role="alert" { (format!("AADSTS{}: {}", report.refusal.code, report.refusal.message)) }
            dl {
                dt { "Error code" } dd { (report.refusal.code) }
                dt { "Correlation id" } dd { (report.correlation_id) }
                dt { "Trace id" } dd { (report.trace_id) }
                dt { "Time" } dd { (report.timestamp()) }
            }
            @if let Some(uri) = &retry {
                div.actions { a.button.primary href=(uri) { "Back to the application" } }
            }
        }
    };
    respond(app, StatusCode::BAD_REQUEST, "Sign-in error", None, None, &body)
}

/// A page that only says something.
pub(super) fn notice(app: &App, title: &str, text: &str) -> Response {
    let body = html! { div data-step="notice" { h1 { (title) } p role="status" { (text) } } };
    respond(app, StatusCode::OK, title, None, None, &body)
}

/// The page where a device's code is entered.
pub(super) fn enter_code(app: &App, code: &str, problem: Option<&str>) -> Response {
    let body = html! {
        form method="post" action="/devicelogin" data-step="code" {
            h1 { "Enter code to allow access" }
            p.dim { "Enter the code that the application on the other device shows." }
            @if let Some(problem) = problem { p.notice role="alert" { (problem) } }
            label for="code" { "Code" }
            input #code type="text" name="code" value=(code) autocomplete="off" spellcheck="false" maxlength="20" required autofocus;
            div.actions { button.button.primary { "Next" } }
        }
    };
    respond(app, StatusCode::OK, "Enter code", None, None, &body)
}

/// The page that posts the answer to the client (`response_mode=form_post`).
pub(super) fn form_post(app: &App, uri: &Url, parameters: &[(&'static str, String)]) -> Response {
    let body = html! {
        form method="post" action=(uri) data-step="return" {
            h1 { "Signed in" }
            p { "Taking you back to the application …" }
            @for (name, value) in parameters { input type="hidden" name=(name) value=(value); }
            noscript { div.actions { button.button.primary { "Continue" } } }
        }
    };
    respond(app, StatusCode::OK, "Signed in", Some(uri), Some("document.forms[0].submit()"), &body)
}
