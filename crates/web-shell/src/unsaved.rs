//! What the page says while something that was typed is not saved: why not, and what happens next.

use parindex_rulebook::lang::Lang;

/// By the words of the script; `{n}` are seconds.
const WORDS: [(&str, &str, &str); 14] = [
    ("typing", "Đang nhập, chưa lưu.", "Being typed, not saved yet."),
    ("sending", "Đang lưu …", "Saving …"),
    (
        "over",
        "CHƯA LƯU: phiên làm việc đã hết. Nội dung vừa nhập vẫn còn trong ô và được lưu ngay khi bạn đăng nhập lại.",
        "NOT SAVED: your session is over. What you typed stands in the fields and is saved as soon as you sign in again.",
    ),
    (
        "another",
        "CHƯA LƯU: trình duyệt này đang đăng nhập bằng tài khoản khác. Hãy đăng nhập lại bằng tài khoản của bạn.",
        "NOT SAVED: somebody else is signed in in this browser now. Sign in with your own account.",
    ),
    (
        "line",
        "CHƯA LƯU: mất kết nối với máy chủ. Nội dung vẫn còn trong ô, tự lưu khi có kết nối; bấm Lưu để thử ngay.",
        "NOT SAVED: no connection to the server. What you typed stands in the fields and is saved once there is one; press Save to try now.",
    ),
    (
        "fast",
        "CHƯA LƯU: máy chủ nhận quá nhiều yêu cầu. Nội dung vẫn còn trong ô, tự gửi lại sau {n} giây.",
        "NOT SAVED: too many requests reached the server. What you typed stands in the fields and is sent again in {n} seconds.",
    ),
    (
        "busy",
        "CHƯA LƯU: máy chủ bận hoặc gặp sự cố. Nội dung vẫn còn trong ô, tự gửi lại sau {n} giây; bấm Lưu để thử ngay.",
        "NOT SAVED: the server is busy or in trouble. What you typed stands in the fields and is sent again in {n} seconds; press Save to try now.",
    ),
    (
        "large",
        "CHƯA LƯU: nội dung quá dài nên máy chủ không nhận. Hãy rút ngắn ghi chú.",
        "NOT SAVED: this is more than the server takes. Shorten the note.",
    ),
    (
        "old",
        "CHƯA LƯU: trang này đã cũ. Hãy tải lại trang; nội dung vừa nhập được giữ để khôi phục.",
        "NOT SAVED: this page is too old. Reload it; what you typed is kept and can be put back.",
    ),
    (
        "foreign",
        "CHƯA LƯU: câu trả lời không phải của hệ thống này (có thể mạng đòi đăng nhập). Nội dung vẫn còn trong ô, tự gửi lại sau {n} giây.",
        "NOT SAVED: the answer did not come from this system (the network may want a sign-in). What you typed stands in the fields and is sent again in {n} seconds.",
    ),
    ("refused", "CHƯA LƯU:", "NOT SAVED:"),
    (
        "right",
        "bạn không có quyền lưu ở đây; hãy chép lại nội dung vừa nhập.",
        "you have no right to save here; copy what you typed.",
    ),
    ("wrong", "Chưa lưu hết: xem dòng chữ đỏ tại ô.", "Not all is saved: see the red line at the field."),
    (
        "put-back",
        "Đã đưa lại vào ô, chưa lưu; hãy xem lại rồi bấm Lưu.",
        "Put back into the fields, not saved yet; look at it, then press Save.",
    ),
];

/// Each word with its sentence.
pub fn words(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.into_iter().map(move |(word, vi, en)| (word, lang.pick(vi, en)))
}
