//! The playbooks that come with the package, as text: their files under `playbooks/`.

/// A built-in playbook: its JSON file and its query.
#[derive(Debug)]
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
pub static BUILT_IN: [BuiltIn; 4] =
    [built_in!("outlook"), built_in!("onedrive"), built_in!("slow-pc"), built_in!("disk")];
