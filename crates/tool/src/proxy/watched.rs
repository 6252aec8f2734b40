//! The files with the settings, and whether they have changed.

use std::{
    fs, mem,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tokio::time::sleep;

use crate::lint::Config;

/// The time between two looks. A change counts once a second look finds the same, since an editor
/// may have written half a file.
const PAUSE: Duration = Duration::from_millis(500);

/// The settings file, the survey and the certificate.
pub(super) struct Watched {
    /// Whether a settings file is read.
    is_configured: bool,
    /// The one to read; `None` for the nearest.
    named: Option<PathBuf>,
    survey: Option<PathBuf>,
    /// The files of the certificate and of its key.
    certificate: [Option<PathBuf>; 2],
    /// What the settings were read from.
    known: Stamps,
    /// What the last look found.
    seen: Stamps,
}

/// The settings file, the survey, the certificate and its key, each as it was at a time.
type Stamps = [Option<Stamp>; 4];

/// What differs once a file has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    path: PathBuf,
    modified: Option<SystemTime>,
    length: u64,
    number: u64,
}

impl Stamp {
    /// `None` if there is no such file.
    fn of(path: &Path) -> Option<Self> {
        let found = fs::metadata(path).ok()?;
        Some(Self {
            path: path.to_owned(),
            modified: found.modified().ok(),
            length: found.len(),
            number: number(&found),
        })
    }
}

/// Differs if another file has taken its place.
#[cfg(unix)]
fn number(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> u64 {
    0
}

impl Watched {
    /// Watches the named settings file or else the nearest one, if one is read, and the certificate.
    pub fn new(
        is_configured: bool,
        named: Option<PathBuf>,
        certificate: [Option<PathBuf>; 2],
    ) -> Self {
        let mut watched = Self {
            is_configured,
            named,
            survey: None,
            certificate,
            known: Stamps::default(),
            seen: Stamps::default(),
        };
        watched.known = watched.look();
        watched
    }

    /// Watches this survey from now on.
    pub fn survey(&mut self, survey: Option<&Path>) {
        self.survey = survey.map(Path::to_owned);
        self.known[1] = survey.and_then(Stamp::of);
    }

    fn look(&self) -> Stamps {
        // Without the current folder, there is nothing to watch.
        let path = || Config::path(self.named.as_deref()).ok().flatten();
        let config = self.is_configured.then(path).flatten();
        let [certificate, key] = &self.certificate;
        [&config, &self.survey, certificate, key].map(|path| path.as_deref().and_then(Stamp::of))
    }

    /// Waits until a file is another than that which was read last.
    pub async fn changed(&mut self) {
        loop {
            sleep(PAUSE).await;
            let now = self.look();
            let before = mem::replace(&mut self.seen, now.clone());
            if now != self.known && now == before {
                self.known = now;
                return;
            }
        }
    }
}
