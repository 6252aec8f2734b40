//! What a request calls.

use super::message::Request;
use crate::contract::{Contract, Operation, Values};

/// What a request calls, by its method and its URL.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Called {
    /// Another API.
    Foreign,
    /// A path of the contract, or nearly one, with a method or a spelling that it does not have.
    Unknown,
    /// An operation of the contract.
    Operation(&'static Operation),
}

impl Called {
    /// The operation, if the contract has it.
    #[must_use]
    pub fn operation(self) -> Option<&'static Operation> {
        match self {
            Self::Operation(operation) => Some(operation),
            Self::Foreign | Self::Unknown => None,
        }
    }
}

/// The operation of a request whose path is written as the contract writes it, with ids of letters
/// and digits alone, and these ids. All others need [`Line`](super::line::Line), which takes longer.
pub(super) fn exactly<'r>(
    contract: &'static Contract,
    request: &'r Request<'_>,
) -> Option<(&'static Operation, Values<'static, 'r>)> {
    let path = request.url.split(['?', '#']).next()?;
    let path = path.strip_prefix(&contract.base)?;
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() | matches!(byte, b'/' | b'-' | b'_' | b'.' | b'@');
    let has_empty = || path.ends_with('/') || path.contains("//");
    if !path.bytes().fold(true, |all, byte| all & is_plain(byte)) || has_empty() {
        return None;
    }
    let operations = contract.operations.iter();
    let mut of_method = operations.filter(|operation| operation.method == request.method);
    of_method.find_map(|operation| Some((operation, operation.matches(path, str::eq)?)))
}

#[cfg(test)]
mod tests {
    use super::{super::line::Line, *};

    #[test]
    fn what_is_seen_at_once_is_what_the_linter_reads() {
        let contract = Contract::get();
        let ids = [
            "5b0f7c1e-3d52@2",
            "",
            ".",
            "..",
            "actions",
            "undefined",
            "a%2Fb",
            "a=b/c",
        ];
        let ends = [
            "",
            "/",
            "?accessToken=a/b",
            "?count=1#x",
            " ",
            "\\",
            "/actions",
        ];
        let bases = [
            "/v1",
            "/V1",
            "//v1",
            "/v1/v1",
            "",
            "https://api.kaiza.la/v1",
        ];
        let mut seen = 0;
        for operation in &contract.operations {
            for base in bases {
                for id in ids {
                    for end in ends {
                        let path = operation.segments().map(|segment| match segment {
                            name if name.starts_with('{') => id,
                            name => name,
                        });
                        let path = path.collect::<Vec<_>>().join("/");
                        let url = format!("{base}/{path}{end}");
                        for method in ["GET", "POST", "PUT", &operation.method] {
                            let request = Request::new(method, &*url);
                            let Some((called, _)) = exactly(contract, &request) else {
                                continue;
                            };
                            seen += 1;
                            let line = Line::read(contract, &request).unwrap();
                            let mut read = line.operations().iter();
                            let read = read.find(|operation| operation.method == method);
                            assert_eq!(read.map(|it| it.id()), Some(called.id()), "{method} {url}");
                        }
                    }
                }
            }
        }
        assert!(seen > 100, "{seen}");
    }
}
