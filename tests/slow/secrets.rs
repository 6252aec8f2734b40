//! Thousands of secrets in one exchange.

use kaizala_actions::lint::{Exchange, Linter, Part, Request};

use crate::linear::assert_linear;

fn exchange(secrets: usize) -> Exchange<'static> {
    let url = "https://api.kaiza.la/v1/groups/ours/actions";
    let mut request = Request::new("POST", url);
    for number in 0..secrets {
        let secret = format!("secret-{number:08}");
        request.headers.add("Cookie", secret);
    }
    request.headers.add("Content-Type", "application/json");
    request.body = Some(br#"{"actionType": "secret-00000000"}"#.into());
    Exchange::new(request)
}

#[test]
fn secrets_are_taken_out_in_one_pass() {
    let linter = Linter::new();
    assert_linear(1_000, exchange, |exchange| {
        let report = linter.lint_exchange(exchange);
        let body = (report.parts.iter()).find(|part| part.part == Some(Part::RequestBody));
        let text = &body.expect("a body").text;
        assert_eq!(&**text, br#"{"actionType": "***************"}"#);
    });
}
