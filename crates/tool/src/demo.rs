//! `kaizala-actions demo`: a sandbox and the generated client in one process, and what they have to
//! say to each other.
//!
//! What is sent are the examples of the document, so that a new action type shows up here by
//! itself.

use std::{
    error::Error,
    io::{self, Write},
};

use kaizala_actions::{
    body::BodyKind,
    client::{AccessToken, Client},
    contract,
    lint::{Linter, truncate},
    support,
    types::{ListableActionType, NewAction, NewResponse},
};
use kaizala_actions_sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::exit::Exit;

const GROUP: &str = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";

/// The same ids and times in every run: the README prints them.
const NUMBER: u64 = 7;

/// How many characters of a value are printed.
const WIDEST: usize = 100;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Shows everything once.
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
    /// The type or package and the action id of each action that has one.
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
            let id = posted["actionId"]
                .as_str()
                .unwrap_or("none: it has no details");
            writeln!(self.out, "  {name:26}  action id {id}")?;
            if let Some(id) = posted["actionId"].as_str() {
                self.posted.push((name, id.to_owned()));
            }
        }
        Ok(())
    }

    async fn post_one(&self, body: &Value) -> Result<Value> {
        let action: NewAction = serde_json::from_value(body.clone())?;
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

    /// Follows pages by the time of the last action, as the API wants it.
    async fn page(&mut self) -> Result<()> {
        let answers = examples(BodyKind::PostActionResponseRequest);
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
            let page = json!(list.into_inner());
            let times: Vec<_> = page["actions"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|action| action["creationTime"].as_i64())
                .collect();
            writeln!(
                self.out,
                "  fromDate {from:10}: sent at {times:?}, hasMore {}",
                page["hasMore"]
            )?;
            match times.last() {
                // `fromDate` is inclusive; here no two actions share a second.
                Some(time) if page["hasMore"] == true => from = time + 1,
                _ => return Ok(()),
            }
        }
    }

    async fn respond(&mut self) -> Result<()> {
        writeln!(
            self.out,
            "\nWhat can be answered is answered, the answer is changed, and the details tell of it:"
        )?;
        for mut example in examples(BodyKind::PostActionResponseRequest) {
            let name = name(&example);
            let Some((_, id)) = self.posted.iter().find(|(posted, _)| *posted == name) else {
                continue;
            };
            let answer = async |body: &Value| {
                let response: NewResponse = serde_json::from_value(body.clone())?;
                let request = self.client.post_action_response().group_id(GROUP);
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
            let details = json!(details.into_inner());
            let (count, responses) = (
                &details["actionDetails"]["responseCount"],
                &details["actionDetails"]["responses"],
            );
            writeln!(
                self.out,
                "  {name:26}  responseCount {count}, responses {}",
                truncate(&responses.to_string(), WIDEST)
            )?;
        }
        Ok(())
    }

    /// The client's types have no word for what the matrix does not support, so this is sent by
    /// hand.
    async fn refuse(&mut self) -> Result<()> {
        let Some(row) = support::rows().iter().rev().find(|row| !row.post) else {
            return Ok(());
        };
        writeln!(
            self.out,
            "\nThe support matrix says No to POST of {}, and so does the sandbox:",
            row.label
        )?;
        let body = json!({"actionType": row.body_value, "actionBody": {}}).to_string();
        let (status, answer) = post_by_hand(&self.sandbox, &body).await?;
        writeln!(
            self.out,
            "  {status} {}",
            answer["message"].as_str().unwrap_or_default()
        )?;
        Ok(())
    }

    fn lint(&mut self) -> Result<()> {
        let exchanges = self.sandbox.exchanges();
        let linter = Linter::new();
        let (mut bodies, mut lines) = (0, Vec::new());
        for exchange in &exchanges {
            let succeeded = exchange.status.is_some_and(|status| status.is_success());
            let kinds = BodyKind::ALL.iter().copied();
            let is_its = |kind: &BodyKind| kind.operation_id() == exchange.operation;
            let request = kinds.clone().find(|kind| kind.is_request() && is_its(kind));
            let response = kinds.clone().find(|kind| match succeeded {
                true => !kind.is_request() && is_its(kind),
                false => kind.method().is_none(),
            });
            for (kind, body) in [
                (request, &exchange.request_body),
                (response, &exchange.response_body),
            ] {
                let Some(kind) = kind else { continue };
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

/// The examples of the alternatives of a request.
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

/// The type or the package that a body is of.
fn name(body: &Value) -> String {
    [&body["actionType"], &body["id"]]
        .into_iter()
        .find_map(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn listable(body: &Value) -> Option<ListableActionType> {
    name(body)
        .parse::<support::ActionType>()
        .ok()?
        .try_into()
        .ok()
}

/// What a list says of an action, but for its id.
fn summary(action: &Value) -> String {
    let mut body = action["actionBody"].clone();
    if let Some(members) = body.as_object_mut() {
        members.shift_remove("actionId");
    }
    truncate(&body.to_string(), WIDEST)
}

/// Status and answer of a body that the client would not send.
async fn post_by_hand(sandbox: &Sandbox, body: &str) -> io::Result<(String, Value)> {
    let mut stream = TcpStream::connect(sandbox.address()).await?;
    let length = body.len();
    let head = format!(
        "POST /v1/groups/{GROUP}/actions HTTP/1.1\r\nhost: {}\r\naccessToken: demo\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\nconnection: close\r\n\r\n",
        sandbox.address()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    let status = head
        .lines()
        .next()
        .and_then(|line| line.split_once(' '))
        .map_or("", |(_, status)| status);
    Ok((status.to_owned(), serde_json::from_str(body)?))
}
