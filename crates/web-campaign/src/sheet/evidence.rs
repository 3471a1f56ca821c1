//! Documents that prove what stands on a sheet.

pub mod attach;
pub mod detach;
pub mod file;
pub mod find;
pub mod form;

/// What documents usually are; anything else can be typed.
pub const GENRES: [(&str, &str); 9] = [
    ("Báo cáo", "Report"),
    ("Kế hoạch", "Plan"),
    ("Quyết định", "Decision"),
    ("Công văn", "Letter"),
    ("Thông báo", "Notice"),
    ("Biên bản", "Minutes"),
    ("Danh sách, bảng số liệu", "List, table of figures"),
    ("Ảnh chụp", "Photograph"),
    ("Ảnh màn hình", "Screenshot"),
];
