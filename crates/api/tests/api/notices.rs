//! Notices by mail, to a mail server that speaks SMTP: what they say and what not, that they are sent once, and that they are
//! kept with what they tell of.

use crate::desk::{Office, done, office};
use crate::outside::Server;
use crate::world::{NOW, PDF, Signed, World, hash, key};
use api::mail::{Mail, MailSettings};
use api::messages::Carriers;
use api::notices::{GIVEN_UP_MS, KEPT_MS, send_due};
use dossier::notice::Way;
use gateway::smtp::{Fault, Smtp, Taken};
use procedure::calendar::Moment;
use serde_json::{Value, json};
use std::sync::mpsc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use store::notices::{DueAsked, WaitingNotice};

const ADDRESS: &str = "hop.thu@example.vn";
const FROM: &str = "Một Cửa <khong-tra-loi@motcua.example>";
const SITE: &str = "https://motcua.example";
const MINUTE: i64 = 60_000;

pub fn settings(smtp: &Smtp) -> MailSettings {
    MailSettings {
        smtp: Some(format!("smtp://{}", smtp.address).parse().unwrap()),
        mail_from: Some(FROM.parse().unwrap()),
        public_address: Some(SITE.parse().unwrap()),
    }
}

pub fn mail(smtp: &Smtp) -> Carriers {
    Carriers { mail: Mail::open(&settings(smtp)).unwrap(), ..Carriers::default() }
}

/// Signs that are in every answer of the filing and in every reason, and must be in no mail.
pub const CANARY: &str = "Chimhoangyen";

/// A dossier whose filer wants to be told in this way, and the office.
pub async fn sent(world: &World, way: &str) -> (Office, String) {
    let mut filing = world.filing_with_paper();
    let answers = &mut filing["forms"][0]["answers"];
    answers["ho_ten"] = json!(format!("Nguyễn {CANARY}"));
    answers["ly_do"] = json!(CANARY);
    answers["noi_o.detail"] = json!(CANARY);
    filing["forms"][1]["answers"]["cach_bao"] = json!(way);
    if way == "email" {
        filing["forms"][1]["answers"]["email"] = json!(ADDRESS);
    }
    filing["papers"][0]["name"] = json!(format!("{CANARY}.pdf"));
    assert_eq!(world.put_paper(&key(1), &hash(PDF), PDF).await.status, 201);
    let answer = world.submit(&key(1), &filing).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    let office = office(world).await;
    let queue = world.send(office.one_stop.get("/api/v1/desk/dossiers")).await.json();
    (office, queue["rows"][0]["id"].as_str().unwrap().to_owned())
}

pub async fn receive(world: &World, office: &Office, id: &str) {
    done(world, &office.one_stop, id, 2, json!({ "name": "receive" })).await;
}

pub async fn look(world: &World, smtp: &Smtp) -> u32 {
    send_due(&world.app, &mail(smtp)).await.unwrap()
}

/// All that waits in the outbox.
pub async fn all(world: &World) -> Vec<WaitingNotice> {
    let asked = DueAsked { ways: &Way::ALL, awaited: &[], now: Moment(i64::MAX), most: 500 };
    world.app.store.due_notices(asked).await.unwrap()
}

pub async fn waiting(world: &World) -> usize {
    all(world).await.len()
}

pub fn audited(world: &World, act: &str) -> usize {
    world.audit().iter().filter(|(known, ..)| known == act).count()
}

