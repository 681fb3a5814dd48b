//! Dotted names, and places in the text.

/// A place in the text, in bytes: `start` is the first, `end` the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A dotted name as it was written: `package.version`, `device.#cost_centre`.
#[derive(Debug, Clone)]
pub struct Name {
    /// The name with its dots.
    pub text: Box<str>,
    /// Where it stands.
    pub span: Span,
}

impl Name {
    /// The parts between the dots.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.text.split('.')
    }

    /// Names ignore case.
    pub fn is(&self, other: &str) -> bool {
        self.text.eq_ignore_ascii_case(other)
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.is(&other.text)
    }
}
