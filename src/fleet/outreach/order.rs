//! Putting things in order by their positions: one copy of the library's sort in the module for all that is sorted here.

use std::cmp::Ordering;

/// The positions below a count, in this order; of equals the first comes first.
pub(super) fn in_order(count: usize, compare: &mut dyn FnMut(u32, u32) -> Ordering) -> Vec<u32> {
    let mut positions: Vec<u32> = (0..).take(count).collect();
    sort(&mut positions, compare);
    positions
}

/// The same for some positions.
pub(super) fn sort(positions: &mut [u32], compare: &mut dyn FnMut(u32, u32) -> Ordering) {
    positions.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
}
