//! Nothing takes longer than in proportion to the fleet.

use nexthink_simulator::{Options, SimulatedTenant};

use crate::caller::{Caller, DAY};

#[test]
fn ten_thousand_devices_and_a_month_at_once_are_no_burden() {
    let mut caller = Caller::of(SimulatedTenant::new(Options { devices: 10_000, ..Options::default() }));
    caller.advance(30 * DAY);
    assert_eq!(caller.rows("#get_device_basic_infos", "username", "amartin").len(), 1);
    let uid = caller.collector_uid("AMARTIN-LT");
    assert_eq!(caller.rows("#get_data_collection_times", "collector_uid", &uid).len(), 18);
}
