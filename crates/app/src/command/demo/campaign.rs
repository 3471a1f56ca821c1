//! Three campaigns in mid-course: one in its second round of appraisal, one in which communes assess themselves, one in which a
//! province scores itself and departments fill in parts of its sheet.

use std::path::Path;

use parindex_domain::campaign::What;
use parindex_domain::moment::{Moment, local, of_local};
use parindex_domain::procedure::{CampaignDetail, Member, Ruling, Side, Window};
use parindex_package::load::{Package, load};
use parindex_rulebook::lang::{Lang, Say};
use parindex_service::campaign::from_package::take_in;
use parindex_store::campaign::{Extend, OpenCampaign, Release, SetWindow};
use parindex_store::delegation::Delegate;
use parindex_store::evidence::{AttachAll, Source};
use parindex_store::remark::Remarked;
use parindex_store::sheet::Submit;
use parindex_store::unit::{Import, ImportedUnit};
use parindex_store::verdict::{AcceptAll, Decide};
use parindex_store::visit::RecordVisit;
use parindex_store::{Actor, Change, Refusal, Store};

use crate::command::CommandResult;
use crate::command::server::database;
use crate::failure::CommandFailure;

const DAY: Moment = 24 * 3_600_000_000;

/// Half past something, so many days from now, when offices work.
pub fn on(now: Moment, days: i64, hour: i8) -> Moment {
    let day = local(now + days * DAY).date();
    of_local(day.at(hour, 0, 0, 0)).unwrap_or(now)
}

/// Makes changes at moments of one’s own choosing, under any name.
struct Play<'p> {
    store: &'p Store,
    now: Moment,
}

impl Play<'_> {
    async fn does<C: Change>(&self, who: &str, at: Moment, change: C) -> Result<C::Done, CommandFailure> {
        let done = self.store.commit(&Actor::console(who), at, change).await;
        done.map_err(|refusal: Refusal| CommandFailure::message(refusal.say(Lang::Vi), refusal.say(Lang::En)))
    }

    async fn campaign_detail(&self, id: i64) -> Result<CampaignDetail, CommandFailure> {
        let detail = self.store.campaign(id).await.map_err(|error| database(&error))?;
        detail.ok_or_else(|| {
            CommandFailure::message("không có đợt đánh giá".to_owned(), "no campaign".to_owned())
        })
    }

    async fn window(&self, campaign: i64, stage: i64, (opens, closes): (Moment, Moment)) -> CommandResult {
        let window = Window::new(opens, closes)
            .map_err(|wrong| CommandFailure::message(wrong.say(Lang::Vi), wrong.say(Lang::En)))?;
        self.does(STANDING, on(self.now, -43, 9), SetWindow { campaign, stage, window }).await
    }
}

const STANDING: &str = "Nguyễn Minh Đức";
const APPRAISER: &str = "Hoàng Thị Yến";

fn package(path: &Path) -> Result<Package, CommandFailure> {
    Ok(load(path)?)
}

/// The units of a package below a unit of the list.
pub async fn units(store: &Store, actor: &Actor, at: Moment, examples: &Path) -> CommandResult {
    let package = package(&examples.join("ha-noi-2023"))?;
    let blocks = package.campaign.blocks.iter().enumerate();
    let unit = |(block, member): (usize, &parindex_domain::campaign::MemberData)| ImportedUnit {
        row: 0,
        valid_from: None,
        valid_to: None,
        code: member.code.clone(),
        name: member.name.clone(),
        level: if block == 0 { "department" } else { "district" }.to_owned(),
        kind: String::new(),
        parent: Some("01".to_owned()),
    };
    let units = blocks.flat_map(|(at, block)| block.members.iter().map(move |member| (at, member))).map(unit);
    let bodies = PARTS.iter().map(|(code, name, _)| ImportedUnit {
        row: 0,
        valid_from: None,
        valid_to: None,
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        level: "department".to_owned(),
        kind: String::new(),
        parent: Some(PROVINCE.to_owned()),
    });
    let import = Import { units: units.chain(bodies).collect() };
    let done = store.commit(actor, at, import).await;
    let done =
        done.map_err(|refusal| CommandFailure::message(refusal.say(Lang::Vi), refusal.say(Lang::En)))?;
    done.map(|_| ())
        .map_err(|orphans| CommandFailure::message(format!("{orphans:?}"), format!("{orphans:?}")))
}

