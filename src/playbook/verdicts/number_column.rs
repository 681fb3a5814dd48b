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

/// In which rows the number is less, the same, and greater.
#[cfg(target_feature = "simd128")]
pub(super) fn compare(numbers: &[f64; 64], other: f64) -> [u64; 3] {
    use core::arch::wasm32::{f64x2, f64x2_eq, f64x2_gt, f64x2_lt, f64x2_splat, i64x2_bitmask};

    let other = f64x2_splat(other);
    let mut rows = [0; 3];
    for [first, second] in numbers.as_chunks::<2>().0 {
        let two = f64x2(*first, *second);
        let cases = [f64x2_lt(two, other), f64x2_eq(two, other), f64x2_gt(two, other)];
        for (rows, case) in rows.iter_mut().zip(cases) {
            *rows = *rows >> 2 | u64::from(i64x2_bitmask(case)) << 62;
        }
    }
    rows
}

/// In which rows the number is less, the same, and greater.
#[cfg(not(target_feature = "simd128"))]
pub(super) fn compare(numbers: &[f64; 64], other: f64) -> [u64; 3] {
    let mut rows = [0; 3];
    for number in numbers {
        let cases = [*number < other, *number == other, *number > other];
        for (rows, case) in rows.iter_mut().zip(cases) {
            *rows = *rows >> 1 | u64::from(case) << 63;
        }
    }
    rows
}
