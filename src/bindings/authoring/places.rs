//! Places in bytes of UTF-8 → places in JavaScript's strings, which count UTF-16 code units; and lines and columns.

use crate::nql::Span;

/// A text whose places are asked for.
pub(in crate::bindings::authoring) struct Places<'a> {
    text: &'a str,
    /// For each character of several bytes: where it ends, and how many bytes more than code units there are up to there.
    wide: Vec<(usize, usize)>,
}

impl<'a> Places<'a> {
    pub(in crate::bindings::authoring) fn new(text: &'a str) -> Self {
        let mut wide = Vec::new();
        let mut surplus = 0;
        for (start, letter) in text.char_indices() {
            let bytes = letter.len_utf8();
            if bytes > 1 {
                surplus += bytes - letter.len_utf16();
                wide.push((start + bytes, surplus));
            }
        }
        Self { text, wide }
    }

    /// Start and end in code units.
    pub(in crate::bindings::authoring) fn of(&self, span: Span) -> (usize, usize) {
        (self.units(span.start), self.units(span.end))
    }

    /// The line and, in code units, the column of a byte. Both count from 1.
    pub(in crate::bindings::authoring) fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let before = self.text.get(..byte).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        (line, self.units(byte) - self.units(start) + 1)
    }

    fn units(&self, byte: usize) -> usize {
        let passed = self.wide.partition_point(|(end, _)| *end <= byte);
        let surplus = passed.checked_sub(1).and_then(|last| self.wide.get(last)).map_or(0, |(_, surplus)| *surplus);
        byte - surplus
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_that_of_the_string_in_javascript() {
        for text in ["", "plain", "é", "aé€😀b\n😀é|x", "\u{10ffff}\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}"] {
            let places = Places::new(text);
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let expected = text.get(..byte).unwrap().encode_utf16().count();
                assert_eq!(places.of(Span { start: byte, end: byte }), (expected, expected), "{text} {byte}");
            }
        }
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        let text = "é😀\n\r\n😀x";
        let places = Places::new(text);
        for (letter, expected) in [('é', (1, 1)), ('😀', (1, 2)), ('\r', (2, 1)), ('x', (3, 3))] {
            assert_eq!(places.line_and_column(text.find(letter).unwrap()), expected, "{letter:?}");
        }
        assert_eq!(places.line_and_column(text.len()), (3, 4));
    }
}