pub async fn campaigns(store: &Store, now: Moment, examples: &Path) -> CommandResult {
    let play = Play { store, now };
    play.city(examples).await?;
    play.communes(examples).await?;
    play.province(examples).await
}

impl Play<'_> {
    /// The city: submitted, appraised once, explained, half way through the second round.
    async fn city(&self, examples: &Path) -> CommandResult {
        let mut package = package(&examples.join("ha-noi-2023"))?;
        let decided = decided(&package);
        for block in &mut package.campaign.blocks {
            block.entered.retain(|each| each.stage == 0);
        }
        let campaign = self.taken(&package).await?;
        let day = |days, hour| on(self.now, days, hour);
        for (stage, days) in [(0, (-40, -14)), (1, (-14, -7)), (2, (-1, 6))] {
            self.window(campaign, stage, (day(days.0, 8), day(days.1, 17))).await?;
        }
        self.does(STANDING, day(-40, 8), OpenCampaign { campaign }).await?;
        let detail = self.campaign_detail(campaign).await?;
        self.prove(&detail, day(-17, 10)).await?;
        self.submit_all(&detail, day(-15, 15)).await?;
        self.first_round(&detail, &decided).await?;
        let release =
            Release { campaign, stage: 1, explain_until: Some(day(3, 17)), undecided: 0, knowing: 0 };
        self.visit(&detail, day(-9, 15)).await?;
        self.does(STANDING, day(-7, 17), release).await?;
        self.explain(&detail, &decided).await?;
        self.second_round(&detail, &decided).await
    }

    async fn taken(&self, package: &Package) -> Result<i64, CommandFailure> {
        let actor = Actor::console(STANDING);
        let taken = take_in(self.store, (&actor, on(self.now, -44, 9)), package).await;
        taken.map_err(|refusal| CommandFailure::message(refusal.say(Lang::Vi), refusal.say(Lang::En)))
    }

    /// All but one are in time; one was given more.
    async fn submit_all(&self, detail: &CampaignDetail, at: Moment) -> CommandResult {
        for member in assessed(detail).filter(|member| member.code != "HN.19") {
            let head = format!("Thủ trưởng {}", member.name);
            self.does(
                &head,
                at,
                Submit { member: member.id, seen: None, not_done: Vec::new(), unexplained: Vec::new() },
            )
            .await?;
        }
        let Some(member) = assessed(detail).find(|member| member.code == "HN.12") else { return Ok(()) };
        let extend = Extend {
            member: member.id,
            until: on(self.now, 5, 17),
            reason: "Mất điện diện rộng do bão, giải trình chậm".to_owned(),
            signer: "Vũ Thị Hồng Hạnh".to_owned(),
        };
        self.does(STANDING, at, extend).await
    }

    /// Somebody went to one department and looked.
    async fn visit(&self, detail: &CampaignDetail, at: Moment) -> CommandResult {
        let Some(member) = detail.members.iter().find(|member| member.code == "HN.06") else { return Ok(()) };
        let visit = RecordVisit {
            member: member.id,
            criterion: "1.4".to_owned(),
            on_day: local(at).date().to_string(),
            people: "Tổ thẩm định: Hoàng Thị Yến, Lê Minh Quân\nSở Công Thương: Trần Thu Hà".to_owned(),
            finding: "Chuyên mục cải cách hành chính trên cổng thông tin có 18 tin, bài trong năm; sản phẩm tuyên truyền tại Bộ phận Một cửa đúng như báo cáo.".to_owned(),
            photos: Vec::new(),
        };
        self.does("Hoàng Thị Yến", at, visit).await.map(|_campaign| ())
    }

    /// Documents of one department, by their addresses.
    async fn prove(&self, detail: &CampaignDetail, at: Moment) -> CommandResult {
        let Some(member) = detail.members.iter().find(|member| member.code == "HN.06") else { return Ok(()) };
        for (criterion, number, name) in DOCUMENTS {
            let link = Source::Link(format!("https://vanban.example.vn/{}", number.replace('/', "-")));
            let attach = AttachAll {
                member: member.id,
                stage: 0,
                criterion: criterion.to_owned(),
                within: Vec::new(),
                replaces: None,
                sources: vec![(link, name.to_owned())],
                genre: name.split_whitespace().take(2).collect::<Vec<_>>().join(" "),
                number: number.to_owned(),
                issued_on: Some("2023-11-17".to_owned()),
                issuer: "Sở Công Thương".to_owned(),
            };
            self.does("Trần Thu Hà", at, attach).await?;
        }
        Ok(())
    }

    /// What the example lowers is lowered, all else accepted.
    async fn first_round(&self, detail: &CampaignDetail, decided: &[Decided]) -> CommandResult {
        for each in decided.iter().filter(|each| each.stage == 1) {
            let Some(decide) = each.decide(detail, "Tài liệu kiểm chứng chưa đầy đủ") else {
                continue;
            };
            // Nobody here appraises his own unit: the console stands for several people.
            let _done = self.does(APPRAISER, on(self.now, -10, 14), decide).await?;
        }
        let package_sets = self.leaves(detail).await?;
        for (block, criterion, domain) in package_sets {
            let accept = AcceptAll {
                campaign: detail.campaign.id,
                stage: 1,
                block,
                criterion,
                domain,
                members: detail.ids(),
                looked: i64::MAX,
            };
            self.does(APPRAISER, on(self.now, -9, 15), accept).await?;
        }
        Ok(())
    }

    /// Block, criterion and domain of all that units score themselves.
    async fn leaves(&self, detail: &CampaignDetail) -> Result<Vec<(i64, String, String)>, CommandFailure> {
        let mut leaves = Vec::new();
        for block in &detail.blocks {
            let text = self.store.version_text(block.set, block.number).await;
            let text = text.map_err(|error| database(&error))?.unwrap_or_default();
            let set = parindex_package::set::read("criteria.csv", text.into_bytes())?.set;
            let own = set
                .criteria
                .iter()
                .filter(|each| each.method == Some(parindex_rulebook::set::Method::SelfAssessed));
            leaves.extend(own.map(|each| {
                let domain = each.code.split('.').next().unwrap_or_default();
                (block.id, each.code.clone(), domain.to_owned())
            }));
        }
        Ok(leaves)
    }

    /// Units explain what the second round of the example gives back.
    async fn explain(&self, detail: &CampaignDetail, decided: &[Decided]) -> CommandResult {
        for each in decided.iter().filter(|each| each.stage == 2) {
            let Some(member) = assessed(detail).find(|member| member.code == each.member) else { continue };
            let said = Remarked {
                member: member.id,
                stage: 1,
                criterion: each.criterion.clone(),
                side: Side::Unit,
                text: "Đơn vị đã bổ sung báo cáo và phụ lục số liệu; đề nghị Tổ thẩm định xem xét lại điểm tiêu chí này.".to_owned(),
            };
            self.does(&format!("Cán bộ {}", member.name), on(self.now, -4, 10), said).await?;
        }
        Ok(())
    }

    /// Every other explanation is decided; the rest waits for whoever looks at the demonstration.
    async fn second_round(&self, detail: &CampaignDetail, decided: &[Decided]) -> CommandResult {
        for each in decided.iter().filter(|each| each.stage == 2).step_by(2) {
            let Some(decide) = each.decide(detail, "Chấp nhận giải trình") else { continue };
            let _done = self.does(APPRAISER, on(self.now, -1, 9).min(self.now), decide).await?;
        }
        Ok(())
    }

    /// A province: its departments have their parts, and some have entered what the example has.
    async fn province(&self, examples: &Path) -> CommandResult {
        let mut package = package(&examples.join("kien-giang-2021"))?;
        for block in &mut package.campaign.blocks {
            let set = std::sync::Arc::clone(&block.set);
            let begun = |node: usize| {
                let code = set.set.criteria.get(node).map_or("", |each| each.code.as_str());
                ["1", "2", "3"].iter().any(|domain| code.split('.').next() == Some(domain))
            };
            block.entered.retain(|each| {
                let node = match &each.what {
                    What::Value(slot, _) => set.owners.get(slot.index()).copied(),
                    What::Points(node, _) | What::NotApplicable(node) => Some(*node),
                };
                each.stage == 0 && node.is_some_and(begun)
            });
        }
        let campaign = self.taken(&package).await?;
        self.window(campaign, 0, (on(self.now, -5, 8), on(self.now, 9, 17))).await?;
        self.window(campaign, 1, (on(self.now, 9, 17), on(self.now, 20, 17))).await?;
        self.does(STANDING, on(self.now, -5, 8), OpenCampaign { campaign }).await?;
        let detail = self.campaign_detail(campaign).await?;
        let Some(member) = detail.members.first() else { return Ok(()) };
        for (code, _, parts) in PARTS {
            let unit = self.store.unit_of_code(code, "2021-12-31").await.map_err(|error| database(&error))?;
            for criterion in parts.iter().filter(|_| unit.is_some()) {
                let (member, criterion) = (member.id, (*criterion).to_owned());
                let delegate = Delegate { member, criterion, unit: unit.as_ref().map_or(0, |unit| unit.id) };
                self.does("Danh Thị Lệ", on(self.now, -4, 9), delegate).await?;
            }
        }
        Ok(())
    }

    /// Communes: open since a week, half of them have entered what the example has.
    async fn communes(&self, examples: &Path) -> CommandResult {
        let mut package = package(&examples.join("vinh-tuong-2021"))?;
        for block in &mut package.campaign.blocks {
            block.entered.retain(|each| each.stage == 0 && each.member % 2 == 0);
        }
        let campaign = self.taken(&package).await?;
        self.window(campaign, 0, (on(self.now, -7, 8), on(self.now, 7, 17))).await?;
        self.window(campaign, 1, (on(self.now, 7, 17), on(self.now, 20, 17))).await?;
        self.does(STANDING, on(self.now, -7, 8), OpenCampaign { campaign }).await
    }
}

