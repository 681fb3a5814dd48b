//! The playbooks that come with the package, as text. Their meaning is `model` and `compile`.

/// A built-in playbook: its JSON file and its query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// The playbook's file.
    pub json: &'static str,
    /// The NQL of its diagnosis query.
    pub query: &'static str,
}

macro_rules! built_in {
    ($id:literal) => {
        BuiltIn {
            json: include_str!(concat!("../../playbooks/", $id, ".json")),
            query: include_str!(concat!("../../playbooks/", $id, ".nql")),
        }
    };
}

/// All of them, in the order in which symptoms are looked up.
pub const BUILT_IN: [BuiltIn; 3] = [built_in!("outlook"), built_in!("onedrive"), built_in!("slow-pc")];
