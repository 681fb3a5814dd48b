//! A span of time in its largest unit that fits: `3 days`. It has the precision in which people speak, never more than a
//! third away from what it was; what is promised not to be exceeded is never told as less.

/// The keys of their wording, from the largest unit to the smallest, with the unit in seconds.
pub(super) const UNITS: [(&str, f64); 4] =
    [("duration-days", 86_400.0), ("duration-hours", 3_600.0), ("duration-minutes", 60.0), ("duration-seconds", 1.0)];

/// The parameter of their wording.
pub(super) const COUNT: &str = "count";

/// The key of the wording and the number of units. What has not lasted a second is told as one.
pub(super) fn in_units(milliseconds: f64) -> (&'static str, f64) {
    let seconds = milliseconds / 1000.0;
    for (key, unit) in UNITS {
        let amount = seconds / unit;
        // 36 hours are not "a day" nor "2 days", but 25 hours are nearly a day.
        if amount >= 1.75 || (0.95..1.1).contains(&amount) {
            return (key, amount.round());
        }
    }
    ("duration-seconds", 1.0)
}

/// The same for a span that is not to be exceeded.
pub(super) fn in_units_at_most(milliseconds: f64) -> (&'static str, f64) {
    let seconds = milliseconds / 1000.0;
    for (key, unit) in UNITS {
        let amount = seconds / unit;
        let count = amount.ceil();
        // 49 hours are within "3 days", but nobody would say so.
        if (amount >= 1.75 || (0.95..=1.0).contains(&amount)) && count <= amount * 4.0 / 3.0 {
            return (key, count);
        }
    }
    ("duration-seconds", seconds.ceil().max(1.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECOND: f64 = 1000.0;
    const MINUTE: f64 = 60.0 * SECOND;
    const HOUR: f64 = 60.0 * MINUTE;
    const DAY: f64 = 24.0 * HOUR;

    #[test]
    fn a_duration_is_told_in_its_largest_unit_that_fits() {
        for (milliseconds, key, count) in [
            (0.0, "seconds", 1.0),
            (-5.0 * DAY, "seconds", 1.0),
            (f64::NAN, "seconds", 1.0),
            (999.0, "seconds", 1.0),
            (20.0 * SECOND, "seconds", 20.0),
            (58.0 * SECOND, "minutes", 1.0),
            (MINUTE, "minutes", 1.0),
            (90.0 * SECOND, "seconds", 90.0),
            (2.0 * MINUTE, "minutes", 2.0),
            (10.0 * MINUTE, "minutes", 10.0),
            (HOUR, "hours", 1.0),
            (90.0 * MINUTE, "minutes", 90.0),
            (23.0 * HOUR, "days", 1.0),
            (DAY + 3.0 * SECOND, "days", 1.0),
            (36.0 * HOUR, "hours", 36.0),
            (2.4 * DAY, "days", 2.0),
            (3.0 * DAY, "days", 3.0),
            (400.0 * DAY, "days", 400.0),
        ] {
            assert_eq!(in_units(milliseconds), (["duration-", key].concat().as_str(), count), "{milliseconds}");
        }
    }

    #[test]
    fn what_is_not_to_be_exceeded_is_rounded_up() {
        for (milliseconds, key, count) in [
            (f64::NAN, "seconds", 1.0),
            (0.0, "seconds", 1.0),
            (1_200.0, "seconds", 2.0),
            (58.0 * SECOND, "minutes", 1.0),
            (61.0 * SECOND, "seconds", 61.0),
            (10.0 * MINUTE, "minutes", 10.0),
            (10.0 * MINUTE + 1.0, "minutes", 11.0),
            (HOUR, "hours", 1.0),
            (HOUR + 1.0, "minutes", 61.0),
            (23.0 * HOUR, "days", 1.0),
            (25.0 * HOUR, "hours", 25.0),
            (49.0 * HOUR, "hours", 49.0),
            (2.4 * DAY, "days", 3.0),
            (7.0 * DAY, "days", 7.0),
        ] {
            assert_eq!(in_units_at_most(milliseconds), (["duration-", key].concat().as_str(), count), "{milliseconds}");
        }
    }

    proptest! {
        #[test]
        fn what_is_promised_holds_and_is_near(milliseconds in 1000.0..1e12_f64) {
            let (key, count) = in_units_at_most(milliseconds);
            let unit = UNITS.iter().find(|(known, _)| *known == key).unwrap().1;
            let told = count * unit * 1000.0;
            prop_assert!((milliseconds..=milliseconds.mul_add(4.0 / 3.0, 1000.0)).contains(&told), "{count} {key}");
        }

        #[test]
        fn what_is_told_is_near_what_it_was(milliseconds in 1000.0..1e12_f64) {
            let (key, count) = in_units(milliseconds);
            let unit = UNITS.iter().find(|(known, _)| *known == key).unwrap().1;
            let told = count * unit * 1000.0;
            prop_assert!((told - milliseconds).abs() <= milliseconds / 3.0, "{milliseconds}: {count} {key}");
        }
    }
}
