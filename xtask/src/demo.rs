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

fn run_all(program: &str) -> Result<(), String> {
    for name in PACKAGES {
        let package = format!("examples/{name}");
        say("");
        shell::run(program, &["score", &package])?;
        shell::run(program, &["report", &package, "--out", "out"])?;
    }
    say("");
    shell::run(program, &["explain", "examples/phu-tho-2026q3-satisfaction", "H44.07", "766-6.1"])
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
    let program = root().join("target/release/parindex").display().to_string();
    say("\n[3/4] Chấm điểm và báo cáo của các ví dụ …");
    run_all(&program)?;
    say("\nBáo cáo XLSX và PDF nằm trong out/. Thử tiếp: target/release/parindex --help");
    say("\n[4/4] Máy chủ với dữ liệu dùng thử …");
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
    shell::run(&cargo(), &["build", "--release", "--locked", "--package", "parindex-app"])
}
