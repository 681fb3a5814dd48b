//! The saved queries that a tenant needs: those of the flows and one for each playbook, with the columns that are read
//! of their answers.

use super::names::TenantNames;
use super::source::PlaybookSource;
use super::used_columns::used_columns;
use crate::flow::SavedQuery;
use crate::json::{record, words};
use crate::playbook::localized;

record! {
    lenient
    /// A saved query that has to be there.
    #[derive(Debug, Clone, PartialEq)]
    pub struct RequiredQuery {
        /// Its key in `queryIds`.
        pub key: String,
        /// Its ID in the tenant, with its `#`.
        pub id: String,
        /// What it is, in a few words.
        pub title: String,
        /// What happens by it.
        pub purpose: String,
        /// Whether one can do without.
        pub need: Need,
        /// The name of its one parameter, without the `$`.
        pub parameter: String,
        /// Its NQL.
        pub text: String,
        /// The columns that are read of its answer.
        pub columns: Vec<RequiredColumn>,
    }
}

words! {
    /// Whether one can do without a saved query.
    #[cfg_attr(test, ts(rename = "QueryNeed"))]
    pub enum Need {
        /// Nothing works without it.
        Always = "always",
        /// One of these is enough: that for the identifier by which the chatbot knows its employees.
        OneOf = "one-of",
        /// Without it something is left out.
        Recommended = "recommended",
        /// Only one function needs it, which not every chatbot calls.
        Optional = "optional",
    }
}

record! {
    lenient
    /// A column or an output that is read.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct RequiredColumn {
        /// Its name.
        pub name: String,
        /// Whether something cannot be decided without it. Others are only shown, or have something that stands in.
        pub essential: bool,
    }
}

/// All of them: those of the flows first.
pub(super) fn required_queries(sources: &[PlaybookSource], names: &TenantNames, locale: &str) -> Vec<RequiredQuery> {
    let mut queries = Vec::new();
    for query in SavedQuery::ALL {
        let (title, purpose, need) = described(query);
        queries.push(RequiredQuery {
            key: query.key().into(),
            id: names.query_id(query.key(), query.default_id()),
            title: title.into(),
            purpose: purpose.into(),
            need,
            parameter: query.parameter().into(),
            text: query.text().trim().into(),
            columns: columns_of(query),
        });
    }
    for PlaybookSource { playbook, query } in sources {
        let title = localized(&playbook.title, locale).unwrap_or(&playbook.id);
        let columns = playbook.columns.iter().zip(used_columns(playbook));
        let column = |name: &str, used: bool| RequiredColumn {
            name: name.into(),
            essential: used || crate::nql::same_column("device.collector.uid", name),
        };
        queries.push(RequiredQuery {
            key: playbook.id.clone(),
            id: names.query_id(&playbook.id, &playbook.query_id),
            title: title.clone(),
            purpose: format!("Brings the facts about a device by which the playbook `{}` diagnoses it.", playbook.id),
            need: Need::Always,
            parameter: "device_name".into(),
            text: query.trim().into(),
            columns: columns.map(|(fact, used)| column(&fact.name, used)).collect(),
        });
    }
    queries
}

const FINDS_USER: &str =
    "Tells who an employee is to Nexthink: SID, UPN, e-mail address and name, as `findUser` gives them.";

