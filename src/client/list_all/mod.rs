//! All pages of a list, as a stream.

mod pager;

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;
use futures_util::{
    StreamExt as _, TryStreamExt as _,
    stream::{self, BoxStream},
};

use super::{Error, generated::Client};
use crate::{
    operation::OperationId,
    types::{ListableActionType, ListedAction},
};
use pager::Pager;

/// Some 30,000 actions with the default page size.
const MAX_PAGES: usize = 1000;

impl Client {
    /// All actions of a type in a group, page by page as they are wanted.
    ///
    /// ```no_run
    /// use futures_util::TryStreamExt as _;
    /// use kaizala_actions::{client::Client, types::ListableActionType};
    ///
    /// # async fn example(client: Client, group: &str) -> Result<(), kaizala_actions::client::Error> {
    /// let mut jobs = client.list_all(group, ListableActionType::Job).from_date(1_512_086_400).stream();
    /// while let Some(job) = jobs.try_next().await? {
    ///     println!("{job:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_all(
        &self,
        group_id: impl Into<String>,
        action_type: ListableActionType,
    ) -> ListAll {
        ListAll {
            client: self.clone(),
            group_id: group_id.into(),
            action_type,
            from_date: None,
            page_size: None,
            max_pages: MAX_PAGES,
        }
    }
}

/// A list of many pages; see [`Client::list_all`].
///
/// The service documents no cursor. It has `fromDate`, with a resolution of seconds, `count`, and
/// the flag `hasMore`. It is undocumented whether `fromDate` is inclusive, how a page is ordered,
/// and whether `hasMore` is set if a page is full and nothing follows. The stream works as follows:
///
/// - A page with ascending times holds the oldest actions from `fromDate` on. The next page begins
///   one second before the last time, so that nothing is lost whether or not the bound is
///   inclusive; repeated actions are recognised by their `referenceId` and left out.
/// - If the time does not advance, because a page lies in one second or its times do not ascend, a
///   page of twice the size is requested, but never more than 1,000 actions at once, or the
///   [page size](Self::page_size) if that is larger. This limit is ours: the documentation has none.
/// - The stream ends when `hasMore` is not set. If it is set but a further page brings nothing new,
///   although the page has room or cannot be larger, the last item is [`Error::Stalled`]; if it is
///   still set after 1,000 pages, or after the [maximum](Self::max_pages), the last item is
///   [`Error::TooManyPages`]. So a list is never truncated silently, and the stream always ends.
/// - An action that is posted meanwhile is in the stream if its time is not before that of the page
///   being read.
///
/// The reference ids of all listed actions are kept until the end.
#[derive(Clone, Debug)]
#[must_use = "nothing is requested before the stream is read"]
pub struct ListAll {
    client: Client,
    group_id: String,
    action_type: ListableActionType,
    from_date: Option<i64>,
    page_size: Option<i64>,
    max_pages: usize,
}

impl ListAll {
    /// Sets the time to begin at, in epoch seconds.
    pub fn from_date(mut self, seconds: i64) -> Self {
        self.from_date = Some(seconds);
        self
    }

    /// Sets the page size; the default is the service's own, 30.
    pub fn page_size(mut self, count: i64) -> Self {
        self.page_size = Some(count);
        self
    }

    /// Sets the maximum number of pages; the default is 1,000.
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.max_pages = pages;
        self
    }

    /// The actions. If there is an error, it is the last item.
    pub fn stream(self) -> ActionStream {
        let first = Pager::new(self.from_date, self.page_size);
        let pages = stream::try_unfold((self, Some(first)), |(list, next)| async move {
            let Some(asking) = next else {
                return Ok::<_, Error>(None);
            };
            let (fresh, next) = list.page(asking).await?;
            let fresh = stream::iter(fresh.into_iter().map(Ok));
            Ok(Some((fresh, (list, next))))
        });
        ActionStream(pages.try_flatten().boxed())
    }

    /// Requests a page; returns its new actions and the next page to request.
    async fn page(&self, asking: Pager) -> Result<(Vec<ListedAction>, Option<Pager>), Error> {
        let (operation, from_date) = (OperationId::ListActions, asking.from_date);
        if asking.stalled {
            return Err(Error::Stalled {
                operation,
                from_date,
            });
        }
        if asking.before >= self.max_pages {
            let most = self.max_pages;
            return Err(Error::TooManyPages { operation, most });
        }
        let request = self.client.list_actions();
        let mut request = request
            .group_id(self.group_id.as_str())
            .action_type(self.action_type);
        if let Some(from_date) = from_date {
            request = request.from_date(from_date);
        }
        if let Some(count) = asking.count {
            request = request.count(count);
        }
        let page = request.send().await?.into_inner();
        Ok(asking.page(page.actions, page.has_more == Some(true)))
    }
}

/// The stream of [`ListAll::stream`].
#[must_use = "a stream does nothing until it is read"]
pub struct ActionStream(BoxStream<'static, Result<ListedAction, Error>>);

impl fmt::Debug for ActionStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActionStream").finish_non_exhaustive()
    }
}

impl Stream for ActionStream {
    type Item = Result<ListedAction, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next_unpin(context)
    }
}
