//! Any sequence of calls agrees with a model that a reader can check.

use kaizala_actions_sandbox::Sandbox;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::wire::{assert_lawful, get, post, start};

/// A call, in which numbers stand for whatever there is by then.
#[derive(Clone, Debug)]
enum Call {
    PostJob {
        group: u8,
        assignees: usize,
    },
    PostSurvey {
        group: u8,
    },
    Complete {
        action: usize,
        done: bool,
    },
    Answer {
        action: usize,
        text: u8,
    },
    Edit {
        action: usize,
        response: usize,
        done: bool,
        text: u8,
    },
    List {
        group: u8,
        is_job: bool,
        from: i64,
        count: usize,
    },
    Details {
        action: usize,
        all: bool,
    },
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        (0..2_u8, 0..3_usize).prop_map(|(group, assignees)| Call::PostJob { group, assignees }),
        (0..2_u8).prop_map(|group| Call::PostSurvey { group }),
        (any::<usize>(), any::<bool>()).prop_map(|(action, done)| Call::Complete { action, done }),
        (any::<usize>(), any::<u8>()).prop_map(|(action, text)| Call::Answer { action, text }),
        (any::<usize>(), any::<usize>(), any::<bool>(), any::<u8>()).prop_map(
            |(action, response, done, text)| Call::Edit {
                action,
                response,
                done,
                text
            }
        ),
        (0..2_u8, any::<bool>(), 0..20_i64, 1..5_usize).prop_map(|(group, is_job, from, count)| {
            Call::List {
                group,
                is_job,
                from,
                count,
            }
        }),
        (any::<usize>(), any::<bool>()).prop_map(|(action, all)| Call::Details { action, all }),
    ]
}

/// The model: a list of actions.
#[derive(Default)]
struct Model {
    actions: Vec<Action>,
    /// The deterministic clock.
    seconds: i64,
}

struct Action {
    id: String,
    group: u8,
    is_job: bool,
    assignees: usize,
    at: i64,
    /// Id and answer.
    responses: Vec<(String, Value)>,
}

impl Action {
    fn path(&self) -> String {
        format!("/v1/groups/{}/actions/{}", self.group, self.id)
    }

    fn completed(&self) -> usize {
        self.responses
            .iter()
            .filter(|(_, answer)| *answer == json!(true))
            .count()
    }

    fn is_complete(&self) -> bool {
        self.assignees > 0 && self.completed() >= self.assignees
    }

    /// What a list says of it that depends on what happened.
    fn summary(&self) -> Value {
        if self.is_job {
            json!([
                self.id,
                self.assignees,
                self.completed(),
                self.is_complete()
            ])
        } else {
            json!([self.id, null, self.responses.len(), null])
        }
    }
}

const START: i64 = 1_514_764_800;

impl Model {
    fn run(&mut self, sandbox: &Sandbox, call: &Call) {
        match call {
            Call::PostJob { group, assignees } => {
                let assigned: Vec<_> = (0..*assignees)
                    .map(|number| format!("+91123450000{number}"))
                    .collect();
                self.post(sandbox, *group, *assignees, &json!({"actionType": "Job", "actionBody": {"title": "t", "assignedTo": assigned}}));
            }
            Call::PostSurvey { group } => {
                let question = json!({"title": "q", "type": "Text"});
                self.post(sandbox, *group, 0, &json!({"actionType": "Survey", "actionBody": {"title": "t", "questions": [question]}}));
            }
            Call::Complete { action, done } => self.respond(sandbox, *action, None, *done, 0),
            Call::Answer { action, text } => self.respond(sandbox, *action, None, false, *text),
            Call::Edit {
                action,
                response,
                done,
                text,
            } => self.respond(sandbox, *action, Some(*response), *done, *text),
            Call::List {
                group,
                is_job,
                from,
                count,
            } => self.list(sandbox, *group, *is_job, START + from, *count),
            Call::Details { action, all } => self.details(sandbox, *action, *all),
        }
    }

