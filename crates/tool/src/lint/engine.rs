//! Work on several threads, its results in the order of the input.
//!
//! The workers take turns at the feed: whoever is free takes the next piece and works on it. Their
//! results are put in order and shown by one thread. It gives a permit for another piece with each
//! result that it has shown, so that only a few are ever under way, however fast the reading is and
//! however slow one piece.

use std::{
    collections::BTreeMap,
    num::NonZero,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
    thread,
};

/// How many pieces may be under way or waiting to be shown, for each worker.
const AHEAD: u64 = 2;

/// Gives the next piece of work; none at the end.
pub(crate) type Feed<W> = Box<dyn FnMut() -> Option<W> + Send>;

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    All,
    Interrupted,
    /// A worker has panicked, and what it worked on is lost.
    Broken,
}

/// Takes in results, one after the other.
pub(crate) trait Show<R>: Send + 'static {
    type Error: Send + 'static;

    /// # Errors
    /// What ends the work.
    fn show(&mut self, result: R) -> Result<(), Self::Error>;
}

/// What the thread that shows is told.
enum Message<R> {
    /// The result of a piece, by its number; none where the worker has panicked.
    Result(u64, Option<R>),
    /// A worker has nothing more to do.
    Left,
    Interrupted,
}

/// The workers, and what is done with their results.
pub(crate) struct Engine<R, S> {
    show: S,
    sender: Sender<Message<R>>,
    inbox: Receiver<Message<R>>,
}

impl<R: Send + 'static, S: Show<R>> Engine<R, S> {
    pub fn new(show: S) -> Self {
        let (sender, inbox) = mpsc::channel();
        Self {
            show,
            sender,
            inbox,
        }
    }

    /// Something that ends the work before its time, from any thread.
    pub fn interrupt(&self) -> impl Fn() + Send + 'static {
        let sender = self.sender.clone();
        move || drop(sender.send(Message::Interrupted))
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
        let (permit, permits) = mpsc::channel();
        for _ in 0..AHEAD * workers.get() as u64 {
            // The receiver is here.
            let _ = permit.send(());
        }
        let queue = Arc::new(Mutex::new(Queue {
            feed,
            permits,
            next: 0,
        }));
        let work = Arc::new(work);
        let Self {
            show,
            sender,
            inbox,
        } = self;
        for _ in 0..workers.get() {
            let mut worker = Worker {
                queue: Arc::clone(&queue),
                sender: sender.clone(),
                number: 0,
            };
            let work = Arc::clone(&work);
            thread::spawn(move || {
                while let Some(piece) = worker.take() {
                    worker.send(Message::Result(worker.number, Some(work(piece))));
                }
            });
        }
        let shown = thread::spawn(move || show_all(show, &inbox, &permit, workers.get())).join();
        shown.map_or(Ok((End::Broken, None)), |outcome| {
            outcome.map(|(end, show)| (end, Some(show)))
        })
    }
}

/// Shows the results in order until all workers have left.
fn show_all<R, S: Show<R>>(
    mut show: S,
    inbox: &Receiver<Message<R>>,
    permit: &Sender<()>,
    mut workers: usize,
) -> Result<(End, S), S::Error> {
    let (mut waiting, mut next) = (BTreeMap::new(), 0);
    while workers > 0 {
        match inbox.recv() {
            Ok(Message::Result(number, result)) => drop(waiting.insert(number, result)),
            Ok(Message::Left) => workers -= 1,
            Ok(Message::Interrupted) | Err(_) => return Ok((End::Interrupted, show)),
        }
        while let Some(result) = waiting.remove(&next) {
            let Some(result) = result else {
                return Ok((End::Broken, show));
            };
            show.show(result)?;
            next += 1;
            // Without workers nobody wants it.
            let _ = permit.send(());
        }
    }
    Ok((End::All, show))
}

/// What the workers take their pieces from.
struct Queue<W> {
    feed: Feed<W>,
    permits: Receiver<()>,
    /// The number of the next piece.
    next: u64,
}

struct Worker<W, R> {
    queue: Arc<Mutex<Queue<W>>>,
    sender: Sender<Message<R>>,
    /// The number of the piece at hand.
    number: u64,
}

impl<W, R> Worker<W, R> {
    /// Takes a piece, once there is a permit for it.
    fn take(&mut self) -> Option<W> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.permits.recv().ok()?;
        self.number = queue.next;
        let piece = (queue.feed)()?;
        queue.next += 1;
        Some(piece)
    }

    fn send(&self, message: Message<R>) {
        // Nobody listens any more when the work has ended before its time.
        let _ = self.sender.send(message);
    }
}

impl<W, R> Drop for Worker<W, R> {
    /// Says that it leaves, and whether that is because something has panicked.
    fn drop(&mut self) {
        if thread::panicking() {
            self.send(Message::Result(self.number, None));
        }
        self.send(Message::Left);
    }
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
            interrupt();
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
