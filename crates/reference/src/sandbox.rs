//! The sandbox's own endpoints, and the faults that it can inject. The sandbox's tests
//! compare them with it.

use maud::{Markup, html};

use super::{
    layout::{Page, section, table},
    prose,
    site::SANDBOX,
};

/// An endpoint below `/_sandbox/`: methods and path, and what it does.
const ENDPOINTS: [(&str, &str); 8] = [
    (
        "GET /_sandbox/health",
        "How many groups, actions and responses there are. Status 503 if the last change could not be stored, as on a full disk. \
         It needs no access token.",
    ),
    (
        "POST /_sandbox/reset",
        "Goes back to the seed and forgets the exchanges. Answers as `health` does.",
    ),
    (
        "GET /_sandbox/snapshot",
        "All that it remembers, in the format of a seed.",
    ),
    (
        "POST /_sandbox/restore",
        "Takes such a document, of up to 256 MiB, in the place of all that it remembers, or nothing of it if something in it is wrong. \
         Ids that are missing are made; one that is empty or repeated is refused.",
    ),
    (
        "GET /_sandbox/exchanges",
        "The latest calls of the API with their answers, as an HTTP archive (HAR 1.2): 1,000 at most, and about 4 MiB.",
    ),
    ("DELETE /_sandbox/exchanges", "Forgets them."),
    (
        "GET /_sandbox/faults",
        "The faults that are set, as a list.",
    ),
    (
        "PUT /_sandbox/faults",
        "Sets these faults and no others. If one of them cannot be, all are refused with status 400, and those that were set stay.",
    ),
];

/// What can be read without an access token: its address, and what it is.
const DOCUMENTS: [(&str, &str); 4] = [
    (
        "/openapi.json",
        "The OpenAPI document, in which the first server is the sandbox, by the name that it was called by.",
    ),
    ("/openapi.yaml", "The same in YAML, with its comments."),
    (
        "/schemas/DIALECT/BODY.schema.json",
        "The JSON Schema of a body, as in `/schemas/2020-12/post-action.request.schema.json`; the other dialect is `draft-07`.",
    ),
    (
        "/_sandbox",
        "A page that shows what the endpoints below answer. It asks for the access token where they need one.",
    ),
];

/// An example of each kind of fault, and what happens.
const FAULTS: [(&str, &str); 8] = [
    (
        r#"{"kind": "latency", "milliseconds": 200}"#,
        "The answer comes so much later, by a day at most. Latencies that are due at once add up.",
    ),
    (
        r#"{"kind": "throttled", "retryAfter": 7}"#,
        "Status 429, with this number of seconds in `Retry-After`.",
    ),
    (
        r#"{"kind": "moved", "location": "https://kms2.kaiza.la"}"#,
        "Status 308, with the endpoint in `Location`: a URL of http or https.",
    ),
    (r#"{"kind": "failure"}"#, "Status 500."),
    (
        r#"{"kind": "cut"}"#,
        "The connection is cut before anything is done.",
    ),
    (
        r#"{"kind": "cut-after"}"#,
        "The connection is cut after all is done, and the answer is lost.",
    ),
    (
        r#"{"kind": "malformed"}"#,
        "The status is that of success, and the body breaks off in the middle.",
    ),
    (
        r#"{"kind": "listed-as", "actionType": "Sticker"}"#,
        "The last action of a list is of this type, as from a newer service.",
    ),
];

/// What every fault may have in addition to its kind.
const MEMBERS: [(&str, &str, &str); 3] = [
    (
        "operation",
        r#""postAction""#,
        "Only calls of this operation, by its `operationId`; without it, all.",
    ),
    (
        "rate",
        "0.5",
        "Only this part of the calls, from 0 to 1; without it, 1.",
    ),
    (
        "times",
        "10",
        "How often at most; without it, each time. It counts down.",
    ),
];

pub(super) fn page() -> Page {
    let content = html! {
        h1 { "Sandbox" }
        p.lead {
            "The sandbox is a server of the API to test against: " code { "kaizala-actions serve" }
            ". It has endpoints of its own, and can inject faults."
        }
        (section("documents", "Documents"))
        (table("Documents", &["Address", "What it is"], &html! {
            @for (address, text) in &DOCUMENTS {
                tr { th scope="row" { code { (address) } } td.wide { (prose::inline(text)) } }
            }
        }))
        (section("pages-of-other-origins", "Pages of other origins"))
        (prose::blocks(
            "A page of another origin, such as Swagger UI or an app that runs on a port of its own, is refused with status 403. \
             With `--cors http://localhost:3000` the pages of that origin may call the API and read the documents. A browser asks before \
             it sends such a call; it is answered without an access token. The endpoints below stay closed to them.",
        ))
        (section("endpoints", "Endpoints"))
        (prose::blocks(
            "All need an access token in the header `accessToken` where the sandbox was started with one. Like calls of the API, they are \
             refused with status 403 for a `Host` that is not an address, `localhost` or a name that the sandbox was given, \
             and when a page of another origin sends them.",
        ))
        (table("Endpoints", &["Endpoint", "What it does"], &html! {
            @for (endpoint, text) in &ENDPOINTS {
                tr { th scope="row" { code { (endpoint) } } td.wide { (prose::inline(text)) } }
            }
        }))
        (section("faults", "Faults"))
        (prose::blocks(
            "A list of faults is what `PUT /_sandbox/faults` takes, and `serve --faults FILE`. Of several that are due at once, the first \
             that is more than a latency happens. A member or an operation that does not exist is refused.",
        ))
        (table("Kinds of fault", &["Fault", "What happens"], &html! {
            @for (fault, text) in &FAULTS {
                tr { th scope="row" { code { (fault) } } td.wide { (prose::inline(text)) } }
            }
        }))
        (members())
    };
    Page::new(SANDBOX, "Sandbox", content)
}

fn members() -> Markup {
    table(
        "Members of every kind",
        &["Member", "Example", "Meaning"],
        &html! {
            @for (name, example, text) in &MEMBERS {
                tr {
                    th scope="row" { code { (name) } }
                    td { code { (example) } }
                    td.wide { (prose::inline(text)) }
                }
            }
        },
    )
}
