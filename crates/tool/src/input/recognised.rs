//! Files that are known and not read: an error says what each is, and how to get what is read.

use kaizala_actions::json::{Event, Scanner, without_mark};

use super::postman::IS_ENVIRONMENT;

/// A kind of file, how it is known by its first bytes, and what to do.
struct Known {
    is: fn(&Start<'_>) -> bool,
    what: &'static str,
}

/// The beginning of a file.
struct Start<'t> {
    /// Without a byte order mark and blanks.
    text: &'t [u8],
    /// The names of the members of its first object.
    names: Vec<&'t [u8]>,
}

impl Start<'_> {
    fn begins(&self, beginnings: &[&str]) -> bool {
        let is = |beginning: &&str| self.text.starts_with(beginning.as_bytes());
        beginnings.iter().any(is)
    }

    fn has(&self, text: &str) -> bool {
        memchr::memmem::find(self.text, text.as_bytes()).is_some()
    }

    /// Whether a line begins so.
    fn has_line(&self, beginnings: &[&str]) -> bool {
        let mut lines = self
            .text
            .split(|byte| *byte == b'\n')
            .map(<[u8]>::trim_ascii_start);
        lines.any(|line| {
            beginnings
                .iter()
                .any(|beginning| line.starts_with(beginning.as_bytes()))
        })
    }

    fn is_json(&self) -> bool {
        self.begins(&["{", "[", "\""])
    }

    /// Whether the first object has one of these members.
    fn has_member(&self, names: &[&str]) -> bool {
        names
            .iter()
            .any(|name| self.names.contains(&name.as_bytes()))
    }
}

const KNOWN: &[Known] = &[
    Known {
        is: |start| start.begins(&["PK\u{3}\u{4}"]) && start.has("raw/"),
        what: "an archive of Fiddler (SAZ): export the sessions from Fiddler as HTTPArchive 1.2 (HAR)",
    },
    Known {
        is: |start| {
            let magic = start.text.first_chunk::<4>();
            magic.is_some_and(|magic| MAGIC_OF_PACKETS.contains(magic))
        },
        what: "a capture of packets: record the calls as HAR, in a browser or a proxy",
    },
    Known {
        is: |start| {
            start.begins(&["<"])
                && (start.has("<items burpVersion") || start.has("<!ELEMENT items"))
        },
        what: "an export of Burp: copy each request as a curl command (bash), or export HAR",
    },
    Known {
        is: |start| {
            start.has("<charles-session") || start.is_json() && start.has("\"charlesVersion\"")
        },
        what: "a session of Charles: export it from Charles as HTTP Archive (.har)",
    },
    Known {
        is: |start| {
            start.has_member(&["protocolVersion"])
                && start.has_member(&["remoteAddress", "tunnel", "sizes"])
        },
        what: "a session of Charles: export it from Charles as HTTP Archive (.har)",
    },
    Known {
        is: |start| {
            let digits = start
                .text
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            digits > 0 && start.text.get(digits) == Some(&b':') && start.has(":version;")
        },
        what: "flows of mitmproxy: `mitmdump -n -r FLOWS --set hardump=FILE.har` writes them as HAR",
    },
    Known {
        is: |start| {
            start.has_member(&["__export_format"])
                || start.has_line(&["type: collection.insomnia.rest"])
        },
        what: "an export of Insomnia: export it as HAR",
    },
    Known {
        is: |start| {
            start.has_member(&["_postman_variable_scope"])
                || start.has_member(&["values"])
                    && start.has_member(&["name"])
                    && start.has("\"enabled\"")
        },
        what: IS_ENVIRONMENT,
    },
    Known {
        is: |start| start.has_member(&["requests"]) && start.has_member(&["folders", "order"]),
        what: "a collection of Postman, version 1: export it as version 2.1",
    },
    Known {
        is: |start| {
            start.has_member(&["http_interactions", "interactions"])
                || start.has_line(&["http_interactions:", "interactions:"])
        },
        what: "a cassette of VCR: write each interaction as a line with `request` and `response` in JSON",
    },
    Known {
        is: |start| {
            start.has_member(&["eventType"]) && start.has_member(&["objectId", "subscriptionId"])
        },
        what: "events that the service sends to a webhook, which are not of /actions: lint what is posted and listed",
    },
    Known {
        is: |start| {
            start.has_member(&["swagger", "openapi"]) || start.has_line(&["swagger:", "openapi:"])
        },
        what: "a description of an API, and not what it was sent: lint recorded bodies or exchanges",
    },
    Known {
        is: |start| start.has_member(&["request_uri", "request_body"]),
        what: "a log that seems to be of nginx: read it with --map nginx, or with --map FIELD=POINTER for other names",
    },
    Known {
        is: |start| {
            start.has_member(&["ResponseCode"]) && start.has_member(&["Url"])
                || start.has_member(&["category"]) && start.has("GatewayLogs")
                || start.has_member(&["customDimensions"]) && start.has_member(&["resultCode"])
        },
        what: "a log of Azure API Management: read it with --map apim",
    },
    Known {
        is: |start| start.begins(&["fetch(", "await fetch("]),
        what: "a call of fetch: copy it from the browser as cURL (bash)",
    },
    Known {
        is: |start| !start.is_json() && start.has_line(POWERSHELL),
        what: "a script of PowerShell: copy the call from the browser as cURL (bash), or record it as HAR",
    },
];