/// Kiên Giang, which scores itself.
const PROVINCE: &str = "91";

/// Departments that fill in parts of its sheet, and which (Kế hoạch số 08/KH-UBND of Kiên Giang, 2022).
const PARTS: [(&str, &str, &[&str]); 6] = [
    ("KG.SNV", "Sở Nội vụ tỉnh Kiên Giang", &["1", "4", "5"]),
    ("KG.STP", "Sở Tư pháp tỉnh Kiên Giang", &["2"]),
    ("KG.VP", "Văn phòng UBND tỉnh Kiên Giang", &["3"]),
    ("KG.STC", "Sở Tài chính tỉnh Kiên Giang", &["6"]),
    ("KG.STTTT", "Sở Thông tin và Truyền thông tỉnh Kiên Giang", &["7"]),
    ("KG.SKHDT", "Sở Kế hoạch và Đầu tư tỉnh Kiên Giang", &["8"]),
];

/// Criterion, number and title of documents.
const DOCUMENTS: [(&str, &str, &str); 4] = [
    ("1.1.1", "12/KH-SCT", "Kế hoạch cải cách hành chính năm 2023"),
    ("1.1.2", "2187/BC-SCT", "Báo cáo kết quả cải cách hành chính năm 2023"),
    ("1.2", "2188/BC-SCT", "Tổng hợp báo cáo định kỳ"),
    ("1.4", "418/TB-SCT", "Thông báo kết quả tuyên truyền"),
];

