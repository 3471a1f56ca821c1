//! Figures that cannot be, or hardly: told at their field, with a reason where the set forbids them, asked about where they only jump.

use parindex_domain::campaign::Standing;
use parindex_domain::procedure::{EntryKind, Window};
use parindex_package::beside::PackageExtras;
use parindex_package::history::REMARKS;
use parindex_package::load::load_from;
use parindex_package::source::PackageSource;
use parindex_store::Clock;
use parindex_store::campaign::{
    AddCampaign, NewBlock, NewEntry, NewMember, NewStage, OpenCampaign, SetWindow,
};
use parindex_store::sheet::{KeepCells, TypedCell};
use parindex_testkit::{Browser, databases};

use crate::campaign::{Prepared, hidden, ratio, stands};

/// What is said of 12 of 7.
const TOLD: &str = "«Số đạt yêu cầu» (12) lớn hơn «Tổng số» (7); đề nghị kiểm tra lại.";

/// The head tries to submit what stands there now.
async fn submits(head: &mut Browser, played: &Prepared) -> parindex_testkit::Reply {
    let page = format!("/sheets/{}/submit", played.sheets[0]);
    let shown = head.get(&page).await;
    assert_eq!(shown.status, 200, "{}", shown.text);
    let seen = stands_at(&shown.text);
    head.post(&page, &[("seen", &seen)]).await
}

/// The seal over what is shown: the forms of reasons before it have a field of that name too.
fn stands_at(page: &str) -> String {
    let form = page.split("<form").find(|form| form.contains("/submit\">") && form.contains("name=\"seen\""));
    stands(form.unwrap_or(page))
}

#[tokio::test]
async fn figures_that_do_not_agree_are_told_at_their_field_and_need_a_reason() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        let mut head = played.office.signed_in("head").await;
        assert_eq!(ratio(&mut officer, &at, ("12", "7")).await.status, 303, "{kind}: kept, and told");
        let page = officer.get(&at).await.text;
        let field = page.split("data-said=\"v.a\"").nth(1).unwrap().split("</div>").next().unwrap();
        assert!(field.contains(TOLD) && field.contains("/submit#checks"), "{kind}: {field}");
        let refused = submits(&mut head, &played).await;
        assert!(
            refused.status == 409 && refused.text.contains("Chưa nộp được: số liệu của 1.1.2"),
            "{kind}: {}",
            refused.text
        );
        let check = format!("/sheets/{}/submit", played.sheets[0]);
        let page = officer.get(&check).await.text;
        assert!(page.contains(TOLD), "{kind}: {page}");
        let reason = format!("/sheets/{}/reason", played.sheets[0]);
        let looked = hidden(&page, "looked").to_owned();
        let form = |text: &'static str| {
            [("at", "1.1.2"), ("looked", looked.as_str()), ("seen", "0"), ("reason", text)]
        };
        let empty = officer.post(&reason, &form(" ")).await;
        assert!(empty.status == 422 && empty.text.contains("Hãy ghi lý do"), "{kind}: {}", empty.text);
        let given = officer.post(&reason, &form("Gồm 5 nhiệm vụ của năm trước chuyển sang")).await;
        assert_eq!(given.status, 303, "{kind}: {}", given.text);
        let second = head.post(&reason, &form("Nhập nhầm")).await;
        assert!(
            second.status == 422 && second.text.contains("Người officer đã ghi"),
            "{kind}: {}",
            second.text
        );
        let submitted = submits(&mut head, &played).await;
        assert_eq!(submitted.status, 303, "{kind}: {}", submitted.text);
        // What could be done before is not said any more.
        let after = officer.get(&check).await.text;
        let over = !after.contains("chưa nộp được phiếu") && !after.contains("ghi lý do, người thẩm định");
        assert!(over && after.contains("Người thẩm định đọc số liệu này"), "{kind}: {after}");
        assert!(after.contains("Mã niêm phong SHA-256"), "{kind}: {after}");
        played.minutes(15);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        let page = appraiser.get(&decide).await.text;
        assert!(page.contains(TOLD) && page.contains("Gồm 5 nhiệm vụ của năm trước"), "{kind}: {page}");
        played.is_as_the_log_says().await;
    }
}

