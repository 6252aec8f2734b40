pub mod body;
pub mod support;
