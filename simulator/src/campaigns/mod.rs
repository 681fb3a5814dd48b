//! Campaigns: which there are (`catalogue`), and what becomes of one that was sent to an employee (`life_cycle`).

mod catalogue;
mod life_cycle;

pub(crate) use catalogue::{Campaign, find};
pub use life_cycle::CampaignAnswer;
pub(crate) use life_cycle::{CampaignRequest, CampaignRequests};
