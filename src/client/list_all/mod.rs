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

/// Some 30,000 actions where no page size is given.
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
/// The service documents no cursor: there is `fromDate`, of a resolution of seconds, `count`, and
/// the flag `hasMore`. Nothing says whether `fromDate` is inclusive, in which order a page is, or
/// whether `hasMore` is set when a page is full and nothing follows. This is what it assumes and
/// does:
///
/// - A page whose times ascend holds the oldest actions from `fromDate` on. The next page is asked
///   from one second before the last time, so that nothing is lost be the bound inclusive or not;
///   what comes again is told by its `referenceId` and left out.
/// - Where time does not bring it on, because a page lies in one second or does not ascend,
///   it asks for a page of twice the size, but never for more than 1,000 actions at once, or the
///   [page size](Self::page_size) where that is more. This limit is ours: the documentation names
///   none.
/// - It ends when `hasMore` is not set. Where it is set and asking on brings nothing new, although
///   the page has room or may not be larger, the last item is [`Error::Stalled`]; where it is still
///   set after 1,000 pages, or [as many as were allowed](Self::max_pages), it is
///   [`Error::TooManyPages`]. So a list is never cut short in silence, and it has an end.
/// - An action that appears while the list is read is in it if its time is not before that of the
///   page being read.
///
/// The reference ids of all that was listed are kept until the end.
#[derive(Clone, Debug)]
#[must_use = "nothing is asked before the stream is read"]
pub struct ListAll {
    client: Client,
    group_id: String,
    action_type: ListableActionType,
    from_date: Option<i64>,
    page_size: Option<i64>,
    max_pages: usize,
}

impl ListAll {
    /// Begins at a time, in epoch seconds.
    pub fn from_date(mut self, seconds: i64) -> Self {
        self.from_date = Some(seconds);
        self
    }

    /// Asks for so many actions a page; 30, the service's own default, unless set.
    pub fn page_size(mut self, count: i64) -> Self {
        self.page_size = Some(count);
        self
    }

    /// Reads so many pages at most; 1,000 unless set.
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.max_pages = pages;
        self
    }

    /// The actions. The first error is the last item.
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

    /// Asks for a page: what is new in it, and what to ask for then.
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
