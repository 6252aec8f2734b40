//! Distributes work to several threads, and keeps the results in the order of the input.
//!
//! Idle workers take the next piece from the feed in turn. One thread orders their results and
//! outputs them. For each result that it has output, it issues a permit for another piece, so that
//! only a few pieces are in progress, however fast the input is read and however slow a piece is.
//! With the permit it returns the result, to be freed by a worker: allocators are slow, and their
//! threads wait for each other, where one thread frees what another allocates.

use std::{
    collections::BTreeMap,
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex,
        mpsc::{self, Receiver, Sender},
    },
    thread,
};

use crate::lock::lock;

/// The maximum number of pieces in progress or waiting for output, for each worker.
const AHEAD: u64 = 2;

/// Returns the next piece of work; `None` at the end.
pub(crate) type Feed<W> = Box<dyn FnMut() -> Option<W> + Send>;

/// How the work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    All,
    Interrupted,
    /// A worker has panicked, and its piece is lost.
    Broken,
}

/// Messages to the output thread.
enum Message<R> {
    /// The result of a piece, by its number; `None` if the worker has panicked.
    Result(u64, Option<R>),
    /// A worker has ended.
    Left,
    Interrupted,
}

/// The connection from the workers to the output.
pub(crate) struct Engine<R> {
    sender: Sender<Message<R>>,
    inbox: Receiver<Message<R>>,
}

impl<R: Send + 'static> Engine<R> {
    pub fn new() -> Self {
        let (sender, inbox) = mpsc::channel();
        Self { sender, inbox }
    }

    /// Stops the work early, from any thread.
    pub fn interrupt(&self) -> impl Fn() + Send + 'static {
        let sender = self.sender.clone();
        move || drop(sender.send(Message::Interrupted))
    }

    /// Processes the feed and outputs each result with `show`, in order. Returns the output, which
    /// is lost if it has panicked. After a stop, workers may continue for a while, or wait for input
    /// forever, but nothing more is output: the process is expected to end.
    ///
    /// # Errors
    /// The error of the output.
    pub fn run<W: 'static, S: Send + 'static, E: Send + 'static>(
        self,
        workers: NonZero<usize>,
        feed: Feed<W>,
        work: impl Fn(W) -> R + Send + Sync + 'static,
        mut output: S,
        show: impl Fn(&mut S, &mut R) -> Result<(), E> + Send + 'static,
    ) -> Result<(End, Option<S>), E> {
        let (permit, permits) = mpsc::channel();
        for _ in 0..AHEAD * workers.get() as u64 {
            // The receiver is here.
            let _ = permit.send(None);
        }
        let permits = Mutex::new(permits);
        let feed = Mutex::new((0, feed));
        let queue = Arc::new(Queue { permits, feed });
        let work = Arc::new(work);
        let Self { sender, inbox } = self;
        for _ in 0..workers.get() {
            let (queue, work) = (Arc::clone(&queue), Arc::clone(&work));
            let sender = sender.clone();
            // The receiver is gone if the work was stopped.
            let send = move |message| drop(sender.send(message));
            thread::spawn(move || {
                let mut number = 0;
                let worked = catch_unwind(AssertUnwindSafe(|| {
                    while let Some(piece) = queue.take(&mut number) {
                        send(Message::Result(number, Some(work(piece))));
                    }
                }));
                if worked.is_err() {
                    send(Message::Result(number, None));
                }
                send(Message::Left);
            });
        }
        // Outputs results in order until all workers have ended.
        let shown = thread::spawn(move || {
            let (mut waiting, mut next, mut left) = (BTreeMap::new(), 0, workers.get());
            while left > 0 {
                match inbox.recv() {
                    Ok(Message::Result(number, result)) => drop(waiting.insert(number, result)),
                    Ok(Message::Left) => left -= 1,
                    Ok(Message::Interrupted) | Err(_) => {
                        return Ok((End::Interrupted, Some(output)));
                    }
                }
                while let Some(result) = waiting.remove(&next) {
                    let Some(mut result) = result else {
                        return Ok((End::Broken, Some(output)));
                    };
                    show(&mut output, &mut result)?;
                    next += 1;
                    // Without workers it is not needed.
                    let _ = permit.send(Some(result));
                }
            }
            Ok((End::All, Some(output)))
        });
        shown.join().unwrap_or(Ok((End::Broken, None)))
    }
}

