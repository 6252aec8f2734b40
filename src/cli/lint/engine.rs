//! Work on several threads, its results in the order of the input.
//!
//! The workers take turns at the feed: whoever is free takes the next piece and works on it while the others do the same.
//! Only a few pieces are ever under way, however fast the reading is and however slow one piece.

use std::{
    collections::BTreeMap,
    num::NonZero,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
};

/// How many pieces may be under way or waiting to be shown, for each worker.
const AHEAD: u64 = 2;

/// Gives the next piece of work; none at the end.
pub(super) type Feed<W> = Box<dyn FnMut() -> Option<W> + Send>;

/// What comes of the workers.
enum Event<R> {
    Done(u64, R),
    /// A worker has found the feed at its end, or has panicked.
    Ended {
        panicked: bool,
    },
    /// Somebody wants it to stop.
    Interrupted,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    All,
    Interrupted,
    /// A worker has panicked, and what it worked on is lost.
    Broken,
}

/// Ends the work before its time, from any thread.
pub(super) struct Interrupt<R>(mpsc::Sender<Event<R>>);

impl<R> Interrupt<R> {
    pub fn interrupt(&self) {
        // Nobody may be there any more, and then it is over anyway.
        let _ = self.0.send(Event::Interrupted);
    }
}

/// The workers, and what they have done.
pub(super) struct Engine<R> {
    events: mpsc::Receiver<Event<R>>,
    sender: mpsc::Sender<Event<R>>,
}

impl<R: Send + 'static> Engine<R> {
    pub fn new() -> Self {
        let (sender, events) = mpsc::channel();
        Self { events, sender }
    }

    /// Something that can end the work.
    pub fn interrupt(&self) -> Interrupt<R> {
        Interrupt(self.sender.clone())
    }

    /// Works through the feed and shows each result, in order. When it is interrupted, workers may go on for a while, or
    /// wait for input for ever, but nothing is shown any more: the process is meant to end.
    ///
    /// # Errors
    /// Whatever showing gives.
    pub fn run<W: 'static, E>(
        self,
        workers: NonZero<usize>,
        feed: Feed<W>,
        work: impl Fn(W) -> R + Send + Sync + 'static,
        mut show: impl FnMut(R) -> Result<(), E>,
    ) -> Result<End, E> {
        let window = AHEAD * workers.get() as u64;
        let turns = Arc::new(Turns { feed: Mutex::new((feed, 0)), shown: Mutex::new(0), changed: Condvar::new(), window });
        let work = Arc::new(work);
        for _ in 0..workers.get() {
            let (turns, work, sender) = (turns.clone(), work.clone(), self.sender.clone());
            thread::spawn(move || {
                // Also if the work panics: whoever waits is not to wait for ever.
                let _ended = OnDrop(sender.clone());
                while let Some((number, piece)) = turns.take() {
                    if sender.send(Event::Done(number, work(piece))).is_err() {
                        break;
                    }
                }
            });
        }
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        let mut running = workers.get();
        while running > 0 {
            match self.events.recv() {
                Ok(Event::Done(number, result)) => {
                    waiting.insert(number, result);
                    while let Some(result) = waiting.remove(&next) {
                        show(result)?;
                        next += 1;
                        turns.shown(next);
                    }
                }
                Ok(Event::Ended { panicked: false }) => running -= 1,
                Ok(Event::Ended { panicked: true }) => return Ok(End::Broken),
                Ok(Event::Interrupted) | Err(_) => return Ok(End::Interrupted),
            }
        }
        Ok(End::All)
    }
}

struct OnDrop<R>(mpsc::Sender<Event<R>>);

impl<R> Drop for OnDrop<R> {
    fn drop(&mut self) {
        let _ = self.0.send(Event::Ended { panicked: thread::panicking() });
    }
}

/// Who takes what next.
struct Turns<W> {
    /// With the number of the next piece.
    feed: Mutex<(Feed<W>, u64)>,
    /// How many results are shown.
    shown: Mutex<u64>,
    changed: Condvar,
    window: u64,
}

impl<W> Turns<W> {
    fn take(&self) -> Option<(u64, W)> {
        let mut feed = lock(&self.feed);
        let number = feed.1;
        let shown = lock(&self.shown);
        drop(self.changed.wait_while(shown, |shown| number >= *shown + self.window).unwrap_or_else(PoisonError::into_inner));
        let piece = (feed.0)()?;
        feed.1 += 1;
        Some((number, piece))
    }

    fn shown(&self, count: u64) {
        *lock(&self.shown) = count;
        self.changed.notify_one();
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

    fn numbers(count: u64) -> Feed<u64> {
        let mut numbers = 0..count;
        Box::new(move || numbers.next())
    }

    #[test]
    fn results_come_in_order_however_long_each_takes() {
        for workers in [1, 2, 7] {
            let mut shown = Vec::new();
            let work = |number: u64| {
                thread::sleep(Duration::from_micros(number * 7919 % 300));
                number
            };
            let end = Engine::new().run(NonZero::new(workers).unwrap(), numbers(500), work, |number| {
                shown.push(number);
                Ok::<_, ()>(())
            });
            assert_eq!(end, Ok(End::All));
            assert!(shown.into_iter().eq(0..500), "{workers}");
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
        let mut count = 0;
        let end = Engine::new().run(NonZero::new(2).unwrap(), feed, work, |_| {
            count += 1;
            Ok::<_, ()>(())
        });
        assert_eq!((end, count), (Ok(End::All), 10_000));
    }

    #[test]
    fn an_interrupt_ends_it_though_the_feed_gives_nothing() {
        let engine = Engine::new();
        let interrupt = engine.interrupt();
        let feed: Feed<u64> = Box::new(|| {
            thread::sleep(Duration::from_secs(3600));
            None
        });
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(20));
            interrupt.interrupt();
        });
        assert_eq!(engine.run(NonZero::new(2).unwrap(), feed, |number| number, |_| Ok::<_, ()>(())), Ok(End::Interrupted));
    }

    #[test]
    fn a_panic_is_not_the_end_of_the_input() {
        let work = |number: u64| {
            assert_ne!(number, 3);
            number
        };
        let end = Engine::new().run(NonZero::new(2).unwrap(), numbers(1000), work, |_| Ok::<_, ()>(()));
        assert_eq!(end, Ok(End::Broken));
    }

    #[test]
    fn an_error_of_showing_ends_it() {
        let end = Engine::new().run(
            NonZero::new(2).unwrap(),
            numbers(1000),
            |number| number,
            |number| if number == 3 { Err(number) } else { Ok(()) },
        );
        assert_eq!(end, Err(3));
    }
}
