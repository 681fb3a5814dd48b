//! Memory for a plan, asked for at once.

use std::hint::black_box;

/// Lets a module's memory grow by so much now, if it can, instead of later page by page: each time, V8 takes all of it for newly
/// used, and cleans up the whole heap, with the caller's matches in it, hundreds of thousands of objects.
pub(super) fn make_room(bytes: usize) {
    let mut room: Vec<u8> = Vec::new();
    // Where there is less, it may still do.
    if room.try_reserve_exact(bytes).is_ok() {
        // The compiler would leave out what nobody looks at.
        black_box(&mut room);
    }
}