fn assessed(detail: &CampaignDetail) -> impl Iterator<Item = &Member> {
    detail.members.iter().filter(|member| member.standing.is_assessed())
}

/// Points that the example sets in a round.
struct Decided {
    stage: i64,
    member: String,
    criterion: String,
    points: String,
}

impl Decided {
    fn decide(&self, detail: &CampaignDetail, reason: &str) -> Option<Decide> {
        let member = assessed(detail).find(|member| member.code == self.member)?;
        let domain = self.criterion.split('.').next()?.to_owned();
        Some(Decide {
            member: member.id,
            stage: self.stage,
            criterion: self.criterion.clone(),
            domain,
            ruling: Ruling::Adjust(self.points.clone()),
            reason: reason.to_owned(),
            seen: 0,
            looked: i64::MAX,
        })
    }
}

fn decided(package: &Package) -> Vec<Decided> {
    let of_block = |block: &parindex_domain::campaign::BlockData| {
        let decided = block.entered.iter().filter(|each| (1..=2).contains(&each.stage)).filter_map(|each| {
            let What::Points(node, points) = &each.what else { return None };
            Some(Decided {
                stage: i64::try_from(each.stage).ok()?,
                member: block.members.get(each.member)?.code.clone(),
                criterion: block.set.set.criteria.get(*node)?.code.clone(),
                points: points.to_string(),
            })
        });
        decided.collect::<Vec<_>>()
    };
    package.campaign.blocks.iter().flat_map(of_block).collect()
}
