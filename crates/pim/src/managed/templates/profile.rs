//! A configuration profile for macOS with everything that can be set in it, to take out what should stay the user's.

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use toml::Value;

use super::{DOMAIN, Entry};
use crate::managed::keys::Form;

/// Ours for good: a profile of the same name takes the place of the one before.
const PROFILE: &str = "7C5E2C55-9C1B-4B6E-8B4E-2E3D52B6C6A1";
const SETTINGS: &str = "0E5B1F0C-61C4-4E0C-9C6E-5D1E0C5A7A42";

const INTRODUCTION: &str = " Everything that an organisation can set for Pimento, as it is to begin with or by way of example. Take out \
                            what should stay the user's, change the rest, and give the profile identifiers of your own if you \
                            have several. ";

type Xml = Writer<Vec<u8>>;
type Written = std::io::Result<()>;

/// The profile.
pub(super) fn profile(entries: &[Entry]) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None))).unwrap();
    let doctype = r#"plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd""#;
    xml.write_event(Event::DocType(BytesText::from_escaped(doctype))).unwrap();
    comment(&mut xml, INTRODUCTION).unwrap();
    let root = xml.create_element("plist").with_attribute(("version", "1.0"));
    root.write_inner_content(|xml| {
        dictionary(xml, |xml| {
            head(xml, "Configuration", DOMAIN, PROFILE)?;
            text(xml, "PayloadScope", "System")?;
            key(xml, "PayloadRemovalDisallowed")?;
            value(xml, &Value::Boolean(true))?;
            key(xml, "PayloadContent")?;
            xml.create_element("array")
                .write_inner_content(|xml| {
                    dictionary(xml, |xml| {
                        head(xml, DOMAIN, &format!("{DOMAIN}.settings"), SETTINGS)?;
                        table(xml, entries, None)
                    })
                })
                .map(|_| ())
        })
    })
    .unwrap();
    String::from_utf8(xml.into_inner()).unwrap() + "\n"
}

/// What every payload says of itself.
fn head(xml: &mut Xml, kind: &str, identifier: &str, uuid: &str) -> Written {
    for (name, said) in [
        ("PayloadType", kind),
        ("PayloadIdentifier", identifier),
        ("PayloadUUID", uuid),
        ("PayloadDisplayName", "Pimento"),
    ] {
        text(xml, name, said)?;
    }
    key(xml, "PayloadVersion")?;
    value(xml, &Value::Integer(1))
}

/// What stands in a table, and in those below it.
fn table(xml: &mut Xml, entries: &[Entry], of: Option<&str>) -> Written {
    let mut told = Vec::new();
    for entry in entries {
        let (above, name) = entry.place();
        if above == of {
            let can = match entry.form {
                Form::Number { min, max } => format!(" {min} to {max}."),
                Form::Choice(words) => format!(" It can be {}.", words.join(", ")),
                Form::Time => " Such as 22:00.".to_owned(),
                _ => String::new(),
            };
            comment(xml, &format!(" {}{can} ", entry.about()))?;
            key(xml, name)?;
            value(xml, &entry.example)?;
            continue;
        }
        let rest = of.map_or(Some(entry.path.as_str()), |of| entry.path.strip_prefix(of)?.strip_prefix('.'));
        let Some((name, _)) = rest.and_then(|rest| rest.split_once('.')) else { continue };
        if !told.contains(&name) {
            told.push(name);
            key(xml, name)?;
            let path = of.map_or_else(|| name.to_owned(), |of| format!("{of}.{name}"));
            dictionary(xml, |xml| table(xml, entries, Some(&path)))?;
        }
    }
    Ok(())
}

fn comment(xml: &mut Xml, said: &str) -> Written {
    // Two hyphens would end it.
    xml.write_event(Event::Comment(BytesText::from_escaped(said.replace("--", "- -"))))
}

fn dictionary(xml: &mut Xml, inner: impl FnOnce(&mut Xml) -> Written) -> Written {
    xml.create_element("dict").write_inner_content(inner).map(|_| ())
}

fn element(xml: &mut Xml, name: &str, said: &str) -> Written {
    xml.create_element(name).write_text_content(BytesText::new(said)).map(|_| ())
}

fn key(xml: &mut Xml, name: &str) -> Written {
    element(xml, "key", name)
}

fn text(xml: &mut Xml, name: &str, said: &str) -> Written {
    key(xml, name)?;
    element(xml, "string", said)
}

fn value(xml: &mut Xml, said: &Value) -> Written {
    match said {
        Value::Boolean(on) => xml.create_element(if *on { "true" } else { "false" }).write_empty().map(|_| ()),
        Value::Integer(number) => element(xml, "integer", &number.to_string()),
        Value::String(text) => element(xml, "string", text),
        Value::Array(all) => {
            let array = xml.create_element("array");
            array.write_inner_content(|xml| all.iter().try_for_each(|each| value(xml, each))).map(|_| ())
        }
        Value::Table(table) => dictionary(xml, |xml| {
            table.iter().try_for_each(|(name, each)| {
                key(xml, name)?;
                value(xml, each)
            })
        }),
        other => panic!("no setting is {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::managed::{File, Imposed, keys::KEYS, policy::preferences, templates::entries};

    /// What macOS would keep of the profile where programs read it: the payload's own part.
    fn kept() -> Vec<u8> {
        let profile: plist::Value = plist::from_bytes(profile(&entries()).as_bytes()).unwrap();
        let profile = profile.into_dictionary().unwrap();
        assert_eq!(profile["PayloadType"].as_string(), Some("Configuration"));
        assert_eq!(profile["PayloadScope"].as_string(), Some("System"));
        let [payload] = profile["PayloadContent"].as_array().unwrap().as_slice() else { panic!("one payload") };
        let said = payload.as_dictionary().unwrap();
        assert_eq!(said["PayloadType"].as_string(), Some(DOMAIN));
        let mut kept = Vec::new();
        payload.to_writer_binary(&mut kept).unwrap();
        kept
    }

    #[test]
    fn what_the_profile_sets_is_understood_and_is_everything() {
        let (table, strange) = preferences::said(&kept()).unwrap();
        let File { bundles, settings } = table.try_into().unwrap();
        assert!(bundles.is_some_and(|bundles| bundles.starts_with("https://")));
        let (imposed, wrong) = Imposed::read(&settings);
        assert_eq!((strange, wrong), (vec![], vec![]));
        let mut set = imposed.locked();
        assert!(!imposed.reasons.is_empty());
        set.push("reasonTemplates".into());
        set.sort();
        let mut all: Vec<_> = KEYS.iter().map(|key| key.path.to_owned()).collect();
        all.sort();
        assert_eq!(set, all);
    }
}
