//! The server is the package, to the last digit: what a package says is what the pages show and what the server gives back.

use std::path::Path;

use parindex_domain::campaign::{CampaignResult, Status};
use parindex_package::archive::zip;
use parindex_package::export;
use parindex_package::history::{History, HistoryTable, TABLES};
use parindex_package::load::{Package, load, load_from};
use parindex_package::source::PackageSource;
use parindex_rulebook::lang::Lang;
use parindex_testkit::{Browser, Database, Office, databases};

use crate::campaign::Prepared;
use crate::random_package::random;

/// Packages made by chance.
const PACKAGES: u64 = 200;

fn read(name: &str, bytes: &[u8]) -> Package {
    PackageSource::zip(name, bytes)
        .and_then(|source| load_from(&source))
        .map_err(|found| format!("{name}: {found:#?}"))
        .unwrap()
}

fn results(of: &Package) -> Vec<CampaignResult> {
    (0..of.campaign.stages.len()).map(|stage| of.campaign.score(stage).unwrap().result()).collect()
}

/// Rank, name, points at the last stage, index of every unit, as the page must show them.
fn expected(of: &Package) -> Vec<[String; 4]> {
    let result = results(of).pop().unwrap();
    let line = |block: usize| {
        let units = result.units.iter().filter(move |unit| unit.block == block);
        units.map(move |unit| {
            let block = &of.campaign.blocks[unit.block];
            let scored =
                unit.points.as_ref().filter(|_| !matches!(unit.status, Status::Exempt | Status::NotScored));
            let points =
                scored.map_or_else(|| "–".to_owned(), |points| Lang::Vi.fixed(points, block.digits()));
            let index = unit.index.as_ref().map(|index| Lang::Vi.fixed(index, 2)).unwrap_or_default();
            let rank = unit.rank.map(|rank| rank.to_string()).unwrap_or_default();
            [rank, block.members[unit.seat].name.clone(), points, index]
        })
    };
    (0..of.campaign.blocks.len()).flat_map(line).collect()
}

/// The same, as the page shows them.
fn shown(page: &str, stages: usize) -> Vec<[String; 4]> {
    let plain = |cell: &str| {
        let text: String =
            cell.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect();
        text.trim().to_owned()
    };
    let row = |row: &str| {
        let cells: Vec<String> = row.split("<td").skip(1).map(|cell| plain(&format!("<td{cell}"))).collect();
        let points =
            cells[1 + stages].split(|c: char| c == '*' || c.is_whitespace()).next().unwrap().to_owned();
        [cells[0].clone(), cells[1].clone(), points, cells[2 + stages].clone()]
    };
    let tables = page.split("id=\"table-").skip(1);
    let body =
        |table: &str| table.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap().to_owned();
    let rows =
        tables.map(body).flat_map(|body| body.split("<tr>").skip(1).map(str::to_owned).collect::<Vec<_>>());
    rows.map(|each| row(&each)).collect()
}

/// The rows of a history, in whatever order: notes are given back sheet by sheet.
fn sorted(history: &History) -> Vec<(&'static str, Vec<Vec<String>>)> {
    let rows = |kept: &HistoryTable| {
        let mut rows = history.rows(kept).to_vec();
        rows.sort();
        rows
    };
    TABLES.into_iter().map(|kept| (kept.name, rows(kept))).collect()
}