/// The source of pieces for the workers.
struct Queue<W, R> {
    /// Each with a result that was output.
    permits: Mutex<Receiver<Option<R>>>,
    /// With the number of the next piece.
    feed: Mutex<(u64, Feed<W>)>,
}

impl<W, R> Queue<W, R> {
    /// Takes a piece, once there is a permit for it, and announces its number, even if the feed
    /// panics.
    fn take(&self, number: &mut u64) -> Option<W> {
        let spent = lock(&self.permits).recv().ok()?;
        drop(spent);
        let mut feed = lock(&self.feed);
        let (next, feed) = &mut *feed;
        *number = *next;
        let piece = feed()?;
        *next += 1;
        Some(piece)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicU64, Ordering},
        thread::ThreadId,
        time::Duration,
    };

    use super::*;

    /// Keeps its input, up to a number that it refuses.
    #[derive(Debug, PartialEq)]
    struct Kept {
        shown: Vec<u64>,
        refuses: Option<u64>,
        panics_at: Option<u64>,
    }

    impl Kept {
        fn show(&mut self, number: &mut u64) -> Result<(), u64> {
            assert_ne!(Some(*number), self.panics_at);
            self.shown.push(*number);
            if self.refuses == Some(*number) {
                Err(*number)
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
            let (end, kept) = Engine::new()
                .run(workers(count), numbers(500), work, ALL, Kept::show)
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
        let (end, kept) = Engine::new()
            .run(workers(2), feed, work, ALL, Kept::show)
            .unwrap();
        assert_eq!((end, kept.unwrap().shown.len()), (End::All, 10_000));
    }

    /// A result that notes which thread freed it.
    struct Traced(mpsc::Sender<ThreadId>);

    impl Drop for Traced {
        fn drop(&mut self) {
            let _ = self.0.send(thread::current().id());
        }
    }

    #[test]
    fn workers_free_what_was_output() {
        let (sender, freed) = mpsc::channel();
        let output = Arc::new(Mutex::new(None));
        let seen = output.clone();
        let show = move |(): &mut (), _: &mut Traced| {
            *lock(&seen) = Some(thread::current().id());
            Ok::<_, ()>(())
        };
        let work = move |_| Traced(sender.clone());
        let ended = Engine::new().run(workers(1), numbers(500), work, (), show);
        assert_eq!(ended, Ok((End::All, Some(()))));
        let output = *lock(&output);
        let by_output = freed.iter().filter(|id| Some(*id) == output).count();
        // The last ones are freed with the channel.
        assert!(by_output <= usize::try_from(AHEAD).unwrap(), "{by_output}");
    }

    #[test]
    fn an_interrupt_ends_it_though_the_feed_gives_nothing() {
        let engine = Engine::new();
        let interrupt = engine.interrupt();
        let mut numbers = numbers(3);
        let feed: Feed<u64> = Box::new(move || {
            let next = numbers();
            if next.is_none() {
                thread::sleep(Duration::from_hours(1));
            }
            next
        });
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(100));
            interrupt();
        });
        let (end, kept) = engine
            .run(workers(2), feed, |number| number, ALL, Kept::show)
            .unwrap();
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
        let (end, kept) = Engine::new()
            .run(workers(2), numbers(1000), work, ALL, Kept::show)
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
            Engine::new().run(
                workers(2),
                numbers(1000),
                |number| number,
                shaky,
                Kept::show
            ),
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
            Engine::new().run(
                workers(2),
                numbers(1000),
                |number| number,
                picky,
                Kept::show
            ),
            Err(3)
        );
    }
}
