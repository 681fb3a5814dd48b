//! Bytes that only grow, in pieces of one size: growing copies nothing and leaves nothing empty, and what has to be kept
//! is the pieces one after the other.

/// The size of a piece. What is added stays within one, so it is also the most that can be added at once.
pub(super) const PIECE: usize = 1 << 16;

#[derive(Default)]
pub(super) struct Arena {
    pieces: Vec<Vec<u8>>,
}

impl Arena {
    /// How many bytes there are, with those that are left empty at the ends of pieces.
    pub fn len(&self) -> usize {
        self.pieces.last().map_or(0, |last| (self.pieces.len() - 1) * PIECE + last.len())
    }

    /// Adds bytes that stay together, and tells where they are.
    pub fn push(&mut self, bytes: &[u8]) -> u32 {
        if let Some(last) = self.pieces.last_mut()
            && last.len() + bytes.len() > PIECE
        {
            last.resize(PIECE, 0);
        }
        let at = self.len();
        self.fill(bytes);
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// Adds a number.
    pub fn push_number(&mut self, number: u32) {
        self.push(&number.to_le_bytes());
    }

    /// Adds bytes that need not stay together.
    pub fn fill(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.pieces.last().is_none_or(|last| last.len() == PIECE) {
                // The first grows as it needs to: a small directory is small.
                self.pieces.push(if self.pieces.is_empty() { Vec::new() } else { Vec::with_capacity(PIECE) });
            }
            let Some(last) = self.pieces.last_mut() else { return };
            let (now, later) = bytes.split_at(bytes.len().min(PIECE - last.len()));
            last.extend_from_slice(now);
            bytes = later;
        }
    }

    /// What lies from a place on, as far as it stays together.
    pub fn rest(&self, at: u32) -> Option<&[u8]> {
        let at = at as usize;
        self.pieces.get(at / PIECE)?.get(at % PIECE..)
    }

    /// So many bytes at a place, to be written over.
    pub fn bytes_mut(&mut self, at: usize, length: usize) -> Option<&mut [u8]> {
        self.pieces.get_mut(at / PIECE)?.get_mut(at % PIECE..at % PIECE + length)
    }

    /// The number at a position, where there is nothing but numbers.
    pub fn number(&self, position: usize) -> Option<u32> {
        let at = position.checked_mul(4)?;
        let bytes = self.pieces.get(at / PIECE)?.get(at % PIECE..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes))
    }

    /// The pieces in order.
    pub fn pieces(&self) -> &[Vec<u8>] {
        &self.pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_stays_together_and_where_it_was() {
        let mut arena = Arena::default();
        let mut places = Vec::new();
        for length in (0..3_000_u32).map(|number| number % 300) {
            let bytes = vec![(length % 251) as u8; length as usize];
            places.push((arena.push(&bytes), bytes));
        }
        for (at, bytes) in &places {
            assert_eq!(arena.rest(*at).unwrap_or_default().get(..bytes.len()), Some(&**bytes));
        }
        let mut copy = Arena::default();
        for chunk in arena.pieces().concat().chunks(1_000) {
            copy.fill(chunk);
        }
        assert_eq!((copy.len(), copy.pieces()), (arena.len(), arena.pieces()));
    }

    #[test]
    fn numbers_are_found_by_their_positions_and_beyond_the_end_there_are_none() {
        let mut arena = Arena::default();
        for number in 0..40_000 {
            arena.push_number(number * 7);
        }
        assert!((0..40_000).all(|position| arena.number(position) == Some(position as u32 * 7)));
        assert_eq!((arena.number(40_000), arena.number(usize::MAX), arena.rest(u32::MAX)), (None, None, None));
    }
}
