//! A text in JSON: taken, or passed over, with its escapes.

use std::borrow::Cow;

use super::parse::{NotJson, Parser};
use super::scan::{is_ascii, plain_end};

impl<'a> Parser<'a> {
    /// A text, borrowed where it holds no escapes. Half a surrogate pair becomes U+FFFD.
    ///
    /// # Errors
    /// Where it is no text, or no UTF-8.
    #[inline(never)]
    pub fn string(&mut self) -> Result<Cow<'a, str>, NotJson> {
        self.symbol(b'"')?;
        let plain = self.plain()?;
        if self.take(b'"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = plain.to_owned();
        loop {
            if self.take(b'"') {
                return Ok(Cow::Owned(text));
            }
            self.symbol(b'\\')?;
            text.push(self.escape()?);
            text.push_str(self.plain()?);
        }
    }

    /// A text; none where it holds escapes.
    pub(super) fn plain_string(&mut self) -> Result<Option<&'a str>, NotJson> {
        self.symbol(b'"')?;
        let plain = self.plain()?;
        if self.take(b'"') {
            return Ok(Some(plain));
        }
        self.pass_rest()?;
        Ok(None)
    }

    /// Passes over a text.
    pub(super) fn pass_string(&mut self) -> Result<(), NotJson> {
        self.symbol(b'"')?;
        self.pass_rest()
    }

    /// What is left of a text after its first quote.
    pub(super) fn pass_rest(&mut self) -> Result<(), NotJson> {
        let (text, start) = (self.text, self.position);
        let (mut place, mut seen) = (start, 0);
        loop {
            place = plain_end(text, place, &mut seen);
            match (text.get(place), text.get(place + 1)) {
                (Some(b'"'), _) => break,
                // Those of one letter are most of them, and need not be made a character of.
                (Some(b'\\'), Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')) => place += 2,
                (Some(b'\\'), _) => {
                    self.position = place + 1;
                    self.escape()?;
                    place = self.position;
                }
                _ => return Err(NotJson { position: place }),
            }
        }
        self.position = place;
        if !is_ascii(seen) {
            utf8(self.since(start), start)?;
        }
        self.position += 1;
        Ok(())
    }

    /// The characters up to the next quote or backslash.
    fn plain(&mut self) -> Result<&'a str, NotJson> {
        let start = self.position;
        self.position = plain_end(self.text, start, &mut 0);
        utf8(self.since(start), start)
    }

    fn escape(&mut self) -> Result<char, NotJson> {
        let refused = self.refused();
        let letter = self.text.get(self.position).copied();
        self.position += 1;
        Ok(match letter {
            Some(letter @ (b'"' | b'\\' | b'/')) => letter.into(),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let unit = self.hexadecimal()?;
                self.character(unit)?
            }
            _ => return Err(refused),
        })
    }

    /// A code unit, joined with the second half of its pair where that follows.
    fn character(&mut self, unit: u32) -> Result<char, NotJson> {
        let before = self.position;
        if (0xd800..0xdc00).contains(&unit) && self.take(b'\\') && self.take(b'u') {
            let low = self.hexadecimal()?;
            if (0xdc00..0xe000).contains(&low) {
                let code = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        if (0xd800..0xdc00).contains(&unit) {
            self.position = before;
        }
        Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hexadecimal(&mut self) -> Result<u32, NotJson> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.text.get(self.position).and_then(|byte| char::from(*byte).to_digit(16));
            unit = unit * 16 + digit.ok_or(self.refused())?;
            self.position += 1;
        }
        Ok(unit)
    }
}

fn utf8(bytes: &[u8], position: usize) -> Result<&str, NotJson> {
    std::str::from_utf8(bytes).map_err(|_| NotJson { position })
}

#[cfg(test)]
mod tests {
    use crate::json::Json;

    #[test]
    fn half_a_surrogate_pair_is_a_replacement_character() {
        // JavaScript's JSON.stringify writes such text; refusing it would lose the whole call.
        for (text, expected) in [
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""\ud83dx""#, "\u{fffd}x"),
            (r#""\ude00\n""#, "\u{fffd}\n"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
        ] {
            assert_eq!(Json::parse(text.as_bytes()), Some(expected.into()), "{text}");
        }
    }
}
