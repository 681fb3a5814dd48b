//! The Remote Actions API: runs a script on devices.

pub mod declared;
pub mod definition;
pub mod execute;
pub mod get;
pub mod list;

/// Whether two NQL IDs name the same remote action: tenants accept them with and without the leading `#`.
pub fn same_remote_action(left: &str, right: &str) -> bool {
    left.trim_start_matches('#').eq_ignore_ascii_case(right.trim_start_matches('#'))
}
