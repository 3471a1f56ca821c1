//! `parindex doctor --figures`: the figures that stand about a thousand times off their partner in the rule, other units, or an earlier
//! year, of a server or of a package. Earlier versions could read `20.000` as 20, and what was typed is gone.

use std::path::Path;

use clap::ArgMatches;
use parindex_domain::campaign::{BlockData, CampaignData, MemberData};
use parindex_domain::doubt::{Earlier, Listed, is_same_figure, listed};
use parindex_domain::procedure::{CampaignDetail, Life, Member};
use parindex_package::csv::harmless;
use parindex_package::load::load;
use parindex_rulebook::input::{Input, Value};
use parindex_rulebook::lang::Lang;
use parindex_rulebook::slot::Slot;
use parindex_scoring::sheet::Sheet;
use parindex_store::Store;
use parindex_store::schema::Schema;

use crate::command::server::{database, look, wait};
use crate::command::{CommandResult, word};
use crate::console::{Console, Lean};
use crate::failure::CommandFailure;
use crate::settings::read;

/// The columns: their titles for people, and for machines.
const COLUMNS: [(&str, &str, &str); 7] = [
    ("Đợt đánh giá", "Campaign", "campaign"),
    ("Mã đơn vị", "Unit", "unit"),
    ("Đơn vị", "Name", "name"),
    ("Tiêu chí", "Criterion", "criterion"),
    ("Số liệu", "Figure", "figure"),
    ("Giá trị", "Value", "value"),
    ("Lệch khoảng 1.000 lần so với", "About 1,000 times off", "off"),
];

/// Lists them, and fails where there are any: each has to be looked at.
pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let campaigns = match arguments.get_one::<std::path::PathBuf>("package") {
        Some(path) => vec![of_package(path)?],
        None => of_server(arguments)?,
    };
    let mut rows = Vec::new();
    for (place, campaign) in campaigns.iter().enumerate() {
        let earlier = |block: usize, seat: usize, slot: Slot| {
            campaigns.get(..place).and_then(|before| before_it(before, (campaign, block, seat), slot))
        };
        for each in listed(&campaign.entered, &earlier) {
            rows.extend(row(&campaign.entered, &each, console.lang));
        }
    }
    told(rows, arguments, console)
}

fn told(rows: Vec<Vec<String>>, arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let count = rows.len();
    if word(arguments, "format") == Some("csv") {
        console.raw(&as_csv(rows)?);
    } else if count == 0 {
        let none =
            "Không có số liệu nào lệch khoảng 1.000 lần so với số liệu đi cùng, đơn vị khác hoặc năm trước.";
        let english = "No figure stands about 1,000 times off its partner, other units or an earlier year.";
        console.line(console.pick(none, english));
    } else {
        let lang = console.lang;
        let lean = |at: usize| if at == 5 { Lean::Right } else { Lean::Left };
        let header: Vec<(&str, Lean)> =
            COLUMNS.iter().enumerate().map(|(at, (vi, en, _))| (lang.pick(*vi, *en), lean(at))).collect();
        console.table(&header, rows);
    }
    if count == 0 {
        return Ok(());
    }
    // What was found is worth seeing, whatever the exit code says.
    console.finish()?;
    Err(CommandFailure::message(
        format!(
            "{count} số liệu lệch khoảng 1.000 lần. Số liệu có thể đúng; đề nghị đối chiếu với hồ sơ gốc, vì các phiên bản trước có thể đã đọc 20.000 thành 20."
        ),
        format!(
            "{count} figures stand about 1,000 times off. They may be right; compare them with the original papers, because earlier versions could read 20.000 as 20."
        ),
    ))
}

/// A campaign with what it takes to find the same unit in another one.
struct Examined {
    entered: CampaignData,
    /// Whether units have seen it: figures of a draft are nobody's year before.
    opened: bool,
    /// Block by block the set, and seat by seat the unit; none of it for a package.
    known: Vec<(i64, Vec<Known>)>,
    /// Block by block what stands on the sheets at last; of nothing that no later campaign asks for.
    sheets: Vec<Vec<Sheet>>,
}

/// By what a unit is known in another campaign: its place in the list, or its code.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Known {
    Unit(i64),
    Code(String),
}

fn of_package(path: &Path) -> Result<Examined, CommandFailure> {
    let entered = load(path)?.campaign;
    Ok(Examined { entered, opened: false, known: Vec::new(), sheets: Vec::new() })
}

