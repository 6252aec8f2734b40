//! There are more subscribers than the known client sends to at once.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ410",
    name: "many-subscribers",
    severity: Severity::Note,
    in_responses: None,
    summary: "An action is sent to more than 30 subscribers at once.",
    why: "One client, written by the service's makers, sends to 30 at a time. No page states a \
          limit.",
    bad: Example::post(job!(
        "",
        r#","subscribers":["#,
        r#""+911234500001","+911234500002","+911234500003","+911234500004","+911234500005","#,
        r#""+911234500006","+911234500007","+911234500008","+911234500009","+911234500010","#,
        r#""+911234500011","+911234500012","+911234500013","+911234500014","+911234500015","#,
        r#""+911234500016","+911234500017","+911234500018","+911234500019","+911234500020","#,
        r#""+911234500021","+911234500022","+911234500023","+911234500024","+911234500025","#,
        r#""+911234500026","+911234500027","+911234500028","+911234500029","+911234500030","#,
        r#""+911234500031"]"#,
    )),
    good: Example::post(job!(
        "",
        r#","subscribers":["+911234500001","+911234500002","+911234500003"]"#
    )),
    sources: &["PMS"],
    decisions: &["D-18"],
};

pub const CHECK: Check = Check::PostSchema(Guard::Items(0, MOST), |list, sink| {
    sink.report(&RULE, &list.node, || {
        let count = list.node.items().into_iter().flatten().count();
        RULE.at(list, format!("{count} subscribers at once"))
            .expected(format!("at most {MOST}"))
            .found(count.to_string())
            .help(format!(
                "send to {MOST} at a time, as the known client does"
            ))
            .of_contract()
    });
});

/// The most that the known client sends to at once.
const MOST: usize = 30;
