//! Against a service that is simulated in all the ways that the documentation leaves open.

use chrono::DateTime;
use proptest::prelude::*;
use serde_json::json;

use super::*;

/// How a service may understand what is not documented.
#[derive(Clone, Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a question that the documentation leaves open"
)]
struct Service {
    /// Times of the actions, their references being their places here.
    times: Vec<i64>,
    /// Whether `fromDate` is in what it asks for.
    inclusive: bool,
    newest_first: bool,
    /// Whether `hasMore` says that the page is full, not that something follows.
    full_is_more: bool,
    /// Whether times are `sentAt`.
    iso: bool,
    /// Always the first page, whatever is asked for.
    repeats: bool,
}

impl Service {
    fn page(&self, from_date: Option<i64>, count: Option<i64>) -> (Vec<ListedAction>, bool) {
        let (from_date, count) = if self.repeats {
            (None, 30)
        } else {
            (from_date, usize::try_from(count.unwrap_or(30)).unwrap())
        };
        let is_wanted = |time: i64| {
            from_date.is_none_or(|from| {
                if self.inclusive {
                    time >= from
                } else {
                    time > from
                }
            })
        };
        let mut wanted: Vec<_> = self
            .times
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, time)| is_wanted(*time))
            .collect();
        wanted.sort_by_key(|(_, time)| if self.newest_first { -time } else { *time });
        let has_more = if self.full_is_more {
            wanted.len() >= count
        } else {
            wanted.len() > count
        };
        (
            wanted
                .into_iter()
                .take(count)
                .map(|(index, time)| self.action(index, time))
                .collect(),
            has_more || self.repeats,
        )
    }

    fn action(&self, index: usize, time: i64) -> ListedAction {
        let mut action =
            json!({"referenceId": index.to_string(), "actionType": "Hologram", "actionBody": {}});
        if self.iso {
            action["sentAt"] = json!(DateTime::from_timestamp(time, 0).unwrap());
        } else {
            action["creationTime"] = json!(time);
        }
        serde_json::from_value(action).unwrap()
    }

    /// The references of all that is listed, whether it stalled, and how many pages that took.
    fn list(&self, from_date: Option<i64>, page_size: Option<i64>) -> (Vec<usize>, bool, usize) {
        let (mut listed, mut pages) = (Vec::new(), 0);
        let mut next = Some(Pager::new(from_date, page_size));
        while let Some(pager) = next {
            if pager.stalled {
                return (listed, true, pages);
            }
            let (actions, has_more) = self.page(pager.from_date, pager.count);
            let (fresh, then) = pager.page(actions, has_more);
            listed.extend(
                fresh
                    .iter()
                    .map(|action| identify(action).0.parse::<usize>().unwrap()),
            );
            next = then;
            pages += 1;
            assert!(pages < 1000, "no end: {self:?}");
        }
        (listed, false, pages)
    }
}

prop_compose! {
    /// Up to 200 actions in few seconds, so that many share one.
    fn service()(
        times in prop::collection::vec(1_512_086_400_i64..1_512_086_420, 0..200),
        (inclusive, newest_first, full_is_more, iso) in any::<(bool, bool, bool, bool)>(),
    ) -> Service {
        Service { times, inclusive, newest_first, full_is_more, iso, repeats: false }
    }
}

proptest! {
    #[test]
    fn everything_is_listed_once(service in service(), page_size in prop::option::of(1_i64..60)) {
        let (mut listed, stalled, _) = service.list(None, page_size);
        prop_assert!(!stalled);
        listed.sort_unstable();
        prop_assert_eq!(listed, (0..service.times.len()).collect::<Vec<_>>());
    }

    #[test]
    fn from_a_date_on_too(mut service in service(), page_size in 1_i64..60, from in 1_512_086_399_i64..1_512_086_421) {
        service.inclusive = true;
        let (mut listed, stalled, _) = service.list(Some(from), Some(page_size));
        prop_assert!(!stalled);
        listed.sort_unstable();
        let wanted: Vec<_> = (0..service.times.len()).filter(|index| service.times[*index] >= from).collect();
        prop_assert_eq!(listed, wanted);
    }

    #[test]
    fn a_service_that_repeats_itself_stalls(mut service in service(), page_size in prop::option::of(1_i64..60)) {
        service.repeats = true;
        let (listed, stalled, pages) = service.list(None, page_size);
        prop_assert!(stalled && pages < 12, "{} pages", pages);
        prop_assert_eq!(listed.len(), service.times.len().min(30));
    }
}

#[test]
fn actions_without_a_time_are_listed_by_larger_pages() {
    let action = |index: i64| {
        serde_json::from_value(json!({"referenceId": index.to_string(), "actionType": "Hologram"}))
            .unwrap()
    };
    let (mut next, mut listed, mut counts) = (Some(Pager::new(None, Some(10))), 0, Vec::new());
    while let Some(pager) = next {
        assert!(!pager.stalled);
        let count = pager.count.unwrap();
        counts.push(count);
        let (fresh, then) = pager.page((0..count.min(35)).map(action).collect(), count < 35);
        listed += fresh.len();
        next = then;
    }
    assert_eq!((listed, counts), (35, vec![10, 20, 40]));
}

#[test]
fn a_page_that_time_brings_on_costs_one_call() {
    let times = (0..300).map(|second| 1_512_086_400 + second * 60).collect();
    let service = Service {
        times,
        inclusive: true,
        newest_first: false,
        full_is_more: false,
        iso: false,
        repeats: false,
    };
    // Each page but the first begins with the last action of the one before.
    assert_eq!(service.list(None, None).2, 11);
}
