//! More subscribers than a client sends at once.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ410",
    name: "many-subscribers",
    severity: Severity::Note,
    in_responses: None,
    summary: "An action is sent to more than 30 subscribers at once.",
    why: "One client, written by the service's makers, sends to 30 at a time. No page states a limit.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]},"subscribers":["+911234500001","+911234500002","+911234500003","+911234500004","+911234500005","+911234500006","+911234500007","+911234500008","+911234500009","+911234500010","+911234500011","+911234500012","+911234500013","+911234500014","+911234500015","+911234500016","+911234500017","+911234500018","+911234500019","+911234500020","+911234500021","+911234500022","+911234500023","+911234500024","+911234500025","+911234500026","+911234500027","+911234500028","+911234500029","+911234500030","+911234500031"]}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]},"subscribers":["+911234500001","+911234500002","+911234500003"]}"#,
    ),
    sources: &["PMS"],
    decisions: &["D-18"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, Guard::Items(0, MOST));

/// What that client sends at once.
const MOST: usize = 30;

fn check(list: &Instance<'_>, sink: &mut Sink) {
    let count = list.node.items().map_or(0, <[Node]>::len);
    if count > MOST {
        let draft = Draft::at(&RULE, list, format!("{count} subscribers at once"))
            .expected(format!("at most {MOST}"))
            .found(count.to_string())
            .help(format!(
                "send to {MOST} at a time, as the known client does"
            ));
        sink.add(draft);
    }
}