/// Title, purpose and need.
const fn described(query: SavedQuery) -> (&'static str, &'static str, Need) {
    match query {
        SavedQuery::DevicesByUsername => (
            "Devices by username",
            "Finds an employee's devices by the name of their account, where the chatbot knows that.",
            Need::OneOf,
        ),
        SavedQuery::DevicesByUpn => (
            "Devices by UPN",
            "Finds an employee's devices by their user principal name, where the chatbot knows that.",
            Need::OneOf,
        ),
        SavedQuery::DevicesByEmail => (
            "Devices by e-mail address",
            "Finds an employee's devices by their e-mail address, where the chatbot knows that.",
            Need::OneOf,
        ),
        SavedQuery::DevicesBySid => (
            "Devices by SID",
            "Finds an employee's devices by their security identifier, where the chatbot knows that.",
            Need::OneOf,
        ),
        SavedQuery::DevicesByDeviceName => {
            ("Device by its name", "Finds a device by the name that an employee or an agent gives.", Need::Recommended)
        }
        SavedQuery::RemoteActionResult => (
            "Remote action result",
            "Follows a remote action that was triggered, and tells how it ended.",
            Need::Always,
        ),
        SavedQuery::RemoteActionResultByReference => (
            "Remote action result by reference",
            "Finds out whether a remote action was triggered when the answer to the trigger was lost.",
            Need::Recommended,
        ),
        SavedQuery::UserByUsername => ("User by username", FINDS_USER, Need::Optional),
        SavedQuery::UserByUpn => ("User by UPN", FINDS_USER, Need::Optional),
        SavedQuery::UserByEmail => ("User by e-mail address", FINDS_USER, Need::Optional),
        SavedQuery::UserBySid => ("User by SID", FINDS_USER, Need::Optional),
        SavedQuery::DataCollectionTimes => (
            "Data collection times",
            "Tells when data was last collected from a device. Without it the age of such data is unknown.",
            Need::Recommended,
        ),
    }
}

/// What the flows read, as their code does: see `flow::device`, `flow::follow_up`, `flow::diagnose`.
fn columns_of(query: SavedQuery) -> Vec<RequiredColumn> {
    let (essential, others): (&[&str], &[&str]) = match query {
        SavedQuery::RemoteActionResult | SavedQuery::RemoteActionResultByReference => (
            &["remote_action.execution.request_id", "remote_action.execution.status"],
            &["remote_action.execution.status_details", "remote_action.execution.outputs"],
        ),
        SavedQuery::UserByUsername | SavedQuery::UserByUpn | SavedQuery::UserByEmail | SavedQuery::UserBySid => {
            (&["user.uid"], &["user.sid", "user.upn", "user.ad.email_address", "user.ad.full_name", "user.name"])
        }
        SavedQuery::DataCollectionTimes => (&["remote_action.nql_id", "remote_action.execution.time"], &[]),
        _ => (
            &["device.collector.uid", "device.name"],
            &[
                "device.operating_system.platform",
                "device.operating_system.name",
                "device.hardware.type",
                "device.hardware.manufacturer",
                "device.last_seen",
            ],
        ),
    };
    let column = |name: &&str, essential| RequiredColumn { name: (*name).into(), essential };
    let essential = essential.iter().map(|name| column(name, true));
    essential.chain(others.iter().map(|name| column(name, false))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nql::{parse_query, same_column};

    fn queries() -> Vec<RequiredQuery> {
        required_queries(&PlaybookSource::built_in().unwrap(), &TenantNames::default(), "en")
    }

    #[test]
    fn every_query_returns_the_columns_that_are_read_and_uses_its_parameter() {
        for query in queries() {
            let parsed = parse_query(&query.text).unwrap();
            assert!(parsed.check_with(&[&query.parameter]).is_empty(), "{}", query.key);
            let returned = parsed.columns();
            for column in &query.columns {
                let found = returned.iter().any(|returned| same_column(&column.name, &returned.name));
                assert!(found, "{}: {}", query.key, column.name);
            }
        }
    }

    #[test]
    fn what_a_condition_reads_is_essential_and_what_has_a_stand_in_is_not() {
        let queries = queries();
        let slow_pc = queries.iter().find(|query| query.key == "slow-pc").unwrap();
        let essential = |end: &str| slow_pc.columns.iter().find(|column| column.name.ends_with(end)).unwrap().essential;
        assert!(essential("free_space") && essential("HighImpactCount") && essential("collector.uid"));
        assert!(!essential("HighImpactApplications"));
    }

    #[test]
    fn the_tenants_own_ids_are_used() {
        let names = TenantNames {
            query_ids: [("outlook".to_owned(), "#mail".to_owned())].into_iter().collect(),
            ..TenantNames::default()
        };
        let queries = required_queries(&PlaybookSource::built_in().unwrap(), &names, "en");
        assert!(queries.iter().any(|query| query.key == "outlook" && query.id == "#mail"));
        assert!(queries.iter().any(|query| query.key == "devicesByUpn" && query.id.ends_with("_by_upn")));
    }
}