/// In both orders of bytes, with two resolutions of time, and the newer format.
const MAGIC_OF_PACKETS: [[u8; 4]; 5] = [
    [0xD4, 0xC3, 0xB2, 0xA1],
    [0xA1, 0xB2, 0xC3, 0xD4],
    [0x4D, 0x3C, 0xB2, 0xA1],
    [0xA1, 0xB2, 0x3C, 0x4D],
    [0x0A, 0x0D, 0x0D, 0x0A],
];

const POWERSHELL: &[&str] = &[
    "Invoke-WebRequest ",
    "Invoke-RestMethod ",
    "iwr ",
    "irm ",
    "$session = New-Object",
    "$response = Invoke-",
];

/// What a file is, by its first bytes, if it is known and not read.
pub(super) fn unread(start: &[u8]) -> Option<String> {
    let magic = start
        .first_chunk::<4>()
        .filter(|magic| MAGIC_OF_PACKETS.contains(magic));
    let text = match magic {
        Some(_) => start,
        None => without_mark(start).trim_ascii_start(),
    };
    let start = Start {
        text,
        names: names(text),
    };
    let known = KNOWN.iter().find(|known| (known.is)(&start))?;
    Some(format!("not read, since it is {}", known.what))
}

/// The names of the members of the object that a text begins with, as far as it is there; of a
/// list, of the first object in it.
fn names(text: &[u8]) -> Vec<&[u8]> {
    let level = match text.trim_ascii_start() {
        [b'{', ..] => 1,
        [b'[', ..] => 2,
        _ => return Vec::new(),
    };
    let (mut scanner, mut name, mut names) = (Scanner::default(), 0..0, Vec::new());
    for (index, byte) in text.iter().enumerate() {
        match scanner.step(*byte) {
            Event::StringStart => name = index + 1..index + 1,
            Event::StringEnd => name.end = index,
            Event::Close if scanner.depth() < level => return names,
            Event::Other if *byte == b':' && scanner.depth() == level => {
                names.push(&text[name.clone()]);
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_named_with_what_to_do() {
        let table: &[(&[u8], &str)] = &[
            (b"PK\x03\x04\x14\0\0\0\x08\0raw/0001_c.txt", "Fiddler"),
            (b"\xD4\xC3\xB2\xA1\x02\0\x04\0", "packets"),
            (b"\x0A\x0D\x0D\x0A\x1C\0\0\0", "packets"),
            (
                b"<?xml version=\"1.0\"?>\n<items burpVersion=\"2023.1\">",
                "Burp",
            ),
            (b"<?xml version='1.0'?>\n<charles-session>", "Charles"),
            (
                b"[{\"status\":\"COMPLETE\",\"protocolVersion\":\"HTTP/1.1\",\"tunnel\":false}]",
                "Charles",
            ),
            (b"1234:9:websocket;0:~7:version;2:21#", "mitmproxy"),
            (b"{\"_type\":\"export\",\"__export_format\":4}", "Insomnia"),
            (b"type: collection.insomnia.rest/5.0\nname: x", "Insomnia"),
            (
                b"{\"name\":\"e\",\"values\":[{\"key\":\"a\",\"enabled\":true}]}",
                "--environment",
            ),
            (
                b"{\"id\":1,\"values\":[],\"_postman_variable_scope\":\"globals\"}",
                "--environment",
            ),
            (b"{\"id\":1,\"order\":[],\"requests\":[]}", "version 1"),
            (b"---\nhttp_interactions:\n- request:", "VCR"),
            (b"{\"http_interactions\":[]}", "VCR"),
            (b"interactions:\n- request:\n    body: '{}'", "VCR"),
            (b"{\"version\": 1, \"interactions\": []}", "VCR"),
            (
                b"{\"objectId\":\"g\",\"eventType\":\"JobCreated\",\"data\":{}}\n",
                "webhook",
            ),
            (
                b"{\"swagger\":\"2.0\",\"info\":{}}",
                "description of an API",
            ),
            (b"openapi: 3.0.3\ninfo:\n", "description of an API"),
            (b"{\"request_uri\":\"/v1\",\"status\":200}\n", "nginx"),
            (b"{\"Url\":\"/v1\",\"ResponseCode\":200}\n", "apim"),
            (
                b"{\"url\":\"/v1\",\"resultCode\":\"200\",\"customDimensions\":{}}\n",
                "apim",
            ),
            (
                b"fetch(\"https://api.kaiza.la/v1/groups/g/actions\", {",
                "fetch",
            ),
            (
                b"$body = @{}\nInvoke-RestMethod -Uri x -Body $body",
                "PowerShell",
            ),
            (
                b"\xEF\xBB\xBF$session = New-Object Microsoft.PowerShell",
                "PowerShell",
            ),
        ];
        for (text, expected) in table {
            let shown = String::from_utf8_lossy(text);
            let message = unread(text).unwrap_or_else(|| unreachable!("{shown}"));
            assert!(message.contains(expected), "{shown}: {message}");
        }
    }

    #[test]
    fn what_is_read_is_not_refused() {
        for text in [
            "",
            "{}",
            "{\"actionType\":\"Job\",\"actionBody\":{\"eventType\":1,\"objectId\":2}}",
            "{\"log\":{\"entries\":[]}}",
            "{\"request\":{\"method\":\"GET\",\"url\":\"/\"}}",
            "curl https://example.com",
            "12:30",
        ] {
            assert_eq!(unread(text.as_bytes()), None, "{text}");
        }
    }
}
