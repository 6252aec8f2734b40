//! The shape of the document: the part of OpenAPI 3.0 that this contract uses, and its own
//! extensions (`openapi/README.md` describes them). Other readers would understand more; whatever
//! is not listed here, some reader of ours would silently ignore.

use serde_json::Value;

use super::{
    refusal::Refusal,
    shape::{Is, Object, may, needs},
};

/// Checks the shape of the whole document.
///
/// # Errors
/// A [`Refusal`] for the first part of another shape.
pub fn check(document: &Value) -> Result<(), Refusal> {
    Is::Object(&DOCUMENT).check(document, "#")
}

static DOCUMENT: Object = Object {
    name: "the document",
    members: &[
        needs("openapi", Is::Text),
        needs("info", Is::Object(&INFO)),
        needs("servers", Is::List(&Is::Object(&SERVER))),
        may("externalDocs", Is::Object(&DOCS)),
        needs("tags", Is::List(&Is::Object(&TAG))),
        // Only schemes of OAuth have scopes.
        needs("security", Is::List(&Is::Map(&Is::EmptyList))),
        needs("paths", Is::Map(&Is::Object(&PATH))),
        needs("components", Is::Object(&COMPONENTS)),
        needs("x-kaizala-support", Is::List(&Is::Object(&ROW))),
        needs(
            "x-kaizala-translations",
            Is::List(&Is::Object(&TRANSLATION)),
        ),
        needs("x-kaizala-elsewhere", Is::List(&Is::Object(&CLAIM))),
        needs("x-kaizala-recognition", Is::List(&Is::Object(&RECOGNITION))),
        may(DECISION, Is::Texts),
    ],
};

const SOURCE: &str = "x-kaizala-source";
const DECISION: &str = "x-kaizala-decision";
const METHODS: &[&str] = &["get", "post"];

static INFO: Object = Object {
    name: "the info",
    members: &[
        needs("title", Is::Text),
        needs("version", Is::Text),
        needs("description", Is::Text),
        may(
            "contact",
            Is::Object(&Object {
                name: "a contact",
                members: &[needs("name", Is::Text)],
            }),
        ),
        may("license", Is::Object(&LICENSE)),
    ],
};

static LICENSE: Object = Object {
    name: "a license",
    members: &[needs("name", Is::Text), may("url", Is::Text)],
};

static SERVER: Object = Object {
    name: "a server",
    members: &[needs("url", Is::Text), needs("description", Is::Text)],
};

static DOCS: Object = Object {
    name: "external documentation",
    members: &[needs("description", Is::Text), needs("url", Is::Text)],
};

static TAG: Object = Object {
    name: "a tag",
    members: &[needs("name", Is::Text), needs("description", Is::Text)],
};

static PATH: Object = Object {
    name: "a path item",
    members: &[
        may("parameters", PARAMETERS),
        may("get", Is::Object(&OPERATION)),
        may("post", Is::Object(&OPERATION)),
    ],
};

const PARAMETERS: Is = Is::List(&Is::Component("parameters", &PARAMETER));

static OPERATION: Object = Object {
    name: "an operation",
    members: &[
        needs("operationId", Is::Text),
        needs("tags", Is::Texts),
        needs("summary", Is::Text),
        needs("description", Is::Text),
        may("parameters", PARAMETERS),
        may("requestBody", Is::Object(&REQUEST)),
        needs("responses", Is::Map(&Is::Component("responses", &RESPONSE))),
        may(SOURCE, Is::Texts),
        may(DECISION, Is::Texts),
    ],
};

static COMPONENTS: Object = Object {
    name: "the components",
    members: &[
        needs("securitySchemes", Is::Map(&Is::Object(&SECURITY))),
        needs("parameters", Is::Map(&Is::Object(&PARAMETER))),
        needs("responses", Is::Map(&Is::Object(&RESPONSE))),
        needs("schemas", Is::Map(&Is::Object(&SCHEMA))),
    ],
};

static SECURITY: Object = Object {
    name: "a security scheme",
    members: &[
        needs("type", Is::Word(&["apiKey"])),
        needs("in", Is::Word(&["header"])),
        needs("name", Is::Text),
        needs("description", Is::Text),
        may(SOURCE, Is::Texts),
        may(DECISION, Is::Texts),
    ],
};

static PARAMETER: Object = Object {
    name: "a parameter",
    members: &[
        needs("name", Is::Text),
        needs("in", Is::Word(&["path", "query"])),
        needs("required", Is::Boolean),
        needs("description", Is::Text),
        needs("schema", Is::Component("schemas", &PARAMETER_SCHEMA)),
        may("example", Is::Anything),
        may("examples", EXAMPLES),
        may(SOURCE, Is::Texts),
        may(DECISION, Is::Texts),
    ],
};

/// The linter parses parameters and header fields from text, and supports only these keywords.
static PARAMETER_SCHEMA: Object = Object {
    name: "the schema of a parameter",
    members: &[
        needs("type", Is::Word(&["string", "integer", "boolean"])),
        may("format", Is::Word(&["int64"])),
        may("minimum", Is::Number),
        may("default", Is::Anything),
        may("x-kaizala-unit", Is::Text),
    ],
};

static REQUEST: Object = Object {
    name: "a request body",
    members: &[
        needs("description", Is::Text),
        needs("required", Is::True),
        needs("content", Is::Object(&CONTENT)),
    ],
};

