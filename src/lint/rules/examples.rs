//! What the examples of several rules share. The bodies are macros, since `concat!` takes no
//! constants; their parts are JSON text.

use crate::lint::rule::Example;

/// A request that names a type, with these members in its `actionBody`.
macro_rules! action {
    ($kind:literal, $($inside:expr),+ $(,)?) => {
        concat!(r#"{"actionType":""#, $kind, r#"","actionBody":{"#, $($inside,)+ "}}")
    };
}

/// A request that posts a job, with more members in its `actionBody` and next to it.
macro_rules! job {
    () => {
        job!("")
    };
    ($inside:expr $(, $beside:expr)* $(,)?) => {
        concat!(
            r#"{"actionType":"Job","actionBody":{"title":"Check the doors","#,
            r#""assignedTo":["+911234500001"]"#,
            $inside,
            "}",
            $($beside,)*
            "}"
        )
    };
}

/// The request that posts a survey of these questions, with more members in its `actionBody`.
macro_rules! survey {
    ($questions:expr $(, $inside:expr)? $(,)?) => {
        action!("Survey", r#""title":"Lunch","questions":["#, $questions, "]" $(, $inside)?)
    };
}

/// The request that posts a meeting, with more members in its `actionBody`.
macro_rules! meeting {
    ($inside:expr) => {
        action!(
            "LetsMeet",
            r#""title":"Stand-up","startingTime":"2017-12-20T09:00:00Z""#,
            $inside,
        )
    };
}

/// The request that posts an instance of a package, with these members in its `actionBody`.
macro_rules! package {
    ($inside:expr) => {
        concat!(
            r#"{"id":"com.contoso.care.1","actionBody":{"#,
            $inside,
            "}}"
        )
    };
}

/// A list of one action, of this type, with these members in its `actionBody`.
macro_rules! listed {
    ($kind:literal, $($inside:expr),+ $(,)?) => {
        concat!(
            r#"{"actions":[{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117","actionType":""#,
            $kind,
            r#"","creationTime":1480931759,"actionBody":{"#,
            $($inside,)+
            "}}]}"
        )
    };
}

/// The request that answers a survey.
macro_rules! answers {
    ($answers:expr) => {
        action!("Survey", r#""Answers":["#, $answers, "]")
    };
}

/// The path of the actions of a group.
macro_rules! actions {
    () => {
        "https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions"
    };
}

/// A request about the actions of a group: its method, its query, its header fields (by default
/// only the access token), and its body.
macro_rules! exchange {
    ($method:literal, $query:literal) => {
        exchange!($method, $query, r#""accessToken":"a secret""#)
    };
    ($method:literal, $query:literal, $headers:expr $(, $body:expr)? $(,)?) => {
        Example::exchange(concat!(
            r#"{"request":{"method":""#,
            $method,
            r#"","url":""#,
            actions!(),
            $query,
            r#"","headers":{"#,
            $headers,
            "}",
            $(r#","body":"#, $body,)?
            "}}"
        ))
    };
}

/// A request for a list of jobs, and these members of its response.
macro_rules! answered {
    ($($response:expr),+ $(,)?) => {
        Example::exchange(concat!(
            r#"{"request":{"method":"GET","url":""#,
            actions!(),
            r#"?actionType=job","headers":{"accessToken":"a secret"}},"response":{"#,
            $($response,)+
            "}}"
        ))
    };
}

/// A body without a finding.
pub(super) const JOB: Example = Example::post(job!());

/// A list without a finding.
pub(super) const JOBS: &str = listed!(
    "Job",
    r#""actionId":"0d9c6a52-7be1-4f0a-8c35-1e42b7d9f608","title":"Check the doors""#
);

/// An exchange without a finding.
pub(super) const LIST_JOBS: Example = exchange!("GET", "?actionType=job");

/// Another, with a body.
pub(super) const POST_JOB: Example = exchange!(
    "POST",
    "",
    r#""accessToken":"a secret","content-type":"application/json""#,
    job!()
);

/// A survey of two questions, to show the rules about answers.
pub(super) const LUNCH: &str = survey!(concat!(
    r#"{"title":"What?","type":"SingleOption","options":[{"title":"Rice"},{"title":"Bread"}]},"#,
    r#"{"title":"How many?","type":"Numeric"}"#
));

/// A response to it without a finding.
pub(super) const LUNCH_ANSWERED: Example = Example::to(LUNCH, answers!(r#""Rice",2"#));
