//! Every kind of signed file, against a table of what is to be said of it, and against what pyHanko said.
//!
//! The files are made by `files/make.py`; their people are invented.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // In a test a panic is the answer.

use pdf_signature::{Roots, Signature, Verdict, When, check};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// 2026-11-28 08:00 UTC, when most of them were signed.
const SIGNED: i64 = 1_795_852_800_000;
const DAY: i64 = 86_400_000;
/// An hour later.
const NOW: i64 = SIGNED + 3_600_000;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name)).unwrap()
}

fn roots() -> Roots {
    let mut roots = Roots::default();
    assert_eq!(roots.add(&file("roots/goc-vi-du.pem")), Ok(1));
    roots
}

/// The file, our verdicts, and pyHanko's where it says the same in its words.
const TABLE: [(&str, &[Verdict], &str); 30] = [
    ("altered.pdf", &[Verdict::Altered], "altered valid untrusted entire_file none"),
    (
        "appended-then-signed.pdf",
        &[Verdict::ChangedAfterwards, Verdict::Valid],
        "intact valid trusted entire_revision other | intact valid trusted entire_file none",
    ),
    ("appended.pdf", &[Verdict::ChangedAfterwards], "intact valid trusted entire_revision other"),
    ("broken-cms.pdf", &[Verdict::Unreadable], "unreadable CMSExtractionError"),
    // Without a stamp pyHanko asks whether it is valid now; here the time claimed counts, and is told as claimed.
    ("claimed-then-expired.pdf", &[Verdict::Valid], "intact valid untrusted entire_file none"),
    ("encrypted.pdf", &[Verdict::Unreadable], "unreadable PdfKeyNotAvailableError"),
    ("expired.pdf", &[Verdict::Expired], "intact valid untrusted entire_file none"),
    ("forged-authority.pdf", &[Verdict::Untrusted], "intact valid untrusted entire_file none"),
    ("p256.pdf", &[Verdict::Valid], "intact valid trusted entire_file none"),
    ("p384.pdf", &[Verdict::Valid], "intact valid trusted entire_file none"),
    ("pss.pdf", &[Verdict::Valid], "intact valid trusted entire_file none"),
    ("range-gap.pdf", &[Verdict::Altered], "altered valid untrusted unclear other"),
    ("range-huge.pdf", &[Verdict::Altered], "altered valid untrusted contiguous_block_from_start other"),
    ("range-overlap.pdf", &[Verdict::Altered], "altered valid untrusted entire_file none"),
    ("range-short.pdf", &[Verdict::Altered], "altered valid untrusted contiguous_block_from_start other"),
    ("removed.pdf", &[], "none"),
    ("rsa-sha512-cades.pdf", &[Verdict::Valid], "intact valid trusted entire_file none"),
    ("rsa.pdf", &[Verdict::Valid], "intact valid trusted entire_file none"),
    ("rubbish.pdf", &[Verdict::Unreadable], "unreadable PdfReadError"),
    ("sha1.pdf", &[Verdict::Weak], "intact valid untrusted entire_file none"),
    ("small-key.pdf", &[Verdict::Weak], "intact valid untrusted entire_file none"),
    ("stamped-by-a-stranger.pdf", &[Verdict::Valid], "intact valid trusted entire_file none"),
    // pyHanko asks for a proof of that moment's revocation too before it looks back.
    ("stamped-then-expired.pdf", &[Verdict::Valid], "intact valid untrusted entire_file none"),
    ("stamped.pdf", &[Verdict::Valid], "intact valid trusted entire_file none"),
    // pyHanko looks at objects only; here bytes behind the end that nobody signed are told.
    ("trailing.pdf", &[Verdict::ChangedAfterwards], "intact valid trusted entire_revision none"),
    (
        "two.pdf",
        &[Verdict::Valid, Verdict::Valid],
        "intact valid trusted entire_revision form_filling | intact valid trusted entire_file none",
    ),
    ("unsigned.pdf", &[], "none"),
    ("untrusted.pdf", &[Verdict::Untrusted], "intact valid untrusted entire_file none"),
    ("wrong-usage.pdf", &[Verdict::Untrusted], "intact valid untrusted entire_file none"),
    ("xref-stream.pdf", &[Verdict::Valid], "intact valid trusted entire_file none"),
];

fn verdicts(found: &[Signature]) -> Vec<Verdict> {
    found.iter().map(|signature| signature.verdict).collect()
}