fn of_server(arguments: &ArgMatches) -> Result<Vec<Examined>, CommandFailure> {
    let settings = read(arguments)?;
    wait(async {
        let store = look(&settings).await?;
        let schema = store.schema().await.map_err(|error| database(&error))?;
        // Another version answers with errors that nobody understands; `doctor` alone says which it is.
        if !matches!(schema, Schema::Current { .. }) {
            return Err(CommandFailure::message(
                "Cơ sở dữ liệu không ở đúng phiên bản này; chạy «parindex doctor» để biết.",
                "The database is not at this version; “parindex doctor” says more.",
            ));
        }
        all(&store).await
    })
}

/// All campaigns, earlier years first.
async fn all(store: &Store) -> Result<Vec<Examined>, CommandFailure> {
    let mut campaigns = store.campaigns().await.map_err(|error| database(&error))?;
    campaigns.sort_by_key(|campaign| (campaign.year, campaign.id));
    let mut examined = Vec::new();
    for campaign in campaigns {
        let detail = store.campaign(campaign.id).await.map_err(|error| database(&error))?;
        let Some(detail) = detail else { continue };
        match parindex_service::campaign::load::entered(store, &detail).await {
            Ok(entered) => examined.push(Examined::new(entered, &detail)),
            Err(why) => skipped(&campaign.code, &why),
        }
    }
    Ok(examined)
}

/// A draft whose set is not ready can have figures, and no rules to hold them against.
fn skipped(code: &str, why: &impl std::fmt::Debug) {
    Console::remark(&format!("Chưa xem được «{code}» / “{code}” could not be looked at: {why:?}"));
}

impl Examined {
    fn new(entered: CampaignData, detail: &CampaignDetail) -> Self {
        let last = entered.stages.len().saturating_sub(1);
        let units = |block: i64| {
            let members = detail.members.iter().filter(move |member| member.block == block);
            let known =
                |member: &Member| member.unit.map_or_else(|| Known::Code(member.code.clone()), Known::Unit);
            members.map(known).collect::<Vec<Known>>()
        };
        Self {
            opened: detail.campaign.life != Life::Draft,
            known: detail.blocks.iter().map(|block| (block.set, units(block.id))).collect(),
            sheets: entered.blocks.iter().map(|block| block.sheets(last)).collect(),
            entered,
        }
    }

    /// The same figure of the same unit, under another version of the same set.
    fn figure(&self, (library, unit): (i64, &Known), (now, slot): (&BlockData, Slot)) -> Option<Earlier> {
        let block = self.known.iter().position(|(of, units)| *of == library && units.contains(unit))?;
        let seat = self.known.get(block)?.1.iter().position(|known| known == unit)?;
        let version = &self.entered.blocks.get(block)?.set;
        let owner = now.set.set.criteria.get(*now.set.owners.get(slot.index())?)?;
        let input = &now.set.inputs.get(slot.index())?.name;
        let there = version.slot(version.set.find(&owner.code)?, input)?;
        let value = self.sheets.get(block)?.get(seat)?.values().get(there.index())?;
        let Value::Number(value) = value else { return None };
        let matches = is_same_figure((&now.set, slot), (version, there));
        matches.then(|| Earlier { year: self.entered.about.year, value: value.clone() })
    }
}

/// What a unit had in the newest year before.
fn before_it(
    before: &[Examined],
    (campaign, block, seat): (&Examined, usize, usize),
    slot: Slot,
) -> Option<Earlier> {
    let (library, units) = campaign.known.get(block)?;
    let unit = units.get(seat)?;
    let now = campaign.entered.blocks.get(block)?;
    let year = campaign.entered.about.year;
    let mut earlier = before.iter().rev().filter(|each| each.opened && each.entered.about.year < year);
    earlier.find_map(|each| each.figure((*library, unit), (now, slot)))
}

fn row(campaign: &CampaignData, each: &Listed, lang: Lang) -> Option<Vec<String>> {
    let block = campaign.blocks.get(each.block)?;
    let MemberData { code, name, .. } = block.members.get(each.seat)?;
    let criterion = block.set.set.criteria.get(*block.set.owners.get(each.slot.index())?)?;
    let label = block.set.inputs.get(each.slot.index()).map(Input::title)?;
    let off: Vec<String> = each.off.iter().map(|off| off.from.called(lang)).collect();
    Some(vec![
        campaign.about.code.clone(),
        code.clone(),
        name.clone(),
        criterion.code.clone(),
        label,
        lang.short(&each.value),
        off.join("; "),
    ])
}

fn as_csv(rows: Vec<Vec<String>>) -> Result<Vec<u8>, CommandFailure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| CommandFailure::message(error.to_string(), error.to_string());
    writer.write_record(COLUMNS.map(|(_, _, name)| name)).map_err(failed)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell).into_owned())).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))
}
