//! Cells as most answers have them, in a few steps: a short number, a text in ASCII without escapes, `null`. Of anything else
//! nothing is read here, and it is left to `token` and `pass`, which say the same of these.

use super::parse::Parser;
use super::plain_number::{plain_length, plain_number_in};
use super::scan::{is_ascii, plain_end};

impl Parser<'_> {
    /// A number of at most seven characters, in quotes or not.
    #[inline(always)]
    pub fn usual_number(&mut self) -> Option<f64> {
        let is_text = self.text.get(self.position) == Some(&b'"');
        let start = self.position + usize::from(is_text);
        let word = u64::from_le_bytes(*self.text.get(start..)?.first_chunk::<8>()?);
        let length = plain_length(word);
        // Nothing ends the number where all eight are its own.
        let moved = 64_u32.checked_sub(8 * length).filter(|bits| *bits > 0)?;
        let number = plain_number_in(word.checked_shl(moved)?.to_le_bytes(), length as usize)?;
        let end = start + length as usize;
        if is_text && self.text.get(end) != Some(&b'"') {
            return None;
        }
        self.position = end + usize::from(is_text);
        Some(number)
    }

    /// Passes over `null`, if it comes next.
    #[inline(always)]
    pub fn usual_null(&mut self) -> bool {
        let found = self.text.get(self.position..).and_then(<[u8]>::first_chunk) == Some(b"null");
        self.position += if found { 4 } else { 0 };
        found
    }

    /// Passes over a text, if one comes next that is ASCII and has no escapes.
    #[inline(always)]
    pub fn usual_text(&mut self) -> bool {
        if self.text.get(self.position) != Some(&b'"') {
            return false;
        }
        let mut seen = 0;
        let end = plain_end(self.text, self.position + 1, &mut seen);
        let found = self.text.get(end) == Some(&b'"') && is_ascii(seen);
        self.position = if found { end + 1 } else { self.position };
        found
    }
}
