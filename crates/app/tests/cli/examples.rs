//! The example packages: published figures to the last digit, and the contract of the JSON.

use serde_json::Value;

use super::{parindex, root};

const REAL: [(&str, usize, &str); 4] = [
    ("phu-tho-2026q3-satisfaction", 13, "khớp 52/52"),
    ("phu-tho-2026q3-payment", 37, "khớp 37/37"),
    ("ministries-2023", 17, "khớp 86/86"),
    ("binh-dinh-2019", 1, "khớp 9/9"),
];
const ILLUSTRATIVE: [(&str, usize); 4] =
    [("ha-noi-2023", 53), ("binh-dinh-2024", 37), ("kien-giang-2021", 1), ("vinh-tuong-2021", 20)];

fn score(name: &str) -> (Value, String) {
    let ran = parindex(&["score", &format!("examples/{name}"), "--format", "json"]);
    assert_eq!(ran.code, 0, "{name}: {}", ran.err);
    (serde_json::from_str(&ran.out).unwrap(), ran.err)
}

fn unit<'j>(json: &'j Value, code: &str) -> &'j Value {
    json["units"].as_array().unwrap().iter().find(|unit| unit["code"] == code).unwrap()
}

#[test]
fn real_data_is_reproduced_to_the_last_published_digit() {
    for (name, units, agreement) in REAL {
        let (json, err) = score(name);
        assert_eq!(json["units"].as_array().unwrap().len(), units, "{name}");
        assert!(err.contains(agreement), "{name}: {err}");
    }
}

#[test]
fn a_published_figure_that_is_not_reached_is_named() {
    let copy = tempfile::tempdir().unwrap();
    let target = copy.path().join("goi");
    copy_folder(&root().join("examples/binh-dinh-2019"), &target);
    let file = target.join("published.csv");
    let text = std::fs::read_to_string(&file).unwrap().replace("59.69", "59.70");
    put(&file, &text);
    let ran = parindex(&["score", target.to_str().unwrap()]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("52 points: công bố 59.70, tính được 59.69"), "{}", ran.err);
}

#[expect(clippy::disallowed_methods, reason = "a test may leave half a file")]
fn put(file: &std::path::Path, text: &str) {
    std::fs::write(file, text).unwrap();
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn known_points_of_phu_tho() {
    let (json, _) = score("phu-tho-2026q3-satisfaction");
    let trade = unit(&json, "H44.07");
    assert_eq!(trade["points"], "17.23");
    assert_eq!(trade["criteria"]["766-6.1"], "5.23");
    assert_eq!(trade["criteria"]["766-6.4"], Value::Null, "information is never scored");
    assert_eq!(unit(&json, "H44")["rank"], Value::Null, "the whole province takes no rank");
    let (json, _) = score("phu-tho-2026q3-payment");
    assert_eq!(unit(&json, "H44.100")["points"], "6.68");
    assert_eq!(unit(&json, "H44.01")["points"], "0.00", "no payment is due: zero by this rule, not missing");
}

#[test]
fn ministries_total_from_unrounded_parts() {
    let (json, _) = score("ministries-2023");
    let justice = unit(&json, "B01");
    let part = |code: &str| justice["criteria"][code].as_str().unwrap().parse::<f64>().unwrap();
    // 61.86 + 28.10 would be 89.96; the published total is of the unrounded parts.
    assert!((part("1") + part("2") - 89.95).abs() < 0.005);
    assert_eq!((justice["points"].as_str(), justice["rank"].as_i64()), (Some("89.95"), Some(1)));
    assert_eq!(json["blocks"][0]["mean"], "84.38");
}

#[test]
fn illustrative_campaigns_are_sound_and_say_what_they_are() {
    for (name, units) in ILLUSTRATIVE {
        let checked = parindex(&["check", &format!("examples/{name}")]);
        // Decisions name days off as due dates, and the sets say so.
        let advice = checked.err.lines().filter(|line| !line.contains("là ngày nghỉ và được giữ nguyên"));
        assert_eq!((checked.code, advice.collect::<String>()), (0, String::new()), "{name}");
        let (json, _) = score(name);
        assert_eq!(json["units"].as_array().unwrap().len(), units, "{name}");
        for file in ["units.csv", "facts.csv", "external.csv"] {
            let text = std::fs::read_to_string(root().join("examples").join(name).join(file)).unwrap();
            assert!(text.starts_with("# SỐ LIỆU MINH HỌA"), "{name}/{file}");
        }
    }
}

#[test]
fn kien_giang_has_the_declared_structure() {
    let checked = parindex(&["check", "examples/kien-giang-2021/criteria/tinh.csv"]);
    assert!(checked.out.contains("8 lĩnh vực, 43 tiêu chí, 102 tiêu chí thành phần"), "{}", checked.out);
    let text = std::fs::read_to_string(root().join("examples/kien-giang-2021/criteria/tinh.csv")).unwrap();
    assert!(text.contains("tự đánh giá + bên ngoài = 66,5; điều tra xã hội học = 23,5; SIPAS = 10"));
}

#[test]
fn exempt_units_are_listed_without_a_result() {
    let (json, _) = score("ha-noi-2023");
    let exempt = unit(&json, "HN.23");
    assert_eq!(
        (exempt["status"].as_str(), &exempt["rank"], &exempt["points"]),
        (Some("exempt"), &Value::Null, &Value::Null)
    );
    let (json, _) = score("binh-dinh-2024");
    let unranked = unit(&json, "TW.05");
    assert_eq!((unranked["status"].as_str(), &unranked["rank"]), (Some("complete"), &Value::Null));
    assert_eq!(unranked["max"], "60.00");
}

#[test]
fn the_output_keeps_its_schema() {
    let schema = |name: &str| -> Value {
        serde_json::from_str(&std::fs::read_to_string(root().join("docs/schema").join(name)).unwrap())
            .unwrap()
    };
    let (score_schema, package_schema, campaign_schema) =
        (schema("score.schema.json"), schema("datapackage.schema.json"), schema("campaign.schema.json"));
    for name in REAL.iter().map(|(name, ..)| *name).chain(ILLUSTRATIVE.iter().map(|(name, _)| *name)) {
        let folder = root().join("examples").join(name);
        let (json, _) = score(name);
        assert!(jsonschema::is_valid(&score_schema, &json), "{name}: score");
        let description = std::fs::read_to_string(folder.join("datapackage.json")).unwrap();
        assert!(
            jsonschema::is_valid(&package_schema, &serde_json::from_str(&description).unwrap()),
            "{name}"
        );
        let settings: toml::Value =
            toml::from_str(&std::fs::read_to_string(folder.join("campaign.toml")).unwrap()).unwrap();
        assert!(
            jsonschema::is_valid(&campaign_schema, &serde_json::to_value(settings).unwrap()),
            "{name}: toml"
        );
    }
}

#[test]
fn the_json_of_one_unit() {
    let (json, _) = score("phu-tho-2026q3-satisfaction");
    insta::assert_json_snapshot!(unit(&json, "H44.08"));
}
