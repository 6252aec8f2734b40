//! Properties that hold for any bytes, for the targets in `fuzz/`. Each check returns the violated
//! property, if any.

use std::{
    io::{self, Cursor, Read, Write as _},
    ops::Range,
};

use clap::ValueEnum as _;

use crate::{
    input::{self, Batches, Format, Reading, Source},
    lint::fuzzing::{report, settings as read_settings},
    report,
};

/// The limit of decompressed bytes: a few bytes may expand to gigabytes.
const DECODED: usize = 1 << 20;

/// For a file of one of the input formats: the report does not depend on how the file is divided
/// into reads, it is well formed, and the locations of records are right.
///
/// # Errors
/// The property that does not hold.
pub fn input(format: &str, text: &[u8]) -> Result<(), String> {
    let format = Format::from_str(format, false)?;
    let reading = Reading {
        map: (format == Format::Log)
            .then(|| "nginx".parse())
            .transpose()?,
        ..format.into()
    };
    let records = match records(text, &reading) {
        // Of a table without a column of bodies, and of an environment in place of a collection,
        // nothing is read.
        Err(_) if matches!(format, Format::Csv | Format::Postman) => return Ok(()),
        records => records.map_err(|error| error.to_string())?,
    };
    let mut end = 0;
    for Range { start, end: next } in records {
        if start < end || next > text.len() {
            return Err(format!(
                "a record at {start}..{next} after one that ends at {end}"
            ));
        }
        // A call may contain another.
        let is_nested = matches!(format, Format::Curl | Format::Flow | Format::Postman);
        end = if is_nested { start } else { next };
    }
    let formats = report::Format::value_variants();
    // One fingerprint for each text, always the same.
    let reported = formats[text.len() % formats.len()];
    let whole = report(whole(text), &reading, reported).map_err(|error| error.to_string())?;
    let pieces = report(pieces(text), &reading, reported).map_err(|error| error.to_string())?;
    if whole != pieces {
        return Err(format!(
            "{}\nbut in pieces {}",
            lossy(&whole),
            lossy(&pieces)
        ));
    }
    // What begins like a packed file is one, unless its format is set.
    let detected = input::known_format(self::whole(text), Format::Auto);
    if detected.is_ok_and(|(detected, _)| detected == format)
        && report(self::whole(text), &Reading::default(), reported)
            .ok()
            .as_ref()
            != Some(&whole)
    {
        return Err("another report if the format is detected".to_owned());
    }
    well_formed(reported, &whole)
}

/// The locations of the records, which must be verbatim.
fn records(text: &[u8], reading: &Reading) -> io::Result<Vec<Range<usize>>> {
    let mut batches = Batches::new(pieces(text), reading)?;
    let mut ranges = Vec::new();
    while let Some(batch) = batches.next()? {
        for record in &batch.records {
            let start = usize::try_from(record.origin.offset).unwrap_or(usize::MAX);
            let range = start..start.saturating_add(record.text.len());
            let line = text
                .get(..start)
                .unwrap_or_default()
                .split(|byte| *byte == b'\n')
                .count();
            if text.get(range.clone()) != batch.bytes.get(record.text.clone())
                || record.origin.start.line != line
            {
                return Err(io::Error::other(format!(
                    "no record is at {range:?}, line {}",
                    record.origin.start.line
                )));
            }
            ranges.push(range);
        }
    }
    Ok(ranges)
}

fn well_formed(format: report::Format, text: &[u8]) -> Result<(), String> {
    use report::Format as F;
    let text = std::str::from_utf8(text).map_err(|error| error.to_string())?;
    let is_json = |text: &str| {
        serde_json::from_str::<serde::de::IgnoredAny>(text)
            .map(drop)
            .map_err(|error| format!("{error} in {text}"))
    };
    match format {
        F::Json | F::Sarif | F::Gitlab => is_json(text),
        F::Jsonl => text.lines().try_for_each(is_json),
        // For people, possibly on a terminal.
        _ => match text
            .chars()
            .find(|character| character.is_control() && *character != '\n')
        {
            Some(control) => Err(format!("{control:?} in {text}")),
            None => Ok(()),
        },
    }
}

