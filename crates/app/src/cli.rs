//! The words of the command line, in Vietnamese and English.

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use clap_complete::Shell;
use parindex_rulebook::lang::Lang;

mod server;

/// The language asked for by `--lang`, else by the machine's locale; Vietnamese where nothing asks for English.
pub fn language(arguments: impl Iterator<Item = String>) -> Lang {
    let arguments: Vec<String> = arguments.collect();
    let after = arguments.iter().position(|each| each == "--lang").and_then(|at| arguments.get(at + 1));
    let asked =
        after.map(String::as_str).or_else(|| arguments.iter().find_map(|each| each.strip_prefix("--lang=")));
    let locale = sys_locale::get_locale();
    match asked.or(locale.as_deref()) {
        Some(word) if word.to_lowercase().starts_with("en") => Lang::En,
        _ => Lang::Vi,
    }
}

/// The whole command line.
pub fn command(lang: Lang) -> Command {
    let t = |vi: &'static str, en: &'static str| lang.pick(vi, en);
    Command::new("parindex")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t("Xác định Chỉ số cải cách hành chính (PAR INDEX)", "Determines the PAR INDEX (Chỉ số cải cách hành chính)"))
        .after_help(t(
            "Ví dụ:\n  parindex new goi-2026\n  parindex check goi-2026\n  parindex score goi-2026\n  parindex explain goi-2026 A 1.2\n  \
             parindex report goi-2026 --out ket-qua\n\nMã thoát: 0 tốt; 1 dữ liệu có lỗi hoặc không tìm thấy; 2 sai cách gọi; 3 khác số đã công bố.",
            "Examples:\n  parindex new my-2026\n  parindex check my-2026\n  parindex score my-2026\n  parindex explain my-2026 A 1.2\n  \
             parindex report my-2026 --out results\n\nExit codes: 0 well; 1 wrong or absent data; 2 wrong use; 3 differs from published figures.",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_help_heading(t("Các lệnh", "Commands"))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(Arg::new("help").short('h').long("help").global(true).action(ArgAction::Help).help(t("In hướng dẫn", "Print help")))
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(t("In phiên bản", "Print version")))
        .arg(
            Arg::new("lang")
                .long("lang")
                .global(true)
                .value_parser(["vi", "en"])
                .hide_possible_values(lang == Lang::Vi)
                .help(t("Ngôn ngữ thông báo: vi, en (mặc định theo máy)", "Language of messages (by default the machine's)")),
        )
        .help_template(template(lang, "{subcommands}"))
        .subcommands([new(lang), check(lang), score(lang), explain(lang), diff(lang)].map(|command| framed(command, lang)))
        .subcommands(
            [move_set(lang), convert(lang), report(lang), pack(lang), units(lang), completions(lang)]
                .map(|command| framed(command, lang)),
        )
        .subcommands(server::commands(lang).map(|command| framed(command, lang)))
}

/// The frame of a help page; the library's own is English.
fn template(lang: Lang, lists: &str) -> String {
    let (usage, list, options) =
        lang.pick(("Cách dùng", "Các lệnh", "Tùy chọn"), ("Usage", "Commands", "Options"));
    let lists = if lists.contains("subcommands") {
        format!("{list}:\n{lists}")
    } else {
        format!("{list}:\n{{positionals}}")
    };
    let lists = if lists.contains("positionals") {
        lists.replace(list, lang.pick("Tham số", "Arguments"))
    } else {
        lists
    };
    format!("{{about}}\n\n{usage}: {{usage}}\n\n{lists}\n\n{options}:\n{{options}}\n\n{{after-help}}\n")
}

fn framed(command: Command, lang: Lang) -> Command {
    let command = command.disable_help_flag(true).help_template(template(lang, "{positionals}"));
    command.mut_args(|argument| {
        // What the library adds in English is said in the Vietnamese help itself.
        let hide = lang == Lang::Vi && argument.get_action().takes_values();
        argument.hide_possible_values(hide).hide_default_value(hide)
    })
}

/// A wrong use in Vietnamese; the library speaks only English.
pub fn wrong_use(error: &clap::Error) -> String {
    let context = |kind: ContextKind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let valid = context(ContextKind::ValidValue);
    let told = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("thiếu {}", argument.replace('\n', " ").trim()),
        ErrorKind::UnknownArgument => format!("không có tham số «{argument}»"),
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh «{}»", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "thiếu tên lệnh".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} cần một giá trị"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = if valid.is_empty() { String::new() } else { format!("; hãy chọn: {valid}") };
            format!("giá trị «{value}» của {argument} không dùng được{valid}")
        }
        _ => format!("tham số «{argument}» dùng sai"),
    };
    format!("{told}. Xem cách dùng: parindex --help")
}

fn path(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .required(true)
        .value_parser(value_parser!(std::path::PathBuf))
        .value_hint(ValueHint::AnyPath)
        .help(help)
}

fn stage(lang: Lang) -> Arg {
    Arg::new("stage")
        .long("stage")
        .help(lang.pick("Bước (mặc định: bước cuối)", "Stage (by default the last)"))
}

