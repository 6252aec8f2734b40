//! The parts of an exchange with their locations in the record.

use super::{
    fields::Spots,
    reports::{ExchangeReport, PartReport},
};
use crate::lint::{Origin, Part};

impl<'e> ExchangeReport<'e> {
    /// The parts that a reader wants to know about, each with its origin: the bodies, the request
    /// line, and what has findings. `record` is the origin of the text that the exchange was
    /// recorded in, and `spots` are the locations of the parts in it.
    ///
    /// ```
    /// use kaizala_actions::lint::{Linter, Origin, recorded::Recorded};
    ///
    /// let text = br#"{"request": {"method": "GET", "url": "https://api.kaiza.la/v1/groups/a/actions?actionType=audio"}}"#;
    /// let recorded = Recorded::read(text).map_err(|malformed| malformed.problem)?;
    /// let report = Linter::new().lint_exchange(&recorded.exchange);
    /// let parts: Vec<_> = report.placed(text, &recorded.spots, Origin::FILE).collect();
    /// let (part, origin) = &parts[0];
    /// assert_eq!(origin.within(&origin.place(&part.report.findings[0])), "request.line 1:57");
    /// # Ok::<(), String>(())
    /// ```
    pub fn placed(
        self,
        text: &[u8],
        spots: &Spots,
        record: Origin,
    ) -> impl Iterator<Item = (PartReport<'e>, Origin)> {
        self.parts.into_iter().filter_map(move |judged| {
            let part = judged.part?;
            let is_clean = judged.report.is_clean();
            if is_clean && !part.is_body() && part != Part::RequestLine {
                return None;
            }
            let spot = &spots[part as usize];
            let mut start = record.start;
            // Only findings have locations, and to count lines takes a while.
            if !is_clean {
                start = start.after(&text[..spot.span.start]);
            }
            let origin = record.part(part, start, spot.span.start, spot.verbatim);
            Some((judged, origin))
        })
    }
}
