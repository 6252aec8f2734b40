//! What holds for all that is in a collection or a folder.

use std::rc::Rc;

use kaizala_actions::{
    json::{Data, Node},
    lint::recorded::member,
};

use super::auth::Auth;

/// What a request inherits from the collection and the folders around it.
#[derive(Clone, Default)]
pub(super) struct Around {
    auth: Option<Rc<Auth>>,
    /// Whether methods that have no body are sent with one.
    pub keeps_bodies: bool,
}

impl Around {
    /// What is inherited within this collection, folder or item.
    pub fn within(&self, node: Node<'_>) -> Self {
        let behavior = member(node, "protocolProfileBehavior");
        let keeps = behavior.and_then(|behavior| member(behavior, "disableBodyPruning"));
        Self {
            auth: self.auth(node),
            keeps_bodies: match keeps.map(Node::data) {
                Some(Data::Bool(keeps)) => keeps,
                _ => self.keeps_bodies,
            },
        }
    }

    /// Who calls, as set here, unless that is left to what is around.
    pub fn auth(&self, node: Node<'_>) -> Option<Rc<Auth>> {
        let own = member(node, "auth").and_then(Auth::read);
        own.map(Rc::new).or_else(|| self.auth.clone())
    }
}
