//! Four numbers at a time by the instructions for sixteen bytes: two texts side by side, and what becomes of them, twice.
//! No digit waits for another, and nothing is guessed.

use core::arch::wasm32::{
    f64x2_convert_low_i32x4, f64x2_div, f64x2_extract_lane, f64x2_splat, i16x8, i16x8_add, i16x8_mul,
    i16x8_narrow_i32x4, i32x4_dot_i16x8, i32x4_shuffle, i64x2_shl, u8x16_all_true, u8x16_eq, u8x16_le, u8x16_splat,
    u16x8_shr, u16x8_splat, u64x2, u64x2_splat, v128, v128_and, v128_andnot, v128_xor,
};

use super::Text;
use crate::json::number::POWERS;
use crate::json::plain_number::EACH;

/// Which of the eight are a text's own, by how many it has.
const OWN: [u64; 9] = [0, !0 << 56, !0 << 48, !0 << 40, !0 << 32, !0 << 24, !0 << 16, !0 << 8, !0];

/// What is the same for all that have their point in one place of eight characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// From 1 to 6.
    point: usize,
    /// A zero in each place, and the point in its own.
    zeros: v128,
    /// How far a character may be above that.
    most: v128,
    /// Where a first digit cannot be zero: not right before the point.
    leads: v128,
    /// What the first of two digits is multiplied with; where the second is the point, it is the last before it.
    tens: v128,
    /// The same of pairs, and of fours.
    hundreds: v128,
    thousands: v128,
    /// What all digits together are divided by.
    power: v128,
}

impl Form {
    pub fn of(point: usize) -> Self {
        let at_point = 0xff_u64 << (8 * point);
        let ten = |second: usize| if point == second { 1 } else { 10 };
        let hundred = |second_pair: usize| if point / 2 == second_pair { 10 } else { 100 };
        let thousand = if point < 4 { 10_000 } else { 1_000 };
        Self {
            point,
            zeros: u64x2_splat((EACH * u64::from(b'0')) ^ (at_point & (EACH * u64::from(b'.' ^ b'0')))),
            most: u64x2_splat(EACH * 9 & !at_point),
            leads: u64x2_splat((1 << (8 * (point - 1))) - 1),
            tens: i16x8(ten(1), ten(3), ten(5), 10, ten(1), ten(3), ten(5), 10),
            hundreds: i16x8(hundred(1), 1, hundred(3), 1, hundred(1), 1, hundred(3), 1),
            thousands: i16x8(thousand, 1, thousand, 1, thousand, 1, thousand, 1),
            power: f64x2_splat(POWERS.get(7_usize.wrapping_sub(point)).copied().unwrap_or(1.0)),
        }
    }

    /// The numbers of four texts that have this form.
    #[inline(always)]
    pub fn read(&self, [a, b, c, d]: [Text; 4]) -> Option<[f64; 4]> {
        let (ab, ab_are) = self.digits(a, b)?;
        let (cd, cd_are) = self.digits(c, d)?;
        if !u8x16_all_true(v128_and(ab_are, cd_are)) {
            return None;
        }
        let fours = i16x8_narrow_i32x4(self.fours(ab), self.fours(cd));
        let whole = i32x4_dot_i16x8(fours, self.thousands);
        let ab = f64x2_div(f64x2_convert_low_i32x4(whole), self.power);
        let cd = f64x2_div(f64x2_convert_low_i32x4(i32x4_shuffle::<2, 3, 2, 3>(whole, whole)), self.power);
        Some([
            f64x2_extract_lane::<0>(ab),
            f64x2_extract_lane::<1>(ab),
            f64x2_extract_lane::<0>(cd),
            f64x2_extract_lane::<1>(cd),
        ])
    }

    /// The digits of two texts, zeros in all other places, and in which places there is what should be. `None` for a text
    /// that is longer, or begins with the point or behind it.
    #[inline(always)]
    fn digits(&self, one: Text, other: Text) -> Option<(v128, v128)> {
        let own = |length: usize| if length + self.point > 8 { OWN.get(length).copied() } else { None };
        let own = u64x2(own(one.0)?, own(other.0)?);
        let words = u64x2(u64::from_le_bytes(one.1), u64::from_le_bytes(other.1));
        let digits = v128_and(v128_xor(words, self.zeros), own);
        let first = v128_andnot(own, i64x2_shl(own, 8));
        let idle_zeros = v128_and(v128_and(first, self.leads), u8x16_eq(digits, u8x16_splat(0)));
        Some((digits, v128_andnot(u8x16_le(digits, self.most), idle_zeros)))
    }

    /// Neighbours are joined to pairs, and these to fours, two for each text.
    #[inline(always)]
    fn fours(&self, digits: v128) -> v128 {
        let pairs = i16x8_add(i16x8_mul(v128_and(digits, u16x8_splat(0xff)), self.tens), u16x8_shr(digits, 8));
        i32x4_dot_i16x8(pairs, self.hundreds)
    }
}
