//! The signed receipt: what it says, who can check it, and what it keeps to itself.

use crate::world::{NOW, PDF, World, hash, key};
use procedure::calendar::Moment;
use receipt::{Proof, Verdict, check, unhex};
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Sends a dossier with one paper.
async fn receipt(world: &World) -> Value {
    world.put_paper(&key(1), &hash(PDF), PDF).await;
    let answer = world.submit(&key(1), &world.filing_with_paper()).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    answer.json()
}

async fn known(world: &World) -> Vec<[u8; 32]> {
    let keys = world.get("/api/v1/receipt-keys").await.json();
    keys["keys"].as_array().unwrap().iter().map(|key| unhex(key["public"].as_str().unwrap()).unwrap()).collect()
}

/// What a program says that shares nothing with ours.
async fn verdict_of_another(world: &World, proof: &Value) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify-receipt.mjs");
    let mut node = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let asked = json!({ "proof": proof, "keys": world.get("/api/v1/receipt-keys").await.json() });
    node.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    String::from_utf8(node.wait_with_output().unwrap().stdout).unwrap().trim().to_owned()
}

#[tokio::test]
async fn it_says_what_arrived_and_never_the_code() {
    let world = World::new().await;
    let receipt = receipt(&world).await;
    assert_eq!(receipt["papers"][0]["pages"], 1);
    let proof: Proof = serde_json::from_value(receipt["proof"].clone()).unwrap();
    let library = &world.app.offer.library;
    let forms = ["thu", "nguoi-nop"].map(|id| format!("{id} {}", library.forms[id].fingerprint())).join("\n");
    let content = format!("application/pdf 1 {} {}", PDF.len(), hash(PDF));
    for (name, value) in [
        ("sent", "2026-11-22T07:05:00Z 2026-11-22T14:05:00+07:00"),
        ("agency", "UBND xã Thử"),
        ("procedure", "Thủ tục thử"),
        ("forms", forms.as_str()),
        ("reception-by", "2026-11-23T11:00:00+07:00"),
        ("paper-1-name", "Giấy thử"),
        ("paper-1-file", "giấy thử.pdf"),
        ("paper-1-content", content.as_str()),
    ] {
        assert_eq!(proof.says(name), Some(value), "{name}");
    }
    assert_eq!(proof.says("dossier").unwrap().len(), 36);
    let code = receipt["code"].as_str().unwrap();
    let text = serde_json::to_string(&proof).unwrap().to_lowercase();
    for form in [code.to_lowercase(), code.to_lowercase().replace('-', "")] {
        assert!(!text.contains(&form));
    }
}

#[tokio::test]
async fn anybody_can_check_it_open_or_closed_and_every_change_is_found() {
    let world = World::new().await;
    let proof: Proof = serde_json::from_value(receipt(&world).await["proof"].clone()).unwrap();
    let known = known(&world).await;
    let closed = proof.closed_but(|name| !name.ends_with("-name") && name != "procedure" && name != "forms");
    let mut forged = proof.clone();
    forged.lines.swap(1, 2);
    let mut other = proof.clone();
    other.key = "0".repeat(16);
    let mut renamed = serde_json::to_value(&closed).unwrap();
    renamed["lines"][1]["value"] = json!("2026-11-21T07:05:00Z 2026-11-21T14:05:00+07:00");
    for (proof, ours, theirs) in [
        (serde_json::to_value(&proof).unwrap(), Verdict::Valid, "valid"),
        (serde_json::to_value(&closed).unwrap(), Verdict::Valid, "valid"),
        (serde_json::to_value(&forged).unwrap(), Verdict::Changed, "changed"),
        (renamed, Verdict::Changed, "changed"),
        (serde_json::to_value(&other).unwrap(), Verdict::UnknownKey, "unknown key"),
    ] {
        assert_eq!(verdict_of_another(&world, &proof).await, theirs, "{proof}");
        assert_eq!(check(&serde_json::from_value(proof).unwrap(), &known), ours);
    }
    let shown = serde_json::to_string(&closed).unwrap();
    assert!(!shown.contains("Giấy thử") && !shown.contains("Thủ tục thử") && shown.contains(&hash(PDF)));
}

#[tokio::test]
async fn a_key_that_was_exchanged_still_checks_what_it_signed() {
    let mut world = World::new().await;
    let first = receipt(&world).await;
    // Another key, as after the file was taken away and the server started.
    let public = receipt::Signer::new(&[9; 32]).public();
    world.app.store.keep_receipt_key(public, NOW).await.unwrap();
    world.start_anew(Moment(NOW.0 + 1));
    let known = known(&world).await;
    assert_eq!((known.len(), known[0]), (2, public));
    assert_eq!(check(&serde_json::from_value(first["proof"].clone()).unwrap(), &known), Verdict::Valid);
    assert_eq!(world.submit(&key(1), &world.filing_with_paper()).await.json(), first, "the kept answer, salts and all");
}