#[test]
fn every_kind_of_file_gets_its_verdict() {
    let theirs = String::from_utf8(file("pyhanko.tsv")).unwrap();
    let theirs: BTreeMap<&str, &str> = theirs.lines().filter_map(|line| line.split_once('\t')).collect();
    assert_eq!(theirs.len(), TABLE.len());
    let wrong = TABLE.iter().filter_map(|(name, ours, pyhanko)| {
        let found = verdicts(&check(&file(name), &roots(), NOW));
        let said = theirs.get(name).copied().unwrap_or_default();
        (found != *ours || said != *pyhanko).then(|| format!("{name}: {found:?}, pyHanko: {said}"))
    });
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn without_roots_nothing_is_believed_and_what_is_broken_is_still_told() {
    for (name, ours, _) in TABLE {
        let expected: Vec<Verdict> = ours
            .iter()
            .map(|verdict| match verdict {
                Verdict::Valid | Verdict::Expired => Verdict::Untrusted,
                other => *other,
            })
            .collect();
        assert_eq!(verdicts(&check(&file(name), &Roots::default(), NOW)), expected, "{name}");
    }
}

#[test]
fn it_is_told_who_signed_and_when() {
    let one = |name: &str| check(&file(name), &roots(), NOW).remove(0);
    let lan = one("rsa.pdf");
    let person = lan.signer.unwrap();
    assert_eq!(person.name, "Nguyễn Thị Ngọc Lan");
    assert_eq!(person.organisation, "Ủy ban nhân dân xã Ví Dụ");
    assert_eq!(person.number, "CCCD:000190000001");
    assert_eq!((lan.field.as_str(), lan.issuer.as_str()), ("ChuKy1", "THỬ NGHIỆM - CA Ví Dụ"));
    assert_eq!(lan.when, When::Claimed(SIGNED));
    assert_eq!(one("stamped.pdf").when, When::Stamped(SIGNED));
    assert_eq!(one("stamped-then-expired.pdf").when, When::Stamped(SIGNED - 900 * DAY));
    assert_eq!(one("stamped-by-a-stranger.pdf").when, When::Claimed(SIGNED), "a stamp by nobody known proves nothing");
    assert_eq!(one("claimed-then-expired.pdf").when, When::Claimed(SIGNED - 900 * DAY));
    let early = check(&file("rsa.pdf"), &roots(), SIGNED - DAY).remove(0);
    assert_eq!((early.when, early.verdict), (When::Unknown, Verdict::Valid), "a time yet to come is not believed");
    let before_all = check(&file("rsa.pdf"), &roots(), SIGNED - 800 * DAY).remove(0);
    assert_eq!(before_all.verdict, Verdict::Expired, "its certificate is not yet valid then");
}

#[test]
fn each_verdict_has_its_sentence_and_its_name() {
    for verdict in Verdict::ALL {
        assert!(verdict.says().ends_with('.'), "{verdict:?}");
        assert_eq!(Verdict::ALL.iter().filter(|other| other.name() == verdict.name()).count(), 1);
    }
}

#[test]
fn no_signed_byte_can_be_changed() {
    let signed = file("p256.pdf");
    let field = signed.windows(11).position(|part| part == b"/Contents <").unwrap();
    let gap = field + 10..field + 10 + signed[field..].iter().position(|byte| *byte == b'>').unwrap();
    // Every third byte outside the gap in which the signature itself stands, turned once.
    for at in (0..signed.len()).step_by(3).filter(|at| !gap.contains(at)) {
        let mut bytes = signed.clone();
        bytes[at] ^= 0x01;
        let found = check(&bytes, &roots(), NOW);
        assert!(found.iter().all(|one| one.verdict != Verdict::Valid), "byte {at}: {found:?}");
    }
}

#[test]
fn a_root_is_read_as_pem_and_der_and_nothing_else() {
    let mut roots = Roots::default();
    assert!(roots.add(b"").is_err());
    assert!(roots.add(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").is_err());
    assert!(roots.add(&[0x30; 400]).is_err());
    assert!(roots.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is done to the bytes of a signed file, nothing breaks, and no signature over changed bytes is believed.
    #[test]
    fn spoilt_files_break_nothing(
        which in 0..TABLE.len(),
        spoils in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..24),
    ) {
        let mut bytes = file(TABLE[which].0);
        for (place, byte, how) in spoils {
            let at = place.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                _ => { let end = (at + usize::from(byte)).min(bytes.len()); bytes.extend_from_within(at..end); }
            }
        }
        let found = check(&bytes, &roots(), NOW);
        prop_assert!(found.len() <= 16);
    }

    #[test]
    fn rubbish_breaks_nothing(mut bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let rest = bytes.split_off(bytes.len() / 2);
        bytes.splice(0..0, *b"%PDF-1.7\n");
        bytes.extend(b"1 0 obj<</ByteRange[0 1 2 3]/Contents<30");
        bytes.extend(rest);
        let _ = check(&bytes, &roots(), NOW);
        prop_assert!(Roots::default().add(&bytes).is_err());
    }
}
