//! How long the commands take, as every message, the help and both READMEs name it. Measured: `docs/benchmarks.md`.

/// A span in both languages.
pub struct Time {
    pub vi: &'static str,
    pub en: &'static str,
}

pub const DEMO: Time = Time {
    vi: "lần đầu khoảng 7 phút trên 2 nhân, các lần sau khoảng 5 giây",
    en: "first time about 7 minutes on 2 cores, then about 5 seconds",
};

pub const TEST: Time = Time {
    vi: "lần đầu khoảng 36 phút trên 2 nhân, các lần sau khoảng 29 phút",
    en: "first time about 36 minutes on 2 cores, then about 29 minutes",
};

/// Those that a file must name.
pub fn named(readme: &str) -> [&'static str; 2] {
    if readme == "README.vi.md" { [DEMO.vi, TEST.vi] } else { [DEMO.en, TEST.en] }
}
