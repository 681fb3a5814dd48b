//! Where the company's offices are. Who works remotely is nowhere that the tenant knows.

/// The place of a device, by its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    entity: &'static str,
    pub country: &'static str,
    pub state: &'static str,
}

const PLACES: [Place; 4] = [
    Place { entity: "Lausanne", country: "Switzerland", state: "Vaud" },
    Place { entity: "Paris", country: "France", state: "Ile-de-France" },
    Place { entity: "Boston", country: "United States", state: "Massachusetts" },
    Place { entity: "Bangalore", country: "India", state: "Karnataka" },
];

impl Place {
    /// The place of an entity; none of those who work remotely.
    pub fn of(entity: &str) -> Option<&'static Self> {
        PLACES.iter().find(|place| place.entity == entity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::names::ENTITIES;

    #[test]
    fn every_entity_is_somewhere_but_the_remote_one() {
        let nowhere: Vec<_> = ENTITIES.into_iter().filter(|entity| Place::of(entity).is_none()).collect();
        assert_eq!(nowhere, ["Remote"]);
    }
}
