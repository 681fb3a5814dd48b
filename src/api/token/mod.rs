//! The token endpoint: API credentials → an access token.

pub mod create;
