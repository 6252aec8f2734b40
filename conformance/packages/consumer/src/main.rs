//! What a user of the packages might write first.

use std::error::Error;

use kaizala_actions::{
    body::BodyKind,
    client::{AccessToken, Client},
    lint::Linter,
    types::{JobRequest, ListableActionType},
};
use kaizala_actions_sandbox::Sandbox;

fn main() -> Result<(), Box<dyn Error>> {
    let body = br#"{"actionType": "Poll", "actionBody": {"question": "Rice or bread?"}}"#;
    assert!(Linter::new().lint(BodyKind::PostActionRequest, body).has_errors());
    assert!(kaizala_actions_reference::files().len() > 10);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let sandbox = Sandbox::builder().start().await?;
        let client = Client::connect(sandbox.url(), AccessToken::new("any")?)?;
        let job = JobRequest::new("Check the doors", ["+911234500001"]);
        client.post_action().group_id("ours").body(job).send().await?;
        let list = client.list_actions().group_id("ours").action_type(ListableActionType::Job).send().await?;
        assert_eq!(list.actions.len(), 1);
        Ok(())
    })
}
