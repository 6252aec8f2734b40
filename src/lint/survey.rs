//! The questions that responses are to.

use std::{error::Error, fmt, sync::Arc};

use serde_json::Value;

use crate::{
    body::BodyKind,
    contract::{Contract, Schema},
    json::without_mark,
};

/// The kind of body that answers it.
pub(super) const RESPONSE: BodyKind = BodyKind::RespondToActionRequest;

/// A survey, or an instance of a package with questions, whose responses are to be judged question
/// by question: see [`Linter::survey`](super::Linter::survey).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    pub(super) questions: Arc<[Question]>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    /// Its type, as the contract spells it.
    pub kind: &'static str,
    /// What can be chosen.
    pub options: Vec<String>,
}

impl Question {
    /// The schema of its answer.
    pub fn answer(&self) -> Option<&'static Schema> {
        Contract::get().answers.get(self.kind)
    }
}

impl Survey {
    /// Reads the request that posted it, its details, or the body of either: whatever has
    /// `questions`. Names are matched without case, and so are the types of questions.
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
    /// A text that is no JSON or has no questions, or a question of a type that is unknown.
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

    /// How many questions it has.
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

/// Why a text is no survey.
#[derive(Debug)]
#[non_exhaustive]
pub enum SurveyError {
    /// It is no JSON.
    Json(serde_json::Error),
    /// It has no questions: details often leave them out.
    NoQuestions,
    /// Nothing is known of a type of question, so that its answers cannot be judged.
    UnknownType {
        /// Which question, from 1.
        question: usize,
        /// The type, or nothing where there is none.
        found: String,
    },
}

impl fmt::Display for SurveyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => write!(f, "no survey, since no JSON: {error}"),
            Self::NoQuestions => f.write_str(
                "no survey: there are no questions in it, neither posted nor in details",
            ),
            Self::UnknownType { question, found } => {
                let known: Vec<_> = Contract::get().answers.keys().map(String::as_str).collect();
                write!(
                    f,
                    "question {question}: `{found}` is no type of question; those are {}",
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
            ("{", "no survey, since no JSON: "),
            (
                r#"{"actionBody":{"title":"a"}}"#,
                "no survey: there are no questions",
            ),
            (
                r#"{"questions":[{"type":"Text"},{"type":"Essay"}]}"#,
                "question 2: `Essay` is no type of question; those are SingleOption, ",
            ),
        ] {
            let error = Survey::read(text.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(why), "{error}");
        }
    }
}
