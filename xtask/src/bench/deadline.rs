//! The hour of a deadline: many signed-in people look, type and send documents at a fixed pace, whatever the server does.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::http::Site;

/// What a server is given to do.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Signed-in browsers.
    pub browsers: usize,
    /// Requests in a second, all kinds together.
    pub pace: u32,
    /// How long it lasts.
    pub lasts: Duration,
}

/// The hour whose numbers stand in docs/benchmarks.md.
pub const HOUR: Load = Load { browsers: 500, pace: 200, lasts: Duration::from_mins(10) };

/// The paces that are tried one after the other, with three browsers for each request in a second, until one is too much.
pub const PACES: [u32; 7] = [200, 300, 400, 500, 600, 700, 800];
/// How many browsers are signed in for each request in a second.
const BROWSERS_OF_A_PACE: usize = 3;
/// How long a pace is tried.
const TRIED: Duration = Duration::from_mins(1);

/// Threads that send them: enough that none waits for another one's answer.
const THREADS: usize = 64;
/// Documents that differ: each is written whole before its hash tells that it is there already, and the disk stays small.
const DIFFERENT: usize = 500;
/// A document.
const DOCUMENT: usize = 2 << 20;

/// What came of it.
#[derive(Debug)]
pub struct Hour {
    pub sent: usize,
    pub errors: usize,
    pub p50_ms: f64,
    pub p99_ms: f64,
    /// The 99th percentile of each kind: reads, autosaves, documents.
    pub by_kind: [f64; 3],
    /// The longest wait, and in which second of the hour it began: tells one standstill from slowness all the time.
    pub longest_ms: f64,
    pub longest_at_s: u64,
}

/// Somebody’s browser: the cookie of the session, and what its forms carry.
#[derive(Clone, Default)]
struct Browser {
    cookie: String,
    token: String,
}

/// The sheets on which something is typed, and criteria with two figures.
pub struct Work {
    pub sheets: Vec<i64>,
    pub criteria: Vec<String>,
    /// Pages that are looked at.
    pub pages: Vec<String>,
}

impl Load {
    /// A pace for one minute.
    pub fn tried(pace: u32) -> Self {
        Self { browsers: BROWSERS_OF_A_PACE * pace as usize, pace, lasts: TRIED }
    }
}

impl Hour {
    /// Everything was answered, and in time.
    pub fn is_met(&self) -> bool {
        self.errors == 0 && self.p99_ms <= MAX_P99_MS
    }
}

/// The longest that 99 of 100 requests may take.
const MAX_P99_MS: f64 = 150.0;

/// Signs everybody in, and plays the hour.
pub fn measure(site: &Site, people: (&[&str], &str), work: Work, load: Load) -> Result<Hour, String> {
    let browsers = Arc::new(signed_in(site, people, load.browsers)?);
    let work = Arc::new(work);
    let (begun, next) = (Instant::now(), Arc::new(AtomicUsize::new(0)));
    let threads: Vec<_> = (0..THREADS)
        .map(|thread| {
            let (site, browsers, work, next) =
                (site.clone(), Arc::clone(&browsers), Arc::clone(&work), Arc::clone(&next));
            std::thread::spawn(move || {
                Player { site, browsers, work, thread, threads: THREADS, seen: HashMap::new() }
                    .play((begun, load), &next)
            })
        })
        .collect();
    let mut all = Vec::new();
    for thread in threads {
        all.extend(thread.join().map_err(|_panic| "a thread broke".to_owned())?);
    }
    Ok(hour(&all))
}

/// How many figures are kept in a second by so many writers who never pause.
pub fn writers(
    site: &Site,
    people: (&[&str], &str),
    work: Work,
    (writers, lasts): (usize, Duration),
) -> Result<f64, String> {
    let browsers = Arc::new(signed_in(site, people, writers)?);
    let (work, begun) = (Arc::new(work), Instant::now());
    let writer = |thread| {
        let (site, browsers, work) = (site.clone(), Arc::clone(&browsers), Arc::clone(&work));
        let mut player = Player { site, browsers, work, thread, threads: writers, seen: HashMap::new() };
        std::thread::spawn(move || -> Result<u32, String> {
            let mut kept = 0;
            while begun.elapsed() < lasts {
                // Another figure each time, or nothing would be written.
                if !player.autosave(thread + writers * kept as usize) {
                    return Err("a figure was not kept".to_owned());
                }
                kept += 1;
            }
            Ok(kept)
        })
    };
    let mut total = 0;
    for thread in (0..writers).map(writer).collect::<Vec<_>>() {
        total += thread.join().map_err(|_panic| "a thread broke".to_owned())??;
    }
    Ok(f64::from(total) / begun.elapsed().as_secs_f64())
}

fn signed_in(
    site: &Site,
    (logins, password): (&[&str], &str),
    browsers_in_all: usize,
) -> Result<Vec<Browser>, String> {
    let mut browsers = Vec::new();
    for at in 0..browsers_in_all {
        let login = logins.get(at % logins.len()).ok_or("no logins")?;
        let cookie = site.sign_in(login, password)?;
        let cookie = format!("{cookie}; lang=vi");
        let token = site.token("/account", &cookie)?;
        browsers.push(Browser { cookie, token });
    }
    Ok(browsers)
}

