//! `kaizala-actions demo`: a sandbox and the generated client in one process.
//!
//! It posts the examples of the document, so that new action types appear here automatically.

use std::{error::Error, io::Write};

use kaizala_actions::{
    body::BodyKind,
    client::{AccessToken, Client},
    contract,
    lint::{Linter, truncate},
    support,
    types::{ActionRequest, ListableActionType, ResponseRequest},
};
use kaizala_actions_sandbox::Sandbox;
use progenitor_client::ClientInfo as _;
use serde_json::{Value, json};

use crate::exit::Exit;

const GROUP: &str = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";

/// Reproducible ids and times: the README prints them.
const NUMBER: u64 = 7;

/// The maximum length of a printed value.
const WIDEST: usize = 100;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Runs the whole demonstration.
pub(crate) fn run(out: &mut dyn Write) -> Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let sandbox = Sandbox::builder().deterministic(NUMBER).start().await?;
        let client = Client::connect(sandbox.url(), AccessToken::new("demo")?)?;
        writeln!(
            out,
            "A sandbox of the API listens at {}, and the generated client talks to it.",
            sandbox.url()
        )?;
        let mut demo = Demo {
            sandbox,
            client,
            posted: Vec::new(),
            out,
        };
        demo.post().await?;
        demo.list().await?;
        demo.page().await?;
        demo.respond().await?;
        demo.refuse().await?;
        demo.lint()?;
        Ok(Exit::Clean)
    })
}

struct Demo<'o> {
    sandbox: Sandbox,
    client: Client,
    /// For each action with an id: its type or package, and the id.
    posted: Vec<(String, String)>,
    out: &'o mut dyn Write,
}

