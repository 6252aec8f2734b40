//! Bodies that are nothing but one thing, again and again.

use kaizala_actions::{
    body::BodyKind,
    lint::{Linter, Severity},
};

use crate::linear::assert_linear;

const KIND: BodyKind = BodyKind::PostActionRequest;

/// Shapes that grow with a number.
const SHAPES: &[fn(usize) -> String] = &[
    // One key.
    |count| job(&list(count, |_| r#""x":1"#.to_owned())),
    // Keys of which each is a fault.
    |count| job(&list(count, |index| format!(r#""unheard{index}":1"#))),
    // Keys that are nearly known.
    |count| job(&list(count, |index| format!(r#""dueDat{index}":1"#))),
    // Keys with escapes.
    |count| job(&list(count, |index| format!(r#""\u0074{index}":1"#))),
    // Members that belong outside.
    |count| job(&list(count, |index| format!(r#""subscribers":[{index}]"#))),
    // Many spellings of one name.
    |count| job(&list(count, |index| format!(r#""{}":1"#, spelt(index)))),
    // A long key over faults.
    |count| {
        let key = "k".repeat(10 * count);
        format!(r#"{{"{key}":[{}]}}"#, list(count, |_| "1e999".to_owned()))
    },
    // Numbers where strings are wanted, and strings that are none.
    |count| job(&format!(r#""assignedTo":[{}]"#, ones(count))),
    |count| {
        let halves = list(count, |_| r#""\ud800""#.to_owned());
        job(&format!(r#""x":[{halves}]"#))
    },
    // An array where an object is wanted.
    |count| job(&format!(r#""x":1}},"actionBody":[{}],"y":{{"#, ones(count))),
    // Notes, warnings and errors.
    |count| survey(count, r#"{"title":"a","type":"Date"}"#),
    |count| survey(count, r#"{"title":"a","type":"Text","isInvisible":null}"#),
    |count| survey(count, "{}"),
    // What is cut, and a literal.
    |count| format!("[{}", ones(count)),
    |count| format!("{{{}}}", list(count, |index| format!("k{index}:'v'"))),
];

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(",")
}

fn ones(count: usize) -> String {
    list(count, |_| "1".to_owned())
}

fn job(inside: &str) -> String {
    format!(r#"{{"actionType":"Job","actionBody":{{"title":"a",{inside}}}}}"#)
}

fn survey(count: usize, question: &str) -> String {
    let questions = list(count, |_| question.to_owned());
    format!(r#"{{"actionType":"Survey","actionBody":{{"title":"a","questions":[{questions}]}}}}"#)
}

/// One of the spellings of a name, by the bits of a number.
fn spelt(index: usize) -> String {
    let letters = "acceptMultipleResponses".chars().enumerate();
    let spell = |(bit, letter): (usize, char)| match index >> bit & 1 {
        1 => letter.to_ascii_uppercase(),
        _ => letter.to_ascii_lowercase(),
    };
    letters.map(spell).collect()
}

#[test]
fn time_is_linear_in_the_bytes_of_every_shape() {
    for linter in [
        Linter::new(),
        Linter::new().count_only(),
        Linter::new().most_findings(usize::MAX),
    ] {
        for shape in SHAPES {
            assert_linear(2_000, *shape, |text| {
                let _ = linter.lint(KIND, text.as_bytes());
            });
        }
    }
}

#[test]
fn an_error_behind_a_hundred_thousand_notes_is_found_and_listed() {
    let notes = survey(100_000, r#"{"title":"a","type":"Date"}"#);
    let text = notes.replace(']', r#",{"title":"a"}]"#);
    for linter in [Linter::new(), Linter::new().count_only()] {
        let report = linter.lint(KIND, text.as_bytes());
        assert_eq!(report.count(Severity::Error), 1);
        assert!(report.has_errors() && report.count(Severity::Note) >= 100_000);
    }
    let report = Linter::new().lint(KIND, text.as_bytes());
    assert_eq!((report.findings.len(), report.errors().count()), (1_001, 1));
    let last = report.findings.last().expect("a note");
    let said = (last.rule.id, &*last.message);
    assert_eq!(
        said,
        ("KZ009", "not all findings are listed: there are 99001 more")
    );
}

#[test]
fn fixing_goes_on_until_nothing_is_left_out() {
    let text = survey(50_000, r#"{"title":"a","type":"Text","isInvisible":null}"#);
    let fixed = Linter::new().fix(KIND, text.as_bytes());
    assert!(fixed.left.is_clean());
    assert_eq!(fixed.applied.len(), 50_000);
}
