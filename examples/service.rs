//! A service that gives jobs for others, with axum: all requests share one client, its connections
//! and its pace.
//!
//! `cargo run --example service -- 127.0.0.1:8080`, with `KAIZALA_ENDPOINT` and
//! `KAIZALA_ACCESS_TOKEN` set. Then `POST /groups/GROUP/jobs` takes
//! `{"title": "Check the doors", "for": ["+911234500001"]}`, and `GET /groups/GROUP/jobs` lists them.
#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use std::{env, error::Error};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use kaizala_actions::{
    client::{self, AccessToken, Client, Pace, Retry},
    types::{JobRequest, ListableActionType},
};
use serde::Deserialize;
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = AccessToken::new(&env::var("KAIZALA_ACCESS_TOKEN")?)?;
    let client = Client::builder()
        .retry(Retry::default())
        .pace(Pace::DOCUMENTED)
        .connect(&env::var("KAIZALA_ENDPOINT")?, token)?;
    let address = env::args().nth(1).ok_or("listen where?")?;
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("{}", listener.local_addr()?);
    axum::serve(listener, service(client)).await?;
    Ok(())
}

/// Clones of a client share what it has, so that it is the state itself.
fn service(client: Client) -> Router {
    Router::new()
        .route("/groups/{group}/jobs", get(list).post(give))
        .with_state(client)
}

#[derive(Deserialize)]
struct Job {
    title: String,
    r#for: Vec<String>,
}

async fn give(
    State(client): State<Client>,
    Path(group): Path<String>,
    Json(job): Json<Job>,
) -> Result<Json<Value>, Failure> {
    let job = JobRequest::new(job.title, job.r#for);
    let posted = client
        .post_action()
        .group_id(group)
        .body(job)
        .send()
        .await?;
    Ok(Json(json!({"id": posted.action_id})))
}

async fn list(
    State(client): State<Client>,
    Path(group): Path<String>,
) -> Result<Json<Value>, Failure> {
    let list = client
        .list_actions()
        .group_id(group)
        .action_type(ListableActionType::Job)
        .send()
        .await?;
    let jobs = list
        .actions
        .iter()
        .map(|job| json!({"message": job.reference_id(), "sent": job.time(), "by": job.sender()}));
    Ok(Json(jobs.collect()))
}

/// What the caller of this service learns when a call fails.
struct Failure(client::Error);

impl From<client::Error> for Failure {
    fn from(error: client::Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = match &self.0 {
            client::Error::Refused { .. } | client::Error::InvalidRequest { .. } => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            error if error.is_retryable() => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_GATEWAY,
        };
        (status, self.0.to_string()).into_response()
    }
}
