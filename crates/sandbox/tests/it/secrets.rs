//! What the sandbox records and says of an exchange goes without secrets and phone numbers.

use std::sync::{Arc, Mutex};

use kaizala_actions_sandbox::Sandbox;

use crate::{
    http::raw,
    wire::{get, start},
};

const TOKEN: &str = "t0ken/of+a.Test";
const NUMBER: &str = "911234500001";

/// The token as others may repeat it.
const COPIES: [&str; 6] = [
    "t0ken/of+a.Test",
    "t0ken%2Fof%2Ba.Test",
    "t0ken%252fof%252ba.Test",
    r"t0ken\/of\u002ba.Test",
    r"\u0074\u0030ken\/of+a.Test",
    "bWU6dDBrZW4vb2YrYS5UZXN0", // of `me:` and the token
];

#[test]
fn neither_archive_nor_answer_has_a_token_or_a_number() {
    let seen = Arc::new(Mutex::new(String::new()));
    let observed = Arc::clone(&seen);
    let sandbox = start(Sandbox::builder().observe(move |exchange| {
        let line = format!("{:?}", (&exchange.target, &exchange.request_headers));
        observed.lock().unwrap().push_str(&line);
    }));
    let path = "/v1/groups/g/actions";
    let declared = [
        (path.to_owned(), format!("accessToken: {TOKEN}")),
        (path.to_owned(), format!("Authorization: Negotiate {TOKEN}")),
        (path.to_owned(), format!("X-Api-Key: {TOKEN}")),
        (
            path.to_owned(),
            format!("Proxy-Authorization: Bearer {TOKEN}"),
        ),
        (path.to_owned(), format!("Cookie: a=b; session={TOKEN}")),
        (
            format!("{path}?access%54oken=t0ken%2Fof%2Ba.Test"),
            "a: b".to_owned(),
        ),
        (
            format!("{path}?a=b;access_token=t0ken/of%2Ba.Test"),
            "a: b".to_owned(),
        ),
    ];
    for (target, header) in declared {
        for copy in COPIES {
            let body = format!(
                r#"{{"actionType": "{copy}", "actionBody": {{"{copy}": "{copy}", "sender": "+91 12345-00001", "+{NUMBER}": {NUMBER}}}}}"#
            );
            let mark = if target.contains('?') { '&' } else { '?' };
            // What stands for itself in a path and in a header field alone.
            let plain = copy.replace('\\', "");
            let request = format!(
                "POST {target}{mark}{plain}=%2B{NUMBER} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{header}\r\n\
                 X-Other: {copy}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            let answer = raw(sandbox.address(), request.as_bytes()).unwrap();
            let archive = get(&sandbox, "/_sandbox/exchanges");
            let said = [
                ("the answer", answer.body),
                ("the archive", archive.body),
                ("the exchanges", format!("{:?}", sandbox.exchanges()).into()),
                ("the observer", seen.lock().unwrap().clone().into()),
            ];
            for (place, said) in said {
                let said = String::from_utf8_lossy(&said);
                for secret in COPIES {
                    assert!(
                        !said.contains(secret),
                        "{secret} in {place} of {request}\n{said}"
                    );
                }
                let is_of_number = place.contains("answer") || place.contains("archive");
                assert!(
                    !is_of_number || !said.contains(NUMBER) && !said.contains("12345-00001"),
                    "{said}"
                );
            }
        }
    }
}