/// The sign of a criterion in the tree, and how many are complete.
fn signs(page: &str, code: &str) -> (String, usize) {
    let (_, sum) = page.split_once("id=\"sum\"").unwrap();
    let done = sum.split("<strong class=\"n\">").nth(1).unwrap().split('/').next().unwrap();
    let (_, tree) = page.split_once("id=\"tree\"").unwrap();
    let (_, leaf) = tree.split_once(&format!("/{code}\"")).unwrap();
    let sign = leaf.split("visually-hidden\">").nth(1).unwrap().split('<').next().unwrap();
    (sign.to_owned(), done.parse().unwrap())
}

/// What cannot be submitted like this is not complete, until a reason counts; what a page takes over by itself says the same.
#[tokio::test]
async fn figures_that_do_not_agree_are_not_complete() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        let before = signs(&officer.get(&at).await.text, "1.1.2").1;
        let complete = ("đã đủ".to_owned(), before + 1);
        let refused = ("số liệu không khớp".to_owned(), before);
        assert_eq!(ratio(&mut officer, &at, ("6", "7")).await.status, 303);
        assert_eq!(signs(&officer.get(&at).await.text, "1.1.2"), complete, "{kind}");
        let typed = [("v.a", "12"), ("was.v.a", "6"), ("seen.v.a", "1")];
        let saved = crate::typing::by_itself(&mut officer, &at, &typed).await;
        assert_eq!(signs(&saved.text, "1.1.2"), refused, "{kind}: {}", saved.text);
        assert_eq!(signs(&officer.get(&at).await.text, "1.1.2"), refused, "{kind}");
        let why = [("at", "1.1.2"), ("looked", "a = 12, b = 7"), ("seen", "0"), ("reason", "Năm trước sang")];
        let given = officer.post(&format!("/sheets/{}/reason", played.sheets[0]), &why).await;
        assert_eq!(given.status, 303, "{kind}: {}", given.text);
        assert_eq!(signs(&officer.get(&at).await.text, "1.1.2"), complete, "{kind}: it may be so");
        assert_eq!(ratio(&mut officer, &at, ("13", "7")).await.status, 303);
        let page = officer.get(&at).await.text;
        assert_eq!(signs(&page, "1.1.2"), refused, "{kind}: the reason was about other figures");
    }
}

#[tokio::test]
async fn a_reason_counts_for_the_figures_it_was_given_for() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        let mut head = played.office.signed_in("head").await;
        assert_eq!(ratio(&mut officer, &at, ("12", "7")).await.status, 303);
        let check = format!("/sheets/{}/submit", played.sheets[0]);
        officer.get(&check).await;
        let reason = format!("/sheets/{}/reason", played.sheets[0]);
        let form = |figures: &'static str, seen: &'static str| {
            [("at", "1.1.2"), ("looked", figures), ("seen", seen), ("reason", "Có văn bản kèm theo")]
        };
        let other = officer.post(&reason, &form("a = 11, b = 7", "0")).await;
        assert!(other.status == 422 && other.text.contains("vừa được sửa"), "{kind}: {}", other.text);
        assert_eq!(officer.post(&reason, &form("a = 12, b = 7", "0")).await.status, 303, "{kind}");
        assert_eq!(ratio(&mut officer, &at, ("13", "7")).await.status, 303);
        let refused = submits(&mut head, &played).await;
        assert!(refused.status == 409 && refused.text.contains("(13) lớn hơn"), "{kind}: {}", refused.text);
        let page = officer.get(&check).await.text;
        assert!(page.contains("Lý do đã ghi cho số liệu khác"), "{kind}: {page}");
        // The same words about other figures are another reason.
        assert_eq!(officer.post(&reason, &form("a = 13, b = 7", "1")).await.status, 303, "{kind}");
        assert_eq!(ratio(&mut officer, &at, ("6", "7")).await.status, 303);
        assert_eq!(submits(&mut head, &played).await.status, 303, "{kind}: what agrees needs none");
        played.is_as_the_log_says().await;
    }
}

/// The remarks that go out with the package of the campaign.
async fn exported(played: &Prepared) -> Vec<String> {
    let mut standing = played.office.signed_in("standing-body").await;
    let package = standing.get(&format!("/campaigns/{}/package", played.campaign)).await.bytes;
    let read = load_from(&PackageSource::zip("2025.zip", &package).unwrap()).unwrap();
    let rows = read.beside.history.rows(&REMARKS);
    rows.iter().map(|cells| REMARKS.cell(cells, "text").to_owned()).collect()
}