#[tokio::test]
async fn a_notice_says_which_dossier_and_where_and_nothing_of_whom_or_what() {
    let (mut world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let (office, id) = sent(&world, "email").await;
    let reason = |act: &str| json!({ "name": act, "reason": CANARY });
    let items = json!([{ "place": "thu/ho_ten", "says": CANARY }]);
    let ask = json!({ "name": "ask-supplement", "supplement": { "items": items, "note": CANARY } });
    done(&world, &office.one_stop, &id, 3, ask).await;
    done(&world, &office.one_stop, &id, 4, reason("propose-refusal")).await;
    done(&world, &office.head, &id, 5, reason("refuse")).await;
    assert_eq!(look(&world, &smtp).await, 2, "asked for a supplement, and refused");
    let taken = smtp.taken();
    for mail in &taken {
        assert_eq!(
            (mail.from.as_str(), mail.to.as_slice()),
            ("khong-tra-loi@motcua.example", &[ADDRESS.to_owned()][..])
        );
        assert_eq!(mail.words().trim_end(), format!("Hồ sơ bạn gửi ngày 22/11/2026 có cập nhật. Xem tại {SITE}/track"));
        assert_eq!(mail.head("To"), ADDRESS);
        assert_eq!(mail.head("Auto-Submitted"), "auto-generated");
        assert_eq!(mail.head("Date"), "Sun, 22 Nov 2026 07:05:00 +0000");
    }
    assert_ne!(taken[0].head("Message-ID"), taken[1].head("Message-ID"));
    nothing_personal(&taken, &id);
    assert_eq!(audited(&world, "notice-sent"), 2);
    assert!(world.audit().iter().all(|(_, _, detail)| !detail.contains("example.vn")));
    world.keep_budgets_until(Moment(NOW.0 + 60 * MINUTE));
    assert_eq!((look(&world, &smtp).await, smtp.taken().len()), (0, 2), "once each");
}

fn nothing_personal(taken: &[Taken], id: &str) {
    for mail in taken {
        let all = format!("{}\n{}", mail.whole, mail.words());
        for hidden in [CANARY, "Nguyễn", "0900000123", "Thử", "Hiền", id, &hash(PDF), "12/QĐ-UBND"] {
            assert!(!all.contains(hidden), "{hidden}: {all}");
        }
    }
}

#[tokio::test]
async fn each_thing_that_concerns_the_citizen_is_told_once_on_the_whole_way() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let (office, id) = sent(&world, "email").await;
    receive(&world, &office, &id).await;
    let forward = || json!({ "name": "forward", "note": CANARY });
    done(&world, &office.head, &id, 3, json!({ "name": "extend", "quarter_days": 4, "reason": CANARY })).await;
    done(&world, &office.specialist, &id, 4, json!({ "name": "claim" })).await;
    done(&world, &office.specialist, &id, 5, forward()).await;
    assert_eq!(world.put_paper(&key(6), &hash(PDF), PDF).await.status, 201);
    let result = json!({ "name": "attach-result", "number": "12/QĐ-UBND", "sha256": hash(PDF), "file": "kq.pdf" });
    done(&world, &office.leader, &id, 6, result).await;
    done(&world, &office.leader, &id, 7, forward()).await;
    done(&world, &office.one_stop, &id, 8, json!({ "name": "hand-over", "compared": [{ "paper": "giay-thu" }] })).await;
    assert_eq!(look(&world, &smtp).await, 4, "received, more time, done, handed over");
    let words = format!("Hồ sơ H50.193.51-261122-0001 có cập nhật. Xem tại {SITE}/track");
    assert!(smtp.taken().iter().all(|mail| mail.words().trim_end() == words), "{:?}", smtp.taken());
    nothing_personal(&smtp.taken(), &id);
}

#[tokio::test]
async fn whoever_did_not_ask_for_mail_gets_none() {
    let world = World::new().await;
    let (office, id) = sent(&world, "khong").await;
    receive(&world, &office, &id).await;
    assert_eq!(waiting(&world).await, 0);
}

#[tokio::test]
async fn the_same_act_twice_is_told_once_and_a_refused_one_not_at_all() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let (office, id) = sent(&world, "email").await;
    let path = format!("/api/v1/desk/dossiers/{id}/acts");
    let act = async |officer: &Signed, number: u32, body: &Value| {
        world.send(officer.post(&path, Some(&key(number)), body)).await.status.as_u16()
    };
    let receive = json!({ "version": 1, "act": { "name": "receive" } });
    assert_eq!(act(&office.one_stop, 2, &receive).await, 200);
    assert_eq!(act(&office.one_stop, 2, &receive).await, 200);
    assert_eq!(act(&office.one_stop, 3, &receive).await, 409);
    let extend = json!({ "version": 1, "act": { "name": "extend", "quarter_days": 4, "reason": "x" } });
    assert_eq!(act(&office.head, 4, &extend).await, 409, "of an older version");
    assert_eq!(look(&world, &smtp).await, 1);
    assert_eq!(smtp.taken().len(), 1);
}

