//! The words above what was typed, and what is shown where its form is not.

use askama::Template;
use parindex_domain::moment::local;
use parindex_rulebook::lang::Lang;

use super::refill::{Notice, Refill, Why, missing};
use crate::address::encoded;
use crate::app::App;
use crate::frame::Frame;
use crate::sent::SentFields;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "unsent/notice.html")]
struct NoticePart<'p> {
    frame: &'p Frame,
    heading: &'p str,
    sentence: &'p str,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "unsent/list.html")]
struct ListPart<'p> {
    frame: &'p Frame,
    fields: Vec<(String, &'p str)>,
}

/// What was typed, where to, and on which page.
pub struct SentForm<'f> {
    /// Where the form leads to.
    pub action: &'f str,
    /// What was typed.
    pub sent: &'f SentFields,
    /// The page, where the address that the form leads to does not say it.
    pub page: Option<&'f str>,
}

/// What is said above a form that comes back.
pub struct NoticeWords {
    /// In a few words.
    pub heading: String,
    /// What happened.
    pub sentence: String,
    /// Whether the button is to be pressed once more.
    pub again: bool,
}

impl NoticeWords {
    /// Of a form that came after its session had ended.
    pub fn late(visitor: &Visitor, at: i64) -> Self {
        let (lang, at) = (visitor.lang, local(at));
        let at = lang.pick(at.strftime("%H:%M ngày %d/%m/%Y"), at.strftime("%H:%M on %d %b %Y"));
        let heading = lang.pick(
            format!("Nội dung bạn nhập lúc {at} chưa được lưu"),
            format!("What you typed at {at} was not saved"),
        );
        let sentence =
            lang.pick("Phiên làm việc đã kết thúc trước khi gửi.", "The session had ended before.");
        Self { heading, sentence: sentence.to_owned(), again: true }
    }

    fn whole(&self, lang: Lang, button: &str) -> String {
        let more = match (self.again, button.is_empty()) {
            (true, false) => lang.pick(
                format!("Hãy kiểm tra rồi bấm «{button}»."),
                format!("Look through it, then press “{button}”."),
            ),
            (true, true) => {
                lang.pick("Hãy kiểm tra rồi gửi lại.", "Look through it, then send it.").to_owned()
            }
            (false, _) => lang
                .pick("Nội dung bạn đã nhập còn nguyên dưới đây.", "What you typed stands below as it was.")
                .to_owned(),
        };
        format!("{} {more}", self.sentence)
    }
}

fn rendered(template: &impl Template) -> String {
    template.render().unwrap_or_else(|error| {
        tracing::error!(event = "template.failed", %error, "a template failed");
        String::new()
    })
}

/// A page with what was typed in its form; where it has no such form, above everything else, to be copied.
pub fn filled(
    app: &App,
    visitor: &Visitor,
    html: &str,
    form: &SentForm<'_>,
    (why, words): (Why, &NoticeWords),
) -> String {
    let frame = Frame::new(app, visitor);
    let part = |sentence: &str| {
        rendered(&NoticePart { frame: &frame, heading: &words.heading, sentence, tone: "stop" })
    };
    let above = |button: &str| match why {
        Why::Gaps => String::new(),
        Why::Back | Why::Refused => part(&words.whole(frame.lang, button)),
    };
    let notice = Notice { above: &above, files: files(&frame, form.sent), page: form.page.map(encoded) };
    let mut page = Refill::of(html);
    let found = page.fill(form.action, form.sent, why, &notice);
    let html = page.done();
    let rest = missing(&html, form.action, form.sent);
    if rest.is_empty() && (found || why == Why::Gaps) {
        return html;
    }
    let mut page = Refill::of(&html);
    if !found && why != Why::Gaps {
        let closed = if rest.is_empty() {
            frame.t(
                "Biểu mẫu hiện không mở trên trang này (đã khóa hoặc đã đổi).",
                "The form is not open on this page now (locked or changed).",
            )
        } else {
            frame.t(
                "Biểu mẫu hiện không mở trên trang này (đã khóa hoặc đã đổi); nội dung nằm dưới đây để bạn sao lại.",
                "The form is not open on this page now (locked or changed); what you typed stands below to be copied.",
            )
        };
        page.begin_with(part(&format!("{} {closed}", words.sentence)));
    }
    page.begin_with(listed(app, visitor, &rest));
    page.done()
}

