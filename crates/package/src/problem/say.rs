//! The sentence of each problem.

use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::table::{TableProblem, looks_like_day};

use super::PackageProblem;

impl Say for PackageProblem {
    fn command(&self) -> Option<&'static str> {
        match self {
            Self::Utf16 | Self::Encoding => Some("parindex convert --fix"),
            Self::Json(_) | Self::NoResource(_) => Some("parindex pack"),
            Self::OtherVersion(..) => Some("parindex move"),
            _ => None,
        }
    }

    #[expect(clippy::too_many_lines, reason = "one sentence for each problem, side by side")]
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Unreadable(why) => lang.pick(
                format!("không mở được ({why}); hãy kiểm tra đường dẫn và quyền đọc"),
                format!("cannot be opened ({why}); check the path and the permissions"),
            ),
            Self::Unwritable(why) => lang.pick(
                format!("không ghi được ({why}); hãy kiểm tra dung lượng đĩa và quyền ghi; không có tệp dở dang nào"),
                format!("cannot be written ({why}); check disk space and permissions; nothing half-written is left"),
            ),
            Self::BothForms(other) => lang.pick(
                format!("gói có cả tệp này và {other}; hãy giữ một tệp"),
                format!("the package has this file and {other}; keep one"),
            ),
            Self::NotText => lang.pick(
                "--fix chỉ sửa mã hóa của tệp CSV, không sửa sổ tính; hãy bỏ --fix",
                "--fix repairs the encoding of CSV files, not workbooks; leave it out",
            ).to_owned(),
            Self::NoFile => lang.pick("không có tệp này; hãy thêm vào gói", "there is no such file; add it").to_owned(),
            Self::TooLarge(limit) => lang.pick(
                format!("quá lớn (giới hạn {} MB sau khi giải nén); hãy xóa hàng, cột, trang thừa (kể cả ô trống đã định dạng) rồi lưu lại, hoặc chia thành nhiều tệp", limit >> 20),
                format!("too large (at most {} MB unpacked); remove rows, columns and sheets that nobody needs, empty cells with a format too, and save it again, or split it", limit >> 20),
            ),
            Self::TooMuch => lang.pick(
                "bảng có quá nhiều ô hoặc quá nhiều chữ; hãy xóa hàng, cột, trang thừa (kể cả ô trống đã định dạng) rồi lưu lại, hoặc chia thành nhiều tệp",
                "the table has too many cells or too much text; remove rows, columns and sheets that nobody needs, empty cells with a format too, and save it again, or split it",
            ).to_owned(),
            Self::TooManyRows(rows, columns) => lang.pick(
                format!("bảng quá lớn (giới hạn {rows} hàng, {columns} cột); hãy kiểm tra lại tệp"),
                format!("the table is too large (at most {rows} rows, {columns} columns); check the file"),
            ),
            Self::Utf16 => lang.pick(
                "mã hóa UTF-16; trong Excel hãy lưu lại dạng «CSV UTF-8 (Comma delimited)» hoặc .xlsx",
                "encoded as UTF-16; in Excel save it as “CSV UTF-8 (Comma delimited)” or .xlsx",
            ).to_owned(),
            Self::Encoding => lang.pick(
                "không phải UTF-8 (có thể là bảng mã cũ như TCVN3, VNI, Windows-1258); hãy lưu lại dạng «CSV UTF-8» hoặc .xlsx với phông chữ Unicode",
                "not UTF-8 (perhaps an old encoding such as TCVN3, VNI, Windows-1258); save it as “CSV UTF-8” or .xlsx in a Unicode font",
            ).to_owned(),
            Self::UnknownEncoding => lang.pick(
                "không nhận ra bảng mã (đã thử UTF-8, UTF-16, TCVN3, VNI, VISCII, Windows-1258); hãy mở tệp bằng chương trình đã tạo ra nó và lưu lại dạng Unicode",
                "the encoding is not recognised (UTF-8, UTF-16, TCVN3, VNI, VISCII and Windows-1258 were tried); open the file in the program that made it and save it in Unicode",
            ).to_owned(),
            Self::Csv(why) => lang.pick(
                format!("không đọc được CSV ({why}); hãy kiểm tra dấu ngoặc kép ở quanh dòng này"),
                format!("the CSV cannot be read ({why}); check the quotation marks around this line"),
            ),
            Self::Toml(why) => lang.pick(
                format!("không đọc được thiết lập ({why}); xem docs/package-format.md"),
                format!("the settings cannot be read ({why}); see docs/package-format.md"),
            ),
            Self::Json(why) => lang.pick(
                format!("không đọc được JSON ({why}); tệp này do chương trình tạo ra, hãy đóng gói lại"),
                format!("the JSON cannot be read ({why}); the program writes this file: pack the package again"),
            ),
            Self::NotWorkbook(why) => lang.pick(
                format!("không phải sổ tính XLSX ({why}); hãy mở bằng Excel và lưu dạng .xlsx"),
                format!("not an XLSX workbook ({why}); open it in Excel and save as .xlsx"),
            ),
            Self::BadWorkbook(why) => lang.pick(
                format!("sổ tính bị từ chối vì {why}; hãy chép nội dung sang sổ tính mới rồi lưu lại"),
                format!("the workbook is refused: {why}; copy its content to a new one and save that"),
            ),
            Self::OldWorkbook => lang.pick(
                "là sổ tính .xls đời cũ hoặc có mật khẩu; hãy lưu lại dạng .xlsx không mật khẩu",
                "an old .xls or password-protected workbook; save it as .xlsx without a password",
            ).to_owned(),
            Self::NoSheet(name, found) => lang.pick(
                format!("không có trang tính «{name}»; đang có: {found}"),
                format!("there is no sheet “{name}”; there are: {found}"),
            ),
            Self::NoTable => lang.pick(
                "không trang tính nào bắt đầu bằng hàng tên cột; hãy bỏ các dòng tiêu đề ở trên bảng",
                "no sheet begins with the titles of columns; take away what stands above the table",
            ).to_owned(),
            Self::Formula => lang.pick(
                "ô chứa công thức; hãy chép và dán dạng giá trị (Paste Values)",
                "the cell holds a formula; copy it and paste as values",
            ).to_owned(),
            Self::Merged(range) => lang.pick(
                format!("vùng {range} bị gộp ô; hãy bỏ gộp (Unmerge) và điền đủ từng ô"),
                format!("the cells {range} are merged; unmerge them and fill each"),
            ),
            Self::CellError(error) => lang.pick(
                format!("ô mang lỗi {error}; hãy nhập giá trị"),
                format!("the cell holds the error {error}; enter a value"),
            ),
            Self::TimeAlone(time) => lang.pick(
                format!("ô chỉ có giờ {time}, không có ngày; hãy nhập ngày, ví dụ 05/03/2026"),
                format!("the cell holds the time {time} and no day; enter a day, such as 05/03/2026"),
            ),
            Self::Duration(length) => lang.pick(
                format!("ô là khoảng thời gian ({length}), không phải ngày hay số; hãy nhập giá trị"),
                format!("the cell holds a duration ({length}), neither a day nor a number; enter a value"),
            ),
            Self::PercentShown(read, shown) => lang.pick(
                format!("ô hiện {shown} nhưng số liệu này không phải tỷ lệ, giá trị thật là {read}; hãy bỏ định dạng % và nhập lại số đúng"),
                format!("the cell shows {shown}, but this figure is no share and the cell holds {read}; take the % format away and enter the right number"),
            ),
            Self::NotZip(why) => lang.pick(
                format!("không phải tệp ZIP ({why}); hãy nén lại gói"),
                format!("not a ZIP archive ({why}); pack it again"),
            ),
            Self::UnsafePath(path) => lang.pick(
                format!("đường dẫn «{path}» ra ngoài gói; chỉ dùng đường dẫn tương đối, không có «..»"),
                format!("the path “{path}” leads out of the package; use relative paths without “..”"),
            ),
            Self::UnknownFormat(name) => lang.pick(
                format!("«{name}» không phải .csv hay .xlsx"),
                format!("“{name}” is neither .csv nor .xlsx"),
            ),
            Self::Version(version) => lang.pick(
                format!("gói theo định dạng {version}, chương trình này đọc định dạng 1 và 2; hãy nâng cấp chương trình"),
                format!("the package has format {version}, this program reads 1 and 2; upgrade the program"),
            ),
            Self::OtherVersion(pinned, found) => lang.pick(
                format!("bộ tiêu chí là phiên bản «{found}» nhưng đợt đánh giá đang dùng phiên bản «{pinned}»; hãy trả lại tệp cũ, hoặc chuyển phiên bản và ghi lý do"),
                format!("the set has version “{found}”, the campaign uses “{pinned}”; put the old file back, or move to the new version with a reason"),
            ),
            Self::BrokenMoves(from, before) => lang.pick(
                format!("lần chuyển phiên bản bắt đầu từ «{from}» nhưng trước đó là «{before}»; hãy sửa [[blocks.moves]]"),
                format!("a move begins at “{from}”, but the version before it is “{before}”; correct [[blocks.moves]]"),
            ),
            Self::Text(problem) => problem.say(lang),
            Self::EmptySetting(name) => lang.pick(
                format!("thiết lập «{name}» còn trống"),
                format!("the setting “{name}” is empty"),
            ),
            Self::CodeTwice(what, code) => lang.pick(
                format!("mã {what} «{code}» dùng hai lần; hãy đổi một trong hai"),
                format!("the {what} code “{code}” is used twice; change one"),
            ),
            Self::NoneOf(what) => lang.pick(
                format!("chưa có phần [[{what}]] nào"),
                format!("there is no [[{what}]]"),
            ),
            Self::BadWord(word, choices) => lang.pick(
                format!("«{word}» không dùng được ở đây; hãy chọn: {choices}"),
                format!("“{word}” is not possible here; choose: {choices}"),
            ),
            Self::UnknownUnit(code) | Self::UnknownCriterion(code) if looks_like_day(code) => {
                TableProblem::CodeDay(code.clone()).say(lang)
            }
            Self::UnknownUnit(code) => lang.pick(
                format!("không có đơn vị mang mã «{code}» trong danh sách đơn vị; hãy thêm hoặc sửa mã"),
                format!("no unit of the list has the code “{code}”; add it or correct the code"),
            ),
            Self::UnknownBlock(code, known) => lang.pick(
                format!("không có khối «{code}»; các khối: {known}"),
                format!("there is no block “{code}”; the blocks are: {known}"),
            ),
            Self::UnknownStage(code, known) => lang.pick(
                format!("không có bước «{code}»; các bước: {known}"),
                format!("there is no stage “{code}”; the stages are: {known}"),
            ),
            Self::NoStage(known) => lang.pick(
                format!("chưa ghi bước; các bước: {known}"),
                format!("the stage is missing; the stages are: {known}"),
            ),
            Self::UnknownCriterion(code) => lang.pick(
                format!("bộ tiêu chí của đơn vị này không có tiêu chí «{code}»; hãy sửa mã"),
                format!("the unit's criteria set has no criterion “{code}”; correct the code"),
            ),
            Self::UnknownInput(name, known) if known.is_empty() => lang.pick(
                format!("tiêu chí này không nhập số liệu «{name}»; điểm thì ghi ở bảng điểm (points)"),
                format!("this criterion takes no input “{name}”; points belong in the table of points"),
            ),
            Self::UnknownInput(name, known) => lang.pick(
                format!("tiêu chí này không có số liệu «{name}»; các số liệu: {known}"),
                format!("this criterion has no input “{name}”; its inputs are: {known}"),
            ),
            Self::Value(invalid) => invalid.say(lang),
            Self::FarDay(day, from, to) => {
                let [day, from, to] = [day, from, to].map(|day| lang.date(*day));
                lang.pick(
                    format!("ngày {day} quá xa kỳ đánh giá {from} – {to} (sớm hơn 5 năm hoặc muộn hơn 2 năm); hãy sửa năm"),
                    format!("the day {day} is too far from the assessed period {from} – {to} (over 5 years before or 2 after); correct the year"),
                )
            }
            Self::FarPeriod(far) => far.say(lang),
            Self::BadPoints(text) => lang.pick(
                format!("điểm «{text}» không phải là số; trong tệp dùng dấu chấm thập phân, ví dụ 1.25"),
                format!("points “{text}” are not a number; files use a decimal point, such as 1.25"),
            ),
            Self::PointsRange(points, max) => lang.pick(
                format!("{points} điểm nằm ngoài khoảng 0 đến điểm tối đa {max}"),
                format!("{points} points lie outside 0 to the maximum of {max}"),
            ),
            Self::PointsOnParent(code) => lang.pick(
                format!("«{code}» là tổng các mục con; hãy nhập điểm ở mục con"),
                format!("“{code}” is the sum of its children; enter points there"),
            ),
            Self::Information(code) => lang.pick(
                format!("«{code}» chỉ để thông tin, không nhận điểm"),
                format!("“{code}” is only information and takes no points"),
            ),
            Self::AlwaysApplies(code) => lang.pick(
                format!("tiêu chí «{code}» không cho phép «không áp dụng»; nêu cách xử lý ở cột «Không áp dụng» của bộ tiêu chí"),
                format!("criterion “{code}” always applies; state a policy in its set's column “Không áp dụng”"),
            ),
            Self::ExemptHasEntries(code) => lang.pick(
                format!("đơn vị «{code}» được miễn đánh giá nên không nhận số liệu hay điểm; hãy xóa dòng này hoặc sửa danh sách đơn vị"),
                format!("unit “{code}” is exempt and takes no entries; remove the row or correct the list of units"),
            ),
            Self::Twice(file, row) => lang.pick(
                format!("đã nhập ở {file}, hàng {row}; hãy giữ một hàng"),
                format!("entered in {file}, row {row} already; keep one"),
            ),
            Self::NumberTwice(number) => lang.pick(
                format!("«{number}» đã có ở hàng trên; hãy giữ một hàng"),
                format!("“{number}” stands above already; keep one"),
            ),
            Self::NeedsFormat(format) => lang.pick(
                format!("bảng này chỉ được đọc trong gói định dạng {format}; hãy ghi format = {format} trong campaign.toml"),
                format!("this table is read in packages of format {format} only; write format = {format} in campaign.toml"),
            ),
            Self::UnknownMotion(number) => lang.pick(
                format!("không có nội dung số {number} trong bảng motions; hãy sửa số"),
                format!("there is no motion {number} in the table motions; correct the number"),
            ),
            Self::EmptyCell => lang.pick("ô này không được để trống", "this cell must not be empty").to_owned(),
            Self::NoSource => lang.pick(
                "kết quả từ bên ngoài phải ghi nguồn",
                "an external result must name its source",
            ).to_owned(),
            Self::BadDay(text) => lang.pick(
                format!("«{text}» không đọc được; cần ngày (30/04/2026) và nghỉ (off) hoặc làm việc (work)"),
                format!("“{text}” cannot be read; expected a date (2026-04-30) and off (nghỉ) or work (làm việc)"),
            ),
            Self::Exists => lang.pick(
                "đã có ở đó; hãy chọn tên khác hoặc xóa trước",
                "exists already; choose another name or remove it first",
            ).to_owned(),
            Self::NoResource(path) => lang.pick(
                format!("mô tả nhắc đến «{path}» nhưng gói không có tệp đó; hãy thêm tệp hoặc đóng gói lại"),
                format!("the description names “{path}”, which is not there; add the file or pack the package again"),
            ),
        }
    }
}
