//! What the templates call things, in the languages of their readers.

mod de;
mod en;
mod es;
mod fr;
mod ja;

use toml::Value;

pub(super) use self::en::ENGLISH;

/// A language.
pub(super) struct Words {
    /// As Windows calls it.
    pub code: &'static str,
    /// What the templates are for.
    pub description: &'static str,
    /// Which versions of Pimento follow them.
    pub supported: &'static str,
    /// What members of tables are called.
    pub members: [(&'static str, &'static str); 4],
    /// Path, title, and what it does; `bundles` first, then the settings in their order.
    pub entries: [(&'static str, &'static str, &'static str); 27],
}

/// The first is the one that others fall back to.
pub(super) const LANGUAGES: [Words; 5] = [ENGLISH, de::GERMAN, fr::FRENCH, es::SPANISH, ja::JAPANESE];

/// What something may be that is nothing to begin with.
pub(super) fn example(path: &str) -> Value {
    let text = match path {
        "bundles" => "'https://intranet.contoso.example/pimento/bundles.json'",
        "settings.language" => "'en'",
        "settings.reasonTemplates" => "['Incident {ticket}', 'On call, {date}']",
        "settings.clientId" => "'11111111-2222-3333-4444-555555555555'",
        "settings.tenant" => "'contoso.example'",
        "settings.shortcut" => "'Ctrl+Alt+P'",
        "settings.bundleShortcut" => "{ bundle = 'On call', keys = 'Ctrl+Alt+O' }",
        "settings.renewal.until" => "'18:00'",
        "settings.day.endsAt" => "'18:30'",
        "settings.day.reminders" => "[{ days = [1, 2, 3, 4, 5], at = '09:00', bundle = 'On call', name = 'On call' }]",
        "settings.quiet" | "settings.watch.quiet" => "{ from = '22:00', to = '07:00' }",
        "settings.watch.roles" => "['Global Administrator', 'Privileged Role Administrator']",
        other => panic!("no example for {other}"),
    };
    text.parse().unwrap()
}
