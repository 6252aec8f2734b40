//! The steps in which a body is judged: the fast pass; the rules, on the values that it leaves to
//! them; and where it is not certain, the full pass.

use super::{
    document,
    fast::{self, Doubt, Fit, Trail},
    finding::Sink,
    linter::Linter,
    recognition,
    report::Report,
    rules::{too_many_findings, unknown_body},
    seen, survey,
    walk::Walk,
};
use crate::{body::BodyKind, json::Cursor};

impl Linter {
    /// Judges a body, without looking for secrets.
    pub(super) fn run(&self, text: &[u8], given: Option<BodyKind>) -> Report {
        let cursor = Cursor::new(text, 0);
        let seen = match given {
            Some(kind) => fast::body(kind, cursor)
                .map(|seen| (kind, seen))
                .map_err(|trail| Some((kind, trail))),
            None => fast::any_body(cursor),
        };
        // The fast pass does not support surveys.
        let knows = |kind| self.survey.is_none() || kind != survey::RESPONSE;
        match seen {
            Ok((kind, Fit { types, doubts, .. })) if knows(kind) => {
                if doubts.is_empty() {
                    return Report::clean(kind, types);
                }
                let sink = self.doubtful(&doubts, cursor);
                if sink.leaves_out() {
                    // Which findings are listed depends on their order.
                    return self.explain(text, given, |_| None);
                }
                let report = self.report_on(sink, Some(kind), kind.is_request(), text);
                Report { types, ..report }
            }
            Ok(_) => self.explain(text, given, |_| None),
            Err(seen) => self.explain(text, given, |kind| {
                let seen = seen.filter(|(seen, _)| *seen == kind);
                knows(kind).then(|| seen.map(|(_, trail)| trail).unwrap_or_default())
            }),
        }
    }

    /// What there is to say about single values of a document.
    fn doubtful(&self, doubts: &[Doubt], cursor: Cursor<'_>) -> Sink {
        let mut sink = self.sink();
        for doubt in doubts {
            doubt.explain(cursor, |node, at| {
                let mut walk = Walk {
                    settings: &self.settings,
                    sink: &mut sink,
                    text: cursor.text,
                    survey: None,
                    trail: None,
                };
                walk.doubt(doubt.about, doubt.plan, node, at);
            });
        }
        sink
    }

    /// The full pass. Without a trail, it judges all parts of the document.
    pub(super) fn explain(
        &self,
        text: &[u8],
        given: Option<BodyKind>,
        trail: impl Fn(BodyKind) -> Option<Trail>,
    ) -> Report {
        self.explain_into(self.sink(), text, text, given, trail)
    }

    /// As above, in addition to what the sink already has, and with locations in `shown`, a text of
    /// the same length.
    pub(super) fn explain_into(
        &self,
        mut sink: Sink,
        text: &[u8],
        shown: &[u8],
        given: Option<BodyKind>,
        trail: impl Fn(BodyKind) -> Option<Trail>,
    ) -> Report {
        let read = document::read(text, &mut sink);
        let root = read.as_ref().map(|(tree, is_json)| (tree.root(), *is_json));
        let judged = root.and_then(|(root, is_json)| is_json.then_some(root));
        let kind = given.or_else(|| recognition::recognise(judged?));
        let types = root.zip(kind).map(|((root, _), kind)| seen::of(kind, root));
        match (judged, kind) {
            (Some(root), Some(kind)) => Walk {
                settings: &self.settings,
                sink: &mut sink,
                text,
                survey: self.survey.as_ref(),
                trail: trail(kind),
            }
            .body(kind, root),
            (Some(root), None) => {
                sink.add(&unknown_body::RULE, || {
                    unknown_body::finding(root, &recognition::looked_for(self.contract))
                });
            }
            (None, _) => {}
        }
        let mut report = self.report_on(sink, kind, kind.is_none_or(BodyKind::is_request), shown);
        report.types = types.unwrap_or_default();
        report
    }

    pub(super) fn sink(&self) -> Sink {
        let sink = Sink::new(self.most.unwrap_or_default());
        match &self.reported {
            Some(reported) => sink.without(reported.clone()),
            None => sink,
        }
    }

    /// The report about a text of a request or a response, with the severities of the settings.
    pub(super) fn report_on(
        &self,
        sink: Sink,
        kind: Option<BodyKind>,
        request: bool,
        text: &[u8],
    ) -> Report {
        let severity = |rule| self.settings.severity(rule, request);
        let (mut listed, unlisted) = sink.finish(severity);
        let others = unlisted.iter().map(|others| others.count);
        let count = listed.len() + others.sum::<usize>();
        if self.most.is_some_and(|most| count > most)
            && let Some(severity) = severity(&too_many_findings::RULE)
        {
            listed.push((severity, too_many_findings::finding(&unlisted)));
        }
        Report::new(kind, text, listed, unlisted)
    }
}
