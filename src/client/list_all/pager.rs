//! Which page to request next, as [`ListAll`](super::ListAll) describes it, without the requests.

use std::collections::HashSet;

use crate::{
    contract::{Contract, Operation},
    types::ListedAction,
};

/// The default `count` in the contract.
fn default_count() -> i64 {
    let mut parameters = Contract::get().operations.iter().flat_map(Operation::query);
    let count = parameters.find(|parameter| parameter.name == "count");
    let default = count.and_then(|count| count.schema.default.as_ref()?.as_i64());
    default.unwrap_or_default()
}

/// The maximum page size, unless the caller sets a larger one. The documentation names no maximum;
/// a service without one would have to hold all actions in memory.
pub(super) const MOST_AT_ONCE: i64 = 1000;

/// A page to request.
#[derive(Debug)]
pub(super) struct Pager {
    /// The time to start from, in epoch seconds.
    pub from_date: Option<i64>,
    /// The page size.
    pub count: Option<i64>,
    /// The page size to return to once the time advances.
    page_size: Option<i64>,
    seen: HashSet<String>,
    /// The number of pages before it.
    pub before: usize,
    /// Whether there is no page worth requesting, although the service says that there is more.
    pub stalled: bool,
}

impl Pager {
    pub fn new(from_date: Option<i64>, page_size: Option<i64>) -> Self {
        Self {
            from_date,
            count: page_size,
            page_size,
            seen: HashSet::new(),
            before: 0,
            stalled: false,
        }
    }

    /// Takes the requested page; returns its new actions and the next page to request.
    pub fn page(
        mut self,
        actions: Vec<ListedAction>,
        has_more: bool,
    ) -> (Vec<ListedAction>, Option<Self>) {
        let length = i64::try_from(actions.len()).unwrap_or(i64::MAX);
        let (mut times, mut fresh) = (Vec::with_capacity(actions.len()), Vec::new());
        for action in actions {
            let (key, time) = identify(&action);
            times.push(time);
            if self.seen.insert(key) {
                fresh.push(action);
            }
        }
        if !has_more {
            return (fresh, None);
        }
        self.before += 1;
        // If all actions of a page have the same second, it is unknown whether the next page would
        // be before or after it.
        let times: Option<Vec<i64>> = times.into_iter().collect();
        let times = times.filter(|times| times.is_sorted() && times.first() < times.last());
        let last = times.and_then(|times| times.last().copied());
        let next = last.map(|last| last.saturating_sub(1).max(0));
        if next > self.from_date {
            self.from_date = next;
            self.count = self.page_size;
        } else {
            let asked = self.count.unwrap_or_else(default_count);
            let most = self.page_size.unwrap_or_default().max(MOST_AT_ONCE);
            // A page with room that brought nothing new: a larger page would not, either.
            self.stalled = fresh.is_empty() && (length < asked || asked >= most);
            let larger = asked.max(length).max(1).saturating_mul(2);
            self.count = Some(larger.min(most));
        }
        (fresh, Some(self))
    }
}

/// What identifies an action, and its time in epoch seconds.
fn identify(action: &ListedAction) -> (String, Option<i64>) {
    let key = action.reference_id().map_or_else(
        || serde_json::to_string(action).unwrap_or_default(),
        str::to_owned,
    );
    (key, action.time().map(|time| time.timestamp()))
}

#[cfg(test)]
mod tests;