fn format(lang: Lang) -> Arg {
    Arg::new("format").long("format").value_parser(["table", "json", "csv"]).default_value("table").help(
        lang.pick(
            "Dạng kết quả: bảng cho người, json hoặc csv cho máy",
            "table for people, json or csv for machines",
        ),
    )
}

fn package(lang: Lang) -> Arg {
    path("package", lang.pick("Gói: thư mục hoặc tệp .zip", "Package: a folder or .zip"))
}

fn new(lang: Lang) -> Command {
    Command::new("new")
        .about(lang.pick("Tạo một gói để bắt đầu", "Makes a package to start from"))
        .arg(path("folder", lang.pick("Thư mục mới", "New folder")).value_hint(ValueHint::DirPath))
        .arg(
            Arg::new("year")
                .long("year")
                .value_parser(value_parser!(i16).range(2000..=2100))
                .default_value("2026")
                .help(lang.pick("Năm đánh giá (mặc định 2026)", "Assessed year")),
        )
        .after_help(
            lang.pick(
                "Ví dụ: parindex new goi-2026 --year 2026",
                "Example: parindex new my-2026 --year 2026",
            ),
        )
}

fn check(lang: Lang) -> Command {
    Command::new("check")
        .about(lang.pick(
            "Kiểm tra bộ tiêu chí hoặc gói, chỉ ra chỗ sai và cách sửa",
            "Checks a criteria set or package",
        ))
        .arg(path(
            "path",
            lang.pick("Bộ tiêu chí (.csv, .xlsx) hoặc gói", "Criteria set (.csv, .xlsx) or package"),
        ))
        .arg(
            Arg::new("format")
                .long("format")
                .value_parser(["table", "json"])
                .default_value("table")
                .help(lang.pick("Dạng kết quả: table, json", "Form of the result")),
        )
        .after_help(
            lang.pick("Ví dụ: parindex check criteria/so.xlsx", "Example: parindex check criteria/so.xlsx"),
        )
}

fn score(lang: Lang) -> Command {
    Command::new("score")
        .about(lang.pick("Tính điểm, chỉ số, xếp hạng, xếp loại", "Computes points, index, rank and class"))
        .arg(package(lang))
        .arg(stage(lang))
        .arg(Arg::new("block").long("block").help(lang.pick("Chỉ một khối", "Only one block")))
        .arg(format(lang))
        .after_help(lang.pick(
            "Ví dụ:\n  parindex score goi --stage self\n  parindex score goi --format json > ket-qua.json",
            "Examples:\n  parindex score my --stage self\n  parindex score my --format json > result.json",
        ))
}

fn explain(lang: Lang) -> Command {
    Command::new("explain")
        .about(lang.pick(
            "Giải thích điểm của một đơn vị, một tiêu chí",
            "Explains the points of a unit and a criterion",
        ))
        .arg(package(lang))
        .arg(Arg::new("unit").required(true).help(lang.pick("Mã đơn vị", "The unit's code")))
        .arg(
            Arg::new("criterion")
                .help(lang.pick("Mã tiêu chí (bỏ trống: toàn bộ)", "The criterion's code (all if absent)")),
        )
        .arg(stage(lang))
        .arg(
            Arg::new("format")
                .long("format")
                .value_parser(["table", "json"])
                .default_value("table")
                .help(lang.pick("Dạng kết quả: table, json", "Form of the result")),
        )
        .after_help(lang.pick(
            "Ví dụ: parindex explain goi H44.07 766-6.1",
            "Example: parindex explain my H44.07 766-6.1",
        ))
}

fn diff(lang: Lang) -> Command {
    Command::new("diff")
        .about(lang.pick(
            "So hai phiên bản bộ tiêu chí, hoặc kết quả của hai gói",
            "Compares two versions of a criteria set, or the results of two packages",
        ))
        .arg(path("old", lang.pick("Bản cũ", "The older")))
        .arg(path("new", lang.pick("Bản mới", "The newer")))
        .arg(
            Arg::new("format")
                .long("format")
                .value_parser(["table", "json"])
                .default_value("table")
                .help(lang.pick("Dạng kết quả: table, json", "Form of the result")),
        )
        .after_help(lang.pick(
            "Ví dụ: parindex diff so-2023.xlsx so-2024.xlsx",
            "Example: parindex diff a-2023.xlsx a-2024.xlsx",
        ))
}

fn convert(lang: Lang) -> Command {
    Command::new("convert")
        .about(lang.pick(
            "Chuyển bộ tiêu chí hoặc bảng giữa CSV và XLSX",
            "Converts a criteria set or table between CSV and XLSX",
        ))
        .arg(path("from", lang.pick("Tệp nguồn", "The file to read")))
        .arg(path("to", lang.pick("Tệp đích", "The file to write")))
        .arg(Arg::new("fix").long("fix").action(ArgAction::SetTrue).help(lang.pick(
            "Chỉ sửa mã hóa của tệp CSV: UTF-16, Windows-1258, BOM, NFD, khoảng trắng lạ",
            "Only repair a CSV file's encoding: UTF-16, Windows-1258, BOM, NFD, special spaces",
        )))
        .after_help(lang.pick(
            "Ví dụ:\n  parindex convert so.csv so.xlsx\n  parindex convert --fix cu.csv moi.csv",
            "Examples:\n  parindex convert a.csv a.xlsx\n  parindex convert --fix old.csv new.csv",
        ))
}

