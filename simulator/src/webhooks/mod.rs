//! Webhooks: when an event happens that an administrator's NQL condition is about, the tenant sends what a template
//! says, late and sometimes twice. It sends nothing itself: what is due is handed out as values.

mod condition;
mod delivery;
mod one_event;
mod template;
mod webhook;

use std::collections::BTreeMap;

use nexthink_chatbot::nql::{SECOND, TimeRange, Timestamp, Value};

use crate::random::Random;
use crate::tables::View;
use crate::tenant::{ControlError, SimulatedTenant};

use condition::Condition;
pub use delivery::Delivery;
use template::Template;
pub use webhook::{Webhook, WebhookCredential, WebhookMethod};

/// How many webhooks a tenant may have.
const MAXIMUM_WEBHOOKS: usize = 50;

/// The shortest and the longest time from an event to its delivery, and from a delivery to its repetition.
const DELAY: (i64, i64) = (3 * SECOND, 180 * SECOND);

/// So many of a hundred deliveries come a second time.
const REPEATED_PERCENT: u64 = 5;

/// The webhooks of a tenant, and what they are about to send.
#[derive(Debug, Clone)]
pub(crate) struct Webhooks {
    seed: u64,
    list: Vec<Configured>,
    /// Events before this time have been seen.
    seen_until: Timestamp,
    queue: BTreeMap<Due, Delivery>,
    /// How many were ever queued.
    count: u64,
}

/// A webhook that was checked and can be used.
#[derive(Debug, Clone)]
struct Configured {
    webhook: Webhook,
    condition: Condition,
    resource: Template,
    payload: Template,
}

/// The order in which deliveries are handed out: by their time, then by what they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    at: Timestamp,
    event: Timestamp,
    webhook: usize,
    count: u64,
}

impl Webhooks {
    pub fn new(seed: u64, now: Timestamp) -> Self {
        Self { seed, list: Vec::new(), seen_until: now, queue: BTreeMap::new(), count: 0 }
    }

    /// Checks a webhook. Once it is in the list, it sends.
    fn checked(&self, webhook: &Webhook, view: &View<'_>) -> Result<Configured, String> {
        if self.list.len() >= MAXIMUM_WEBHOOKS {
            return Err(format!("the tenant has {MAXIMUM_WEBHOOKS} webhooks, and more are not allowed"));
        }
        if self.list.iter().any(|one| one.webhook.name == webhook.name) {
            return Err("another webhook has this name".to_owned());
        }
        webhook.check_address()?;
        let condition = Condition::read(&webhook.query, view).map_err(|mistake| format!("`query`: {mistake}"))?;
        let resource = Template::of_address(&webhook.resource, &condition.columns);
        let resource = resource.map_err(|mistake| format!("`resource`: {mistake}"))?;
        let payload = Template::of_payload(&webhook.payload, &condition.columns);
        let payload = payload.map_err(|mistake| format!("`payload`: {mistake}"))?;
        Ok(Configured { webhook: webhook.clone(), condition, resource, payload })
    }

    /// Queues what is to be sent of the events since the last time. However often it is asked, each event is seen once
    /// and its delays are the same.
    pub fn watch(&mut self, view: &View<'_>) {
        let range = TimeRange { from: self.seen_until, to: view.now };
        self.seen_until = view.now.max(self.seen_until);
        if range.from >= range.to {
            return;
        }
        for (webhook, configured) in self.list.iter().enumerate() {
            for row in view.new_events(configured.condition.table, range) {
                let Some(values) = configured.condition.values(view, row) else { continue };
                let event = view.time_known(row);
                let mut random = Random::of([
                    self.seed.wrapping_add(webhook as u64),
                    event.0.cast_unsigned(),
                    view.object_number(row),
                ]);
                let mut at = event;
                let times = if random.percent(REPEATED_PERCENT) { 2 } else { 1 };
                for _ in 0..times {
                    at = at.plus(random.between(DELAY.0.cast_unsigned(), DELAY.1.cast_unsigned()).cast_signed());
                    self.count += 1;
                    let due = Due { at, event, webhook, count: self.count };
                    self.queue.insert(due, configured.delivery(at, &values));
                }
            }
        }
    }

    /// Takes what is due, in the order of time.
    fn take(&mut self, now: Timestamp) -> Vec<Delivery> {
        let mut due = Vec::new();
        while let Some(first) = self.queue.first_entry().filter(|first| first.key().at <= now) {
            due.push(first.remove());
        }
        due
    }
}

impl Configured {
    fn delivery(&self, at: Timestamp, values: &[Value]) -> Delivery {
        let mut headers = vec![("Content-Type".to_owned(), self.payload.content_type().to_owned())];
        headers.extend(self.webhook.credential.header().map(|value| ("Authorization".to_owned(), value)));
        Delivery {
            webhook: self.webhook.name.clone(),
            at,
            method: self.webhook.method,
            url: self.webhook.address(&self.resource.render(values)),
            headers,
            body: self.payload.render(values),
        }
    }
}

impl SimulatedTenant {
    /// Adds a webhook: of what happens from now on it sends deliveries, which `deliveries` hands out.
    ///
    /// # Errors
    /// The query is none that a webhook may have, a placeholder is no listed column, or the address is none.
    pub fn add_webhook(&mut self, webhook: Webhook) -> Result<(), ControlError> {
        let refused = |mistake| ControlError(format!("webhook `{}`: {mistake}", webhook.name));
        let configured = self.webhooks.checked(&webhook, &self.view()).map_err(refused)?;
        self.webhooks.list.push(configured);
        Ok(())
    }

    /// Takes the deliveries that are due by now, in the order of time. Each comes seconds to minutes after its event,
    /// and a few of a hundred come twice. To send them is up to the host.
    pub fn deliveries(&mut self) -> Vec<Delivery> {
        self.webhooks.take(self.now)
    }
}
