//! Real published data, reproduced to the last published digit.

use parindex_package::manifest::{BlockEntry, FORMAT, Manifest, StageEntry};
use parindex_package::rows::{entries, units};
use parindex_package::{Findings, csv, published, set, skeleton};

use super::Packages;
use super::facts::Rows;

const SATISFACTION: &str = include_str!("../data/phu_tho_2026q3_satisfaction.tsv");
const PAYMENT: &str = include_str!("../data/phu_tho_2026q3_payment.tsv");
const MINISTRIES: &str = include_str!("../data/ministries_2023.tsv");

const SATISFACTION_SET: &str = include_str!("../data/sets/satisfaction.csv");
const PAYMENT_SET: &str = include_str!("../data/sets/payment.csv");
const MINISTRIES_SET: &str = include_str!("../data/sets/ministries.csv");
const BINH_DINH_SET: &str = include_str!("../data/sets/binh-dinh-2019.csv");

const API: &str =
    "Cổng Dịch vụ công quốc gia, API báo cáo đánh giá Bộ chỉ số 766, tỉnh Phú Thọ, quý III/2026";

pub fn all() -> Result<Packages, Findings> {
    Ok(vec![
        ("phu-tho-2026q3-satisfaction".to_owned(), satisfaction()?),
        ("phu-tho-2026q3-payment".to_owned(), payment()?),
        ("ministries-2023".to_owned(), ministries()?),
        ("binh-dinh-2019".to_owned(), binh_dinh()?),
    ])
}

type Files = Vec<(String, Vec<u8>)>;

/// The tables of a package before they are written.
#[derive(Default)]
struct Tables {
    units: Rows,
    facts: Rows,
    points: Rows,
    published: Rows,
}

impl Tables {
    fn unit(&mut self, code: &str, name: &str, block: &str, standing: &str, reason: &str) {
        self.units.0.push([code, name, block, "", standing, reason].map(str::to_owned).to_vec());
    }

    fn fact(&mut self, unit: &str, criterion: &str, input: &str, value: &str) {
        self.facts.0.push([unit, criterion, input, value, "final", ""].map(str::to_owned).to_vec());
    }

    fn point(&mut self, unit: &str, criterion: &str, points: &str) {
        self.points.0.push([unit, criterion, "", points, "final", ""].map(str::to_owned).to_vec());
    }

    fn publish(&mut self, unit: &str, item: &str, value: &str) {
        self.published.0.push([unit, item, value, ""].map(str::to_owned).to_vec());
    }

    fn files(self, manifest: &Manifest, set_text: &str, remarks: &[&str]) -> Result<Files, Findings> {
        // Read and written by the product's own code, so that the example shows its form.
        let read = set::read("criteria.csv", set_text.as_bytes().to_vec())?.set;
        let mut files = vec![
            ("criteria/set.csv".to_owned(), csv::write(&parindex_rulebook::set::write(&read), remarks)?),
            ("units.csv".to_owned(), csv::write(&self.units.table(&units::COLUMNS), remarks)?),
            ("published.csv".to_owned(), csv::write(&self.published.table(&published::COLUMNS), remarks)?),
        ];
        if !self.facts.0.is_empty() {
            files.push(("facts.csv".to_owned(), csv::write(&self.facts.table(&entries::FACTS), remarks)?));
        }
        if !self.points.0.is_empty() {
            files.push(("points.csv".to_owned(), csv::write(&self.points.table(&entries::POINTS), remarks)?));
        }
        skeleton::finish(manifest, files)
    }
}

fn manifest(code: &str, title: &str, year: i16, basis: &str, block: &str) -> Manifest {
    Manifest {
        format: FORMAT,
        code: code.to_owned(),
        title: title.to_owned(),
        year,
        from: String::new(),
        to: String::new(),
        legal_basis: basis.to_owned(),
        note: String::new(),
        stages: vec![StageEntry {
            code: "final".to_owned(), name: "Kết quả".to_owned(), counts: Vec::new()
        }],
        blocks: vec![BlockEntry {
            code: "block".to_owned(),
            name: block.to_owned(),
            criteria: "criteria/set.csv".to_owned(),
            version: String::new(),
            moves: Vec::new(),
        }],
    }
}

/// The data rows of a source table.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let data = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    data.filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

/// A published figure with two decimals, as the sum of rounded parts has them.
fn two(value: &str) -> String {
    match value.split_once('.') {
        Some((whole, decimals)) => format!("{whole}.{decimals:0<2}"),
        None => format!("{value}.00"),
    }
}

/// The whole province stands beside its units and takes no rank.
fn standing(code: &str) -> (&'static str, &'static str) {
    if code == "H44" { ("unranked", "Toàn tỉnh") } else { ("ranked", "") }
}

