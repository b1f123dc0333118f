//! `$filter` of the lists: a few functions and comparisons joined by `and`.

use uuid::Uuid;

use super::answer::Failure;

/// What a list is to be limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// `asTarget()`: what concerns the caller.
    pub as_target: bool,
    /// `asRequestor()`: what the caller asked for.
    pub as_requestor: bool,
    /// `asApprover()`: what the caller may decide on.
    pub as_approver: bool,
    /// `atScope()`: nothing below the scope.
    pub at_scope: bool,
    /// `assignedTo('{id}')`: what concerns this principal, also through groups.
    pub assigned_to: Option<Uuid>,
    /// `principalId eq {id}`.
    pub principal: Option<Uuid>,
    /// `roleDefinitionId eq '{id}'`, by the GUID at its end.
    pub role: Option<Uuid>,
    /// `status eq '{status}'`.
    pub status: Option<String>,
}

impl Filter {
    /// Read a filter; no filter limits nothing.
    pub fn parse(text: Option<&str>) -> Result<Self, Failure> {
        let mut filter = Self::default();
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(filter) };
        let wrong = || Failure::bad("InvalidFilter", format!("The filter '{text}' is not valid."));
        let lower = text.to_ascii_lowercase();
        for term in lower.split(" and ") {
            let term: String = term.trim().trim_start_matches('(').to_owned();
            let words: Vec<&str> = term.split_whitespace().collect();
            match words.as_slice() {
                ["astarget()" | "astarget())"] => filter.as_target = true,
                ["asrequestor()"] => filter.as_requestor = true,
                ["asapprover()"] => filter.as_approver = true,
                ["atscope()"] => filter.at_scope = true,
                [call] if call.starts_with("assignedto(") => {
                    filter.assigned_to = Some(guid(&call["assignedto(".len()..]).ok_or_else(wrong)?);
                }
                [name, "eq", value] => match *name {
                    "principalid" => filter.principal = Some(guid(value).ok_or_else(wrong)?),
                    "roledefinitionid" => filter.role = Some(guid(value).ok_or_else(wrong)?),
                    "status" => filter.status = Some(value.trim_matches(['\'', ')']).to_owned()),
                    _ => return Err(wrong()),
                },
                _ => return Err(wrong()),
            }
        }
        Ok(filter)
    }
}

/// The GUID at the end of a literal, with or without quotes and a path before it.
pub fn guid(text: &str) -> Option<Uuid> {
    text.trim_matches(['\'', ')', '/']).rsplit('/').next()?.parse().ok()
}

/// The types that `resourceType eq '…' or resourceType eq '…'` names; none means all.
pub fn resource_types(text: Option<&str>) -> Vec<String> {
    let lower = text.unwrap_or_default().to_ascii_lowercase();
    let terms = lower.split(" or ").filter_map(|term| term.trim().strip_prefix("resourcetype eq "));
    terms.map(|value| value.trim().trim_matches('\'').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_as_clients_write_them() {
        let id = Uuid::from_u128(7);
        let both = Filter::parse(Some(&format!("asTarget() and principalId eq '{id}'"))).unwrap();
        assert!(both.as_target && both.principal == Some(id));
        assert_eq!(Filter::parse(Some(&format!("principalId eq {id}"))).unwrap().principal, Some(id));
        assert_eq!(Filter::parse(Some(&format!("assignedTo('{id}')"))).unwrap().assigned_to, Some(id));
        let role = format!("roleDefinitionId eq '/subscriptions/x/providers/y/roleDefinitions/{id}'");
        assert_eq!(Filter::parse(Some(&role)).unwrap().role, Some(id));
        assert_eq!(Filter::parse(None).unwrap(), Filter::default());
        for wrong in ["asTarget", "principalId eq maya", "colour eq 'red'", "asTarget() or atScope()"] {
            assert_eq!(Filter::parse(Some(wrong)).unwrap_err().code, "InvalidFilter", "{wrong}");
        }
        assert_eq!(
            resource_types(Some("resourceType eq 'subscription' or resourceType eq 'resourcegroup'")),
            ["subscription", "resourcegroup"]
        );
    }
}
