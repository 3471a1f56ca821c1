//! The commands of a server.

use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use parindex_rulebook::lang::Lang;

pub fn commands(lang: Lang) -> [Command; 9] {
    [
        serve(lang),
        worker(lang),
        migrate(lang),
        admin(lang),
        audit(lang),
        backup(lang),
        restore(lang),
        doctor(lang),
        demo(lang),
    ]
}

/// The settings that every one of them understands.
fn with_settings(command: Command, lang: Lang) -> Command {
    let setting = |name: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(name).long(name).help(lang.pick(vi, en))
    };
    command.args([
        setting(
            "config",
            "Tệp thiết lập (mặc định parindex.toml)",
            "Settings file (by default parindex.toml)",
        ),
        setting(
            "database",
            "Cơ sở dữ liệu: sqlite:TỆP hoặc postgres://…",
            "Database: sqlite:FILE or postgres://…",
        ),
        setting(
            "listen",
            "Cổng lắng nghe, cách nhau bằng dấu phẩy",
            "Addresses to listen on, with commas between",
        ),
        setting("base-url", "Địa chỉ người dùng gõ vào trình duyệt", "The address that people type"),
        setting("trusted-proxies", "Địa chỉ các proxy tin cậy", "Addresses of trusted proxies"),
        setting(
            "second-factor",
            "Vai trò bắt buộc xác thực hai lớp, cách nhau bằng dấu phẩy: administrator, standing-body, …",
            "Roles that need a second factor, with commas between: administrator, standing-body, …",
        ),
        setting(
            "keys",
            "Tệp khóa mã hóa (mặc định parindex.key), được tạo khi chạy lần đầu; giữ riêng, không để cùng bản sao lưu",
            "File of the encryption keys (by default parindex.key), made at the first start; keep it apart from backups",
        ),
        setting(
            "files",
            "Nơi giữ tệp: folder:THƯ MỤC hoặc s3://THÙNG (khóa trong các biến AWS_…)",
            "Where files are kept: folder:PATH or s3://BUCKET (keys in the variables AWS_…)",
        ),
        setting("backup-folder", "Thư mục sao lưu hằng đêm", "Folder of the nightly backups"),
        setting(
            "backup-keep",
            "Giữ bao nhiêu bản sao lưu (mặc định 14)",
            "How many backups are kept (by default 14)",
        ),
        setting(
            "backup-recipient",
            "Khóa công khai age1… để mã hóa bản sao lưu; chỉ người giữ khóa mở mới đọc được",
            "Public key age1… that backups are encrypted for; only the holder of its other half reads them",
        ),
        setting(
            "metrics-listen",
            "Cổng số liệu Prometheus, chỉ mở trong mạng nội bộ",
            "Address of the figures for Prometheus; keep it inside",
        ),
        setting("title", "Tên hiện trên thanh đầu trang", "The name in the top bar"),
    ])
}

fn serve(lang: Lang) -> Command {
    let command = Command::new("serve")
        .about(lang.pick("Chạy máy chủ", "Runs the server"))
        .arg(log_json(lang))
        .arg(Arg::new("no-worker").long("no-worker").action(ArgAction::SetTrue).help(lang.pick(
            "Không làm việc nền ở đây; đã có «parindex worker» chạy riêng",
            "No work by itself here; “parindex worker” runs elsewhere",
        )))
        .after_help(lang.pick(
            "Ví dụ:\n  parindex serve\n  parindex serve --database postgres://pi@localhost/pi --listen 127.0.0.1:8080 --base-url https://par.tinh.gov.vn",
            "Examples:\n  parindex serve\n  parindex serve --database postgres://pi@localhost/pi --listen 127.0.0.1:8080 --base-url https://par.example.vn",
        ));
    with_settings(command, lang)
}

fn log_json(lang: Lang) -> Arg {
    Arg::new("log-json")
        .long("log-json")
        .action(ArgAction::SetTrue)
        .help(lang.pick("Nhật ký máy chủ dạng JSON", "The server’s log as JSON"))
}

