//! How files are read: what they hold, and where in their records the parts are.

use std::sync::Arc;

use clap::{
    ValueHint,
    builder::{StringValueParser, TypedValueParser},
};
use kaizala_actions::{lint::recorded::Recorded, mask::Hidden};

use super::{
    bodies::Bodies,
    csv::Csv,
    document::Document,
    exchanges::Exchanges,
    flow,
    format::Format,
    har::Har,
    har_entry, http,
    log::Map,
    ndjson::Ndjson,
    pointer::Pointer,
    postman::{self, Environment},
    shell::Shell,
    split::{Content, Split},
    whole::Whole,
};
use crate::parsers::suggesting;

const INPUT: &str = "Input";

/// How to read a file, by options or settings.
#[derive(Clone, Debug, Default, PartialEq, clap::Args)]
pub(crate) struct Reading {
    /// Set what the files contain [default: auto]
    #[arg(help_heading = INPUT, long, value_name = "FORMAT")]
    pub input: Option<Format>,
    /// Set the column of a CSV file that has the bodies [default: body]
    #[arg(help_heading = INPUT, long, value_name = "NAME")]
    pub body_column: Option<String>,
    /// Show the value of this column of a CSV file with each finding
    #[arg(help_heading = INPUT, long, value_name = "NAME")]
    pub id_column: Option<String>,
    /// Read a log of JSON objects, and say where in a line the parts are: nginx, kong, apim, or
    /// FIELD=POINTER, as in method=/verb,url=/uri,body=/payload,status=/code
    #[arg(help_heading = INPUT, long, value_name = "MAP", value_parser = map(), hide_possible_values = true)]
    pub map: Option<Map>,
    /// Show the value at this JSON Pointer of a record with each finding, as in /messageId
    #[arg(help_heading = INPUT, long, value_name = "POINTER")]
    pub id_pointer: Option<Pointer>,
    /// Fill in the variables of collections from this environment, as Postman exports it
    #[arg(help_heading = INPUT, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub environment: Option<Environment>,
}

impl From<Format> for Reading {
    fn from(format: Format) -> Self {
        Self {
            input: Some(format),
            ..Self::default()
        }
    }
}

impl Reading {
    /// What files hold; `Auto` where nothing says it.
    pub fn format(&self) -> Format {
        match self.input {
            None | Some(Format::Auto) if self.map.is_some() => Format::Log,
            None | Some(Format::Auto) if self.has_columns() => Format::Csv,
            format => format.unwrap_or_default(),
        }
    }

    fn has_columns(&self) -> bool {
        self.body_column.is_some() || self.id_column.is_some()
    }

    /// Whether files may be collections of Postman.
    fn can_have_variables(&self) -> bool {
        matches!(self.format(), Format::Auto | Format::Postman)
    }

    /// Reads the files that are named here.
    ///
    /// # Errors
    /// Why one cannot be read.
    pub fn load(&mut self) -> Result<(), String> {
        self.environment.as_mut().map_or(Ok(()), Environment::load)
    }

    /// What is secret, whatever a file says.
    pub fn secrets(&self) -> Option<Arc<Hidden>> {
        self.environment.as_ref().and_then(Environment::secrets)
    }

    /// The same, and what a text shows to be secret.
    pub fn hidden(&self, text: &[u8]) -> Hidden {
        let known = self.secrets();
        known.map_or_else(|| Hidden::of(text), |known| known.and_of(text))
    }

    /// Whether files are known to hold exchanges.
    pub fn has_exchanges(&self) -> bool {
        match (self.format(), &self.map) {
            (Format::Log, Some(map)) => map.has_exchanges(),
            (format, _) => format.has_exchanges(),
        }
    }

    /// What does not go together.
    ///
    /// # Errors
    /// One message, with what to do.
    pub fn check(&self) -> Result<(), String> {
        let format = self.format();
        let option = match () {
            () if format == Format::Log && self.map.is_none() => {
                return Err("--input log needs --map, which says where the parts are: \
                     --map nginx, or --map url=/uri,method=/verb,body=/request_body"
                    .into());
            }
            () if format != Format::Log && self.map.is_some() => "--map is for --input log",
            () if format != Format::Csv && self.has_columns() => {
                "--body-column and --id-column are for --input csv"
            }
            () if format == Format::Csv && self.id_pointer.is_some() => {
                "--id-pointer is for JSON; --id-column names the column of a CSV file"
            }
            () if !self.can_have_variables() && self.environment.is_some() => {
                "--environment is for --input postman"
            }
            () => return Ok(()),
        };
        Err(option.into())
    }

