//! Work on several threads, its results in the order of the input.
//!
//! The workers take turns at the feed: whoever is free takes the next piece and works on it while
//! the others do the same. Whoever is done with a piece also shows it, and what others have laid
//! down behind it, unless somebody shows already. So nothing is handed over that need not be, and
//! only a few pieces are ever under way, however fast the reading is and however slow one piece.

use std::{
    collections::BTreeMap,
    num::NonZero,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// How many pieces may be under way or waiting to be shown, for each worker.
const AHEAD: u64 = 2;

/// Gives the next piece of work; none at the end.
pub(super) type Feed<W> = Box<dyn FnMut() -> Option<W> + Send>;

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    All,
    Interrupted,
    /// A worker has panicked, and what it worked on is lost.
    Broken,
}

/// Takes in results, one after the other.
pub(super) trait Show<R>: Send + 'static {
    type Error: Send + 'static;

    /// # Errors
    /// What ends the work.
    fn show(&mut self, result: R) -> Result<(), Self::Error>;
}

/// Ends the work before its time, from any thread.
pub(super) struct Interrupt<R, S: Show<R>>(Arc<Desk<R, S>>);

impl<R, S: Show<R>> Interrupt<R, S> {
    pub fn interrupt(&self) {
        self.0.end(Ok(End::Interrupted));
    }
}

/// The workers, and what is done with their results.
pub(super) struct Engine<R, S: Show<R>> {
    desk: Arc<Desk<R, S>>,
}

impl<R: Send + 'static, S: Show<R>> Engine<R, S> {
    pub fn new(show: S) -> Self {
        let top = Top {
            show: Some(show),
            waiting: BTreeMap::new(),
            next: 0,
            running: 0,
            held_back: 0,
            lost: false,
            end: None,
        };
        Self {
            desk: Arc::new(Desk {
                top: Mutex::new(top),
                changed: Condvar::new(),
                ended: Condvar::new(),
            }),
        }
    }

    /// Something that can end the work.
    pub fn interrupt(&self) -> Interrupt<R, S> {
        Interrupt(Arc::clone(&self.desk))
    }

    /// Works through the feed and shows each result, in order; gives back who has shown them, who
    /// is lost if showing has panicked. When it is interrupted, workers may go on for a while, or
    /// wait for input for ever, but nothing is shown any more: the process is meant to end.
    ///
    /// # Errors
    /// Whatever showing gives.
    pub fn run<W: 'static>(
        self,
        workers: NonZero<usize>,
        feed: Feed<W>,
        work: impl Fn(W) -> R + Send + Sync + 'static,
    ) -> Result<(End, Option<S>), S::Error> {
        let window = AHEAD * workers.get() as u64;
        let feed = Arc::new(Mutex::new((feed, 0)));
        let work = Arc::new(work);
        lock(&self.desk.top).running = workers.get();
        for _ in 0..workers.get() {
            let (desk, feed, work) = (Arc::clone(&self.desk), Arc::clone(&feed), Arc::clone(&work));
            thread::spawn(move || {
                // When it is dropped, also because something has panicked, it tells whoever waits.
                let mut worker = Worker {
                    desk: &desk,
                    shows: false,
                };
                while let Some((number, piece)) = worker.take(&feed, window) {
                    worker.hand_in(number, work(piece));
                }
            });
        }
        self.desk.wait()
    }
}

/// Where results are handed in.
struct Desk<R, S: Show<R>> {
    top: Mutex<Top<R, S>>,
    /// There is room for more pieces, or no need of them.
    changed: Condvar,
    /// It is over.
    ended: Condvar,
}

struct Top<R, S: Show<R>> {
    /// None while somebody shows.
    show: Option<S>,
    /// What cannot be shown yet, by its number.
    waiting: BTreeMap<u64, R>,
    /// The number of what is shown next.
    next: u64,
    running: usize,
    /// How many workers wait for room.
    held_back: usize,
    /// Whether showing has panicked.
    lost: bool,
    end: Option<Result<End, S::Error>>,
}

impl<R, S: Show<R>> Desk<R, S> {
    fn end(&self, end: Result<End, S::Error>) {
        lock(&self.top).end.get_or_insert(end);
        self.changed.notify_all();
        self.ended.notify_all();
    }

    /// Waits until it is over, and nobody shows any more.
    fn wait(&self) -> Result<(End, Option<S>), S::Error> {
        let is_on = |top: &mut Top<R, S>| top.end.is_none() || top.show.is_none() && !top.lost;
        let mut top = self
            .ended
            .wait_while(lock(&self.top), is_on)
            .unwrap_or_else(PoisonError::into_inner);
        let show = top.show.take();
        top.end
            .take()
            .unwrap_or(Ok(End::Broken))
            .map(|end| (end, show))
    }
}

struct Worker<'d, R, S: Show<R>> {
    desk: &'d Desk<R, S>,
    shows: bool,
}