    fn post(&mut self, sandbox: &Sandbox, group: u8, assignees: usize, body: &Value) {
        let answer = post(
            sandbox,
            &format!("/v1/groups/{group}/actions"),
            &body.to_string(),
        );
        assert_eq!(answer.status, 200);
        let id = answer.json()["actionId"].as_str().unwrap().to_owned();
        let is_job = body["actionType"] == "Job";
        self.actions.push(Action {
            id,
            group,
            is_job,
            assignees,
            at: START + self.seconds,
            responses: Vec::new(),
        });
        self.seconds += 1;
    }

    fn respond(
        &mut self,
        sandbox: &Sandbox,
        action: usize,
        earlier: Option<usize>,
        done: bool,
        text: u8,
    ) {
        let Some(count) = std::num::NonZero::new(self.actions.len()) else {
            return;
        };
        let action = &mut self.actions[action % count];
        let (answer, mut body) = if action.is_job {
            (
                json!(done),
                json!({"actionType": "Job", "actionBody": {"isCompleted": done}}),
            )
        } else {
            (
                json!([text]),
                json!({"actionType": "Survey", "actionBody": {"Answers": [text]}}),
            )
        };
        let earlier = earlier.and_then(|earlier| earlier.checked_rem(action.responses.len()));
        if let Some(earlier) = earlier {
            body["responseId"] = json!(action.responses[earlier].0);
        }
        let answered = post(
            sandbox,
            &format!("{}/responses", action.path()),
            &body.to_string(),
        );
        assert_eq!(answered.status, 200);
        let id = answered.json()["responseId"].as_str().unwrap().to_owned();
        self.seconds += 1;
        match earlier {
            Some(earlier) => {
                assert_eq!(action.responses[earlier].0, id);
                action.responses[earlier].1 = answer;
            }
            None => action.responses.push((id, answer)),
        }
    }

    fn list(&self, sandbox: &Sandbox, group: u8, is_job: bool, from: i64, count: usize) {
        let name = if is_job { "job" } else { "survey" };
        let list = get(
            sandbox,
            &format!("/v1/groups/{group}/actions?actionType={name}&fromDate={from}&count={count}"),
        )
        .json();
        let all: Vec<_> = self
            .actions
            .iter()
            .filter(|action| action.group == group && action.is_job == is_job && action.at >= from)
            .collect();
        let expected: Vec<_> = all
            .iter()
            .take(count)
            .map(|action| action.summary())
            .collect();
        let found = list["actions"].as_array().unwrap().iter().map(|action| {
            let body = &action["actionBody"];
            json!([
                body["actionId"],
                body["assigneeCount"],
                body["responseCount"],
                body["isCompleted"]
            ])
        });
        assert_eq!(found.collect::<Vec<_>>(), expected);
        assert_eq!(list["hasMore"], all.len() > count);
    }

    fn details(&self, sandbox: &Sandbox, action: usize, all: bool) {
        let Some(action) = action
            .checked_rem(self.actions.len())
            .map(|action| &self.actions[action])
        else {
            return;
        };
        let found = get(sandbox, &format!("{}?getDetails={all}", action.path())).json();
        let details = &found["actionDetails"];
        assert_eq!(details["responseCount"], action.responses.len());
        assert_eq!(
            details["status"],
            if action.is_job {
                json!(action.is_complete())
            } else {
                Value::Null
            }
        );
        let answers = details["responses"].as_array().map(|responses| {
            responses
                .iter()
                .map(|response| response["response"].clone())
                .collect::<Vec<_>>()
        });
        assert_eq!(
            answers,
            all.then(|| action
                .responses
                .iter()
                .map(|(_, answer)| answer.clone())
                .collect())
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_calls_agree_with_the_model(calls in prop::collection::vec(call(), 1..40)) {
        let sandbox = start(Sandbox::builder().deterministic(1));
        let mut model = Model::default();
        for call in &calls {
            model.run(&sandbox, call);
        }
        assert_lawful(&sandbox);
    }
}