fn satisfaction() -> Result<Files, Findings> {
    let mut tables = Tables::default();
    for [
        code,
        name,
        ok,
        total,
        score,
        on_time,
        petitions,
        on_time_score,
        handled,
        petitions_2,
        handled_score,
        sum,
    ] in rows(SATISFACTION)
    {
        let (standing, reason) = standing(code);
        tables.unit(code, name, "block", standing, reason);
        let inputs = [
            ("6.1", "a", ok),
            ("6.1", "b", total),
            ("6.2", "a", on_time),
            ("6.2", "b", petitions),
            ("6.3", "a", handled),
            ("6.3", "b", petitions_2),
        ];
        for (criterion, input, value) in inputs {
            tables.fact(code, &format!("766-{criterion}"), input, value);
        }
        for (item, value) in
            [("766-6.1", score), ("766-6.2", on_time_score), ("766-6.3", handled_score), ("points", sum)]
        {
            tables.publish(code, item, &two(value));
        }
    }
    let title = "Mức độ hài lòng (nhóm 6, Bộ chỉ số 766), tỉnh Phú Thọ, quý III/2026";
    let manifest = manifest(
        "phu-tho-2026q3-satisfaction",
        title,
        2026,
        "Quyết định số 766/QĐ-TTg ngày 23/6/2022",
        "Đơn vị của tỉnh Phú Thọ",
    );
    tables.files(&manifest, SATISFACTION_SET, &[&format!("Số liệu thật: {API}")])
}

fn payment() -> Result<Files, Findings> {
    let mut tables = Tables::default();
    for [code, name, paid, due, online, dossiers, fees, score] in rows(PAYMENT) {
        let (standing, reason) = standing(code);
        tables.unit(code, name, "block", standing, reason);
        let inputs = [
            ("4.1", "a", paid),
            ("4.1", "b", due),
            ("4", "e", fees),
            ("4.2", "c", online),
            ("4.3", "d", dossiers),
        ];
        for (criterion, input, value) in inputs {
            tables.fact(code, &format!("766-{criterion}"), input, value);
        }
        tables.publish(code, "points", &two(score));
    }
    let title = "Thanh toán trực tuyến (nhóm 4, Bộ chỉ số 766), tỉnh Phú Thọ, quý III/2026";
    let manifest = manifest(
        "phu-tho-2026q3-payment",
        title,
        2026,
        "Quyết định số 766/QĐ-TTg ngày 23/6/2022",
        "Đơn vị của tỉnh Phú Thọ",
    );
    tables.files(&manifest, PAYMENT_SET, &[&format!("Số liệu thật: {API}")])
}

/// Thousandths of a point from a figure printed with two decimals.
fn thousandths(text: &str) -> i64 {
    text.replace('.', "").parse::<i64>().unwrap_or(0) * 10
}

fn decimal(thousandths: i64) -> String {
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

/// Third decimals for two printed parts such that both still print the same and their sum prints as the total.
fn unrounded(appraisal: &str, survey: &str, total: &str) -> (i64, i64) {
    let (mut left, mut right) = (thousandths(appraisal), thousandths(survey));
    let missing = thousandths(total) - left - right;
    // A part that moves by at most four thousandths prints the same; six together reach the printed total.
    let wanted = missing.signum() * 6.min(missing.abs());
    let first = wanted.clamp(-4, 4);
    left += first;
    right += wanted - first;
    (left, right)
}

fn ministries() -> Result<Files, Findings> {
    let mut tables = Tables::default();
    let mut changed = 0;
    for (at, [rank, name, appraisal, survey, total, index]) in rows(MINISTRIES).enumerate() {
        let code = format!("B{:02}", at + 1);
        tables.unit(&code, name, "block", "ranked", "");
        let (left, right) = unrounded(appraisal, survey, total);
        changed += i32::from((left, right) != (thousandths(appraisal), thousandths(survey)));
        tables.point(&code, "1", &decimal(left));
        tables.point(&code, "2", &decimal(right));
        for (item, value) in
            [("1", appraisal), ("2", survey), ("points", total), ("index", index), ("rank", rank)]
        {
            tables.publish(&code, item, value);
        }
    }
    tables.publish("", "mean", "84.38");
    let remark = format!(
        "Điểm thẩm định, điểm điều tra, tổng điểm, hạng: công bố ngày 17/4/2024. Công bố chỉ in 2 chữ số; ở {changed} bộ, chữ số thứ ba được dựng lại để tổng của các phần CHƯA làm tròn đúng bằng tổng đã công bố."
    );
    let title = "PAR INDEX 2023 của 17 bộ, cơ quan ngang bộ";
    let mut manifest = manifest(
        "ministries-2023",
        title,
        2023,
        "Quyết định số 876/QĐ-BNV ngày 10/11/2022",
        "Bộ, cơ quan ngang bộ",
    );
    manifest.note.clone_from(&remark);
    tables.files(&manifest, MINISTRIES_SET, &[&remark])
}

/// Điểm tự đánh giá từng lĩnh vực của Bình Định năm 2019.
const BINH_DINH: [(&str, &str); 8] =
    [("1", "7"), ("2", "5"), ("3", "13.65"), ("4", "7.04"), ("5", "7"), ("6", "8"), ("7", "9"), ("8", "3")];

fn binh_dinh() -> Result<Files, Findings> {
    let mut tables = Tables::default();
    tables.unit("52", "Tỉnh Bình Định", "block", "ranked", "");
    for (domain, points) in BINH_DINH {
        tables.point("52", domain, points);
        tables.publish("52", domain, &two(points));
    }
    tables.publish("52", "points", "59.69");
    let title = "Bình Định tự đánh giá Chỉ số cải cách hành chính năm 2019";
    let manifest = manifest(
        "binh-dinh-2019",
        title,
        2019,
        "Quyết định số 1150/QĐ-BNV ngày 30/12/2019",
        "Tỉnh tự đánh giá",
    );
    let remark =
        "Số liệu thật: điểm tự đánh giá tám lĩnh vực, 59,69 trên 65 điểm (binhdinh.dcs.vn, bài 58146).";
    tables.files(&manifest, BINH_DINH_SET, &[remark])
}
