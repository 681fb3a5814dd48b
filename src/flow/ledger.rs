//! The ledger: which proposals have been acted upon, so that none is twice, whoever tries and from wherever. An entry is
//! made before the request leaves; who finds one sends nothing. It lies in the client's store.
//!
//! An entry is `pending` until the tenant has answered. Only whoever made it sends the request, and only whoever made it
//! may release it, where the tenant refused: a crash leaves it, and it is never sent again.

use super::run::{Run, RunState};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::client::{Client, Host};
use crate::json::{Json, Read, Write, record};
use crate::nql::{DAY, Timestamp};

/// What entries are called in the store.
const NAME: &str = "run";

/// How long an entry stays after its last change. A token must never outlive its entry, by the clock of any process.
#[expect(clippy::cast_possible_truncation, reason = "two days are far below 2^32 milliseconds")]
const KEPT_MS: u32 = 2 * DAY as u32;

/// How often a change is tried where others change the entry, too.
const TRIES: u32 = 5;

record! {
    lenient
    /// What the ledger holds of a proposal.
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Entry {
        /// Which attempt to send the request made it; random, so that nobody takes another's for its own.
        pub attempt: String,
        /// The tenant refused the request: nothing happened, and the consent still holds.
        pub released: bool,
        /// Until when it does.
        pub consent_expires_at: Timestamp,
        /// How the run stands.
        pub run: Run,
    }
}

/// An entry, and the text that the store has for it.
pub(super) struct Entered {
    pub entry: Entry,
    text: String,
}

/// What the ledger has of a proposal.
///
/// # Errors
/// What the store fails with; `refused` for what cannot be read, or is another proposal's: it may say that the remote
/// action was triggered.
pub(super) async fn find<H: Host>(client: &Client<H>, id: &str) -> Result<Option<Entered>, NexthinkError> {
    let Some(text) = client.stored(NAME, id).await? else { return Ok(None) };
    match Json::parse(text.as_bytes()).and_then(|json| Entry::read(json).ok()) {
        Some(entry) if entry.run.id == id => Ok(Some(Entered { entry, text })),
        _ => Err(NexthinkError::new(ErrorKind::Refused, "the ledger's entry for this proposal cannot be read")
            .hint("look at the remote action's executions in Nexthink, and propose again where there is none")),
    }
}

/// Makes an entry, in place of one that was released where there is one. Gives none where someone else was faster.
///
/// # Errors
/// What the store fails with: then nothing may be sent.
pub(super) async fn enter<H: Host>(
    client: &Client<H>,
    released: Option<&Entered>,
    entry: Entry,
) -> Result<Option<Entered>, NexthinkError> {
    let text = entry.write().to_text();
    let expected = released.map(|entered| entered.text.as_str());
    let put = client.store(NAME, &entry.run.id, expected, &text, KEPT_MS).await;
    let entered = Entered { entry, text };
    match put {
        Ok(true) => Ok(Some(entered)),
        Ok(false) => Ok(None),
        Err(error) => {
            // It may be there all the same, and nobody would ever send the request.
            release(client, entered).await;
            Err(error)
        }
    }
}

/// Releases an entry of one's own: nothing was accepted. If the store fails, it stays, and the consent is used up.
pub(super) async fn release<H: Host>(client: &Client<H>, mine: Entered) {
    let (id, attempt) = (mine.entry.run.id.clone(), mine.entry.attempt.clone());
    let release = |entry: &mut Entry| {
        // Someone may have looked meanwhile, and written down that the tenant has it all the same.
        entry.released |= entry.attempt == attempt && entry.run.state < RunState::Accepted;
    };
    change(client, &id, Some(mine), &release).await;
}

/// Writes down what was learned of a run, and gives the run as it stands then: whoever is further is right. If the store
/// fails, the entry stays as it is, and the next one to look writes it down.
pub(super) async fn record<H: Host>(client: &Client<H>, known: Option<Entered>, learned: Run) -> Run {
    let merge = |entry: &mut Entry| {
        entry.run = entry.run.clone().merged(learned.clone());
        // What the tenant has, whatever it answered, nobody may send again.
        entry.released &= entry.run.state < RunState::Accepted;
    };
    match change(client, &learned.id, known, &merge).await {
        Some(entry) => entry.run,
        None => learned,
    }
}

/// Changes an entry, however often others change it, too. Gives it as it is then, or would be if the store had not
/// failed; nothing where there is none.
async fn change<H: Host>(
    client: &Client<H>,
    id: &str,
    known: Option<Entered>,
    change: &dyn Fn(&mut Entry),
) -> Option<Entry> {
    let mut known = known;
    for _ in 0..TRIES {
        let current = match known.take() {
            Some(current) => current,
            None => find(client, id).await.ok()??,
        };
        let mut entry = current.entry.clone();
        change(&mut entry);
        if entry == current.entry {
            return Some(entry);
        }
        let text = entry.write().to_text();
        match client.store(NAME, id, Some(&current.text), &text, KEPT_MS).await {
            Ok(false) => {}
            Ok(true) | Err(_) => return Some(entry),
        }
    }
    None
}