#[tokio::test]
async fn a_reason_for_other_figures_neither_goes_out_nor_is_read_by_appraisers() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(ratio(&mut officer, &at, ("31", "26")).await.status, 303);
        let reason = format!("/sheets/{}/reason", played.sheets[0]);
        let form = |figures: &'static str, seen: &'static str| {
            [("at", "1.1.2"), ("looked", figures), ("seen", seen), ("reason", "Gồm 5 việc phát sinh")]
        };
        assert_eq!(officer.post(&reason, &form("a = 31, b = 26", "0")).await.status, 303, "{kind}");
        let said = |figures: &str| format!("Lý do số liệu không khớp ({figures}): Gồm 5 việc phát sinh");
        assert_eq!(exported(&played).await, [said("a = 31, b = 26")], "{kind}");
        // Figures that agree need none; others that do not agree need another one.
        for other in [("20", "26"), ("33", "26")] {
            assert_eq!(ratio(&mut officer, &at, other).await.status, 303);
            assert!(exported(&played).await.is_empty(), "{kind}: {other:?}");
        }
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        let page = appraiser.get(&decide).await.text;
        let none = page.contains("Đơn vị chưa nêu lý do cho số liệu này");
        assert!(none && !page.contains("việc phát sinh"), "{kind}: {page}");
        appraiser.cookies.insert("lang".to_owned(), "en".to_owned());
        assert!(appraiser.get(&decide).await.text.contains("gave no reason for these figures"), "{kind}");
        assert_eq!(officer.post(&reason, &form("a = 33, b = 26", "1")).await.status, 303, "{kind}");
        assert_eq!(exported(&played).await, [said("a = 33, b = 26")], "{kind}");
        assert!(appraiser.get(&decide).await.text.contains("việc phát sinh"), "{kind}");
        played.is_as_the_log_says().await;
    }
}

/// Somebody mends the figures, or the time ends, while a reason is written: the page says so, and its words come back at no other criterion.
#[tokio::test]
async fn a_reason_whose_form_is_gone_comes_back_with_what_became_of_it() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let kind = database.kind;
        let mut officer = played.office.signed_in("officer").await;
        let other = played.at("2.1.1");
        for at in [&played.at("1.1.2"), &other] {
            assert_eq!(ratio(&mut officer, at, ("31", "26")).await.status, 303, "{kind}");
        }
        let (check, text) = (format!("/sheets/{}/submit", played.sheets[0]), "Gồm 5 việc <phát sinh>");
        let reason = format!("/sheets/{}/reason", played.sheets[0]);
        let page = officer.get(&check).await.text;
        assert_eq!(page.matches("name=\"reason\"").count(), 2, "{kind}: {page}");
        let typed = [("at", "1.1.2"), ("looked", "a = 31, b = 26"), ("seen", "0"), ("reason", text)];
        // Somebody else mended the figures meanwhile.
        let mut head = played.office.signed_in("head").await;
        assert_eq!(ratio(&mut head, &played.at("1.1.2"), ("20", "26")).await.status, 303, "{kind}");
        let gone = officer.post(&reason, &typed).await;
        assert!(gone.status == 422 && gone.text.contains("nay đã khớp"), "{kind}: {}", gone.text);
        is_to_be_copied(&gone.text, text);
        officer.cookies.insert("lang".to_owned(), "en".to_owned());
        let gone = officer.post(&reason, &typed).await;
        assert!(gone.text.contains("agree now, so they need no reason"), "{kind}: {}", gone.text);
        officer.cookies.insert("lang".to_owned(), "vi".to_owned());
        // What locks the sheet meanwhile takes the form away too.
        let typed = [("at", "2.1.1"), ("looked", "a = 31, b = 26"), ("seen", "0"), ("reason", text)];
        played.minutes(11);
        let locked = officer.post(&reason, &typed).await;
        // Above the page, as on every locked one, and of the form.
        let said = locked.text.matches("Đã khóa từ").count();
        assert!(locked.status == 422 && said == 2, "{kind}: {}", locked.text);
        is_to_be_copied(&locked.text, text);
    }
}

/// The text stands in the answer once: above the page, and in no form about something else.
fn is_to_be_copied(page: &str, text: &str) {
    let escaped = text.replace('<', "&#60;").replace('>', "&#62;");
    let count = page.matches(&escaped).count() + page.matches(text).count();
    assert!(count == 1 && page.contains("để sao lại"), "{page}");
}