fn worker(lang: Lang) -> Command {
    let about = lang.pick(
        "Làm việc nền: kiểm nhật ký, sao lưu, dọn dẹp hằng đêm (serve đã làm sẵn nếu không có --no-worker)",
        "Works by itself: checks the log, backs up, clears away every night (serve does so too without --no-worker)",
    );
    with_settings(Command::new("worker").about(about).arg(log_json(lang)), lang)
}

fn migrate(lang: Lang) -> Command {
    let about = lang.pick("Đưa cơ sở dữ liệu lên phiên bản này", "Brings the database up to this version");
    with_settings(Command::new("migrate").about(about), lang)
}

fn admin(lang: Lang) -> Command {
    let about = lang.pick(
        "Tạo người quản trị, hoặc liên kết mới khi mất mọi đường vào",
        "Makes an administrator, or a new link when every way in is lost",
    );
    let create = Command::new("create")
        .about(about)
        .arg(Arg::new("login").required(true).help(lang.pick("Tên đăng nhập", "Login")))
        .arg(Arg::new("name").required(true).help(lang.pick("Họ và tên", "Name")))
        .after_help(lang.pick(
            "Ví dụ: parindex admin create quantri \"Phạm Quang Huy\"",
            "Example: parindex admin create admin \"Phạm Quang Huy\"",
        ));
    Command::new("admin").about(about).subcommand_required(true).subcommand(with_settings(create, lang))
}

fn audit(lang: Lang) -> Command {
    let about =
        lang.pick("Kiểm tra chuỗi nhật ký từ đầu đến cuối", "Checks the chain of the log from first to last");
    let kept = lang.pick(
        "dấu đã giữ nơi khác, dạng SỐ:DẤU: dòng ấy phải còn đúng như vậy",
        "a mark that was kept elsewhere, NUMBER:MARK: that row has to be as it was",
    );
    let mark = Arg::new("mark").long("mark").value_name("SỐ:DẤU").help(kept);
    let verify = with_settings(Command::new("verify").about(about), lang).arg(mark);
    let about_clock = lang.pick(
        "So đồng hồ máy chủ với giờ mới nhất trong nhật ký",
        "Compares the clock of the server with the newest time of the log",
    );
    let accept = Arg::new("accept").long("accept").value_name("LÝ DO").help(lang.pick(
        "Đồng hồ máy chủ đúng, giờ trong nhật ký sai: từ giờ tính theo đồng hồ (ghi lý do vào nhật ký)",
        "The clock is right and the log is not: time counts by the clock again (the reason goes into the log)",
    ));
    let clock = with_settings(Command::new("clock").about(about_clock), lang).arg(accept);
    Command::new("audit").about(about).subcommand_required(true).subcommand(verify).subcommand(clock)
}

fn archive(lang: Lang) -> Arg {
    Arg::new("file")
        .required(true)
        .value_parser(value_parser!(std::path::PathBuf))
        .value_hint(ValueHint::FilePath)
        .help(lang.pick("Tệp sao lưu .zip", "The backup, a .zip"))
}

fn backup(lang: Lang) -> Command {
    let about = lang.pick("Sao lưu khi máy chủ đang chạy", "Makes a backup while the server runs");
    with_settings(Command::new("backup").about(about).arg(archive(lang)), lang)
}

