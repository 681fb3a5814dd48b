//! The faults to come, and whom each befalls.

use super::Fault;
use crate::random::Random;

/// The faults to come, in the order in which they were asked for.
#[derive(Debug, Clone)]
pub(crate) struct Faults {
    faults: Vec<Fault>,
    /// Apart from the tenant's own: what goes wrong changes no ID and no delay.
    random: Random,
}

impl Faults {
    pub fn new(seed: u64) -> Self {
        Self { faults: vec![], random: Random::new(seed, "faults") }
    }

    pub fn add(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    pub fn clear(&mut self) {
        self.faults.clear();
    }

    /// The first fault that befalls a request to this path; it is used up once. `can_befall` is what else must be true.
    pub fn take(&mut self, path: &str, can_befall: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let random = &mut self.random;
        let mut befalls = |fault: &Fault| {
            fault.operation.as_ref().is_none_or(|part| path.contains(part.as_str()))
                && can_befall(fault)
                && fault.probability.is_none_or(|probability| random.fraction() < probability)
        };
        let position = self.faults.iter().position(|fault| fault.times != Some(0) && befalls(fault))?;
        let fault = self.faults.get_mut(position)?;
        if fault.probability.is_some() {
            return Some(fault.clone());
        }
        let left = fault.times.unwrap_or(1) - 1;
        fault.times = Some(left);
        let taken = fault.clone();
        if left == 0 {
            self.faults.remove(position);
        }
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::super::FaultKind;
    use super::*;

    fn anyone(_: &Fault) -> bool {
        true
    }

    #[test]
    fn a_fault_befalls_the_named_operation_so_many_times() {
        let mut faults = Faults::new(1);
        faults.add(Fault::new(FaultKind::Network).of("act/execute").times(2));
        assert_eq!(faults.take("/api/v2/nql/execute", anyone), None);
        assert!(faults.take("/api/v1/act/execute", anyone).is_some());
        assert!(faults.take("/api/v1/act/execute", anyone).is_some());
        assert_eq!(faults.take("/api/v1/act/execute", anyone), None);
    }

    #[test]
    fn a_fault_befalls_once_by_default_and_never_with_no_times() {
        let mut faults = Faults::new(1);
        faults.add(Fault::new(FaultKind::Network).times(0));
        faults.add(Fault::new(FaultKind::Html));
        assert_eq!(faults.take("/x", anyone).map(|fault| fault.kind), Some(FaultKind::Html));
        assert_eq!(faults.take("/x", anyone), None);
    }

    #[test]
    fn a_fault_waits_for_a_request_that_it_can_befall() {
        let mut faults = Faults::new(1);
        faults.add(Fault::new(FaultKind::ExportWithoutUrl));
        assert_eq!(faults.take("/x", |fault| fault.kind != FaultKind::ExportWithoutUrl), None);
        assert!(faults.take("/x", anyone).is_some());
    }

    #[test]
    fn a_probability_befalls_about_that_share_and_the_same_requests_for_the_same_seed() {
        let befallen = |seed: u64| -> Vec<bool> {
            let mut faults = Faults::new(seed);
            faults.add(Fault::new(FaultKind::Network).probability(0.1));
            (0..2_000).map(|_| faults.take("/x", anyone).is_some()).collect()
        };
        let share = befallen(1).into_iter().filter(|befallen| *befallen).count();
        assert!((150..250).contains(&share), "{share}");
        assert_eq!(befallen(1), befallen(1));
        assert_ne!(befallen(1), befallen(2));
    }

    #[test]
    fn a_probability_of_one_befalls_every_request_until_the_faults_are_cleared() {
        let mut faults = Faults::new(1);
        faults.add(Fault::new(FaultKind::Network).probability(1.0));
        assert!((0..100).all(|_| faults.take("/x", anyone).is_some()));
        faults.clear();
        assert_eq!(faults.take("/x", anyone), None);
    }
}