/// For a file that is compressed, or looks like it: the content does not depend on how the file is
/// divided into reads, and decompressing what was compressed returns it.
///
/// # Errors
/// The property that does not hold.
pub fn decode(bytes: &[u8]) -> Result<(), String> {
    let (whole, in_pieces) = (decoded(whole(bytes)), decoded(pieces(bytes)));
    // How much is decoded before an error depends on the decoder.
    let same = whole.1 == in_pieces.1
        && if whole.1.is_some() {
            whole.0.starts_with(&in_pieces.0) || in_pieces.0.starts_with(&whole.0)
        } else {
            whole.0 == in_pieces.0
        };
    if !same {
        return Err(format!("{whole:?}\nbut in pieces {in_pieces:?}"));
    }
    let bytes = &bytes[..bytes.len().min(DECODED)];
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let gzip = encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|error| error.to_string())?;
    let zstd =
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest);
    for (name, compressed) in [("gzip", gzip), ("zstd", zstd)] {
        let (text, error) = decoded(pieces(&compressed));
        if text != bytes || error.is_some() {
            return Err(format!("{name} gives {text:?} and {error:?}"));
        }
    }
    Ok(())
}

/// For a settings file: a fault is inside of it, at the start of a character; and comments and empty
/// lines after it change nothing.
///
/// # Errors
/// The property that does not hold.
pub fn settings(text: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(text) else {
        return Ok(());
    };
    match read_settings(text) {
        Err((at, message)) if !text.is_char_boundary(at) || message.is_empty() => {
            Err(format!("a fault at {at}: {message}"))
        }
        Err(_) => Ok(()),
        Ok(said) => match read_settings(&format!("{text}\n# end\n")) {
            Ok(longer) if longer == said => Ok(()),
            longer => Err(format!("{said}\nbut with a comment {longer:?}")),
        },
    }
}

fn decoded(source: Source) -> (Vec<u8>, Option<String>) {
    let mut text = Vec::new();
    let outcome =
        input::decode(source).and_then(|source| source.take(DECODED as u64).read_to_end(&mut text));
    (text, outcome.err().map(|error| error.to_string()))
}

fn whole(text: &[u8]) -> Source {
    Box::new(Cursor::new(text.to_vec()))
}

/// A text that is read a few bytes at a time.
fn pieces(text: &[u8]) -> Source {
    Box::new(Pieces {
        text: Cursor::new(text.to_vec()),
        length: text.len(),
    })
}

struct Pieces {
    text: Cursor<Vec<u8>>,
    length: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.length = self.length % 13 + 3;
        let length = buffer.len().min(self.length);
        self.text.read(&mut buffer[..length])
    }
}

fn lossy(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    /// Inputs that failed once, tested without a fuzzer.
    #[test]
    fn all_seeds_hold() {
        type Check = fn(&[u8]) -> Result<(), String>;
        let checks: [(&str, Check); 13] = [
            ("json", |text| input("json", text)),
            ("ndjson", |text| input("ndjson", text)),
            ("bodies", |text| input("bodies", text)),
            ("exchanges", |text| input("exchanges", text)),
            ("har", |text| input("har", text)),
            ("curl", |text| input("curl", text)),
            ("postman", |text| input("postman", text)),
            ("http", |text| input("http", text)),
            ("flow", |text| input("flow", text)),
            ("csv", |text| input("csv", text)),
            ("log", |text| input("log", text)),
            ("decode", decode),
            ("settings", settings),
        ];
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
        for (target, check) in checks {
            let mut count = 0;
            for entry in fs::read_dir(folder.join(target)).expect(target) {
                let path = entry.expect("an entry").path();
                if let Err(problem) = check(&fs::read(&path).expect("a seed")) {
                    unreachable!("{}: {problem}", path.display());
                }
                count += 1;
            }
            assert!(count > 2, "{target}: {count} seeds");
        }
    }
}
