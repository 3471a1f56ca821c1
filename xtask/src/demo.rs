//! `cargo xtask demo`: the main job on the example packages.

use crate::assets;
use crate::shell::{self, cargo, root, say};
use crate::times;

/// Real data first, then the four campaigns in the shape of official plans.
const PACKAGES: [&str; 8] = [
    "phu-tho-2026q3-satisfaction",
    "phu-tho-2026q3-payment",
    "ministries-2023",
    "binh-dinh-2019",
    "binh-dinh-2024",
    "ha-noi-2023",
    "kien-giang-2021",
    "vinh-tuong-2021",
];

/// What can be looked at while the program is built.
const MEANWHILE: [(&str, &str); 3] = [
    ("docs/images/ranking.png       ", "một biểu đồ xếp hạng"),
    ("docs/vi/cach-viet-quy-tac.md  ", "cách viết quy tắc chấm điểm"),
    ("examples/ha-noi-2023/criteria ", "bộ tiêu chí của một đợt đánh giá"),
];

/// Where the demonstration is served.
const ADDRESS: &str = "127.0.0.1:8765";

fn score_all(program: &str) -> Result<(), String> {
    for name in PACKAGES {
        say("");
        shell::run(program, &["score", &format!("examples/{name}")])?;
    }
    say("");
    shell::run(program, &["explain", "examples/phu-tho-2026q3-satisfaction", "H44.07", "766-6.1"])
}

/// Reports of all examples. The program of development sets a PDF slowly, so they are made while the server runs.
fn report_all(program: &str) -> Result<(), String> {
    for name in PACKAGES {
        shell::output(program, &["report", &format!("examples/{name}"), "--out", "out"])?;
    }
    Ok(())
}

pub fn run() -> Result<(), String> {
    say(&format!("Bản dùng thử: {}.", times::DEMO.vi));
    say("Trong lúc chờ có thể xem:");
    for (file, what) in MEANWHILE {
        say(&format!("  {file}  {what}"));
    }
    say("\n[1/4] Kiểu trang, kịch bản, phông chữ …");
    assets::build()?;
    say("\n[2/4] Chương trình; cargo đếm các phần đã dựng …");
    run_cargo()?;
    let program = root().join("target/debug/parindex").display().to_string();
    say("\n[3/4] Chấm điểm các ví dụ …");
    score_all(&program)?;
    say("\nThử tiếp: target/debug/parindex --help");
    say("\n[4/4] Máy chủ với dữ liệu dùng thử …");
    let reporting = program.clone();
    std::thread::spawn(move || match report_all(&reporting) {
        Ok(()) => say("Báo cáo XLSX và PDF của các ví dụ nằm trong out/."),
        Err(why) => say(&format!("Chưa lập được báo cáo: {why}")),
    });
    serve(&program)
}

/// Serves the demonstration until Ctrl+C; what was done in it is there the next time.
fn serve(program: &str) -> Result<(), String> {
    let folder = root().join("target/demo");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let database = format!("sqlite:{}", folder.join("demo.db").display());
    let url = format!("http://{ADDRESS}");
    let files = format!("folder:{}", folder.join("files").display());
    let key = folder.join("demo.key").display().to_string();
    let set = [
        ["--database", &database],
        ["--files", &files],
        ["--keys", &key],
        ["--listen", ADDRESS],
        ["--base-url", &url],
    ]
    .concat();
    shell::run(program, &[&["demo", "examples"], set.as_slice()].concat())?;
    shell::run(program, &[&["serve"], set.as_slice()].concat())
}

fn run_cargo() -> Result<(), String> {
    // The profile of development: it is there in half the time, pages are as fast, and tests build on it.
    shell::run(&cargo(), &["build", "--locked", "--package", "parindex-app"])
}
