//! Judges pieces in several threads; the results are in order.

use std::{
    num::NonZero,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
};

use arrow_array::RecordBatch;

use super::{
    pieces::{Interruption, Piece},
    rows::Judge,
};

/// Judges all pieces. The calling thread reads them: a column of Python may want its lock for that.
pub(super) fn batches(
    judge: &Judge<'_>,
    mut pieces: impl Iterator<Item = Result<Piece, Interruption>>,
    jobs: NonZero<usize>,
) -> Result<Vec<RecordBatch>, Interruption> {
    let first = pieces.next().transpose()?;
    let second = pieces.next().transpose()?;
    let pieces = first
        .into_iter()
        .chain(second.clone())
        .map(Ok)
        .chain(pieces);
    // Threads cost more than they give for a single piece.
    if jobs.get() == 1 || second.is_none() {
        let batches = pieces.map(|piece| judge.batch(&piece?).map_err(Interruption::Source));
        return batches.collect();
    }
    let numbered = in_threads(judge, pieces, jobs.get())?;
    let batches = numbered.into_iter().map(|(_, batch)| batch);
    batches
        .collect::<Result<_, _>>()
        .map_err(Interruption::Source)
}

type Numbered = (usize, Result<RecordBatch, arrow_schema::ArrowError>);

fn in_threads(
    judge: &Judge<'_>,
    pieces: impl Iterator<Item = Result<Piece, Interruption>>,
    jobs: usize,
) -> Result<Vec<Numbered>, Interruption> {
    let (sender, receiver) = mpsc::sync_channel::<(usize, Piece)>(2 * jobs);
    let receiver = Arc::new(Mutex::new(receiver));
    thread::scope(|scope| {
        let work = |receiver: Arc<Mutex<mpsc::Receiver<(usize, Piece)>>>| {
            move || {
                let next = || {
                    let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
                    receiver.recv().ok()
                };
                let mut results = Vec::new();
                while let Some((number, piece)) = next() {
                    results.push((number, judge.batch(&piece)));
                }
                results
            }
        };
        let workers: Vec<_> = (0..jobs)
            .map(|_| scope.spawn(work(receiver.clone())))
            .collect();
        // Only workers have it, so that the channel closes if all of them panic.
        drop(receiver);
        let mut outcome = Ok(());
        for (number, piece) in pieces.enumerate() {
            let sent = piece.map(|piece| sender.send((number, piece)).is_ok());
            if !matches!(sent, Ok(true)) {
                outcome = sent.map(|_| ());
                break;
            }
        }
        drop(sender);
        let mut results = Vec::new();
        for worker in workers {
            match worker.join() {
                Ok(judged) => results.extend(judged),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        outcome?;
        results.sort_by_key(|(number, _)| *number);
        Ok(results)
    })
}
