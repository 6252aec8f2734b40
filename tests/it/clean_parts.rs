use kaizala_actions::{
    contract::{Contract, Operation},
    lint::{Linter, Request, RequestReport, Rule, recorded::Recorded},
};

use crate::corpus::{Exchanges, Outcome, exchanges};

/// With and without parts that have no finding.
fn linters() -> [Linter; 2] {
    [Linter::new(), Linter::new().skip_clean_parts()]
}

/// What the report about a request says, apart from clean parts.
fn told(report: &RequestReport<'_>) -> String {
    let operation = report.operation.map(Operation::id);
    let parts = report.parts.iter().filter(|part| !part.report.is_clean());
    let parts: Vec<_> = parts.collect();
    let RequestReport {
        methods,
        path,
        query,
        ..
    } = report;
    format!(
        "{operation:?} {methods:?} {path:?} {query:?} {:?} {parts:?}",
        report.refusal()
    )
}

#[test]
fn nothing_is_left_out_of_a_recorded_exchange_but_clean_parts() -> Outcome {
    let files = exchanges()?;
    let recorded = files.iter().flat_map(Exchanges::lines);
    let explained = Rule::all()
        .iter()
        .flat_map(|rule| [rule.bad.text, rule.good.text])
        .map(str::as_bytes);
    let [full, lean] = linters();
    let mut exact = 0;
    for text in recorded.chain(explained) {
        let mut expected = full.lint_exchange_json(text);
        expected.parts.retain(|part| !part.report.is_clean());
        assert_eq!(
            lean.lint_exchange_json(text),
            expected,
            "{}",
            String::from_utf8_lossy(text)
        );
        let Ok(recorded) = Recorded::read(text) else {
            continue;
        };
        let request = recorded.exchange.request;
        let (report, leaner) = (full.lint_request(&request), lean.lint_request(&request));
        assert_eq!(told(&leaner), told(&report));
        exact += usize::from(leaner.parts.is_empty() && leaner.operation.is_some());
    }
    assert!(exact > 40, "{exact}");
    Ok(())
}

#[test]
fn nothing_is_left_out_of_a_request_line() {
    let [full, lean] = linters();
    let values = [
        "ours",
        "undefined@2",
        "null",
        "a.b-c_d@2",
        "%2B",
        "a%20b",
        "",
        ".",
        "Actions",
        "{id}",
        ":id",
    ];
    let ends = [
        "",
        "/",
        "?",
        "#",
        "?actionType=job",
        "?count=x#y",
        " ",
        "//",
    ];
    let mut seen = 0;
    for operation in &Contract::get().operations {
        for base in [
            "/v1",
            "/V1",
            "",
            "/v1/v1",
            "https://api.kaiza.la/v1",
            "/proxy/v1",
        ] {
            for (value, end) in values.iter().flat_map(|value| ends.map(|end| (value, end))) {
                let path = operation
                    .path
                    .split('/')
                    .map(|name| if name.starts_with('{') { value } else { name });
                let url = format!("{base}{}{end}", path.collect::<Vec<_>>().join("/"));
                for method in ["GET", "POST", "PUT"] {
                    for has_variables in [false, true] {
                        let mut request = Request::new(method, &*url).header("accessToken", "t");
                        request.has_variables = has_variables;
                        let (report, leaner) =
                            (full.lint_request(&request), lean.lint_request(&request));
                        assert_eq!(told(&leaner), told(&report), "{method} {url}");
                        seen += usize::from(leaner.operation.is_some());
                    }
                }
            }
        }
    }
    assert!(seen > 500, "{seen}");
}
