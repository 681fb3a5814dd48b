//! Bytes as a series of decisions: the same bytes build the same thing, and a small change of them a similar one.

/// The bytes that are left. When they are used up every decision is the first one, so whatever is built comes to an end.
pub struct Choices<'a>(&'a [u8]);

impl<'a> Choices<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub fn is_over(&self) -> bool {
        self.0.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// A number below `count`, which is at least 1.
    pub fn below(&mut self, count: usize) -> usize {
        let byte = usize::from(self.byte());
        if count <= 256 { byte % count } else { (byte << 8 | usize::from(self.byte())) % count }
    }

    pub fn one_of<T: Copy>(&mut self, options: &[T]) -> T {
        options[self.below(options.len())]
    }

    /// Whether what happens once in so many cases happens; never when the bytes are used up.
    pub fn once_in(&mut self, cases: usize) -> bool {
        self.below(cases) == cases - 1
    }
}