/// Takes a package in, looks at the page, has it back: and the one that comes back is the same wherever it goes.
async fn travels(standing: &mut Browser, name: &str, bytes: &[u8], twice: bool) {
    let package = read(name, bytes);
    let campaign = taken(standing, name, bytes).await;
    let page = standing.get(&format!("/campaigns/{campaign}/ranking")).await.text;
    assert_eq!(shown(&page, package.campaign.stages.len()), expected(&package), "{name}: the page");
    let out = standing.get(&format!("/campaigns/{campaign}/package")).await;
    assert_eq!(out.status, 200, "{name}: {}", out.text);
    let given = read(name, &out.bytes);
    assert_eq!(results(&given), results(&package), "{name}: the package that is given back");
    let (is, was) = (&given.beside, &package.beside);
    assert_eq!((&is.days, &is.moves), (&was.days, &was.moves), "{name}");
    assert_eq!(sorted(&is.history), sorted(&was.history), "{name}");
    let figures = |of: &Package| {
        let figures = of.beside.published.iter();
        figures
            .map(|each| (each.unit.clone(), each.item.clone(), each.value.clone(), each.source.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(figures(&given), figures(&package), "{name}");
    let written = zip(&export::files(&given.campaign, &given.beside).unwrap()).unwrap();
    assert!(written == out.bytes, "{name}: what is given back is not written alike");
    if twice {
        remove(standing, &campaign, &package.campaign.about.code).await;
        let campaign = taken(standing, name, &out.bytes).await;
        let second = standing.get(&format!("/campaigns/{campaign}/package")).await;
        assert!(second.bytes == out.bytes, "{name}: another package goes out the second time");
        remove(standing, &campaign, &package.campaign.about.code).await;
    }
}

/// The campaign that a package becomes.
async fn taken(standing: &mut Browser, name: &str, bytes: &[u8]) -> String {
    let taken = standing.upload("/campaigns/new", "goi.zip", bytes).await;
    let campaign = taken.location.as_deref().and_then(|to| to.split('/').nth(2));
    campaign.ok_or_else(|| format!("{name}: {}", taken.text)).unwrap().to_owned()
}

/// A draft goes with all that came with it.
async fn remove(standing: &mut Browser, campaign: &str, code: &str) {
    let removed = standing.post(&format!("/campaigns/{campaign}/remove"), &[("code", code)]).await;
    assert_eq!(removed.status, 303, "{}", removed.text);
}

async fn standing(database: &Database) -> (Office, Browser) {
    let office = Office::new(database).await;
    let browser = office.signed_in("standing-body").await;
    (office, browser)
}

fn files_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let source = PackageSource::open(folder).unwrap();
    source.paths().unwrap().into_iter().map(|path| (path.clone(), source.need(&path).unwrap())).collect()
}

#[tokio::test]
async fn every_example_is_the_same_on_the_server() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    for database in databases().await {
        let (_office, mut standing) = standing(&database).await;
        let mut seen = 0;
        for folder in std::fs::read_dir(&examples).unwrap() {
            let folder = folder.unwrap().path();
            load(&folder).unwrap();
            let name = format!("{} {}", database.kind, folder.display());
            travels(&mut standing, &name, &zip(&files_of(&folder)).unwrap(), true).await;
            seen += 1;
        }
        assert_eq!(seen, 8);
    }
}

#[tokio::test]
async fn packages_made_by_chance_are_the_same_on_the_server() {
    let databases = databases().await;
    // Each package by chance on one of the databases: the examples go to both.
    for (at, database) in (0..).zip(&databases) {
        let (_office, mut standing) = standing(database).await;
        for seed in (0..PACKAGES).filter(|seed| seed % databases.len() as u64 == at) {
            let name = format!("{} seed {seed}", database.kind);
            // Every fifth one goes through the server once more.
            travels(&mut standing, &name, &zip(&random(seed)).unwrap(), seed % 5 == 0).await;
        }
    }
}

/// What a campaign of the server came to travels as texts, and the documents only when somebody asks for them.
#[tokio::test]
async fn how_a_campaign_came_to_its_result_travels_with_it() {
    let package = {
        let database = databases().await.remove(0);
        let played = Prepared::opened(&database).await;
        let at = played.at("1.1.2");
        let mut officer = played.office.signed_in("officer").await;
        let pdf = b"%PDF-1.7 bao cao quy IV".as_slice();
        assert_eq!(
            officer.upload_from(&at, &format!("{at}/evidence"), "Báo cáo\u{202e}.pdf", pdf).await.status,
            303
        );
        assert_eq!(
            officer.post(&at, &[("note", "-Số liệu đến 15/12"), ("seen.note", "0")]).await.status,
            303
        );
        played.is_filled_in_and_submitted().await;
        played.minutes(15);
        played.is_lowered_with_a_reason().await;
        played.is_released_and_explained().await;
        played.minutes(25);
        played.is_decided_by_the_council().await;
        let mut standing = played.office.signed_in("standing-body").await;
        let board = format!("/campaigns/{}", played.campaign);
        let with_files = standing.get(&format!("{board}/package?files=1")).await;
        let text = String::from_utf8_lossy(&with_files.bytes).into_owned();
        assert!(
            text.contains("%PDF-1.7 bao cao quy IV") && text.contains("files/"),
            "the document goes along"
        );
        let officer = officer.get(&format!("{board}/package?files=1")).await;
        assert_eq!(officer.status, 403, "and only with those who see all sheets");
        let package = standing.get(&format!("{board}/package")).await.bytes;
        assert!(!String::from_utf8_lossy(&package).contains("%PDF"), "unasked, the list alone goes");
        assert_eq!(read("with files", &with_files.bytes).beside, read("without", &package).beside);
        package
    };
    let of = |package: &Package| TABLES.map(|kept| package.beside.history.rows(kept).len());
    let rows = of(&read("out", &package));
    assert!(rows.iter().all(|rows| *rows > 0), "something of each: {rows:?}");
    for database in databases().await {
        let (office, mut standing) = standing(&database).await;
        let taken = standing.upload("/campaigns/new", "2025.zip", &package).await;
        assert_eq!(taken.status, 303, "{}", taken.text);
        let page = standing.get("/campaigns/1/brought?unit=A").await.text;
        for says in ["Người appraiser-b", "điều chỉnh", "Báo cáo.pdf", "tán thành", "Giải trình và hỏi thêm"]
        {
            assert!(page.contains(says), "{}: {says}: {page}", database.kind);
        }
        let out = standing.get("/campaigns/1/package").await.bytes;
        assert!(out == package, "{}: another package goes out than came in", database.kind);
        let officer = office.signed_in("officer").await.get("/campaigns/1/brought?unit=A").await;
        assert_eq!(officer.status, 403, "{}", database.kind);
        remove(&mut standing, "1", "2025").await;
    }
}

/// A day off of its own makes an act timely, and so the unit the first one.
#[tokio::test]
async fn days_of_its_own_calendar_decide_on_the_server_as_on_the_command_line() {
    let mut files = random(1);
    files.retain(|(name, _)| ["campaign.toml", "criteria/so.csv"].contains(&name.as_str()));
    let set = String::from_utf8(files.iter().find(|(name, _)| name == "criteria/so.csv").unwrap().1.clone())
        .unwrap();
    let set = ["05", "06", "07", "08", "09"]
        .iter()
        .fold(set, |set, day| set.replace(&format!("hạn {day}/01/2026"), "hạn 15/01/2026"));
    let set = (10..25).fold(set, |set, day| set.replace(&format!("hạn {day:02}/01/2026"), "hạn 15/01/2026"));
    let set = (1..10).fold(set, |set, late| set.replace(&format!("trễ đến {late} ngày"), "trễ đến 1 ngày"));
    let manifest = "format = 1\ncode = \"lich\"\ntitle = \"Lịch riêng\"\nyear = 2026\n\n[[stages]]\ncode = \"final\"\nname = \"Kết quả\"\n\n[[blocks]]\ncode = \"so\"\nname = \"Các sở\"\ncriteria = \"criteria/so.csv\"\n";
    let facts = "unit,criterion,input,value\nA,1.1,ngày ban hành,2026-01-20\nA,1.2,a,20\nA,1.2,b,20\nA,1.3,c,0\nA,2.1,a,95\nA,2.1,b,100\nA,2.2,p,90%\nB,1.1,ngày ban hành,2026-01-15\nB,1.2,a,20\nB,1.2,b,20\nB,1.3,c,0\nB,2.1,a,94\nB,2.1,b,100\nB,2.2,p,70%\n";
    let files: Vec<(String, Vec<u8>)> = [
        ("campaign.toml", manifest),
        ("criteria/so.csv", &set),
        ("units.csv", "unit,name\nA,Sở A\nB,Sở B\n"),
        ("facts.csv", facts),
        // Friday to Tuesday: of the days after the deadline none is worked but the last one.
        ("calendar.csv", "date,kind,name\n2026-01-16,off,Lễ hội\n2026-01-19,off,Lễ hội\n"),
        ("published.csv", "unit,item,value\nA,rank,1\nB,rank,1\n"),
    ]
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .to_vec();
    let bytes = zip(&files).unwrap();
    let first = |package: &Package| expected(package)[0][1].clone();
    assert_eq!(
        first(&read("lich", &bytes)),
        "Sở A",
        "one working day late: one point less, and still the first"
    );
    let without: Vec<_> = files.iter().filter(|(name, _)| name != "calendar.csv").cloned().collect();
    assert_eq!(
        first(&read("không lịch", &zip(&without).unwrap())),
        "Sở B",
        "by the built-in days it is three days late"
    );
    for database in databases().await {
        let (_office, mut standing) = standing(&database).await;
        standing.upload("/campaigns/new", "lich.zip", &bytes).await;
        let page = standing.get("/campaigns/1/ranking").await.text;
        assert_eq!(shown(&page, 1), expected(&read("lich", &bytes)), "{}", database.kind);
        assert!(page.contains("So với số đã công bố") && page.contains("1/2"), "{}: {page}", database.kind);
        remove(&mut standing, "1", "lich").await;
        travels(&mut standing, "lich", &bytes, true).await;
    }
}