impl Demo<'_> {
    async fn post(&mut self) -> Result<()> {
        writeln!(
            self.out,
            "\nOne of each type is posted, and an instance of a package:"
        )?;
        for example in examples(BodyKind::PostActionRequest) {
            let name = name(&example);
            let posted = self.post_one(&example).await?;
            let id = posted["actionId"].as_str();
            let shown = id.unwrap_or("none: it has no details");
            writeln!(self.out, "  {name:26}  action id {shown}")?;
            self.posted.extend(id.map(|id| (name, id.to_owned())));
        }
        Ok(())
    }

    async fn post_one(&self, body: &Value) -> Result<Value> {
        let action: ActionRequest = serde_json::from_value(body.clone())?;
        let posted = self
            .client
            .post_action()
            .group_id(GROUP)
            .body(action)
            .send()
            .await?;
        Ok(json!(posted.into_inner()))
    }

    async fn list(&mut self) -> Result<()> {
        writeln!(self.out, "\nEach type that can be listed is:")?;
        for id in ListableActionType::ALL {
            let list = self
                .client
                .list_actions()
                .group_id(GROUP)
                .action_type(*id)
                .send()
                .await?;
            let listed = list.actions.first().map_or_else(
                || "nothing: it cannot be posted".to_owned(),
                |action| summary(&json!(action)),
            );
            writeln!(self.out, "  {:17}  {listed}", id.to_string())?;
        }
        Ok(())
    }

    /// Requests pages by the time of the last action, as the API requires.
    async fn page(&mut self) -> Result<()> {
        let answers = examples(BodyKind::RespondToActionRequest);
        let mut posted = examples(BodyKind::PostActionRequest).into_iter();
        let found = posted.find_map(|example| {
            let is_answered = answers.iter().any(|answer| name(answer) == name(&example));
            Some((listable(&example).filter(|_| is_answered)?, example))
        });
        let Some((id, example)) = found else {
            return Ok(());
        };
        for _ in 0..3 {
            self.post_one(&example).await?;
        }
        writeln!(self.out, "\nThree more of type {id}, in pages of two:")?;
        let mut from = 0;
        loop {
            let list = self
                .client
                .list_actions()
                .group_id(GROUP)
                .action_type(id)
                .count(2)
                .from_date(from)
                .send()
                .await?;
            let time = |action| json!(action)["creationTime"].as_i64();
            let times: Vec<_> = list.actions.iter().filter_map(time).collect();
            let more = json!(list.has_more);
            writeln!(
                self.out,
                "  fromDate {from:10}: sent at {times:?}, hasMore {more}"
            )?;
            match times.last() {
                // `fromDate` is inclusive; here no two actions share a second.
                Some(time) if more == true => from = time + 1,
                _ => return Ok(()),
            }
        }
    }

    async fn respond(&mut self) -> Result<()> {
        writeln!(
            self.out,
            "\nEach action that takes responses gets one, which is then changed; the details show it:"
        )?;
        for mut example in examples(BodyKind::RespondToActionRequest) {
            let name = name(&example);
            let Some((_, id)) = self.posted.iter().find(|(posted, _)| *posted == name) else {
                continue;
            };
            let answer = async |body: &Value| {
                let response: ResponseRequest = serde_json::from_value(body.clone())?;
                let request = self.client.respond_to_action().group_id(GROUP);
                Ok::<_, Box<dyn Error>>(request.action_id(id).body(response).send().await?)
            };
            example["responseId"] = json!(answer(&example).await?.response_id);
            answer(&example).await?;
            let details = self
                .client
                .get_action()
                .group_id(GROUP)
                .action_id(id)
                .get_details(true)
                .send()
                .await?;
            let details = &json!(details.into_inner())["actionDetails"];
            writeln!(
                self.out,
                "  {name:26}  responseCount {}, responses {}",
                details["responseCount"],
                truncate(&details["responses"].to_string(), WIDEST)
            )?;
        }
        Ok(())
    }

    /// The types of the client cannot represent what the matrix does not support, and the client
    /// sends no body that breaks the contract, so this bypasses it.
    async fn refuse(&mut self) -> Result<()> {
        let Some(row) = support::rows().iter().rev().find(|row| !row.post) else {
            return Ok(());
        };
        writeln!(
            self.out,
            "\nThe support matrix says No to POST of {}, and so does the sandbox:",
            row.label
        )?;
        let url = format!("{}/groups/{GROUP}/actions", self.client.baseurl());
        let request = self.client.client().post(url).header("accessToken", "demo");
        let body = json!({"actionType": row.body_value, "actionBody": {}});
        let answer = request.json(&body).send().await?;
        let status = answer.status();
        let answer: Value = answer.json().await?;
        let message = answer["message"].as_str().unwrap_or_default();
        writeln!(self.out, "  {status} {message}")?;
        Ok(())
    }

    fn lint(&mut self) -> Result<()> {
        let exchanges = self.sandbox.exchanges();
        let linter = Linter::new();
        let (mut bodies, mut lines) = (0, Vec::new());
        for exchange in &exchanges {
            let of_operation = |request| BodyKind::of_operation(exchange.operation?, request);
            let succeeded = exchange.status.is_some_and(|status| status.is_success());
            let refused = (!succeeded).then_some(BodyKind::ErrorResponse);
            let request = of_operation(true).map(|kind| (kind, &exchange.request_body));
            let response = refused.or_else(|| of_operation(false));
            let response = response.map(|kind| (kind, &exchange.response_body));
            for (kind, body) in request.into_iter().chain(response) {
                bodies += 1;
                let report = linter.lint(kind, body);
                lines.extend(report.errors().map(|finding| format!("{kind}: {finding}")));
            }
        }
        writeln!(
            self.out,
            "\n{} exchanges were recorded. Of their {bodies} bodies the linter refuses {}:",
            exchanges.len(),
            lines.len()
        )?;
        for line in lines {
            writeln!(self.out, "  {line}")?;
        }
        Ok(())
    }
}

/// The examples for the alternatives of a request.
fn examples(kind: BodyKind) -> Vec<Value> {
    let document = contract::document();
    let schemas = &document["components"]["schemas"];
    let alternatives = schemas[kind.schema()]["oneOf"]
        .as_array()
        .into_iter()
        .flatten();
    let names =
        alternatives.filter_map(|alternative| alternative["$ref"].as_str()?.rsplit('/').next());
    names.map(|name| schemas[name]["example"].clone()).collect()
}

/// The type or the package of a body.
fn name(body: &Value) -> String {
    let mut names = ["actionType", "id"]
        .iter()
        .filter_map(|name| body[name].as_str());
    names.next().unwrap_or_default().to_owned()
}

fn listable(body: &Value) -> Option<ListableActionType> {
    name(body)
        .parse::<support::ActionType>()
        .ok()?
        .try_into()
        .ok()
}

/// The members of a listed action, except for its id.
fn summary(action: &Value) -> String {
    let mut body = action["actionBody"].clone();
    if let Some(members) = body.as_object_mut() {
        members.shift_remove("actionId");
    }
    truncate(&body.to_string(), WIDEST)
}
