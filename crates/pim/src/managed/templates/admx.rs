//! Administrative templates: `Pimento.admx` says what can be set and where the registry keeps it, `Pimento.adml` how that is
//! called in a language.

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{Entry, Words, words::ENGLISH};
use crate::managed::{keys::Form, policy::REGISTRY};

const NAMESPACE: &str = "http://www.microsoft.com/GroupPolicy/PolicyDefinitions";
/// Counts up when a setting is added; group policy takes the newer one.
const REVISION: &str = "1.0";
/// The longest text that can be typed.
const LONGEST: &str = "1023";

type Xml = Writer<Vec<u8>>;

fn document(root: impl FnOnce(&mut Xml) -> std::io::Result<()>) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None))).unwrap();
    root(&mut xml).unwrap();
    String::from_utf8(xml.into_inner()).unwrap() + "\n"
}

fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> std::io::Result<()> {
    xml.create_element(name).with_attributes(attributes.iter().copied()).write_empty().map(|_| ())
}

fn text(xml: &mut Xml, name: &str, attributes: &[(&str, &str)], text: &str) -> std::io::Result<()> {
    let element = xml.create_element(name).with_attributes(attributes.iter().copied());
    element.write_text_content(BytesText::new(text)).map(|_| ())
}

fn around(
    xml: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    inner: impl FnOnce(&mut Xml) -> std::io::Result<()>,
) -> std::io::Result<()> {
    xml.create_element(name).with_attributes(attributes.iter().copied()).write_inner_content(inner).map(|_| ())
}

/// What group policy has a form for.
fn fitting(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    entries.iter().filter(|entry| entry.form != Form::Reminders)
}

