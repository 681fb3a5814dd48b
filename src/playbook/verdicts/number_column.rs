//! The numbers of one column in up to 64 rows, and how they are to a number: a bit for each row.

/// Compares two numbers in one go where the module is built for it.
macro_rules! compare {
    ($numbers:ident, $other:ident, $one:tt, $two:ident) => {{
        #[cfg(target_feature = "simd128")]
        {
            use core::arch::wasm32::{$two, f64x2, f64x2_splat, i64x2_bitmask};
            let other = f64x2_splat($other);
            let two = |[first, second]: &[f64; 2]| u64::from(i64x2_bitmask($two(f64x2(*first, *second), other)));
            $numbers.as_chunks::<2>().0.iter().fold(0, |bits, pair| bits >> 2 | two(pair) << 62)
        }
        #[cfg(not(target_feature = "simd128"))]
        $numbers.iter().fold(0, |bits, number| bits >> 1 | u64::from(*number $one $other) << 63)
    }};
}

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

/// In which rows the number is less.
pub(super) fn less(numbers: &[f64; 64], than: f64) -> u64 {
    compare!(numbers, than, <, f64x2_lt)
}

/// In which rows the number is the same.
pub(super) fn equal(numbers: &[f64; 64], to: f64) -> u64 {
    compare!(numbers, to, ==, f64x2_eq)
}

/// In which rows the number is greater.
pub(super) fn greater(numbers: &[f64; 64], than: f64) -> u64 {
    compare!(numbers, than, >, f64x2_gt)
}
