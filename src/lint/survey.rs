//! The survey that responses answer.

use std::{error::Error, fmt, sync::Arc};

use serde_json::Value;

use crate::{
    body::BodyKind,
    contract::{Contract, Schema},
    json::without_mark,
};

/// The kind of body that answers it.
pub(super) const RESPONSE: BodyKind = BodyKind::RespondToActionRequest;

/// A survey, or an instance of a package with questions, whose responses are judged question by
/// question: see [`Linter::survey`](super::Linter::survey).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    pub(super) questions: Arc<[Question]>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    /// Its type, as the contract spells it.
    pub kind: &'static str,
    /// The options.
    pub options: Vec<String>,
}

impl Question {
    /// The schema of its answer.
    pub fn answer(&self) -> Option<&'static Schema> {
        Contract::get().answers.get(self.kind)
    }
}

impl Survey {
    /// Reads a survey from the request that posted it, from its details, or from the body of
    /// either: from whatever has `questions`. Names, and the types of questions, are matched
    /// without case.
    ///
    /// ```
    /// use kaizala_actions::lint::Survey;
    ///
    /// let survey = br#"{"actionType": "Survey", "actionBody": {"title": "Lunch", "questions": [{"title": "What?", "type": "Text"}]}}"#;
    /// assert_eq!(Survey::read(survey)?.count(), 1);
    /// # Ok::<(), kaizala_actions::lint::SurveyError>(())
    /// ```
    ///
    /// # Errors
    /// A text that is not JSON or has no questions, or a question of an unknown type.
    pub fn read(text: &[u8]) -> Result<Self, SurveyError> {
        let document: Value =
            serde_json::from_slice(without_mark(text)).map_err(SurveyError::Json)?;
        let list = ["actionBody", "actionDetails"]
            .iter()
            .filter_map(|name| member(&document, name))
            .chain([&document])
            .find_map(|body| member(body, "questions")?.as_array())
            .filter(|questions| !questions.is_empty())
            .ok_or(SurveyError::NoQuestions)?;
        let questions = (1..)
            .zip(list)
            .map(|(number, asked)| question(number, asked));
        Ok(Self {
            questions: questions.collect::<Result<_, _>>()?,
        })
    }

    /// The number of questions.
    #[must_use]
    pub fn count(&self) -> usize {
        self.questions.len()
    }
}

fn question(number: usize, asked: &Value) -> Result<Question, SurveyError> {
    let name = member(asked, "type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let known = Contract::get()
        .answers
        .keys()
        .find(|known| known.eq_ignore_ascii_case(name));
    let kind = known.ok_or_else(|| SurveyError::UnknownType {
        question: number,
        found: name.to_owned(),
    })?;
    let offered = member(asked, "options")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let options = offered
        .filter_map(|option| Some(member(option, "title")?.as_str()?.to_owned()))
        .collect();
    Ok(Question { kind, options })
}

/// The last member of this name, in any case.
fn member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    value
        .as_object()?
        .iter()
        .rfind(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// Why a text is not a survey.
#[derive(Debug)]
#[non_exhaustive]
pub enum SurveyError {
    /// It is not JSON.
    Json(serde_json::Error),
    /// It has no questions: details often leave them out.
    NoQuestions,
    /// The type of a question is unknown, so that its answers cannot be judged.
    UnknownType {
        /// The number of the question, from 1.
        question: usize,
        /// The type; empty if there is none.
        found: String,
    },
}

impl fmt::Display for SurveyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => write!(f, "not a survey, since it is not JSON: {error}"),
            Self::NoQuestions => f.write_str(
                "not a survey: there are no questions in it, neither posted nor in details",
            ),
            Self::UnknownType { question, found } => {
                let known: Vec<_> = Contract::get().answers.keys().map(String::as_str).collect();
                write!(
                    f,
                    "question {question}: `{found}` is not a type of question; those are {}",
                    known.join(", ")
                )
            }
        }
    }
}

impl Error for SurveyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        if let Self::Json(error) = self {
            Some(error)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_found_wherever_they_lie_and_however_they_are_spelt() {
        let questions = r#"[{"Title":"a","TYPE":"singleoption","Options":[{"Title":"b"}]}]"#;
        for text in [
            format!(r#"{{"id":"x","ActionBody":{{"Questions":{questions}}}}}"#),
            format!(r#"{{"actionDetails":{{"questions":{questions}}}}}"#),
            format!("\u{feff}{{\"questions\":{questions}}}"),
        ] {
            let survey = Survey::read(text.as_bytes()).unwrap();
            assert_eq!(
                *survey.questions,
                [Question {
                    kind: "SingleOption",
                    options: vec!["b".to_owned()]
                }]
            );
        }
    }

    #[test]
    fn what_is_no_survey_says_why() {
        for (text, why) in [
            ("{", "not a survey, since it is not JSON: "),
            (
                r#"{"actionBody":{"title":"a"}}"#,
                "not a survey: there are no questions",
            ),
            (
                r#"{"questions":[{"type":"Text"},{"type":"Essay"}]}"#,
                "question 2: `Essay` is not a type of question; those are SingleOption, ",
            ),
        ] {
            let error = Survey::read(text.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(why), "{error}");
        }
    }
}
