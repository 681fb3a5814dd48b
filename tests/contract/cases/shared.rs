//! What the APIs have in common: tokens, permissions, and a tenant in trouble.

use nexthink_simulator::{Fault, FaultKind, Permission, WireRequest};

use super::{Case, sound};
use crate::client::{Client, MINUTE, with_field};
use crate::contract::Contract;

pub fn cases(contract: &Contract) -> Vec<Case> {
    let mut cases = with_permission(401, "a token that has ended", |client, _, request| {
        client.tenant.advance(15 * MINUTE);
        request
    });
    cases.extend(with_permission(401, "a token of somewhere else", |_, _, request| {
        with_field(request, "authorization", "Bearer x")
    }));
    cases.extend(with_permission(403, "credentials without the permission", |client, permission, request| {
        client.tenant.deny(permission);
        request
    }));
    let operations: Vec<_> = contract.operations().collect();
    for operation in operations {
        for status in operation.documented().filter(|status| *status >= 400) {
            // A server in trouble sends a body where the document has one, and so do faults that ask for it.
            match operation.has_body(status) {
                true => cases.extend(in_trouble(operation.path, operation.method, status, true)),
                false if status >= 500 => cases.extend(in_trouble(operation.path, operation.method, status, false)),
                false => {}
            }
        }
    }
    cases
}

/// Each request without fault of the APIs that want a permission, after something has happened to the tenant or to it.
fn with_permission(
    status: u16,
    what: &str,
    change: fn(&mut Client, Permission, WireRequest) -> WireRequest,
) -> Vec<Case> {
    let wanted = sound().into_iter().filter_map(|case| Some((permission(case.operation.1)?, case)));
    let changed = wanted.map(|(permission, Case { operation, request, .. })| {
        Case::new(operation, status, what, move |client| {
            let request = request(client);
            change(client, permission, request)
        })
    });
    changed.collect()
}

fn in_trouble(path: &str, method: &str, status: u16, with_body: bool) -> Option<Case> {
    let Case { operation, request, .. } = sound().into_iter().find(|case| case.operation == (method, path))?;
    Some(Case::new(operation, status, "a fault", move |client| {
        let request = request(client);
        let fault = Fault::new(FaultKind::Status).status(status);
        client.tenant.inject(if with_body { fault.with_error_body() } else { fault }).unwrap();
        request
    }))
}

/// The permission that a path wants; none for tokens.
fn permission(path: &str) -> Option<Permission> {
    let apis = [
        ("/nql/", Permission::Nql),
        ("/act/", Permission::RemoteActions),
        ("/workflows", Permission::Workflows),
        ("/euf/", Permission::Campaigns),
        ("/enrichment/", Permission::Enrichment),
        ("/spark/", Permission::Spark),
    ];
    let found = apis.into_iter().find(|(part, _)| path.contains(part)).map(|(_, permission)| permission);
    assert!(found.is_some() || path.ends_with("/token"), "{path}: which permission does it want?");
    found
}