    /// Takes over from another what is not set here.
    pub fn fill(&mut self, other: Self) {
        let has_format = self.format() != Format::Auto;
        // Each of these sets what a file holds; an environment does not, and is for some files only.
        if self.format() == Format::Auto {
            self.input = other.input;
            self.map = other.map;
            self.body_column = other.body_column;
            self.id_column = other.id_column;
        } else if self.format() == Format::Csv {
            self.body_column = self.body_column.take().or(other.body_column);
            self.id_column = self.id_column.take().or(other.id_column);
        } else if self.format() == Format::Log {
            self.map = self.map.take().or(other.map);
        }
        if self.can_have_variables() {
            self.environment = self.environment.take().or(other.environment);
        } else if !has_format {
            self.environment = None;
        }
        // A table has a column for it.
        if self.format() != Format::Csv {
            self.id_pointer = self.id_pointer.take().or(other.id_pointer);
        }
    }

    /// Finds the records of a file that holds this.
    pub fn split(&self, format: Format) -> Box<dyn Split> {
        match format {
            Format::Auto | Format::Json => Box::<Whole>::default(),
            Format::Ndjson | Format::Log => Box::<Ndjson>::default(),
            Format::Bodies => Box::<Bodies>::default(),
            Format::Exchanges => Box::<Exchanges>::default(),
            Format::Har => Box::<Har>::default(),
            Format::Curl => Box::<Shell>::default(),
            Format::Postman => {
                let environment = self.environment.clone();
                let read = move |text: &[u8]| postman::read(text, environment.as_ref());
                Box::new(Document::new(read))
            }
            Format::Http => Box::new(Document::new(|text| Ok(http::read(text)))),
            Format::Flow => Box::new(Document::new(|text| Ok(flow::read(text)))),
            Format::Csv => Box::new(Csv::new(self.body_column.clone(), self.id_column.clone())),
        }
    }

    /// Reads a record of a file that holds this; none where it is a body, or read already.
    pub fn content<'t>(&self, format: Format, text: &'t [u8]) -> Option<Content<'t>> {
        match format {
            Format::Exchanges => Some(Content::Exchange(Recorded::read(text))),
            Format::Har => Some(Content::Exchange(har_entry::read(text))),
            Format::Log => self.map.as_ref().map(|map| map.read(text)),
            _ => None,
        }
    }

    /// What a record calls itself.
    pub fn id(&self, text: &[u8]) -> Option<String> {
        self.id_pointer.as_ref()?.id(text)
    }
}

fn map() -> impl TypedValueParser<Value = Map> {
    let parser = StringValueParser::new().try_map(|text| text.parse::<Map>());
    suggesting(parser, || Map::presets().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_holds_follows_from_the_options_that_it_needs() {
        let map = "nginx".parse::<Map>().ok();
        let name = Some("payload".to_owned());
        let of = |input, map, body_column| Reading {
            input,
            body_column,
            map,
            ..Reading::default()
        };
        for (reading, format, is_right) in [
            (of(None, None, None), Format::Auto, true),
            (of(None, map.clone(), None), Format::Log, true),
            (of(None, None, name.clone()), Format::Csv, true),
            (of(Some(Format::Log), None, None), Format::Log, false),
            (of(Some(Format::Har), map.clone(), None), Format::Har, false),
            (of(Some(Format::Har), None, name), Format::Har, false),
        ] {
            assert_eq!(reading.format(), format, "{reading:?}");
            assert_eq!(reading.check().is_ok(), is_right, "{reading:?}");
        }
        let elsewhere = Reading {
            id_pointer: "/id".parse().ok(),
            ..of(None, map, None)
        };
        for said in [Format::Har, Format::Csv] {
            let mut reading = of(Some(said), None, None);
            reading.fill(elsewhere.clone());
            assert_eq!((reading.format(), reading.check()), (said, Ok(())));
        }
    }
}
