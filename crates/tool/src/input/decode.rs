//! Files that are compressed, by their first bytes: gzip (RFC 1952) and Zstandard (RFC 8878), in
//! any number of members or frames. The proxy decodes bodies with a `Content-Encoding` by itself,
//! in `crates/proxy/src/coding.rs`.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{
    BlockDecodingStrategy, FrameDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};

/// The most that a Zstandard frame can ask to be kept in memory. RFC 8878 wants as much of every
/// decoder, and `zstd` goes beyond it with `--ultra` or `--long` alone.
const WINDOW: u64 = 8 << 20;

/// A stream of bytes, to be read on another thread.
pub(crate) type Source = Box<dyn Read + Send>;

/// How a stream is compressed, by its first bytes, and all of it.
///
/// # Errors
/// Whatever reading gives.
pub(crate) fn compression(mut source: Source) -> io::Result<(Option<&'static str>, Source)> {
    let mut magic = Vec::with_capacity(4);
    source.by_ref().take(4).read_to_end(&mut magic)?;
    let name = match magic[..] {
        [0x1f, 0x8b, ..] => Some("gzip"),
        // A frame to be skipped may come first.
        [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Some("zstd"),
        _ => None,
    };
    Ok((name, Box::new(Cursor::new(magic).chain(source))))
}

/// What is in a stream, decompressed if need be.
///
/// # Errors
/// Whatever reading gives.
pub(crate) fn decode(source: Source) -> io::Result<Source> {
    let (name, source) = compression(source)?;
    let Some(name) = name else { return Ok(source) };
    let source = BufReader::with_capacity(64 << 10, source);
    let decoder: Source = if name == "gzip" {
        Box::new(MultiGzDecoder::new(source))
    } else {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Box::new(Frames { source, decoder })
    };
    Ok(Box::new(Named { name, decoder }))
}

/// Reads once, until there are at most this many bytes: a pipe returns what it has, and waiting for
/// more would delay what can be reported already.
pub(crate) fn read(source: &mut dyn Read, bytes: &mut Vec<u8>, most: usize) -> io::Result<usize> {
    let before = bytes.len();
    bytes.resize(most.max(before), 0);
    let count = loop {
        match source.read(&mut bytes[before..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => break result,
        }
    };
    bytes.truncate(before + count.as_ref().copied().unwrap_or_default());
    count
}

/// Adds the source to errors.
struct Named {
    name: &'static str,
    decoder: Source,
}

impl Read for Named {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.decoder
            .read(buffer)
            .map_err(|error| match error.kind() {
                io::ErrorKind::Interrupted => error,
                _ => io::Error::other(format!("the {} data are broken: {error}", self.name)),
            })
    }
}

/// The frames of a Zstandard stream, one after the other: the decoder knows but one.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
}

impl<R: BufRead> Frames<R> {
    /// Begins the next frame; answers whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut skipped = self.source.by_ref().take(length.into());
                    if io::copy(&mut skipped, &mut io::sink())? < length.into() {
                        return Err(io::Error::other("the end of a frame is missing"));
                    }
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 {
            // At the end of a frame, what was read of it is held to its checksum.
            let told = self.decoder.get_checksum_from_data();
            if !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                let more = self.decoder.decode_blocks(&mut self.source, one);
                more.map_err(io::Error::other)?;
            } else if told.is_some() && told != self.decoder.get_calculated_checksum() {
                return Err(io::Error::other("the checksum of a frame is wrong"));
            } else if !self.begin()? {
                return Ok(0);
            }
        }
        self.decoder.read(buffer)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn read(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        decode(Box::new(Cursor::new(bytes)))?.read_to_end(&mut text)?;
        Ok(text)
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(text: &[u8]) -> Vec<u8> {
        compress_to_vec(text, CompressionLevel::Fastest)
    }

    #[test]
    fn members_and_frames_are_read_one_after_the_other() {
        let long = b"0123456789".repeat(100_000);
        for compress in [gzip, zstd] {
            let bytes = [compress(b"a\n"), compress(&long), compress(b"")].concat();
            assert_eq!(read(bytes).unwrap(), [b"a\n", &long[..]].concat());
        }
        let skipped = [b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc".to_vec(), zstd(b"b")].concat();
        assert_eq!(read(skipped).unwrap(), b"b");
    }

    #[test]
    fn what_is_cut_anywhere_but_between_two_is_an_error() {
        let skipped = |text: &[u8]| [&b"\x5f\x2a\x4d\x18\x03\x00\x00\x00"[..], text].concat();
        let tables = [
            vec![zstd(b"a\n"), skipped(b"abc"), zstd(b"b"), skipped(b"def")],
            vec![skipped(b"abc")],
            vec![gzip(b"a\n"), gzip(b"b")],
        ];
        for frames in tables {
            let whole = frames.concat();
            let ends = frames.iter().scan(0, |end, frame| {
                *end += frame.len();
                Some(*end)
            });
            let ends: Vec<_> = ends.collect();
            // With less than four bytes, it cannot be recognised as compressed.
            for cut in 4..=whole.len() {
                let read = read(whole[..cut].to_vec());
                assert_eq!(
                    read.is_ok(),
                    ends.contains(&cut),
                    "{cut} of {ends:?}: {read:?}"
                );
            }
        }
    }

    #[test]
    fn what_is_not_compressed_stays_as_it_is() {
        for text in [&b""[..], b"{", b"{}\n", b"\x1f", b"\x28\xb5\x2f"] {
            assert_eq!(read(text.to_vec()).unwrap(), text);
        }
    }

    #[test]
    fn a_frame_that_asks_for_much_memory_gets_none() {
        // A descriptor without a size, and a window of 16 MiB.
        let error = read(b"\x28\xb5\x2f\xfd\x00\x70\x01\x00\x00".to_vec())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("window_size is too big; Requested: 16777216, Max: 8388608"),
            "{error}"
        );
    }

    #[test]
    fn broken_data_are_an_error_and_what_came_before_is_there() {
        for (name, compress) in [("gzip", gzip as fn(&[u8]) -> Vec<u8>), ("zstd", zstd)] {
            let whole = compress(&b"0123456789".repeat(100_000));
            for cut in [5, whole.len() / 2, whole.len() - 1] {
                let error = read(whole[..cut].to_vec()).unwrap_err().to_string();
                assert!(
                    error.starts_with(&format!("the {name} data are broken: ")),
                    "{error}"
                );
            }
        }
    }
}