/// The page of a failure, with what was written below it.
pub fn beside(app: &App, visitor: &Visitor, html: &str, form: &SentForm<'_>) -> String {
    let mut page = Refill::of(html);
    page.end_with(listed(app, visitor, &form.sent.written(form.action).collect::<Vec<_>>()));
    page.done()
}

/// Files cannot be kept: which they were.
fn files(frame: &Frame, sent: &SentFields) -> String {
    let names = sent.files.join(", ");
    let said = frame.lang.pick(format!("Chọn lại tệp: {names}"), format!("Choose the files again: {names}"));
    format!("<p class=\"wrong\">{}</p>", super::form::escaped(&said))
}

/// What was typed, to be copied.
pub fn listed(app: &App, visitor: &Visitor, typed: &[(&str, &str)]) -> String {
    if typed.is_empty() {
        return String::new();
    }
    let frame = Frame::new(app, visitor);
    let fields = typed.iter().map(|(name, text)| (called(name, frame.lang), *text)).collect();
    rendered(&ListPart { frame: &frame, fields })
}

/// A page that was asked for something that is not kept any more.
pub fn gone(app: &App, visitor: &Visitor, html: &str) -> String {
    let frame = Frame::new(app, visitor);
    let heading = frame.t("Không còn nội dung nào được giữ", "Nothing is kept any more");
    let sentence = frame.t(
        "Nội dung gửi sau khi phiên làm việc kết thúc được giữ 30 phút, cho đúng người đã nhập, trên đúng trình duyệt đó.",
        "What was sent after a session had ended is kept for 30 minutes, for whoever typed it, in the same browser.",
    );
    let mut page = Refill::of(html);
    page.begin_with(rendered(&NoticePart { frame: &frame, heading, sentence, tone: "care" }));
    page.done()
}

/// What a field is called where its own page is not at hand.
fn called(name: &str, lang: Lang) -> String {
    let (vi, en) = match name.rsplit('.').next().unwrap_or(name) {
        "text" => ("Nội dung", "Text"),
        "reason" => ("Lý do", "Reason"),
        "remark" => ("Điều cần sửa", "What to correct"),
        "note" => ("Ghi chú", "Note"),
        "signer" => ("Người ký", "Signed by"),
        "until" | "explain_until" => ("Đến", "Until"),
        "from" | "valid_from" => ("Từ ngày", "From"),
        "to" | "valid_to" => ("Đến ngày", "To"),
        "day" | "on_day" => ("Ngày", "Day"),
        "issued_on" => ("Ngày ban hành", "Issued on"),
        "year" => ("Năm", "Year"),
        "opens" => ("Mở từ", "Opens"),
        "closes" => ("Khóa lúc", "Closes"),
        "name" | "title" => ("Tên", "Name"),
        "code" => ("Mã", "Code"),
        "unit" | "units" => ("Đơn vị", "Units"),
        "points" => ("Điểm", "Points"),
        "proposal" => ("Đề nghị", "Proposal"),
        "source" => ("Nguồn", "Source"),
        "pasted" => ("Nội dung dán từ bảng tính", "What was pasted"),
        "login" => ("Tên đăng nhập", "Login"),
        "mark" => ("Dấu của nhật ký", "Mark of the log"),
        "into" => ("Nhập vào đơn vị", "Into the unit"),
        "with" => ("Cùng với các đơn vị", "Together with"),
        "people" => ("Thành phần", "Who was there"),
        "finding" => ("Kết quả", "Finding"),
        "criterion" => ("Tiêu chí", "Criterion"),
        "legal_basis" => ("Căn cứ", "Legal basis"),
        "rule" => ("Cách chấm", "Rule"),
        "number" => ("Số, ký hiệu", "Number"),
        "issuer" => ("Cơ quan ban hành", "Issued by"),
        "link" => ("Địa chỉ", "Address"),
        other => return lang.pick(format!("Ô «{other}»"), format!("Field “{other}”")),
    };
    lang.pick(vi, en).to_owned()
}