fn move_set(lang: Lang) -> Command {
    let needed = |name: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(name).long(name).required(true).help(lang.pick(vi, en))
    };
    Command::new("move")
        .about(lang.pick(
            "Chuyển đợt đánh giá đang chạy sang phiên bản khác của bộ tiêu chí, có lý do",
            "Moves a running campaign to another version of its criteria set, with a reason",
        ))
        .arg(package(lang))
        .arg(Arg::new("block").required(true).help(lang.pick("Mã khối", "The block's code")))
        .arg(path("set", lang.pick("Bộ tiêu chí mới", "The new criteria set")))
        .arg(needed("reason", "Lý do, kèm văn bản", "Why, with the document behind it"))
        .arg(needed("date", "Ngày quyết định, 2025-08-31", "Day of the decision, 2025-08-31"))
        .arg(Arg::new("yes").long("yes").action(ArgAction::SetTrue).help(lang.pick(
            "Ghi thay đổi; không có thì chỉ xem trước",
            "Write it; without this only a preview",
        )))
        .after_help(lang.pick(
            "Ví dụ: parindex move goi so so-moi.xlsx --date 2025-08-31 --reason \"Quyết định số 2211/QĐ-UBND\" --yes",
            "Example: parindex move my so new.xlsx --date 2025-08-31 --reason \"Decision 2211\" --yes",
        ))
}

fn report(lang: Lang) -> Command {
    Command::new("report")
        .about(lang.pick("Lập báo cáo XLSX và PDF", "Writes the XLSX and PDF reports"))
        .arg(package(lang))
        .arg(
            path("out", lang.pick("Thư mục ghi kết quả", "Folder for the results"))
                .long("out")
                .short('o')
                .required(true),
        )
        .arg(stage(lang))
        .arg(
            Arg::new("only")
                .long("only")
                .value_parser(["xlsx", "pdf"])
                .help(lang.pick("Chỉ một dạng: xlsx hoặc pdf", "Only one form")),
        )
        .after_help(
            lang.pick(
                "Ví dụ: parindex report goi --out ket-qua",
                "Example: parindex report my --out results",
            ),
        )
}

fn pack(lang: Lang) -> Command {
    Command::new("pack")
        .about(
            lang.pick(
                "Viết lại datapackage.json, nén gói thành ZIP",
                "Rewrites datapackage.json, packs a ZIP",
            ),
        )
        .arg(package(lang))
        .arg(
            path(
                "zip",
                lang.pick(
                    "Tệp .zip (bỏ trống: chỉ viết datapackage.json)",
                    "The .zip (absent: only datapackage.json)",
                ),
            )
            .required(false),
        )
}

fn units(lang: Lang) -> Command {
    Command::new("units")
        .about(lang.pick(
            "Tra đơn vị hành chính trước và sau 01/7/2025",
            "Looks up administrative units before and after 2025-07-01",
        ))
        .arg(Arg::new("query").help(lang.pick("Mã hoặc tên, không cần dấu", "Code or name, accents not needed")))
        .arg(Arg::new("era").long("era").value_parser(["2024", "2025"]).help(lang.pick(
            "Danh mục: 2024 (đến 30/6/2025) hoặc 2025 (từ 01/7/2025)",
            "The list: 2024 (up to 2025-06-30) or 2025 (since 2025-07-01)",
        )))
        .arg(Arg::new("below").long("below").action(ArgAction::SetTrue).help(lang.pick(
            "Các đơn vị trực thuộc",
            "The units directly below",
        )))
        .arg(Arg::new("validate").long("validate").value_parser(value_parser!(std::path::PathBuf)).help(lang.pick(
            "Đối chiếu danh sách đơn vị (.csv, .xlsx) với danh mục",
            "Check a list of units (.csv, .xlsx) against the official one",
        )))
        .arg(format(lang))
        .after_help(lang.pick(
            "Ví dụ:\n  parindex units \"vinh tuong\"\n  parindex units 252 --below --era 2024\n  parindex units --validate units.csv --era 2025",
            "Examples:\n  parindex units \"vinh tuong\"\n  parindex units 252 --below --era 2024\n  parindex units --validate units.csv --era 2025",
        ))
}

fn completions(lang: Lang) -> Command {
    Command::new("completions")
        .about(lang.pick("In mã gợi ý lệnh cho shell", "Prints shell completions"))
        .arg(
            Arg::new("shell")
                .required(true)
                .value_parser(value_parser!(Shell))
                .help("bash, zsh, fish, powershell, elvish"),
        )
}