impl<R, S: Show<R>> Worker<'_, R, S> {
    /// Takes a piece with its number, once there is room for it.
    fn take<W>(&self, feed: &Mutex<(Feed<W>, u64)>, window: u64) -> Option<(u64, W)> {
        let mut feed = lock(feed);
        let number = feed.1;
        let mut top = lock(&self.desk.top);
        top.held_back += 1;
        top = self
            .desk
            .changed
            .wait_while(top, |top| top.end.is_none() && number >= top.next + window)
            .unwrap_or_else(PoisonError::into_inner);
        top.held_back -= 1;
        if top.end.is_some() {
            return None;
        }
        drop(top);
        let piece = (feed.0)()?;
        feed.1 += 1;
        Some((number, piece))
    }

    /// Lays down a result, and shows what can be shown unless somebody does.
    fn hand_in(&mut self, number: u64, result: R) {
        let mut top = lock(&self.desk.top);
        top.waiting.insert(number, result);
        let Some(mut show) = top.show.take() else {
            return;
        };
        self.shows = true;
        while top.end.is_none()
            && let next = top.next
            && let Some(result) = top.waiting.remove(&next)
        {
            drop(top);
            let outcome = show.show(result);
            top = lock(&self.desk.top);
            top.next += 1;
            if let Err(error) = outcome {
                top.end.get_or_insert(Err(error));
            }
            if top.held_back > 0 {
                self.desk.changed.notify_all();
            }
        }
        self.shows = false;
        top.show = Some(show);
        if top.end.is_some() {
            self.desk.ended.notify_all();
        }
    }
}

impl<R, S: Show<R>> Drop for Worker<'_, R, S> {
    fn drop(&mut self) {
        let mut top = lock(&self.desk.top);
        top.lost |= self.shows;
        top.running -= 1;
        let is_last = top.running == 0;
        drop(top);
        if thread::panicking() {
            self.desk.end(Ok(End::Broken));
        } else if is_last {
            self.desk.end(Ok(End::All));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicU64, Ordering},
        time::Duration,
    };

    use super::*;

    /// Keeps what it is shown, up to a number that it does not like.
    #[derive(Debug, PartialEq)]
    struct Kept {
        shown: Vec<u64>,
        refuses: Option<u64>,
        panics_at: Option<u64>,
    }

    impl Show<u64> for Kept {
        type Error = u64;

        fn show(&mut self, number: u64) -> Result<(), u64> {
            assert_ne!(Some(number), self.panics_at);
            self.shown.push(number);
            if self.refuses == Some(number) {
                Err(number)
            } else {
                Ok(())
            }
        }
    }

    const ALL: Kept = Kept {
        shown: Vec::new(),
        refuses: None,
        panics_at: None,
    };

    fn numbers(count: u64) -> Feed<u64> {
        let mut numbers = 0..count;
        Box::new(move || numbers.next())
    }

    fn workers(count: usize) -> NonZero<usize> {
        NonZero::new(count).unwrap()
    }

    #[test]
    fn results_come_in_order_however_long_each_takes() {
        for count in [1, 2, 7] {
            let work = |number: u64| {
                thread::sleep(Duration::from_micros(number * 7919 % 300));
                number
            };
            let (end, kept) = Engine::new(ALL)
                .run(workers(count), numbers(500), work)
                .unwrap();
            assert_eq!(end, End::All);
            assert!(kept.unwrap().shown.into_iter().eq(0..500), "{count}");
        }
    }

    #[test]
    fn no_more_than_a_few_pieces_are_under_way_while_one_is_slow() {
        let taken = Arc::new(AtomicU64::new(0));
        let counted = taken.clone();
        let mut numbers = numbers(10_000);
        let feed: Feed<u64> = Box::new(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            numbers()
        });
        let seen = taken.clone();
        let work = move |number| {
            if number == 0 {
                thread::sleep(Duration::from_millis(100));
                assert!(seen.load(Ordering::Relaxed) <= 2 * AHEAD);
            }
            number
        };
        let (end, kept) = Engine::new(ALL).run(workers(2), feed, work).unwrap();
        assert_eq!((end, kept.unwrap().shown.len()), (End::All, 10_000));
    }

    #[test]
    fn an_interrupt_ends_it_though_the_feed_gives_nothing() {
        let engine = Engine::new(ALL);
        let interrupt = engine.interrupt();
        let mut numbers = numbers(3);
        let feed: Feed<u64> = Box::new(move || {
            let next = numbers();
            if next.is_none() {
                thread::sleep(Duration::from_secs(3600));
            }
            next
        });
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(100));
            interrupt.interrupt();
        });
        let (end, kept) = engine.run(workers(2), feed, |number| number).unwrap();
        assert_eq!(
            (end, kept.unwrap().shown),
            (End::Interrupted, vec![0, 1, 2])
        );
    }

    #[test]
    fn a_panic_is_not_the_end_of_the_input() {
        let work = |number: u64| {
            assert_ne!(number, 3);
            number
        };
        let (end, kept) = Engine::new(ALL)
            .run(workers(2), numbers(1000), work)
            .unwrap();
        assert_eq!((end, kept.unwrap().shown), (End::Broken, vec![0, 1, 2]));
    }

    #[test]
    fn whoever_panics_while_showing_is_lost() {
        let shaky = Kept {
            panics_at: Some(3),
            ..ALL
        };
        assert_eq!(
            Engine::new(shaky).run(workers(2), numbers(1000), |number| number),
            Ok((End::Broken, None))
        );
    }

    #[test]
    fn an_error_of_showing_ends_it() {
        let picky = Kept {
            refuses: Some(3),
            ..ALL
        };
        assert_eq!(
            Engine::new(picky).run(workers(2), numbers(1000), |number| number),
            Err(3)
        );
    }
}
