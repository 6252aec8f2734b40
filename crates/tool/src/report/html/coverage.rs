//! Coverage: the matrix, what was seen of the contract, and what it lacks.

use kaizala_actions::{
    lint::{Aspect, Coverage},
    support::{self, Method},
};
use maud::{Markup, html};

use super::pieces::{bar, short};
use crate::report::coverage::{groups, title};

/// The support matrix; each cell says what the contract says, and what was seen.
pub(super) fn matrix(coverage: &Coverage) -> Markup {
    let methods = [Method::Get, Method::Post];
    html! {
        table.matrix {
            caption { "The support matrix, and how often each cell was seen" }
            thead {
                tr {
                    th scope="col" { "Action" }
                    th scope="col" { "Body value" }
                    @for method in methods { th scope="col" { (method) } }
                }
            }
            tbody {
                @for row in support::rows() {
                    tr {
                        th scope="row" { (row.label) }
                        td data-label="Body value" { code { (row.body_value) } }
                        @for method in methods {
                            (cell(coverage, method, row.body_value, row.action_type.supports(method)))
                        }
                    }
                }
            }
        }
    }
}

fn cell(coverage: &Coverage, method: Method, value: &str, is_supported: bool) -> Markup {
    let of = method.to_string();
    let mut cells = coverage.iter(Aspect::Matrix);
    let cell = cells.find(|cell| cell.of == of && cell.name == value);
    let (seen, refused) = cell.map_or((0, 0), |cell| (cell.count, cell.refused));
    let class = match (seen, refused) {
        (0, _) => "unseen",
        (_, 0) => "seen",
        _ => "refused",
    };
    let answer = if is_supported { "Yes" } else { "No" };
    html! {
        td class=(class) data-label=(of) {
            (answer)
            span.count {
                @match (seen, refused) {
                    (0, _) => "not seen",
                    (seen, 0) => { (seen) " seen" },
                    (seen, refused) if seen == refused => { (refused) " refused" },
                    (seen, refused) => { (seen) " seen, " (refused) " refused" },
                }
            }
        }
    }
}

/// How much of each kind was seen, and below that what was not.
pub(super) fn totals(coverage: &Coverage) -> Markup {
    html! {
        table {
            caption { "How much of the contract was seen" }
            thead {
                tr {
                    th scope="col" { "Of the contract" }
                    th.number scope="col" { "Declared" }
                    th.number scope="col" { "Not seen" }
                    th scope="col" { "Seen" }
                }
            }
            tbody {
                @for aspect in Aspect::ALL {
                    @let (declared, seen) = coverage.total(aspect);
                    tr {
                        th scope="row" { (title(aspect)) }
                        td.number data-label="Declared" { (declared) }
                        td.number data-label="Not seen" { (declared - seen) }
                        td data-label="Seen" { (bar(seen, declared)) }
                    }
                }
            }
        }
        @for aspect in Aspect::ALL { (unseen(coverage, aspect)) }
    }
}

fn unseen(coverage: &Coverage, aspect: Aspect) -> Markup {
    let groups = groups(coverage, aspect);
    let count: usize = groups.iter().map(|group| group.unseen.len()).sum();
    html! {
        @if count > 0 {
            details {
                summary { "Not seen of " (title(aspect)) ": " (count) }
                dl {
                    @for group in groups.iter().filter(|group| !group.unseen.is_empty()) {
                        dt { code { (group.of) } }
                        dd { (group.unseen.len()) " of " (group.declared) ": " (group.names()) }
                    }
                }
            }
        }
    }
}

/// What the contract lacks; `None` if there is nothing.
pub(super) fn undeclared(coverage: &Coverage) -> Option<Markup> {
    let kinds = Aspect::ALL.into_iter();
    let kinds: Vec<_> = kinds
        .filter_map(|aspect| Some((aspect.undeclared_name()?, coverage.undeclared(aspect))))
        .filter(|(_, undeclared)| !undeclared.is_empty())
        .collect();
    let table = html! {
        table {
            caption { "Names that the contract lacks" }
            thead {
                tr {
                    th scope="col" { "Name" }
                    th scope="col" { "In" }
                    th scope="col" { "Kind" }
                    th.number scope="col" { "Seen" }
                }
            }
            tbody {
                @for (kind, undeclared) in &kinds {
                    @for (of, name, count) in undeclared.iter() {
                        tr {
                            th scope="row" {
                                @if name.is_empty() { "(empty)" } @else { code { (short(name)) } }
                            }
                            td data-label="In" { code { (short(of)) } }
                            td data-label="Kind" { (kind) }
                            td.number data-label="Seen" { (count) }
                        }
                    }
                    @if undeclared.others() > 0 {
                        tr {
                            th scope="row" { "(others)" }
                            td {}
                            td data-label="Kind" { (kind) }
                            td.number data-label="Seen" { (undeclared.others()) }
                        }
                    }
                }
            }
        }
    };
    (!kinds.is_empty()).then_some(table)
}
