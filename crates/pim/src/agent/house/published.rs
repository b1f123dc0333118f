//! What the organisation publishes, for everybody under the roof.

use super::{super::messages::Order, Arrival, House};
use crate::{
    bundles::Bundle,
    managed::{self, Source},
    net,
    paths::Paths,
    view::Notice,
};

/// What is there without asking anybody. Blocks.
pub(super) fn at_hand(source: Option<&Source>, paths: &Paths, notices: &mut Vec<Notice>) -> Vec<Bundle> {
    let known = source.map(|source| managed::at_hand(source, &paths.managed())).unwrap_or_default();
    notices.extend(known.notice);
    known.bundles
}

impl House {
    /// Asks the organisation's server for its bundles, where it has one. What was fetched before is used until it answers.
    pub(super) fn fetch_managed(&self) {
        let Some(Source::Url(url)) = self.published.clone() else { return };
        let (arrives, cache) = (self.arrives.clone(), self.paths.managed());
        tokio::spawn(async move {
            let fetched = managed::fetch(&url, &cache, net::named_authority().as_deref()).await;
            let _ = arrives.send((0, Arrival::Managed(fetched)));
        });
    }

    pub(super) fn managed(&mut self, fetched: Result<Vec<Bundle>, Notice>) {
        match fetched {
            Ok(bundles) => {
                self.notices.retain(|notice| notice.id != "managed");
                for account in self.members.keys() {
                    self.order(account, Order::Managed(bundles.clone()));
                }
                self.managed = bundles;
            }
            Err(notice) => self.notice(notice),
        }
    }
}
