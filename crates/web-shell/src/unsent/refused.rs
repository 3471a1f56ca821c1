//! A form that could not be carried out comes back on its page, with what was typed in it and why.

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::refill::{Refill, Why};
use super::show::{self, NoticeWords, SentForm};
use super::{html_of, is_by_script, is_html, page, with_html};
use crate::app::App;
use crate::failure_page::FailureText;
use crate::sent::has_secrets;
use crate::sent::listening;
use crate::visitor::Visitor;

fn words(said: &FailureText, visitor: &Visitor) -> NoticeWords {
    let FailureText { heading, sentence, too_old } = said;
    if !too_old {
        return NoticeWords { heading: heading.clone(), sentence: sentence.clone(), again: false };
    }
    let who = visitor.complete().map(|session| session.person.name.as_str()).unwrap_or_default();
    let sentence = visitor.lang.pick(
        format!("Biểu mẫu được mở trước lần đăng nhập hiện nay ({who}) nên chưa ghi gì."),
        format!("The form was opened before the present sign-in ({who}), so nothing was written."),
    );
    NoticeWords { heading: heading.clone(), sentence, again: true }
}

/// What the page of a form is asked for with.
const SAME: [HeaderName; 4] =
    [header::COOKIE, header::HOST, header::USER_AGENT, HeaderName::from_static("x-forwarded-for")];

/// Follows every form, and brings it back where it was refused.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let (path, headers) = (request.uri().path().to_owned(), request.headers().clone());
    if request.method() != Method::POST || has_secrets(&path) || is_by_script(&headers) {
        return next.run(request).await;
    }
    let page = page::of(app.pages.routes, &headers, request.uri(), &app.settings.base_url);
    let again = page.as_deref().and_then(|page| asking(&request, page));
    let (response, sent) = listening(next.clone().run(request)).await;
    let refused = response.status().is_client_error() || response.status().is_server_error();
    if !refused
        || response.status() == StatusCode::UNAUTHORIZED
        || sent.typed(&path).next().is_none()
        || !is_html(&response)
    {
        return response;
    }
    // Where our routes find the page by themselves, the form need not say it.
    let known =
        page::of(app.pages.routes, &axum::http::HeaderMap::new(), &path.parse().unwrap_or_default(), "");
    let form = SentForm {
        action: &path,
        sent: &sent,
        page: page.as_deref().filter(|page| known.as_deref() != Some(page)),
    };
    let Some(visitor) = response.extensions().get::<Visitor>().cloned() else { return response };
    match response.extensions().get::<FailureText>().map(|said| words(said, &visitor)) {
        Some(words) => failed((&app, &visitor), (&form, &words), response, (again, next)).await,
        None => answered(&app, &visitor, &form, response).await,
    }
}

/// The question for a page, as the same browser would put it.
fn asking(form: &Request, page: &str) -> Option<Request> {
    let mut request = Request::get(page).body(Body::empty()).ok()?;
    for name in SAME {
        for value in form.headers().get_all(&name) {
            request.headers_mut().append(name.clone(), value.clone());
        }
    }
    if let Some(place) = form.extensions().get::<ConnectInfo<std::net::SocketAddr>>() {
        request.extensions_mut().insert(*place);
    }
    Some(request)
}

/// The handler had no page for it: the page of the form does, as it is now, or that of the failure.
async fn failed(
    (app, visitor): (&App, &Visitor),
    (form, words): (&SentForm<'_>, &NoticeWords),
    response: Response,
    (again, next): (Option<Request>, Next),
) -> Response {
    let page = match again {
        Some(request) => whole(next.run(request).await).await,
        None => None,
    };
    let (head, own) = html_of(response).await;
    if let Some(html) = page
        && Refill::of(&html).shows(form.action, form.sent)
    {
        // Whoever was not told of what others did meanwhile is told when he sends it again.
        let why = if words.again { Why::Back } else { Why::Refused };
        return with_html(head, show::filled(app, visitor, &html, form, (why, words)));
    }
    let own = own.unwrap_or_default();
    with_html(head, show::beside(app, visitor, &own, form))
}

async fn whole(response: Response) -> Option<String> {
    if response.status() == StatusCode::OK { html_of(response).await.1 } else { None }
}

/// The handler brought its own page back: whatever it left out is put in, and the page opens at the form.
async fn answered(app: &App, visitor: &Visitor, form: &SentForm<'_>, response: Response) -> Response {
    let (head, html) = html_of(response).await;
    let nothing_more = NoticeWords { heading: String::new(), sentence: String::new(), again: false };
    let html = html.unwrap_or_default();
    with_html(head, show::filled(app, visitor, &html, form, (Why::Gaps, &nothing_more)))
}
