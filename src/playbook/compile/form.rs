//! What does not have the form of a playbook: names that nobody knows, what is missing, what is of another kind.

use crate::json::Mismatch;
use crate::playbook::mistake::Mistake;
use crate::playbook::model::{
    DataCollection, FreshnessModel, Model, ParameterModel, QueryModel, RemoteActionModel, RuleModel,
};

/// What does not fit, and of the other mistakes those that do not follow from it.
pub(super) fn with_misfits(misfits: Vec<Mismatch>, others: Vec<Mistake>) -> Vec<Mistake> {
    let mut all = Vec::with_capacity(misfits.len() + others.len());
    // Nothing more is said of what does not fit, nor of what surrounds a name that is not known: it may be what is missing.
    let mut places = Vec::new();
    for misfit in misfits {
        let pointer = misfit.pointer();
        let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned();
        all.push(Mistake::misfit(&misfit, known_at(&parent)));
        places.push((pointer, parent));
    }
    for mistake in others {
        let at = &mistake.pointer;
        let follows = |(pointer, parent): &(String, String)| {
            at == parent
                || at.strip_prefix(pointer.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if !places.iter().any(follows) {
            all.push(mistake);
        }
    }
    all
}

/// The fields that an object at this place can have.
fn known_at(pointer: &str) -> &'static [&'static str] {
    match pointer.split('/').skip(1).collect::<Vec<_>>().as_slice() {
        [] => Model::FIELDS,
        ["query"] => QueryModel::FIELDS,
        ["dataCollection", _] => DataCollection::FIELDS,
        ["remoteActions", _] => RemoteActionModel::FIELDS,
        ["remoteActions", _, "parameters", _] => ParameterModel::FIELDS,
        ["rules", _] => RuleModel::FIELDS,
        ["rules", _, "freshness", _] => FreshnessModel::FIELDS,
        _ => &[],
    }
}
