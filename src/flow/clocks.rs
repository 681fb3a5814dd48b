//! How far the clocks of two machines may differ whose times are compared: this one's, another's, the tenant's.

use crate::nql::MINUTE;

/// In milliseconds. Beyond it, a clock is wrong, or the time is of something else.
pub(super) const CLOCKS_DIFFER_MS: i64 = 5 * MINUTE;
