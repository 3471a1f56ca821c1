//! Archives, folders and disks that mean harm or have failed.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use super::{Spoiled, parindex, program, ran, root};

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[expect(clippy::disallowed_methods, reason = "a test may leave half a file")]
fn put(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_zip_that_leads_out_of_itself() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["../campaign.toml", "/etc/campaign.toml", "a/../../b", "C:\\x"] {
        let file = folder.path().join("xau.zip");
        put(&file, &zip_of(&[(name, b"format = 1")]));
        let ran = parindex(&["check", file.to_str().unwrap()]);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("ra ngoài gói") && ran.err.contains("xau.zip"), "{name}: {}", ran.err);
    }
}

/// A ZIP whose one file unpacks to ten gigabytes of zeros, written by hand because packing it would take minutes.
fn ten_gigabytes_of_zeros() -> Vec<u8> {
    let deflated = zeros(10 << 30);
    let (size, unpacked) = (u32::try_from(deflated.len()).unwrap(), 1_000_u32);
    let name = b"facts.csv";
    let mut common = vec![20, 0, 0, 0, 8, 0, 0, 0, 33, 0];
    common.extend([0_u32, size, unpacked].iter().flat_map(|value| value.to_le_bytes()));
    common.extend([9, 0, 0, 0]);
    let mut zip = [b"PK\x03\x04".as_slice(), &common, name, &deflated].concat();
    let directory = u32::try_from(zip.len()).unwrap();
    zip.extend([b"PK\x01\x02\x14\0".as_slice(), &common, &[0; 14], name].concat());
    let length = u32::try_from(zip.len()).unwrap() - directory;
    zip.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    zip.extend([length, directory].iter().flat_map(|value| value.to_le_bytes()));
    zip.extend([0, 0]);
    zip
}

/// A deflate stream of zeros: one literal, then copies of 258 bytes at a distance of one, 13 bits each.
fn zeros(count: usize) -> Vec<u8> {
    let copy = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0];
    let mut bits = vec![0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0];
    (0..40).for_each(|_| bits.extend(copy));
    let byte = |bits: &[u8]| bits.iter().rev().fold(0_u8, |byte, bit| byte << 1 | bit);
    let mut bytes: Vec<u8> = bits.chunks_exact(8).map(byte).collect();
    // Eight copies are thirteen bytes, so the stream repeats itself.
    let period = bytes[15..28].to_vec();
    bytes.truncate(28);
    for _ in 0..count / 258 / 8 {
        bytes.extend(&period);
    }
    bytes
}

#[test]
fn a_zip_of_ten_gigabytes_of_zeros() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bom.zip");
    put(&file, &ten_gigabytes_of_zeros());
    let script = format!("ulimit -v 3000000; {} check {}", env!("CARGO_BIN_EXE_parindex"), file.display());
    let start = Instant::now();
    let output = Command::new("sh").args(["-c", &script]).env("LANG", "vi_VN.UTF-8").output().unwrap();
    let ran = ran(&output);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("bom.zip"), "{}", ran.err);
    assert!(start.elapsed().as_secs() < 300, "it gives up early, on a busy machine too");
}

