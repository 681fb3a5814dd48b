//! Who an employee is to the tenant: the identifiers that other calls want, such as a campaign's security identifier.

use super::employee::{IdentifiedBy, Identity};
use super::identify::execute_saved;
use super::saved_query::SavedQuery;
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::{Client, Host};
use crate::json::{Json, record};
use crate::nql::same_column;

record! {
    lenient
    /// A user, as the tenant knows them.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct User {
        /// Nexthink's own ID.
        pub uid: String,
        /// The security identifier.
        pub sid: Option<String>,
        /// The user principal name.
        pub upn: Option<String>,
        /// The e-mail address.
        pub email: Option<String>,
        /// The full name, or the name of the account where the directory tells none.
        pub name: Option<String>,
    }
}

/// The user with this identifier, the one last seen where there are several; none where the tenant knows nobody.
///
/// # Errors
/// `invalid` for other than one identifier of a person, `not-found` where the tenant has no such saved query.
pub async fn find_user<H: Host>(client: &Client<H>, identity: &Identity) -> Result<Option<User>, NexthinkError> {
    let (kind, value) = identity.single()?;
    let (query, asked) = match kind {
        IdentifiedBy::Username => (SavedQuery::UserByUsername, "user.name"),
        IdentifiedBy::Upn => (SavedQuery::UserByUpn, "user.upn"),
        IdentifiedBy::Email => (SavedQuery::UserByEmail, "user.ad.email_address"),
        IdentifiedBy::Sid => (SavedQuery::UserBySid, "user.sid"),
        IdentifiedBy::DeviceName => {
            return Err(NexthinkError::invalid("`findUser` finds nobody by `deviceName`")
                .hint("pass `username`, `upn`, `email` or `sid`"));
        }
    };
    let table = execute_saved(client, query, value).await?;
    let column = |name: &str| table.position(|returned| same_column(name, returned));
    if !table.rows.is_empty() && (column("user.uid").is_none() || column(asked).is_none()) {
        let message = format!("the query that finds users does not return both `user.uid` and `{asked}`");
        return Err(NexthinkError::new(ErrorKind::Malformed, message).hint("add them to the `list` of the saved query"));
    }
    for row in &table.rows {
        let text = |name: &str| {
            row.get(column(name)?).and_then(Json::as_text).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        // A tenant's own query may look for more than it was asked.
        let is_asked = text(asked).is_some_and(|found| found.eq_ignore_ascii_case(value));
        let Some(uid) = text("user.uid").filter(|_| is_asked) else { continue };
        return Ok(Some(User {
            uid,
            sid: text("user.sid"),
            upn: text("user.upn"),
            email: text("user.ad.email_address"),
            name: text("user.ad.full_name").or_else(|| text("user.name")),
        }));
    }
    Ok(None)
}
