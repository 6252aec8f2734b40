//! Names of earlier versions of the contract: they are accepted in input, and never written. The
//! readers are `FromStr` of [`OperationId`](crate::operation::OperationId) and of
//! [`BodyKind`](crate::body::BodyKind), which settings, arguments and JSON use as well.

/// The former names and the present ones. Version 0.3.0 no longer accepts the former ones: empty
/// the table then.
const RENAMED: &[(&str, &str)] = &[
    ("postActionResponse", "respondToAction"),
    ("post-action-response.request", "respond-to-action.request"),
    (
        "post-action-response.response",
        "respond-to-action.response",
    ),
];

/// The present name for a former one; any other name is returned unchanged.
pub(crate) fn present(name: &str) -> &str {
    let mut renamed = RENAMED.iter();
    renamed
        .find(|(former, _)| *former == name)
        .map_or(name, |(_, present)| present)
}

/// The former names of a present name.
pub(crate) fn former(name: &str) -> impl Iterator<Item = &'static str> {
    let renamed = RENAMED.iter().filter(move |(_, present)| *present == name);
    renamed.map(|(former, _)| *former)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{body::BodyKind, operation::OperationId};

    #[test]
    fn a_former_name_is_read_as_the_present_one_which_is_written() {
        for (former, present) in RENAMED {
            let json = serde_json::Value::from(*former);
            let read = if let Ok(operation) = former.parse::<OperationId>() {
                assert!(operation.former_names().any(|name| name == *former));
                assert_eq!(
                    serde_json::from_value::<OperationId>(json).unwrap(),
                    operation
                );
                operation.as_str()
            } else {
                let kind: BodyKind = former.parse().unwrap();
                assert_eq!(serde_json::from_value::<BodyKind>(json).unwrap(), kind);
                assert!(kind.former_names().any(|name| name == *former));
                kind.name()
            };
            assert_eq!(read, *present);
        }
    }

    #[test]
    fn no_former_name_is_one_of_the_contract() {
        for (former, _) in RENAMED {
            assert!(OperationId::ALL.iter().all(|id| id.as_str() != *former));
            assert!(BodyKind::ALL.iter().all(|kind| kind.name() != *former));
        }
    }
}