/// The key that a table is in.
fn key(table: Option<&str>) -> String {
    table.map_or_else(|| REGISTRY.to_owned(), |table| format!(r"{REGISTRY}\{}", table.replace('.', r"\")))
}

/// What can be set, and where the registry keeps it.
pub(super) fn definitions(entries: &[Entry]) -> String {
    let root = [("xmlns", NAMESPACE), ("revision", REVISION), ("schemaVersion", "1.0")];
    document(|xml| {
        around(xml, "policyDefinitions", &root, |xml| {
            around(xml, "policyNamespaces", &[], |xml| {
                empty(xml, "target", &[("prefix", "pimento"), ("namespace", "Pimento.Policies")])
            })?;
            empty(xml, "resources", &[("minRequiredRevision", REVISION)])?;
            around(xml, "supportedOn", &[], |xml| {
                around(xml, "definitions", &[], |xml| {
                    empty(xml, "definition", &[("name", "supported"), ("displayName", "$(string.supported)")])
                })
            })?;
            around(xml, "categories", &[], |xml| {
                empty(xml, "category", &[("name", "pimento"), ("displayName", "$(string.pimento)")])
            })?;
            around(xml, "policies", &[], |xml| fitting(entries).try_for_each(|entry| policy(xml, entry)))
        })
    })
}

fn policy(xml: &mut Xml, entry: &Entry) -> std::io::Result<()> {
    let name = entry.name();
    let (table, value) = entry.place();
    let (key, title, about) = (key(table), format!("$(string.{name})"), format!("$(string.{name}_about)"));
    let mut attributes = vec![
        ("name", name.as_str()),
        // Only administrators write what holds for the machine.
        ("class", "Machine"),
        ("displayName", &title),
        ("explainText", &about),
        ("key", &key),
    ];
    let presentation = format!("$(presentation.{name})");
    if entry.form == Form::Switch {
        attributes.push(("valueName", value));
    } else {
        attributes.push(("presentation", &presentation));
    }
    around(xml, "policy", &attributes, |xml| {
        empty(xml, "parentCategory", &[("ref", "pimento")])?;
        empty(xml, "supportedOn", &[("ref", "supported")])?;
        if entry.form == Form::Switch {
            for (state, number) in [("enabledValue", "1"), ("disabledValue", "0")] {
                around(xml, state, &[], |xml| empty(xml, "decimal", &[("value", number)]))?;
            }
            return Ok(());
        }
        around(xml, "elements", &[], |xml| element(xml, entry))
    })
}

fn element(xml: &mut Xml, entry: &Entry) -> std::io::Result<()> {
    let name = entry.name();
    let (_, value) = entry.place();
    let common = [("id", name.as_str()), ("valueName", value), ("required", "true")];
    match entry.form {
        Form::Switch | Form::Reminders => Ok(()),
        Form::Number { min, max } => {
            let (min, max) = (min.to_string(), max.to_string());
            empty(xml, "decimal", &[&common[..], &[("minValue", &min), ("maxValue", &max)]].concat())
        }
        Form::Choice(words) => around(xml, "enum", &common, |xml| {
            words.iter().try_for_each(|word| {
                around(xml, "item", &[("displayName", &format!("$(string.{name}_{word})"))], |xml| {
                    around(xml, "value", &[], |xml| text(xml, "string", &[], word))
                })
            })
        }),
        Form::Text | Form::Time => empty(xml, "text", &[&common[..], &[("maxLength", LONGEST)]].concat()),
        Form::Texts => empty(xml, "multiText", &common),
        Form::Table(members) => members.iter().try_for_each(|member| {
            let (id, key) = (format!("{name}_{member}"), key(Some(&entry.path)));
            let attributes = [("id", id.as_str()), ("key", &key), ("valueName", member), ("required", "true")];
            empty(xml, "text", &[&attributes[..], &[("maxLength", LONGEST)]].concat())
        }),
    }
}

/// How all of it is called in the language of this place.
pub(super) fn resources(entries: &[Entry], place: usize, words: &Words) -> String {
    let root = [("xmlns", NAMESPACE), ("revision", REVISION), ("schemaVersion", "1.0")];
    document(|xml| {
        around(xml, "policyDefinitionResources", &root, |xml| {
            text(xml, "displayName", &[], "Pimento")?;
            text(xml, "description", &[], words.description)?;
            around(xml, "resources", &[], |xml| {
                around(xml, "stringTable", &[], |xml| {
                    text(xml, "string", &[("id", "pimento")], "Pimento")?;
                    text(xml, "string", &[("id", "supported")], words.supported)?;
                    fitting(entries).try_for_each(|entry| strings(xml, entry, place))
                })?;
                around(xml, "presentationTable", &[], |xml| {
                    let mut shown = fitting(entries).filter(|entry| entry.form != Form::Switch);
                    shown.try_for_each(|entry| presentation(xml, entry, place, words))
                })
            })
        })
    })
}

fn strings(xml: &mut Xml, entry: &Entry, place: usize) -> std::io::Result<()> {
    let (name, (title, about)) = (entry.name(), entry.words[place]);
    text(xml, "string", &[("id", &name)], title)?;
    text(xml, "string", &[("id", &format!("{name}_about"))], about)?;
    let Form::Choice(words) = entry.form else { return Ok(()) };
    // As they stand in the file, so that one page describes them for all systems.
    words.iter().try_for_each(|word| text(xml, "string", &[("id", &format!("{name}_{word}"))], word))
}

fn presentation(xml: &mut Xml, entry: &Entry, place: usize, words: &Words) -> std::io::Result<()> {
    let (name, title) = (entry.name(), entry.words[place].0);
    let label = format!("{title}:");
    around(xml, "presentation", &[("id", &name)], |xml| match entry.form {
        Form::Switch | Form::Reminders => Ok(()),
        Form::Number { .. } => {
            let default = entry.example.to_string();
            text(xml, "decimalTextBox", &[("refId", &name), ("defaultValue", &default)], &label)
        }
        Form::Choice(words) => {
            let usual = words.iter().position(|word| entry.example.as_str() == Some(word)).unwrap_or(0).to_string();
            text(xml, "dropdownList", &[("refId", &name), ("noSort", "true"), ("defaultItem", &usual)], &label)
        }
        Form::Text | Form::Time => around(xml, "textBox", &[("refId", &name)], |xml| text(xml, "label", &[], &label)),
        Form::Texts => text(xml, "multiTextBox", &[("refId", &name)], &label),
        Form::Table(members) => members.iter().try_for_each(|member| {
            let called = words.members.iter().chain(&ENGLISH.members).find(|(name, _)| name == member);
            let called = called.map(|(_, called)| called).expect("a member has a name");
            around(xml, "textBox", &[("refId", &format!("{name}_{member}"))], |xml| {
                text(xml, "label", &[], &format!("{called}:"))
            })
        }),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use roxmltree::{Document, Node};

    use super::{
        super::{LANGUAGES, entries},
        *,
    };
    use crate::managed::keys::KEYS;

    fn named<'a>(document: &'a Document, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
        document.descendants().filter(move |node| node.tag_name().name() == name)
    }

    fn attribute<'a>(node: Node<'a, 'a>, name: &str) -> &'a str {
        node.attribute(name).unwrap_or_else(|| panic!("{node:?} has no {name}"))
    }

    /// Where the registry keeps a value, as the file names it.
    fn path(key: &str, value: &str) -> String {
        let below = key.strip_prefix(REGISTRY).expect("below the key that is read").replace('\\', ".");
        format!("{below}.{value}").trim_start_matches('.').to_owned()
    }

    #[test]
    fn each_setting_is_a_policy_once_and_keeps_its_value_where_it_is_read() {
        let text = definitions(&entries());
        let document = Document::parse(&text).unwrap();
        let children: Vec<_> =
            document.root_element().children().filter(Node::is_element).map(|node| node.tag_name().name()).collect();
        assert_eq!(children, ["policyNamespaces", "resources", "supportedOn", "categories", "policies"]);
        assert_eq!(document.root_element().tag_name().namespace(), Some(NAMESPACE));
        let (mut written, mut names) = (Vec::new(), BTreeSet::new());
        for policy in named(&document, "policy") {
            assert_eq!(attribute(policy, "class"), "Machine");
            let name = attribute(policy, "name");
            assert!(names.insert(name), "{name} is there twice");
            // Group policy takes letters, digits and underscores.
            assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_'), "{name}");
            for (what, of) in [("parentCategory", "category"), ("supportedOn", "definition")] {
                let refers = policy.children().find(|node| node.has_tag_name((NAMESPACE, what))).expect(what);
                let to = attribute(refers, "ref");
                assert!(named(&document, of).any(|node| node.attribute("name") == Some(to)), "{name}: {to}");
            }
            let key = attribute(policy, "key");
            if let Some(value) = policy.attribute("valueName") {
                written.push((path(key, value), policy));
            }
            for element in policy.descendants().filter(|node| node.attribute("id").is_some()) {
                assert_eq!(attribute(element, "required"), "true", "{name}");
                let key = element.attribute("key").unwrap_or(key);
                written.push((path(key, attribute(element, "valueName")), element));
            }
        }
        let mut wanted = vec![("bundles".to_owned(), Form::Text)];
        for key in &KEYS {
            match key.form {
                Form::Table(members) => {
                    wanted.extend(members.iter().map(|member| (format!("settings.{}.{member}", key.path), Form::Text)));
                }
                // A list of tables.
                Form::Reminders => {}
                form => wanted.push((format!("settings.{}", key.path), form)),
            }
        }
        assert_eq!(written.len(), wanted.len());
        for ((written, node), (wanted, form)) in written.iter().zip(&wanted) {
            assert_eq!(written, wanted);
            let values = |of: &str| -> Vec<&str> {
                let below = node.descendants().filter(|node| node.tag_name().name() == of);
                below.filter_map(|node| node.attribute("value").or(node.text())).collect()
            };
            let tag = node.tag_name().name();
            match form {
                Form::Switch => assert_eq!((tag, values("decimal")), ("policy", vec!["1", "0"])),
                Form::Number { min, max } => {
                    let bounds = (attribute(*node, "minValue").parse(), attribute(*node, "maxValue").parse());
                    assert_eq!((tag, bounds), ("decimal", (Ok(*min), Ok(*max))), "{written}");
                }
                Form::Choice(words) => assert_eq!((tag, values("string")), ("enum", words.to_vec())),
                Form::Texts => assert_eq!(tag, "multiText"),
                Form::Text | Form::Time | Form::Table(_) => assert_eq!(tag, "text"),
                Form::Reminders => panic!("{written} has no form"),
            }
        }
    }

    #[test]
    fn every_language_has_each_string_and_each_field_and_no_other() {
        let entries = entries();
        let text = definitions(&entries);
        let definitions = Document::parse(&text).unwrap();
        let references = |kind: &str| -> BTreeSet<String> {
            let all = definitions.descendants().flat_map(|node| node.attributes());
            let of =
                all.filter_map(|attribute| attribute.value().strip_prefix(&format!("$({kind}."))?.strip_suffix(')'));
            of.map(str::to_owned).collect()
        };
        let fields: BTreeSet<_> = definitions.descendants().filter_map(|node| node.attribute("id")).collect();
        for (place, words) in LANGUAGES.iter().enumerate() {
            let text = resources(&entries, place, words);
            let document = Document::parse(&text).unwrap();
            assert_eq!(
                attribute(document.root_element(), "revision"),
                attribute(definitions.root_element(), "revision")
            );
            for (kind, element) in [("string", "string"), ("presentation", "presentation")] {
                let ids: Vec<_> = named(&document, element).map(|node| attribute(node, "id").to_owned()).collect();
                let once: BTreeSet<_> = ids.iter().cloned().collect();
                assert_eq!(once.len(), ids.len(), "{}", words.code);
                assert_eq!(once, references(kind), "{}", words.code);
            }
            let shown: Vec<_> = document.descendants().filter_map(|node| node.attribute("refId")).collect();
            assert_eq!(shown.iter().copied().collect::<BTreeSet<_>>(), fields, "{}", words.code);
            assert_eq!(shown.len(), fields.len());
            for node in document.descendants().filter(|node| node.tag_name().name() == "string") {
                assert!(node.text().is_some_and(|text| !text.trim().is_empty()), "{}: {node:?}", words.code);
            }
        }
    }
}