/// A campaign of the year before with the same set, open, in which A had so many in all.
async fn year_before(played: &Prepared, all: &str) {
    let whole = played.office.store.campaign(played.campaign).await.unwrap().unwrap();
    let (block, member) = (&whole.blocks[0], &whole.members[0]);
    let entry = NewEntry {
        stage: 0,
        criterion: "1.1.2".to_owned(),
        input: "b".to_owned(),
        kind: EntryKind::Value,
        text: all.to_owned(),
        source: String::new(),
    };
    let stage = |stage: &parindex_domain::procedure::Stage| NewStage {
        code: stage.code.clone(),
        name: stage.name.clone(),
        counts: stage.counts.clone(),
    };
    let add = AddCampaign {
        code: "truoc".to_owned(),
        title: "Năm trước".to_owned(),
        legal_basis: String::new(),
        year: 2024,
        days: (None, None),
        note: String::new(),
        stages: whole.stages.iter().map(stage).collect(),
        blocks: vec![NewBlock {
            code: block.code.clone(),
            name: block.name.clone(),
            version: (block.set, block.number),
            members: vec![NewMember {
                unit: member.unit,
                code: "A-2024".to_owned(),
                name: member.name.clone(),
                parent: None,
                standing: Standing::Ranked,
                entries: vec![entry],
            }],
        }],
        beside: PackageExtras::default(),
    };
    let campaign = played.office.change(add).await;
    let now = played.office.clock.now();
    let window = Window::new(now - 60_000_000, now + 60_000_000).unwrap();
    played.now(SetWindow { campaign, stage: 0, window }).await;
    played.now(OpenCampaign { campaign }).await;
}

#[tokio::test]
async fn a_jump_against_the_year_before_is_asked_and_may_stay() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        year_before(&played, "1418").await;
        let mut officer = played.office.signed_in("officer").await;
        officer.get(&at).await;
        let typed =
            [("v.a", "1300000"), ("v.b", "1418000"), ("seen.v.a", "0"), ("seen.v.b", "0"), ("next", "1")];
        let stays = officer.post(&at, &typed).await;
        assert_eq!(
            (stays.status, stays.location.as_deref()),
            (303, Some(at.as_str())),
            "{kind}: it is seen first"
        );
        let page = officer.get(&at).await.text;
        let told = "Gấp khoảng 1.000 lần năm trước (1.418); nếu đúng thì giữ nguyên.";
        let field = page.split("data-said=\"v.b\"").nth(1).unwrap().split("</div>").next().unwrap();
        assert!(field.contains(told) && !field.contains("/submit#checks"), "{kind}: {field}");
        let same = [
            ("v.a", "1300000"),
            ("was.v.a", "1300000"),
            ("v.b", "1418000"),
            ("was.v.b", "1418000"),
            ("next", "1"),
        ];
        let goes_on = officer.post(&at, &same).await.location.unwrap();
        assert_ne!(goes_on, at, "{kind}: the second time it goes on");
        let mut head = played.office.signed_in("head").await;
        let check = head.get(&format!("/sheets/{}/submit", played.sheets[0])).await.text;
        assert!(check.contains("«Tổng số» (1.418.000) gấp khoảng 1.000 lần năm trước"), "{kind}: {check}");
        assert_eq!(submits(&mut head, &played).await.status, 303, "{kind}: it may be right");
    }
}

#[tokio::test]
async fn a_figure_far_from_most_other_units_is_asked_without_telling_theirs() {
    for database in databases().await {
        let played = Prepared::opened(&database).await.with_more_units(3).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let whole = played.office.store.campaign(played.campaign).await.unwrap().unwrap();
        let cell = |input: &str, text: &str| TypedCell {
            input: input.to_owned(),
            kind: EntryKind::Value,
            text: text.to_owned(),
            seen: 0,
        };
        for (member, all) in whole.members.iter().skip(1).zip(["18350", "22410", "20770", "19480"]) {
            let parts = vec![("1.1.2".to_owned(), vec![cell("a", "17000"), cell("b", all)])];
            played.now(KeepCells { member: member.id, within: Vec::new(), parts }).await;
        }
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(ratio(&mut officer, &at, ("15", "20")).await.status, 303);
        let page = officer.get(&at).await.text;
        let told = "Chỉ bằng khoảng 1/1.000 phần lớn các đơn vị khác trong khối";
        assert!(page.contains(told), "{kind}: {page}");
        assert!(!page.contains("20.770") && !page.contains("20770"), "{kind}: theirs are not told");
        assert_eq!(ratio(&mut officer, &at, ("15000", "20000")).await.status, 303);
        assert!(
            !officer.get(&at).await.text.contains("phần lớn các đơn vị"),
            "{kind}: nothing is asked any more"
        );
    }
}
