//! The parts of a document that hold no others: keys, strings, numbers and words.

use std::borrow::Cow;

use super::{
    Data, Flaw, Node, Number,
    dialect::Kind,
    number,
    parse::{Parser, Result_, Stop},
    string::{self, Quotes, is_name},
};

impl<'t> Parser<'t> {
    pub(super) fn key(&mut self) -> Result_<(Cow<'t, str>, Option<Flaw>)> {
        match self.peek() {
            Some(byte) if byte == b'"' || Quotes::open(&self.text[self.at..]).is_some() => {
                self.string()
            }
            Some(byte) if is_name(byte) => {
                let start = self.at;
                let name = self.name();
                let json = serde_json::Value::from(&*name).to_string();
                self.deviate(Kind::BareKey, start..self.at, json);
                let span = start..self.at;
                let flaw = std::str::from_utf8(&self.text[span.clone()])
                    .is_err()
                    .then_some(Flaw::Bytes(span));
                Ok((name, flaw))
            }
            None => Err(self.stop(
                "the document ends inside an object",
                "close it with `}`: it seems to be cut",
            )),
            Some(b',') => Err(self.stop("a member is missing", "remove the comma")),
            Some(_) => Err(self.stop("no key", "write the key in double quotes")),
        }
    }

    pub(super) fn string(&mut self) -> Result_<(Cow<'t, str>, Option<Flaw>)> {
        match string::read(self.text, self.valid, self.at) {
            Ok(read) => {
                let span = self.at..read.end;
                if let Some(kind) = read.deviation {
                    self.deviate(
                        kind,
                        span,
                        serde_json::Value::from(&*read.value).to_string(),
                    );
                }
                self.at = read.end;
                Ok((read.value, read.flaw))
            }
            Err(problem) => Err(problem.into()),
        }
    }

    pub(super) fn number(&mut self) -> Result_<Node<'t>> {
        let start = self.at;
        (self.at, _) = number::scan(self.text, start)?;
        if self.peek().is_some_and(is_name) {
            return Err(self.stop(
                "letters after a number",
                "write it as a string, or put a comma between",
            ));
        }
        let text = String::from_utf8_lossy(&self.text[start..self.at]);
        let (number, fits) = Number::read(&text);
        Ok(Node {
            span: start..self.at,
            data: Data::Number(number),
            flaw: (!fits).then_some(Flaw::Range),
        })
    }

    pub(super) fn word(&mut self) -> Result_<Node<'t>> {
        let start = self.at;
        let name = self.name();
        let span = start..self.at;
        let (data, python) = match &*name {
            "true" => (Data::Bool(true), None),
            "false" => (Data::Bool(false), None),
            "null" => (Data::Null, None),
            "True" => (Data::Bool(true), Some("true")),
            "False" => (Data::Bool(false), Some("false")),
            "None" => (Data::Null, Some("null")),
            other => {
                let (problem, cure) = match other {
                    "NaN" | "Infinity" => (
                        format!("`{name}` is no JSON number"),
                        "leave the member out, or write a number",
                    ),
                    "undefined" => (
                        "`undefined` is no JSON value".to_owned(),
                        "leave the member out",
                    ),
                    _ => (
                        "a word without quotes".to_owned(),
                        "write a string in double quotes, or true, false or null in lower case",
                    ),
                };
                return Err(Stop::Syntax {
                    span,
                    problem,
                    cure,
                });
            }
        };
        if let Some(json) = python {
            self.deviate(Kind::PythonWord, span.clone(), json.to_owned());
        }
        Ok(Node {
            span,
            data,
            flaw: None,
        })
    }

    fn name(&mut self) -> Cow<'t, str> {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| is_name(byte) || byte.is_ascii_digit())
        {
            self.at += 1;
        }
        String::from_utf8_lossy(&self.text[start..self.at])
    }
}
