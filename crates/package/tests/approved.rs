//! What is approved is read back as it was, of every example at every stage: results, nodes, sentences.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

use std::path::Path;

use parindex_domain::campaign::{ApprovedText, CampaignData, ResultHash, Scored};
use parindex_package::load::load;
use parindex_rulebook::lang::Lang;
use parindex_scoring::board::Board;
use parindex_scoring::explain::{explain_node, explain_total};
use parindex_scoring::kept::Kept;

/// Every example.
fn examples() -> Vec<CampaignData> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let folders = std::fs::read_dir(examples).unwrap().map(|folder| folder.unwrap().path());
    folders.map(|folder| load(&folder).unwrap().campaign).collect()
}

/// What is kept of a campaign: stage by stage, block by block, seat by seat.
fn kept(campaign: &CampaignData) -> Vec<Vec<Vec<Kept>>> {
    let blocks: Vec<Vec<Kept>> = campaign.blocks.iter().map(|_| Vec::new()).collect();
    let mut kept = vec![blocks; campaign.stages.len()];
    for sheet in campaign.to_approve().unwrap() {
        let read = sheet.text.read(&campaign.blocks[sheet.block].set).unwrap();
        kept[sheet.stage][sheet.block].push(read);
    }
    kept
}

fn sentences(scored: &Scored<'_>, lang: Lang) -> Vec<String> {
    let mut all = Vec::new();
    for (at, (block, board)) in scored.campaign.blocks.iter().zip(&scored.boards).enumerate() {
        for seat in 0..block.members.len() {
            all.push(explain_total(board, seat, scored.campaign.about.year, lang));
            let nodes = 0..block.set.set.criteria.len();
            let node = |node| explain_node(board, seat, node, scored.above(at, seat, node), lang);
            all.extend(nodes.map(node));
        }
    }
    all
}

#[test]
fn every_example_is_read_back_as_it_was_approved() {
    let mut seen = 0;
    for campaign in examples() {
        for (stage, kept) in kept(&campaign).iter().enumerate() {
            let (code, now) = (&campaign.about.code, campaign.score(stage).unwrap());
            let approved = campaign.as_approved(stage, kept);
            assert_eq!(now.result(), approved.result(), "{code} at {stage}");
            for lang in [Lang::Vi, Lang::En] {
                assert_eq!(sentences(&now, lang), sentences(&approved, lang), "{code} at {stage}");
            }
            for (now, approved) in now.boards.iter().zip(&approved.boards) {
                assert_eq!(now.ranked(), approved.ranked(), "{code} at {stage}");
                for seat in 0..kept.iter().map(Vec::len).max().unwrap_or(0) {
                    let total = |board: &Board<'_>| board.score(seat).map(|score| score.total().clone());
                    assert_eq!(total(now), total(approved), "{code} at {stage}, seat {seat}");
                    assert_eq!(now.rank(seat), approved.rank(seat), "{code} at {stage}, seat {seat}");
                }
            }
            seen += 1;
        }
    }
    assert!(seen > 8, "{seen} stages");
}

/// Whatever becomes of what was entered, and of the rules, nothing of what was approved moves.
#[test]
fn what_was_approved_does_not_move_with_what_was_entered() {
    for mut campaign in examples() {
        let stage = campaign.stages.len() - 1;
        let kept = kept(&campaign).pop().unwrap();
        let before = campaign.score(stage).unwrap().result();
        for block in &mut campaign.blocks {
            block.entered.clear();
        }
        assert_eq!(campaign.as_approved(stage, &kept).result(), before, "{}", campaign.about.code);
    }
}

#[test]
fn the_hash_tells_every_sign_of_every_sheet() {
    let campaign = examples().remove(0);
    let sheets = campaign.to_approve().unwrap();
    let hash = |change: &dyn Fn(&mut ApprovedText)| {
        let mut hash = ResultHash::begun("1", "2025");
        for mut sheet in sheets.clone() {
            change(&mut sheet.text);
            let member = &campaign.blocks[sheet.block].members[sheet.seat].code;
            hash.add((member, &campaign.stages[sheet.stage].code), &sheet.text);
        }
        hash.end()
    };
    let (same, again) = (hash(&|_| {}), hash(&|_| {}));
    assert_eq!(same, again);
    assert_ne!(same, hash(&|text| text.points.push(' ')));
    assert_ne!(same, hash(&|text| text.sentences = text.sentences.replacen('a', "b", 1)));
    // What moves from one text into the other is no way around it.
    assert_ne!(
        same,
        hash(&|text| *text =
            ApprovedText { points: format!("{}{}", text.points, text.sentences), ..ApprovedText::default() })
    );
}

#[test]
fn a_text_that_nobody_wrote_says_which_line_cannot_be_read() {
    let campaign = examples().remove(0);
    let (set, sheet) = (&campaign.blocks[0].set, campaign.to_approve().unwrap().remove(0));
    let spoilt =
        ApprovedText { points: sheet.text.points.replacen("\tp\t", "\tq\t", 1), ..ApprovedText::default() };
    assert!(spoilt.read(set).unwrap_err().line > 1);
    assert_eq!(ApprovedText::default().read(set).unwrap_err().line, 1);
    assert!(sheet.text.read(set).is_ok());
}
