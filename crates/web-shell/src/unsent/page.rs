//! On which page a form stands: forms lead to other addresses than the page that they are on.

use axum::extract::Query;
use axum::http::{HeaderMap, Uri, header};

use crate::address::{encoded, parameter, with};
use crate::app::App;
use crate::next::local;
use crate::routes::Routes;

/// Without what only one answer was about.
fn plain(address: &Uri) -> String {
    let once = ["unsent", "page"];
    let Ok(Query(all)) = Query::<Vec<(String, String)>>::try_from_uri(address) else {
        return address.path().to_owned();
    };
    let stays = all.iter().filter(|(name, _)| !once.contains(&name.as_str()));
    stays.fold(address.path().to_owned(), |path, (name, value)| with(&path, &encoded(name), encoded(value)))
}

/// The page of a form: as the form says, as the browser says, or as our routes have it.
pub fn of(routes: Routes<App>, headers: &HeaderMap, uri: &Uri, base: &str) -> Option<String> {
    let said = parameter(uri, "page").and_then(|page| local(&page).parse::<Uri>().ok());
    said.filter(|page| page.path() != "/" && routes.is_page(page.path()))
        .or_else(|| came_from(headers, base).filter(|page| routes.is_page(page.path())))
        .map(|page| plain(&page))
        .or_else(|| by_route(routes, uri.path()))
}

/// Where the browser was, on this site.
pub fn came_from(headers: &HeaderMap, base: &str) -> Option<Uri> {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let from: Uri = text(header::REFERER)?.parse().ok()?;
    let here = from.authority()?.as_str();
    let base: Option<Uri> = base.parse().ok();
    let ours = text(header::HOST) == Some(here)
        || base.and_then(|base| base.authority().map(|of| of.as_str() == here)).unwrap_or(false);
    let local = from.path_and_query().map(|at| local(at.as_str())).filter(|_| ours)?;
    local.parse().ok()
}

/// Forms that stand neither on a page of their own address nor on one above it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("/campaigns/begin", "/campaigns/new"),
    ("/campaigns/{campaign}/describe", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/remove", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/rounds/add", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/rounds/remove", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/windows", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/link-units", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/open", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/blocks", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/blocks/{block}/members", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/blocks/{block}/remove", "/campaigns/{campaign}/prepare"),
];

fn by_route(routes: Routes<App>, path: &str) -> Option<String> {
    let found = routes.of_path(path)?;
    if let Some((_, page)) = ELSEWHERE.iter().find(|(form, _)| *form == found.path) {
        // The only place in such a page is the first one of the form.
        let campaign = path.split('/').nth(2)?;
        return Some(page.replace("{campaign}", campaign));
    }
    let mut at = path;
    loop {
        if routes.is_page(at) && at != "/" {
            return Some(at.to_owned());
        }
        at = at.rsplit_once('/').map(|(above, _)| above).filter(|above| !above.is_empty())?;
    }
}
