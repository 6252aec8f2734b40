//! Says when the record cannot be written.

use std::{convert::Infallible, path::Path, time::Duration};

use kaizala_actions_proxy::Proxy;
use tokio::time::sleep;

use crate::{console, text::about};

/// The time between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// Looks at it from time to time, and says what has changed.
pub(super) async fn watch(proxy: &Proxy, file: &Path) -> Infallible {
    let mut fails = false;
    loop {
        sleep(PAUSE).await;
        match proxy.record_failure() {
            Some(problem) if !fails => {
                let problem = format!("{problem}; exchanges are not recorded");
                console::complain(&about(file)(problem));
                fails = true;
            }
            None if fails => {
                console::say("note: exchanges are recorded again");
                fails = false;
            }
            _ => {}
        }
    }
}
