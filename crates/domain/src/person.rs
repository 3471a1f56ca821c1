//! People with accounts: what a login and a password have to be.

use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::table::turns_direction;

use crate::search::fold;

/// The shortest password: length protects better than signs of several kinds.
pub const SHORTEST_PASSWORD: usize = 12;
/// The longest; what is longer only costs the server time.
pub const MAX_PASSWORD: usize = 256;

/// Why a text is no login, name or password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidPerson {
    /// Other signs than letters, digits and `. _ - @`, or none.
    Login(String),
    NoName,
    /// Too short or too long a text, with the limit.
    TooLong(usize),
    /// A password of so many characters.
    ShortPassword(usize),
    /// A password of over so many characters.
    LongPassword,
    /// A password that everybody tries first.
    CommonPassword,
    /// A password that holds the login.
    PasswordHoldsLogin,
    /// The repetition differs.
    NotRepeated,
}

impl Say for InvalidPerson {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Login(login) => lang.pick(
                format!("«{login}» không dùng làm tên đăng nhập được: chỉ gồm chữ không dấu, số và . _ - @, từ 3 đến 80 ký tự"),
                format!("“{login}” cannot be a login: letters without accents, digits and . _ - @, 3 to 80 characters"),
            ),
            Self::NoName => lang.pick("hãy nhập họ và tên", "enter a name").to_owned(),
            Self::TooLong(most) => lang.pick(format!("dài quá {most} ký tự"), format!("longer than {most} characters")),
            Self::ShortPassword(count) => lang.pick(
                format!("mật khẩu mới có {count} ký tự, cần ít nhất {SHORTEST_PASSWORD}; một câu dễ nhớ là tốt nhất"),
                format!("the password has {count} characters, at least {SHORTEST_PASSWORD} are needed; a sentence works best"),
            ),
            Self::LongPassword => lang.pick(
                format!("mật khẩu dài quá {MAX_PASSWORD} ký tự"),
                format!("the password is longer than {MAX_PASSWORD} characters"),
            ),
            Self::CommonPassword => lang
                .pick("mật khẩu này quá phổ biến, kẻ gian thử nó đầu tiên", "this password is among the first that anybody tries")
                .to_owned(),
            Self::PasswordHoldsLogin => {
                lang.pick("mật khẩu không được chứa tên đăng nhập", "the password must not hold the login").to_owned()
            }
            Self::NotRepeated => lang.pick("hai lần nhập không giống nhau", "the two entries differ").to_owned(),
        }
    }
}

/// A login as it is stored: lower case.
///
/// # Errors
/// [`InvalidPerson::Login`].
pub fn login(text: &str) -> Result<String, InvalidPerson> {
    let login = text.trim().to_lowercase();
    let sign = |each: char| each.is_ascii_alphanumeric() || matches!(each, '.' | '_' | '-' | '@');
    if (3..=80).contains(&login.len()) && login.chars().all(sign) {
        return Ok(login);
    }
    Err(InvalidPerson::Login(text.trim().chars().take(80).collect()))
}

/// A name as it is stored: single spaces.
///
/// # Errors
/// [`InvalidPerson::NoName`], [`InvalidPerson::TooLong`].
pub fn name(text: &str) -> Result<String, InvalidPerson> {
    let plain: String = text.chars().filter(|each| !turns_direction(*each)).collect();
    let name = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(InvalidPerson::NoName),
        1..=120 => Ok(name),
        _ => Err(InvalidPerson::TooLong(120)),
    }
}

/// Words that guessed passwords are made of.
const COMMON: [&str; 14] = [
    "matkhau", "password", "123456", "abcdef", "qwerty", "vietnam", "hanoi", "parindex", "cchc", "admin",
    "abc123", "111111", "000000", "iloveyou",
];

/// Checks a new password.
///
/// # Errors
/// What is wrong with it.
pub fn password(login: &str, text: &str, again: &str) -> Result<(), InvalidPerson> {
    let count = text.chars().count();
    if count < SHORTEST_PASSWORD {
        return Err(InvalidPerson::ShortPassword(count));
    }
    if count > MAX_PASSWORD {
        return Err(InvalidPerson::LongPassword);
    }
    let folded: String = fold(text).chars().filter(|each| !each.is_whitespace()).collect();
    let rest = COMMON.iter().fold(folded.clone(), |rest, word| rest.replace(word, ""));
    // What is left beside the common words has to carry the secret by itself.
    if rest.chars().count() * 2 < count.min(16) {
        return Err(InvalidPerson::CommonPassword);
    }
    let bare = login.split('@').next().unwrap_or(login);
    if !bare.is_empty() && folded.contains(bare) {
        return Err(InvalidPerson::PasswordHoldsLogin);
    }
    if text == again { Ok(()) } else { Err(InvalidPerson::NotRepeated) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins() {
        assert_eq!(login(" Ha.TT@sonoivu ").unwrap(), "ha.tt@sonoivu");
        for bad in ["", "ab", "hà", "a b c", "a/b/c", "<script>"] {
            assert!(login(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn passwords() {
        let check = |text: &str| password("thuha", text, text);
        assert_eq!(check("ngắn"), Err(InvalidPerson::ShortPassword(4)));
        assert_eq!(check("MatKhau123456"), Err(InvalidPerson::CommonPassword));
        assert_eq!(check("của ThuHà mùa xuân"), Err(InvalidPerson::PasswordHoldsLogin));
        assert_eq!(check("mưa rào cuối hạ ở quê"), Ok(()));
        assert_eq!(password("thuha", "mưa rào cuối hạ", "mưa rào cuối thu"), Err(InvalidPerson::NotRepeated));
    }
}