fn restore(lang: Lang) -> Command {
    let about = lang.pick(
        "Phục hồi vào một cơ sở dữ liệu trống, SQLite hay PostgreSQL",
        "Restores into an empty database, SQLite or PostgreSQL",
    );
    let accept = Arg::new("accept-key").long("accept-key").value_name("DẤU").help(lang.pick(
        "Nhận bản sao lưu do máy chủ khác ký, theo dấu khóa đã ghi lại ở đó",
        "Take a backup that another server signed, by the fingerprint of its key",
    ));
    let unsigned = Arg::new("unsigned").long("unsigned").action(ArgAction::SetTrue).help(lang.pick(
        "Nhận bản sao lưu không có chữ ký (như mọi bản của các phiên bản trước)",
        "Take a backup without a signature (as all of earlier versions are)",
    ));
    let identity = Arg::new("identity")
        .long("identity")
        .value_name("TỆP")
        .value_parser(value_parser!(std::path::PathBuf))
        .value_hint(ValueHint::FilePath)
        .help(lang.pick(
            "Tệp khóa mở bản sao lưu đã mã hóa (AGE-SECRET-KEY-…)",
            "File with the key that opens an encrypted backup (AGE-SECRET-KEY-…)",
        ));
    let rehearse = Arg::new("rehearse").long("rehearse").action(ArgAction::SetTrue).help(lang.pick(
        "Chỉ diễn tập: phục hồi thử rồi bỏ, không động đến hệ thống đang chạy",
        "Only a rehearsal: restored for a trial and thrown away; the running system is not touched",
    ));
    let own = [archive(lang), rehearse, accept, unsigned, identity];
    with_settings(Command::new("restore").about(about).args(own), lang)
}

fn doctor(lang: Lang) -> Command {
    let about = lang.pick(
        "Khám hệ thống: thiết lập, cơ sở dữ liệu, khóa, tệp, việc nền, đồng hồ; không sửa gì",
        "Looks the system over: settings, database, keys, files, jobs, clock; changes nothing",
    );
    let files = Arg::new("read-files").long("read-files").action(ArgAction::SetTrue).help(lang.pick(
        "Đọc lại toàn bộ nội dung mọi tệp minh chứng (có thể lâu)",
        "Reads every evidence file whole (it may take long)",
    ));
    let figures = Arg::new("figures").long("figures").action(ArgAction::SetTrue).help(lang.pick(
        "Chỉ liệt kê số liệu lệch khoảng 1.000 lần so với số liệu đi cùng, đơn vị khác hoặc năm trước",
        "Only lists figures about 1,000 times off their partner in the rule, other units or an earlier year",
    ));
    let package = Arg::new("package")
        .requires("figures")
        .value_parser(value_parser!(std::path::PathBuf))
        .value_hint(ValueHint::AnyPath)
        .help(lang.pick(
            "Gói cần xem số liệu, thay cho máy chủ (cùng --figures)",
            "A package whose figures are looked at, in place of a server (with --figures)",
        ));
    let format = Arg::new("format")
        .long("format")
        .value_parser(["table", "csv"])
        .default_value("table")
        .help(lang.pick("Dạng danh sách số liệu: table, csv", "Form of the list of figures: table, csv"));
    let more = lang.pick(
        "Mã thoát với --figures: 0 không có số liệu nào; 1 có số liệu cần đối chiếu (có thể đúng), hoặc không đọc được.\n\nVí dụ:\n  parindex doctor\n  parindex doctor --figures\n  parindex doctor --figures goi-2026 --format csv > so-lieu.csv",
        "Exit codes with --figures: 0 there is none; 1 some have to be compared (they may be right), or nothing could be read.\n\nExamples:\n  parindex doctor\n  parindex doctor --figures\n  parindex doctor --figures my-2026 --format csv > figures.csv",
    );
    let own = [package, files, figures, format];
    with_settings(Command::new("doctor").about(about).args(own).after_help(more), lang)
}

fn demo(lang: Lang) -> Command {
    let about = lang.pick(
        "Đưa đơn vị, người dùng và bộ tiêu chí mẫu vào một cơ sở dữ liệu trống",
        "Fills an empty database with units, people and criteria sets to try",
    );
    let folder = Arg::new("examples")
        .required(true)
        .value_parser(value_parser!(std::path::PathBuf))
        .value_hint(ValueHint::DirPath)
        .help(lang.pick("Thư mục các gói ví dụ", "Folder of the example packages"));
    with_settings(Command::new("demo").about(about).arg(folder), lang)
}
