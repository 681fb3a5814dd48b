//! The numbers of one column in up to 64 rows, and how they are to a number: a bit for each row.

/// Numbers side by side.
#[derive(Clone)]
pub(crate) struct NumberColumn {
    /// Not a number where none is known.
    pub numbers: [f64; 64],
    /// In which rows that is so.
    pub unknown: u64,
}

impl Default for NumberColumn {
    /// One in which nothing is known.
    fn default() -> Self {
        Self { numbers: [f64::NAN; 64], unknown: u64::MAX }
    }
}

/// How a number is to another; none of these where it is none.
pub(super) const LESS: u8 = 1;
pub(super) const EQUAL: u8 = 2;
pub(super) const GREATER: u8 = 4;

/// In which rows one of these cases is that of the number. Most of the time it is none: that is seen first.
// Runtimes compile it and what calls it in less time than both as one.
#[cfg(target_feature = "simd128")]
#[inline(never)]
pub(super) fn rows_where(numbers: &[f64; 64], cases: u8, other: f64) -> u64 {
    use core::arch::wasm32::{
        f64x2, f64x2_eq, f64x2_gt, f64x2_lt, f64x2_splat, i64x2_bitmask, u64x2_splat, v128, v128_any_true, v128_or,
    };

    let other = f64x2_splat(other);
    let rows = |case: u8, is: fn(v128, v128) -> v128| {
        let pairs = || numbers.as_chunks::<2>().0.iter().map(|[one, two]| is(f64x2(*one, *two), other));
        if cases & case == 0 || !v128_any_true(pairs().fold(u64x2_splat(0), |any, pair| v128_or(any, pair))) {
            return 0;
        }
        pairs().fold(0, |rows, pair| rows >> 2 | u64::from(i64x2_bitmask(pair)) << 62)
    };
    rows(LESS, f64x2_lt) | rows(EQUAL, f64x2_eq) | rows(GREATER, f64x2_gt)
}

/// In which rows one of these cases is that of the number.
#[cfg(not(target_feature = "simd128"))]
pub(super) fn rows_where(numbers: &[f64; 64], cases: u8, other: f64) -> u64 {
    use std::cmp::Ordering;

    let case = |number: f64| match number.partial_cmp(&other) {
        Some(Ordering::Less) => LESS,
        Some(Ordering::Equal) => EQUAL,
        Some(Ordering::Greater) => GREATER,
        None => 0,
    };
    numbers.iter().fold(0, |rows, number| rows >> 1 | u64::from(case(*number) & cases != 0) << 63)
}