#[tokio::test]
async fn a_server_that_fails_is_asked_again_and_the_mail_arrives_once() {
    let (mut world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let (office, id) = sent(&world, "email").await;
    receive(&world, &office, &id).await;
    smtp.fail([Fault::Later, Fault::CloseInMail, Fault::NoMailbox, Fault::Slow(Duration::from_millis(100))]);
    let mut minutes = 0;
    for wait in [1, 2, 4] {
        assert_eq!(look(&world, &smtp).await, 0);
        assert_eq!(look(&world, &smtp).await, 0, "not before its time");
        minutes += wait;
        world.keep_budgets_until(Moment(NOW.0 + minutes * MINUTE));
    }
    assert_eq!(smtp.taken(), []);
    assert_eq!(look(&world, &smtp).await, 1);
    world.keep_budgets_until(Moment(NOW.0 + GIVEN_UP_MS));
    assert_eq!((look(&world, &smtp).await, smtp.taken().len(), waiting(&world).await), (0, 1, 0));
}

#[tokio::test]
async fn where_no_server_answers_the_others_wait_and_after_three_days_it_is_given_up() {
    let (mut world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let (office, id) = sent(&world, "email").await;
    receive(&world, &office, &id).await;
    done(&world, &office.head, &id, 3, json!({ "name": "extend", "quarter_days": 4, "reason": "Mưa lũ" })).await;
    smtp.fail([Fault::CloseInMail]);
    assert_eq!(look(&world, &smtp).await, 0);
    let tries = |all: &[WaitingNotice]| all.iter().map(|notice| notice.tries).collect::<Vec<_>>();
    let mut left = all(&world).await;
    left.sort_by_key(|notice| notice.tries);
    assert_eq!(tries(&left), [0, 1], "the second was not tried");
    world.keep_budgets_until(Moment(NOW.0 + GIVEN_UP_MS));
    assert_eq!((look(&world, &smtp).await, smtp.taken().len(), waiting(&world).await), (0, 0, 0));
    assert_eq!(audited(&world, "notice-given-up"), 2);
    assert_eq!(world.app.store.clear_notices(Moment(NOW.0)).await.unwrap(), 0);
    assert_eq!(
        world.app.store.clear_notices(Moment(NOW.0 + KEPT_MS)).await.unwrap(),
        2,
        "a day later nothing of it is left"
    );
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_is_sent_again_and_is_the_same() {
    let (mut world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let (office, id) = sent(&world, "email").await;
    receive(&world, &office, &id).await;
    smtp.fail([Fault::CloseInsteadOfAnswer]);
    assert_eq!(look(&world, &smtp).await, 0);
    world.keep_budgets_until(Moment(NOW.0 + MINUTE));
    assert_eq!(look(&world, &smtp).await, 1);
    let taken = smtp.taken();
    assert_eq!((taken.len(), &taken[0]), (2, &taken[1]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_killed_between_the_servers_yes_and_its_mark_sends_the_same_mail_again() {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = Moment(i64::try_from(since.as_millis()).unwrap());
    let (mut world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    world.keep_budgets_until(now);
    let (office, id) = sent(&world, "email").await;
    receive(&world, &office, &id).await;
    let folder = world.let_go();

    let (stopped, killed) = (mpsc::channel(), mpsc::channel::<()>());
    smtp.fail([Fault::BeforeAnswer(Box::new(move || {
        stopped.0.send(()).unwrap();
        // The yes is said to a process that lives no more.
        killed.1.recv().unwrap();
    }))]);
    let relay = format!("smtp://{}", smtp.address);
    let server = Server::start_with(
        &folder.path().join("data"),
        &["--smtp", &relay, "--mail-from", FROM, "--public-address", SITE],
        "info",
    );
    stopped.1.recv_timeout(Duration::from_secs(60)).unwrap();
    let log = server.kill();
    killed.0.send(()).unwrap();
    assert!(!log.contains("example.vn") && !log.contains(CANARY), "{log}");

    let mut world = World::over(folder, Moment(now.0 + 10 * MINUTE)).await;
    assert_eq!(look(&world, &smtp).await, 1);
    let taken = smtp.taken();
    assert_eq!((taken.len(), &taken[0]), (2, &taken[1]));
    assert!(taken[0].head("Message-ID").ends_with("@motcua.example>"));
    world.keep_budgets_until(Moment(now.0 + 60 * MINUTE));
    assert_eq!(look(&world, &smtp).await, 0);
}