/// Kind, milliseconds since the moment when it was due, whether it was answered as it should be, and when it was due.
type Sent = (usize, f64, bool, Duration);

struct Player {
    site: Site,
    browsers: Arc<Vec<Browser>>,
    work: Arc<Work>,
    thread: usize,
    /// How many there are.
    threads: usize,
    /// The revision of each cell that this thread types into; no other one does.
    seen: HashMap<(i64, String), u64>,
}

impl Player {
    fn play(mut self, (begun, load): (Instant, Load), next: &AtomicUsize) -> Vec<Sent> {
        let mut sent = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let at_s = f64::from(u32::try_from(at).unwrap_or(u32::MAX)) / f64::from(load.pace);
            let due = begun + Duration::from_secs_f64(at_s);
            if due.duration_since(begun) > load.lasts {
                return sent;
            }
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            // 14 reads, 5 autosaves and 1 document of 20.
            let (kind, fine) = match at % 20 {
                0 => (2, self.document(at)),
                4 | 8 | 12 | 16 | 18 => (1, self.autosave(at)),
                _ => (0, self.read(at)),
            };
            sent.push((kind, due.elapsed().as_secs_f64() * 1_000.0, fine, due.duration_since(begun)));
        }
    }

    fn browser(&self, at: usize) -> Browser {
        turn(&self.browsers, at)
    }

    fn read(&self, at: usize) -> bool {
        self.site
            .get(&turn(&self.work.pages, at), &self.browser(at).cookie)
            .is_ok_and(|answer| answer.status == 200)
    }

    /// A cell that is this thread’s own.
    fn cell(&self, at: usize) -> (i64, String) {
        let cells = self.work.sheets.len() * self.work.criteria.len();
        let mine = (cells / self.threads).max(1);
        let cell = (self.thread + self.threads * (at % mine)) % cells;
        (turn(&self.work.sheets, cell), turn(&self.work.criteria, cell / self.work.sheets.len().max(1)))
    }

    fn autosave(&mut self, at: usize) -> bool {
        let (sheet, criterion) = self.cell(at);
        let browser = self.browser(at);
        let path = format!("/sheets/{sheet}/{criterion}");
        let seen = match self.seen.get(&(sheet, criterion.clone())) {
            Some(seen) => *seen,
            None => {
                self.site.get(&path, &browser.cookie).ok().and_then(|page| revision(&page.body)).unwrap_or(0)
            }
        };
        let (typed, seen_text) = ((at + 1).to_string(), seen.to_string());
        let fields = [
            ("csrf", browser.token.as_str()),
            ("v.a", typed.as_str()),
            ("v.b", "2000"),
            ("seen.v.a", seen_text.as_str()),
            ("seen.v.b", seen_text.as_str()),
        ];
        // The second figure stays as it is, so its revision is never asked for again.
        let fine = self.site.save(&path, &browser.cookie, &fields).is_ok_and(|answer| match answer.status {
            // The answer holds what the page takes over.
            200 => answer.body.contains("data-became=\"kept\""),
            // Programs of before lead the script to the page, which it then asks for.
            303 => self.site.get(&path, &browser.cookie).is_ok_and(|page| page.status == 200),
            _ => false,
        });
        self.seen.insert((sheet, criterion), seen + u64::from(fine));
        fine
    }

    fn document(&self, at: usize) -> bool {
        let (sheet, criterion) = self.cell(at);
        let browser = self.browser(at);
        let path = format!("/sheets/{sheet}/{criterion}/evidence");
        let mut content = format!("%PDF-1.7 {} ", at / 20 % DIFFERENT).into_bytes();
        content.resize(DOCUMENT, b'x');
        let answer = self.site.send_file(&path, (&browser.cookie, &browser.token), ("bao-cao.pdf", &content));
        answer.is_ok_and(|answer| answer.status == 303)
    }
}

/// One after the other, round and round.
fn turn<T: Clone + Default>(all: &[T], at: usize) -> T {
    all.get(at % all.len().max(1)).cloned().unwrap_or_default()
}

/// The revision of the first figure on a page.
fn revision(page: &str) -> Option<u64> {
    page.split_once("name=\"seen.v.a\" value=\"")?.1.split('"').next()?.parse().ok()
}

fn hour(all: &[Sent]) -> Hour {
    let of = |kind: Option<usize>, share: usize| {
        let mut times: Vec<f64> =
            all.iter().filter(|sent| kind.is_none_or(|kind| sent.0 == kind)).map(|sent| sent.1).collect();
        times.sort_by(f64::total_cmp);
        times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
    };
    let longest = all.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    Hour {
        longest_ms: longest.map_or(0.0, |sent| sent.1),
        longest_at_s: longest.map_or(0, |sent| sent.3.as_secs()),
        sent: all.len(),
        errors: all.iter().filter(|sent| !sent.2).count(),
        p50_ms: of(None, 50),
        p99_ms: of(None, 99),
        by_kind: [of(Some(0), 99), of(Some(1), 99), of(Some(2), 99)],
    }
}
