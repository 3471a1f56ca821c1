//! Every page in both languages, with something on it.

use parindex_domain::right::{Act, Appointment};
use parindex_domain::right::{Role, Subject, permit};
use parindex_store::criteria_set::UploadSet;
use parindex_store::person::Invite;
use parindex_testkit::{Browser, Office, databases};
use parindex_web::{Needs, routes};

use crate::campaign::Prepared;
use crate::walk::filled;

/// What answers without a page, or leads on.
const NO_PAGE: &[&str] = &[
    "/sheets/{member}/sealed",
    "/units/import/list",
    "/audit/head",
    "/sheets/{member}/pack/{kind}",
    "/visits/photo/{photo}",
    "/uploads/{upload}",
    "/sheets/{member}/workbook/file",
    "/campaigns/{campaign}/package",
    "/sheets/{member}",
    "/evidence/{evidence}",
    "/people/import/list",
    "/assets/{name}",
    "/healthz",
    "/session",
    "/readyz",
    "/sign-in/provider",
    "/sign-in/provider/back",
    "/sign-in/provider/out",
    "/criteria-sets/{set}/{number}/file/{kind}",
    "/invitation/{link}",
];

async fn office(database: &parindex_testkit::Database) -> Office {
    let office = Office::new(database).await;
    let text = include_str!("../../../../examples/vinh-tuong-2021/criteria/xa.csv").to_owned();
    let (code, title) = ("VT".to_owned(), "Bộ tiêu chí cấp xã".to_owned());
    office.change(UploadSet { code, title, text, note: "bản đầu".to_owned(), file: None }).await;
    Prepared::opened_in(office).await.office
}

/// Somebody who may.
async fn reader(office: &Office, needs: Needs) -> Browser {
    let may =
        |role: &Role, act: Act| permit(&[Appointment::everywhere(*role)], act, &Subject::Everything).is_ok();
    match needs {
        Needs::Nothing => office.browser(),
        Needs::Act(act) | Needs::Either(act, _) => {
            let role = Role::ALL.into_iter().find(|role| may(role, act)).expect("somebody may");
            office.signed_in(role.word()).await
        }
        Needs::HalfSession | Needs::Session => office.signed_in("officer").await,
    }
}

#[tokio::test]
async fn every_page_speaks_both_languages() {
    for database in databases().await.into_iter().take(1) {
        let office = office(&database).await;
        for route in routes().filter(|route| route.method == "GET" && !NO_PAGE.contains(&route.path)) {
            let path =
                filled(route, &office).replace("/edit/1", "/edit/1.1.1").replace("/try/1", "/try/1.1.1");
            let mut browser = reader(&office, route.needs).await;
            if route.path == "/sign-in/code" {
                // Whoever has given everything is led on.
                assert_eq!(browser.get(&path).await.status, 303);
                continue;
            }
            let mut texts = Vec::new();
            for lang in ["vi", "en"] {
                browser.cookies.insert("lang".to_owned(), lang.to_owned());
                let answer = browser.get(&path).await;
                assert_eq!(answer.status, 200, "{path} in {lang}: {}", answer.text);
                assert!(answer.text.contains(&format!("<html lang=\"{lang}\"")), "{path} in {lang}");
                assert!(answer.text.trim_end().ends_with("</html>"), "{path} in {lang} ends too early");
                let main = answer.text.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
                // Nobody who looks at a page has to know the command line.
                let commands = ["«parindex ", "“parindex ", "sha256sum"];
                assert!(!commands.iter().any(|command| main.contains(command)), "{path} in {lang}: {main}");
                texts.push(main.to_owned());
            }
            assert_ne!(texts.first(), texts.last(), "{path} says the same in both languages");
        }
    }
}

/// Links that open an account, the second step of signing in, and pages of errors: in both languages, whole.
#[tokio::test]
async fn invitations_codes_and_errors_speak_both_languages() {
    for database in databases().await.into_iter().take(1) {
        let office = office(&database).await;
        let token = parindex_service::token::Token::new().unwrap();
        let invite = Invite {
            login: "moi".to_owned(),
            name: "Lê Thị Mới".to_owned(),
            title: String::new(),
            unit: None,
            link: token.hash(),
        };
        office.change(invite).await;
        let invitation = format!("/invitation/{}", token.text());
        for (lang, invited, gone, denied) in [
            ("vi", "Đặt mật khẩu", "Không có trang này", "Bạn không có quyền này"),
            ("en", "password", "No such page", "You have no right to this"),
        ] {
            let mut nobody = office.browser();
            nobody.cookies.insert("lang".to_owned(), lang.to_owned());
            let page = nobody.get(&invitation).await;
            assert!(
                page.status == 200 && page.text.contains("Lê Thị Mới") && page.text.contains(invited),
                "{lang}: {}",
                page.text
            );
            assert!(
                page.text.contains(&format!("<html lang=\"{lang}\""))
                    && page.text.trim_end().ends_with("</html>")
            );
            let mut officer = office.signed_in("officer").await;
            officer.cookies.insert("lang".to_owned(), lang.to_owned());
            let missing = officer.get("/nowhere").await;
            assert!(missing.status == 404 && missing.text.contains(gone), "{lang}: {}", missing.text);
            let refused = officer.get("/audit").await;
            assert!(refused.status == 403 && refused.text.contains(denied), "{lang}: {}", refused.text);
            let forged = officer.post_bare("/account/password", &[]).await;
            assert!(
                forged.status == 400 && forged.text.contains(&format!("<html lang=\"{lang}\"")),
                "{lang}: {}",
                forged.text
            );
        }
    }
}
