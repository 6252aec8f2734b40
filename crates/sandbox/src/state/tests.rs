use super::*;

#[path = "../../../../tests/helpers/linear.rs"]
mod linear;

fn action() -> Action {
    Action {
        group: "g".into(),
        reference_id: "reference".into(),
        id: Some("action".into()),
        kind: None,
        sender: "+911234500001".into(),
        sent_at: 0,
        body: r#"{"actionType":"Job"}"#.into(),
        responses: Vec::new(),
    }
}

fn response(number: usize) -> Change {
    let response = Response {
        id: format!("response {number}").into(),
        sender: "+911234500001".into(),
        sent_at: 0,
        body: "{}".into(),
    };
    Change::Response {
        action: 0,
        response,
    }
}

#[test]
fn a_response_costs_the_same_however_many_an_action_has() {
    linear::assert_linear(
        4_000,
        |count| count,
        |count| {
            let mut state = State::new(true);
            state.add(action());
            // Each is added, and then edited.
            for number in (0..*count).chain(0..*count) {
                state.apply(response(number));
            }
            assert_eq!(state.responses, *count as u64);
        },
    );
}