static RESPONSE: Object = Object {
    name: "a response",
    members: &[
        needs("description", Is::Text),
        may("headers", Is::Map(&Is::Object(&HEADER))),
        may("content", Is::Object(&CONTENT)),
        may("links", Is::Map(&Is::Object(&LINK))),
        may(SOURCE, Is::Texts),
        may(DECISION, Is::Texts),
    ],
};

static HEADER: Object = Object {
    name: "a header",
    members: &[
        needs("description", Is::Text),
        needs("schema", Is::Object(&PARAMETER_SCHEMA)),
        needs("example", Is::Anything),
        may(SOURCE, Is::Texts),
        may(DECISION, Is::Texts),
    ],
};

static CONTENT: Object = Object {
    name: "the content of a body",
    members: &[needs("application/json", Is::Object(&MEDIA_TYPE))],
};

static MEDIA_TYPE: Object = Object {
    name: "a media type",
    members: &[
        needs("schema", Is::Component("schemas", &NAMED)),
        may("example", Is::Anything),
        may("examples", EXAMPLES),
    ],
};

/// Named examples; `build/examples.rs` checks the names.
const EXAMPLES: Is = Is::Map(&Is::Object(&Object {
    name: "a named example",
    members: &[needs("value", Is::Anything)],
}));

/// The schema of a body must be named.
static NAMED: Object = Object {
    name: "a reference to a schema",
    members: &[needs("$ref", Is::Text)],
};

static LINK: Object = Object {
    name: "a link",
    members: &[
        needs("operationId", Is::Text),
        needs("description", Is::Text),
        needs("parameters", Is::Map(&Is::Text)),
    ],
};

static SCHEMA: Object = Object {
    name: "a schema",
    members: &[
        may("type", Is::Word(TYPES)),
        may("enum", Is::Texts),
        may("format", Is::Word(&["date-time", "int64", "double"])),
        may("pattern", Is::Text),
        may("minimum", Is::Number),
        may("maximum", Is::Number),
        may("items", Is::Component("schemas", &SCHEMA)),
        may("properties", Is::Map(&INNER)),
        may("required", Is::Texts),
        may("additionalProperties", Is::Empty),
        may("oneOf", Is::List(&INNER)),
        may("not", Is::Object(&EXCLUSION)),
        may("discriminator", Is::Object(&DISCRIMINATOR)),
        may(
            "default",
            Is::Never("say the default in the description: generated clients would send it"),
        ),
        needs("description", Is::Text),
        needs("example", Is::Anything),
        may("x-kaizala-matrix", Is::Word(METHODS)),
        may("x-kaizala-open", Is::True),
        may("x-kaizala-action-type", Is::Word(METHODS)),
        may("x-kaizala-unit", Is::Text),
        may("x-kaizala-checks", Is::Texts),
        may("x-kaizala-answers", Is::Map(&Is::Text)),
        may("x-kaizala-from", Is::OneOrList(&Is::Object(&FROM))),
        may("x-kaizala-personal", Is::Word(&["phone"])),
        may("x-kaizala-sandbox", Is::Texts),
        may(SOURCE, Is::Texts),
        may(DECISION, Is::Texts),
    ],
};

/// A nested schema.
static INNER: Is = Is::Component("schemas", &SCHEMA);

/// The JSON types.
const TYPES: &[&str] = &["object", "array", "string", "integer", "number", "boolean"];

/// What distinguishes an alternative from the one with the other selector.
static EXCLUSION: Object = Object {
    name: "an exclusion, as in `{ title: …, required: [id], properties: { id: {} } }`",
    members: &[
        // Without it, readers show an object of one member without an explanation.
        needs("title", Is::Text),
        needs("required", Is::Texts),
        needs("properties", Is::Map(&Is::Empty)),
    ],
};

static DISCRIMINATOR: Object = Object {
    name: "a discriminator",
    members: &[
        needs("propertyName", Is::Text),
        needs("mapping", Is::Map(&Is::Text)),
    ],
};

/// `openapi/README.md` explains each member; `build/answers.rs` checks their meaning.
static FROM: Object = Object {
    name: "a source, as in `{ posted: /actionBody/title }`",
    members: &[
        may("posted", Is::Pointer),
        may("item", Is::Pointer),
        may("responses", Is::Pointer),
        may("kept", Is::Text),
        may("as", Is::Text),
        may("of", Is::Pointer),
        may("default", Is::Anything),
        may("for", Is::Texts),
        may("when", Is::Text),
    ],
};

static ROW: Object = Object {
    name: "a row of the matrix",
    members: &[
        needs("label", Is::Text),
        needs("id", Is::TextOrNull),
        needs("bodyValue", Is::Text),
        needs("get", Is::Boolean),
        needs("post", Is::Boolean),
    ],
};

static TRANSLATION: Object = Object {
    name: "a translation",
    members: &[
        needs("name", Is::Text),
        needs("language", Is::Word(&["fr", "de"])),
        needs("standsFor", Is::Texts),
        needs("seen", Is::Text),
    ],
};

static CLAIM: Object = Object {
    name: "a claim",
    members: &[
        needs("bodyValue", Is::Text),
        needs("method", Is::Word(METHODS)),
        needs("source", Is::Texts),
        needs("note", Is::Text),
    ],
};

static RECOGNITION: Object = Object {
    name: "a way to recognise a body",
    members: &[
        needs("body", Is::Text),
        needs("anyOf", Is::List(&Is::List(&Is::Pointer))),
    ],
};
