//! The timetable of a campaign as a picture: a bar for each step, where today is, when units explain themselves.

use parindex_domain::procedure::{CampaignDetail, Window};
use parindex_rulebook::lang::Lang;

use parindex_domain::moment::local;

const DAY: i64 = 24 * 3_600 * 1_000_000;
/// The width of the picture, of the names beside the bars, and of what is drawn.
const WIDTH: i64 = 1_000;
const NAMES: i64 = 210;
const ROW: i64 = 30;
const TOP: i64 = 26;
/// Days that are written above it.
const MAX_TICKS: i64 = 7;

/// The bar of a step in the picture of a timetable.
pub struct Bar {
    pub name: String,
    /// Where it begins, how wide it is, and how far from the top.
    pub x: i64,
    /// How wide.
    pub width: i64,
    /// How far from the top.
    pub y: i64,
    /// Its days, in words.
    pub days: String,
    /// Units explain themselves: drawn as a lang, not filled.
    pub explains: bool,
    pub over: bool,
}

/// The timetable of a campaign as a picture: bars over days.
pub struct Timetable {
    /// Its height; as wide as 1,000.
    pub height: i64,
    pub bars: Vec<Bar>,
    /// Days above it.
    pub ticks: Vec<(i64, String)>,
    /// Where today is, when it is in the picture.
    pub today: Option<i64>,
    /// All of it in a sentence, for those who do not see it.
    pub said: String,
}

/// From one moment to another.
#[derive(Clone, Copy)]
struct Span {
    from: i64,
    to: i64,
}

impl Span {
    fn x(self, at: i64) -> i64 {
        let drawn = WIDTH - NAMES - 10;
        NAMES
            + (at - self.from).clamp(0, self.to - self.from) / 1_000_000 * drawn
                / ((self.to - self.from) / 1_000_000).max(1)
    }
}

/// The picture of a campaign with windows; none where no step has one.
#[must_use]
pub fn timetable(of: &CampaignDetail, now: i64, lang: Lang) -> Option<Timetable> {
    let windows = of.stages.iter().filter_map(|stage| stage.round.window);
    let from = windows.clone().map(Window::opens).min()?;
    let explained = of.stages.iter().filter_map(|stage| stage.round.explain_until);
    let to = windows.map(Window::closes).chain(explained).max()?;
    let span = Span { from: from - DAY, to: to + DAY };
    let bars = bars(of, span, (now, lang));
    let said = bars.iter().map(|bar| format!("{}: {}", bar.name, bar.days)).collect::<Vec<_>>().join("; ");
    // The last line says where today is.
    let height = bars.last().map_or(TOP, |bar| bar.y + ROW + 14);
    let today = (span.from..span.to).contains(&now).then(|| span.x(now));
    Some(Timetable { height, bars, ticks: ticks(span, lang), today, said })
}

fn bars(of: &CampaignDetail, span: Span, (now, lang): (i64, Lang)) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    let mut add = |name: String, (from, to): (i64, i64), explains: bool| {
        let y = TOP + ROW * i64::try_from(bars.len()).unwrap_or(0);
        let (x, days) = (span.x(from), format!("{} – {}", day(from, lang), day(to, lang)));
        let width = (span.x(to) - x).max(6);
        bars.push(Bar { name, x, width, y, days, explains, over: to <= now });
    };
    for stage in &of.stages {
        if let Some(window) = stage.round.window {
            add(stage.name.clone(), (window.opens(), window.closes()), false);
        }
        if let Some((released, until)) = stage.round.released.as_ref().zip(stage.round.explain_until) {
            let name = lang.pick("Đơn vị giải trình", "Units explain").to_owned();
            add(name, (released.at, until), true);
        }
    }
    bars
}

fn day(at: i64, lang: Lang) -> String {
    lang.date(local(at).date())
}

/// Days above the picture, as many as can be read.
fn ticks(span: Span, lang: Lang) -> Vec<(i64, String)> {
    let step = ((span.to - span.from) / DAY / MAX_TICKS).max(1) * DAY;
    let ticks = (0..=MAX_TICKS).map(|at| span.from + DAY + at * step).filter(|at| *at < span.to - step / 2);
    ticks.map(|at| (span.x(at), day(at, lang))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_stands_where_its_days_are() {
        let span = Span { from: 0, to: 100 * DAY };
        assert_eq!((span.x(0), span.x(50 * DAY), span.x(100 * DAY)), (210, 600, 990));
        assert_eq!((span.x(-DAY), span.x(200 * DAY)), (210, 990), "what lies outside stands at the rim");
        let ticks = ticks(span, Lang::Vi);
        assert!(ticks.len() <= 8 && ticks.is_sorted_by(|one, other| other.0 - one.0 > 60), "{ticks:?}");
    }
}
