//! Which remote actions the tenant has: those that are built in, and what a test adds, replaces and deletes.

use std::rc::Rc;

use super::built_in;
use super::definition::RemoteAction;

/// The remote actions of a tenant. A position is an ID's for good, also when its action is deleted and written anew: the
/// minute at which an action collects comes from it.
#[derive(Debug, Clone)]
pub(crate) struct Catalogue(Vec<Slot>);

#[derive(Debug, Clone)]
struct Slot {
    id: String,
    /// None where it was deleted.
    action: Option<Rc<RemoteAction>>,
}

impl Default for Catalogue {
    /// Those that are built in.
    fn default() -> Self {
        let slot = |action: RemoteAction| Slot { id: action.id.clone(), action: Some(Rc::new(action)) };
        Self(built_in::all().into_iter().map(slot).collect())
    }
}

impl Catalogue {
    /// The position of an action by its NQL ID, with or without the `#`.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.slot(id).filter(|position| self.at(*position).is_some())
    }

    /// The action at a position.
    pub fn at(&self, position: usize) -> Option<&Rc<RemoteAction>> {
        self.0.get(position)?.action.as_ref()
    }

    /// The action of an NQL ID, with or without the `#`.
    pub fn get(&self, id: &str) -> Option<&Rc<RemoteAction>> {
        self.at(self.find(id)?)
    }

    /// All of them, with their positions.
    pub fn all(&self) -> impl Iterator<Item = (usize, &Rc<RemoteAction>)> {
        self.0.iter().enumerate().filter_map(|(position, slot)| Some((position, slot.action.as_ref()?)))
    }

    /// Adds an action, or replaces the one of its ID.
    pub fn set(&mut self, action: RemoteAction) {
        let id = action.id.clone();
        let slot = Slot { id, action: Some(Rc::new(action)) };
        match self.slot(&slot.id).and_then(|position| self.0.get_mut(position)) {
            Some(known) => *known = slot,
            None => self.0.push(slot),
        }
    }

    /// Deletes the action at a position.
    pub fn delete(&mut self, position: usize) {
        if let Some(slot) = self.0.get_mut(position) {
            slot.action = None;
        }
    }

    fn slot(&self, id: &str) -> Option<usize> {
        let id = id.strip_prefix('#').unwrap_or(id);
        self.0.iter().position(|slot| slot.id.eq_ignore_ascii_case(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_found_with_and_without_the_number_sign() {
        let catalogue = Catalogue::default();
        assert!(catalogue.find("Disk_Cleanup").is_some());
        assert_eq!(catalogue.find("#disk_cleanup"), catalogue.find("disk_cleanup"));
        assert_eq!(catalogue.find("##disk_cleanup"), None);
    }

    #[test]
    fn a_deleted_action_that_is_written_anew_has_its_position_again() {
        let mut catalogue = Catalogue::default();
        let position = catalogue.find("disk_cleanup").unwrap();
        let action = RemoteAction::clone(catalogue.at(position).unwrap());
        catalogue.delete(position);
        assert_eq!((catalogue.find("disk_cleanup"), catalogue.all().count()), (None, built_in::all().len() - 1));
        catalogue.set(action);
        assert_eq!(catalogue.find("disk_cleanup"), Some(position));
    }
}