#[test]
fn an_unreadable_or_absent_folder() {
    let absent = parindex(&["check", "/khong/co/goi"]);
    assert_eq!(absent.code, 1);
    assert!(absent.err.contains("/khong/co/goi") && absent.err.contains("không mở được"), "{}", absent.err);
    let package = Spoiled::new();
    std::fs::set_permissions(package.folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::set_permissions(package.path(), std::fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = program();
    if std::fs::read_dir(package.path()).is_ok() {
        // The superuser reads everything; somebody else does not.
        command.uid(65_534).gid(65_534).current_dir("/");
    }
    let output = command.args(["check", &package.text()]).output().unwrap();
    std::fs::set_permissions(package.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let ran = ran(&output);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("không mở được") && ran.err.contains("quyền đọc"), "{}", ran.err);
}

#[test]
fn a_full_disk_leaves_nothing_half_written() {
    let package = Spoiled::new();
    let out = package.folder.path().join("ket-qua");
    // A limit on file sizes fails a write in the middle, as a full disk does.
    let script = format!(
        "trap '' XFSZ; ulimit -f 8; exec {} report {} --out {}",
        env!("CARGO_BIN_EXE_parindex"),
        package.text(),
        out.display()
    );
    let output = Command::new("sh").args(["-c", &script]).env("LANG", "vi_VN.UTF-8").output().unwrap();
    let ran = ran(&output);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("không ghi được") && ran.err.contains("dung lượng đĩa"), "{}", ran.err);
    let left: Vec<_> = std::fs::read_dir(&out).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_full_standard_output_is_told() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = program()
        .args(["score", "examples/binh-dinh-2019", "--format", "json"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("đầu ra chuẩn"));
}

#[test]
fn workbooks_that_mean_harm() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("xau.xlsx");
    let sheet = |xml: &str| {
        let book = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
        let rels = "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
        zip_of(&[
            ("_rels/.rels", b"<Relationships/>"),
            ("xl/workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
            ("xl/worksheets/sheet1.xml", xml.as_bytes()),
        ])
    };
    let laughs = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet><sheetData/></worksheet>";
    let far =
        "<worksheet><sheetData><row r=\"1\"><c r=\"ZZZZ99999999\"><v>1</v></c></row></sheetData></worksheet>";
    let deep = format!("<worksheet>{}</worksheet>", "<a>".repeat(100));
    let strings = zip_of(&[("xl/sharedStrings.xml", b"<sst uniqueCount=\"4000000000\"/>")]);
    for bytes in [sheet(laughs), sheet(far), sheet(&deep), strings, b"PK\x03\x04 truncated".to_vec()] {
        put(&file, &bytes);
        let ran = parindex(&["check", file.to_str().unwrap()]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.err.contains("xau.xlsx"), "{}", ran.err);
    }
}

#[test]
fn the_corpus_of_the_fuzzers_is_harmless() {
    let corpus = root().join("fuzz/corpus");
    let files = |target: &str| {
        let entries = std::fs::read_dir(corpus.join(target)).unwrap();
        entries.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect::<Vec<_>>()
    };
    for bytes in files("rule") {
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(rule) = parindex_rulebook::notation::parse(&text) {
            let printed = parindex_rulebook::notation::print(&rule);
            assert_eq!(parindex_rulebook::notation::parse(&printed).as_ref(), Ok(&rule), "{text}");
        }
    }
    for bytes in files("csv") {
        if let Ok(read) = parindex_package::set::read("set.csv", bytes) {
            let written = parindex_package::set::write("set.csv", &read.set).unwrap();
            assert_eq!(parindex_package::set::read("set.csv", written).unwrap().set, read.set);
        }
    }
    for bytes in files("xlsx") {
        let _read = parindex_package::xlsx::read("book.xlsx", &bytes);
    }
    for bytes in files("package") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let parts = text.split("== ").skip(1).filter_map(|part| part.split_once('\n'));
        let entries: Vec<(String, Vec<u8>)> =
            parts.map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec())).collect();
        let Ok(zip) = parindex_package::archive::zip(&entries) else { continue };
        if let Ok(source) = parindex_package::source::PackageSource::zip("p.zip", &zip) {
            let _read = parindex_package::load::load_from(&source);
        }
    }
}

#[test]
fn links_lead_nowhere() {
    let package = Spoiled::new();
    std::os::unix::fs::symlink("/etc/hostname", package.file("facts.xlsx")).unwrap();
    let checked = package.check();
    assert_eq!(checked.code, 1);
    assert!(checked.err.contains("ra ngoài gói"), "{}", checked.err);
    std::fs::remove_file(package.file("facts.xlsx")).unwrap();
    std::os::unix::fs::symlink("/etc", package.file("docs")).unwrap();
    let zip = package.folder.path().join("goi.zip");
    assert_eq!(parindex(&["pack", &package.text(), zip.to_str().unwrap()]).code, 0);
    let packed = std::fs::read(&zip).unwrap();
    assert!(!packed.windows(5).any(|bytes| bytes == b"docs/"));
}

#[test]
fn an_argument_that_is_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let name = std::ffi::OsStr::from_bytes(b"a\xff.csv");
    let output = program().arg("check").arg(name).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_formula_that_grows_without_end_gives_up() {
    let package = Spoiled::new();
    let formula = vec!["a/b"; 45].join(" × ");
    package.append(
        "criteria/so.csv",
        &format!("3,,Lớn,1,,thẩm định,a: số; b: số,công thức {formula}; mẫu bằng 0: 0 điểm,,,x,,,"),
    );
    package.replace("criteria/so.csv", "@tổng điểm,,20", "@tổng điểm,,21");
    let long = "7".repeat(38);
    package.append("facts.csv", &format!("A,3,a,{long},final,"));
    package.append("facts.csv", &format!("A,3,b,{}9,final,", "3".repeat(37)));
    let start = Instant::now();
    let checked = package.check();
    assert!(checked.err.contains("Sở A (A), 3: phép tính cho số quá lớn"), "{}", checked.err);
    assert!(start.elapsed().as_secs() < 300, "it ends, on a busy machine too");
}
