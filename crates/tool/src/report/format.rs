//! Which formats there are.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{
    Concise, Full, GitHub, GitLab, Html, JUnit, Json, JsonLines, Markdown, Renderer, Sarif,
    Statistics, guard::Guard,
};
use crate::inert::{inert, inert_xml, safe_json};

/// How to report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum Format {
    /// A block for each finding, with the line and what to do
    #[default]
    Full,
    /// A line for each finding
    Concise,
    /// One JSON document for all
    Json,
    /// A line of JSON for each finding
    Jsonl,
    /// SARIF 2.1.0, equal findings as one result
    Sarif,
    /// JUnit's XML, a case for each document
    Junit,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// Tables by rule and body, and the support matrix with what was seen
    Markdown,
    /// Counts by rule, body and action type
    Summary,
    /// One page for a browser, with coverage
    Html,
}

/// What a renderer needs to know of the run.
#[derive(Clone, Debug, Default)]
pub struct RenderOptions {
    /// Whether to use color.
    pub color: bool,
    /// The current directory: paths below it are relative to it.
    pub folder: PathBuf,
    /// How many columns the terminal has, if it is one.
    pub columns: Option<usize>,
}

impl Format {
    /// Whether it shows coverage if that is wanted.
    pub(crate) fn has_coverage(self) -> bool {
        matches!(
            self,
            Self::Html | Self::Json | Self::Markdown | Self::Summary
        )
    }

    /// Whether it shows coverage even if that was not asked for.
    pub(crate) fn needs_coverage(self) -> bool {
        matches!(self, Self::Html)
    }

    /// Whether it shows only counts, and where each rule was found first.
    pub(crate) fn has_counts_alone(self) -> bool {
        matches!(self, Self::Summary | Self::Markdown)
    }

    /// Whether what it writes of a document does not depend on the others.
    pub(crate) fn is_by_document(self) -> bool {
        matches!(
            self,
            Self::Full | Self::Concise | Self::Jsonl | Self::Github
        )
    }

    /// A renderer for one run.
    #[must_use]
    pub fn renderer(self, options: &RenderOptions) -> Box<dyn Renderer + Send> {
        let folder = options.folder.clone();
        match self {
            Self::Full => lines(Full::new(options.color)),
            Self::Concise => lines(Concise),
            Self::Json => json(Json::default()),
            Self::Jsonl => json(JsonLines),
            Self::Sarif => json(Sarif::new(folder)),
            Self::Junit => Box::new(Guard::new(JUnit::default(), inert_xml)),
            // Its lines are commands; the renderer escapes what they quote.
            Self::Github => Box::new(GitHub { folder }),
            Self::Gitlab => json(GitLab {
                folder,
                begun: false,
            }),
            Self::Markdown => lines(Markdown::default()),
            Self::Html => Box::new(Guard::new(Html::default(), inert_xml)),
            Self::Summary => lines(Statistics::within(options.columns)),
        }
    }
}

fn lines(renderer: impl Renderer + Send + 'static) -> Box<dyn Renderer + Send> {
    Box::new(Guard::new(renderer, inert))
}

fn json(renderer: impl Renderer + Send + 'static) -> Box<dyn Renderer + Send> {
    Box::new(Guard::new(renderer, safe_json))
}
