//! The telephone number as the last part of registering: pages and messages as a person meets them, and what strangers learn of a number.

use crate::account_pages::{of, post};
use crate::messages::{self, Gateway, by_sms};
use crate::notices::{audited, look};
use crate::registering::{PASSWORD, cookie, person, sign_in, signed, token_of};
use crate::world::{Answer, NOW, SignedCitizen, World};
use account::citizen::{CODE_MS, FRESH_MS};
use api::access::CITIZEN_COOKIE;
use api::app::Reach;
use api::notices::send_due;
use gateway::smtp::Smtp;
use procedure::calendar::Moment;
use serde_json::json;

const PAGE: &str = "/account/phone";
const ME: &str = "/api/v1/citizens/me";
const NEXT: &str = "/drafts/01a2/check";
const PHONE: &str = "0900000123";
const NUMBER: &str = "<h1>Số điện thoại</h1>";
const DIGITS: &str = "<h1>Nhập mã trong tin nhắn</h1>";

fn encoded(fields: &[(&str, &str)]) -> String {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    body.finish()
}

fn html(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

fn to(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", html(answer));
    answer.headers["location"].to_str().unwrap()
}

/// Registers through the mailed link's page, and stands where that leads.
async fn registered(world: &World, smtp: &Smtp, email: &str, next: &str) -> (SignedCitizen, String) {
    let mut body = person(email);
    body["next"] = json!(next);
    assert_eq!(world.post("/api/v1/citizens/register", &body).await.status, 202);
    look(world, smtp).await;
    let fields = [("wish", "finish"), ("token", &token_of(smtp, email)), ("password", PASSWORD)];
    let answer = world.send(post("/account/confirm", encoded(&fields))).await;
    let leads = to(&answer).to_owned();
    let mut citizen = SignedCitizen { id: account::CitizenId([0; 16]), cookie: cookie(&answer, CITIZEN_COOKIE).0 };
    citizen.id = signed_id(world, &citizen).await;
    (citizen, leads)
}

async fn signed_id(world: &World, citizen: &SignedCitizen) -> account::CitizenId {
    let me = world.send(citizen.get(ME)).await.json();
    account::CitizenId::read(me["id"].as_str().unwrap()).unwrap()
}

/// A button of the page, with what stands in its fields.
async fn press(world: &World, citizen: &SignedCitizen, wish: &str, fields: &[(&str, &str)]) -> Answer {
    let fields: Vec<_> = fields.iter().copied().chain([("wish", wish), ("next", NEXT)]).collect();
    world.send(of(citizen, post(PAGE, encoded(&fields)))).await
}

/// The digits of the newest message, and whom it went to.
async fn message(world: &World, gateway: &Gateway) -> (String, String) {
    assert_eq!(send_due(&world.app, &by_sms(gateway)).await.unwrap(), 1);
    let message = gateway.posted().last().unwrap().json();
    (message["Content"].as_str().unwrap()[..6].to_owned(), message["Phone"].as_str().unwrap().to_owned())
}

async fn gateway() -> Gateway {
    Gateway::start((0..20).map(|_| messages::taken()).collect()).await
}

async fn phone_of(world: &World, citizen: &SignedCitizen) -> String {
    world.send(citizen.get(ME)).await.json()["phone"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_way_goes_on_to_the_number_and_ends_where_the_person_was() {
    let (world, smtp, gateway) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap(), gateway().await);
    let (lan, leads) = registered(&world, &smtp, "lan@example.com", NEXT).await;
    assert_eq!(leads, "/account/phone?next=%2Fdrafts%2F01a2%2Fcheck");
    let page = html(&world.send(of(&lan, lan.get(&leads))).await);
    assert!(page.contains(NUMBER) && page.contains("bước 7/8") && page.contains("type=\"tel\""), "{page}");
    assert!(page.contains("Để sau") && !page.contains("type=\"password\""), "{page}");
    assert!(page.contains("name=\"next\" value=\"/drafts/01a2/check\""), "{page}");

    let wrong = press(&world, &lan, "number", &[("phone", "0233 3000 000")]).await;
    assert_eq!(wrong.status, 422);
    let page = html(&wrong);
    assert!(page.contains(NUMBER) && page.contains("value=\"0233 3000 000\"") && page.contains("href=\"#phone\""));

    let page = html(&press(&world, &lan, "number", &[("phone", "+84 900 000 123")]).await);
    assert!(page.contains(DIGITS) && page.contains("<b>0900 000 123</b>") && page.contains("bước 8/8"), "{page}");
    assert!(page.contains("autocomplete=\"one-time-code\"") && page.contains("inputmode=\"numeric\""), "{page}");
    let (code, whom) = message(&world, &gateway).await;
    assert_eq!((whom.as_str(), phone_of(&world, &lan).await.as_str()), ("84900000123", ""));

    let wrong = if code == "000000" { "000001" } else { "000000" };
    let page = press(&world, &lan, "digits", &[("phone", PHONE), ("code", wrong)]).await;
    assert_eq!(page.status, 422);
    assert!(html(&page).contains(DIGITS) && html(&page).contains("Mã chưa đúng"));
    let right = press(&world, &lan, "digits", &[("phone", PHONE), ("code", &code)]).await;
    assert_eq!((to(&right), phone_of(&world, &lan).await.as_str()), (NEXT, PHONE));
    assert_eq!(sign_in(&world, PHONE, PASSWORD).await.status, 200);
    look(&world, &smtp).await;
    let letter = smtp.taken().last().unwrap().words();
    assert!(letter.contains("vừa thêm một số điện thoại") && !letter.contains("0900"), "{letter}");

    // Whoever comes back to these pages, or presses twice, is led on.
    assert_eq!(to(&press(&world, &lan, "digits", &[("phone", PHONE), ("code", &code)]).await), NEXT);
    assert_eq!(to(&world.send(of(&lan, lan.get(&leads))).await), NEXT);
    assert_eq!(audited(&world, "citizen-phone-changed"), 1);
}

#[tokio::test]
async fn where_no_message_is_sent_the_way_ends_with_the_password() {
    let (with, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let without = World::reaching(Reach { mail: true, sms: false }).await;
    for (world, steps, office) in [(&with, "1/8", "2/9"), (&without, "1/6", "2/7")] {
        let page = html(&world.get("/account/register").await);
        assert!(page.contains(&format!("bước {steps}")), "{steps}");
        let fields = [("kind", "organisation"), ("step", "kind"), ("wish", "next")];
        let page = html(&world.send(post("/account/register", encoded(&fields))).await);
        assert!(page.contains(&format!("bước {office}")), "{office}");
    }
    let (lan, leads) = registered(&without, &smtp, "lan@example.com", NEXT).await;
    assert_eq!(leads, NEXT);
    assert_eq!(to(&without.send(of(&lan, lan.get("/account/phone?next=/track"))).await), "/track");
    assert_eq!(to(&press(&without, &lan, "number", &[("phone", PHONE)]).await), NEXT);

    // The page of the link counts the same way, with the steps that were really taken.
    let mut body = person("minh@example.com");
    body["details"]["province"] = json!("44");
    body["details"]["commune"] = json!("19351");
    for (world, place) in [(&with, "bước 7/9"), (&without, "bước 7/7")] {
        assert_eq!(world.post("/api/v1/citizens/register", &body).await.status, 202);
        look(world, &smtp).await;
        let fields = [("wish", "open"), ("token", &token_of(&smtp, "minh@example.com")[..])];
        let page = html(&world.send(post("/account/confirm", encoded(&fields))).await);
        assert!(page.contains(place), "{page}");
    }
}

#[tokio::test]
async fn the_number_can_be_left_for_later_at_every_page_and_the_account_is_there() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let (lan, _) = registered(&world, &smtp, "lan@example.com", NEXT).await;
    assert_eq!(to(&press(&world, &lan, "later", &[]).await), NEXT);
    assert!(html(&press(&world, &lan, "number", &[("phone", PHONE)]).await).contains(DIGITS));
    assert_eq!(to(&press(&world, &lan, "later", &[("phone", PHONE)]).await), NEXT);
    let page = html(&press(&world, &lan, "back", &[("phone", PHONE)]).await);
    assert!(page.contains(NUMBER) && page.contains("value=\"0900000123\""), "to mend a slip in it");
    // The tab was closed: they sign in, and are in their account.
    let later = signed(&sign_in(&world, "lan@example.com", PASSWORD).await);
    assert!(html(&world.send(of(&later, later.get("/account"))).await).contains("Trần Thị Lan"));
    assert_eq!(phone_of(&world, &later).await, "");
    // Without a session the page is nobody's.
    assert_eq!(to(&world.get(PAGE).await), "/account/sign-in?over&next=/account/phone");
}

#[tokio::test]
async fn the_way_never_leads_to_another_site() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let (lan, leads) = registered(&world, &smtp, "lan@example.com", "//evil.example").await;
    assert_eq!(leads, "/account/phone?next=%2Faccount");
    for next in ["", "//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nb: c"] {
        let body = encoded(&[("wish", "later"), ("next", next)]);
        assert_eq!(to(&world.send(of(&lan, post(PAGE, body))).await), "/account", "{next}");
        let query = encoded(&[("next", next)]);
        let page = html(&world.send(of(&lan, lan.get(&format!("{PAGE}?{query}")))).await);
        assert!(!page.contains("evil") && !page.contains("alert"), "{next}");
    }
    // What has signs of its own in an address comes back whole.
    let (minh, leads) = registered(&world, &smtp, "minh@example.com", "/apply/1.001776?step=2&a=b#x").await;
    let page = html(&world.send(of(&minh, minh.get(&leads))).await);
    assert!(page.contains("value=\"/apply/1.001776?step=2&amp;a=b#x\""), "{page}");
}

#[tokio::test]
async fn a_number_that_another_account_has_looks_like_any_until_its_digits_are_typed() {
    let (world, smtp, gateway) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap(), gateway().await);
    let (lan, _) = registered(&world, &smtp, "lan@example.com", NEXT).await;
    press(&world, &lan, "number", &[("phone", PHONE)]).await;
    let (code, _) = message(&world, &gateway).await;
    assert_eq!(to(&press(&world, &lan, "digits", &[("phone", PHONE), ("code", &code)]).await), NEXT);

    let (minh, _) = registered(&world, &smtp, "minh@example.com", NEXT).await;
    // Of two numbers one is hers. The answers are the same byte by byte but for the number, and so is what is put on record.
    let mut seen = Vec::new();
    let mut codes = Vec::new();
    for phone in ["0900000124", PHONE] {
        let rows = world.audit().len();
        let mut pages = vec![press(&world, &minh, "number", &[("phone", phone)]).await];
        let (first, _) = message(&world, &gateway).await;
        pages.push(press(&world, &minh, "again", &[("phone", phone)]).await);
        let (code, whom) = message(&world, &gateway).await;
        assert_eq!(whom, format!("84{}", &phone[1..]), "a message goes to either");
        let wrong = ["000000", "000001", "000002"].into_iter().find(|wrong| *wrong != code && *wrong != first).unwrap();
        pages.push(press(&world, &minh, "digits", &[("phone", phone), ("code", wrong)]).await);
        let spaced = format!("{} {} {}", &phone[..4], &phone[4..7], &phone[7..]);
        let told = |page: &Answer| (page.status.as_u16(), html(page).replace(&spaced, "?").replace(phone, "?"));
        let acts: Vec<String> = world.audit()[rows..].iter().map(|(act, ..)| act.clone()).collect();
        seen.push((pages.iter().map(told).collect::<Vec<_>>(), acts));
        codes.push(code);
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0].0[1].1.contains("Đã nhắn mã mới"), "{:?}", seen[0].0[1]);

    // Whoever holds the telephone is told, and nothing has changed.
    let told = press(&world, &minh, "digits", &[("phone", PHONE), ("code", &codes[1])]).await;
    assert_eq!(told.status, 422);
    assert!(html(&told).contains(NUMBER) && html(&told).contains("đang thuộc một tài khoản khác"));
    assert_eq!((phone_of(&world, &lan).await.as_str(), phone_of(&world, &minh).await.as_str()), (PHONE, ""));
}

#[tokio::test]
async fn whoever_comes_late_says_the_password_and_the_number_that_was_typed_stays() {
    let (mut world, smtp, gateway) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap(), gateway().await);
    let (lan, leads) = registered(&world, &smtp, "lan@example.com", NEXT).await;
    world.keep_budgets_until(Moment(NOW.0 + FRESH_MS - 1));
    assert!(html(&press(&world, &lan, "number", &[("phone", PHONE)]).await).contains(DIGITS));
    message(&world, &gateway).await;
    world.keep_budgets_until(Moment(NOW.0 + FRESH_MS));
    assert!(html(&world.send(of(&lan, lan.get(&leads))).await).contains("type=\"password\""));
    // Without it, with a wrong one, and once more for the digits: on the page where it can be typed, the number beside it.
    for (wish, password, says) in [
        ("number", "", "hơn 10 phút"),
        ("again", "", "hơn 10 phút"),
        ("number", "sai mật khẩu", "Mật khẩu hiện tại chưa đúng"),
    ] {
        let answer = press(&world, &lan, wish, &[("phone", PHONE), ("password", password)]).await;
        let page = html(&answer);
        assert_eq!(answer.status, 422);
        assert!(page.contains(says) && page.contains(NUMBER) && page.contains("value=\"0900000123\""), "{page}");
        assert!(page.contains("type=\"password\""), "{page}");
    }
    assert_eq!(send_due(&world.app, &by_sms(&gateway)).await.unwrap(), 0, "nothing was sent");
    let page = html(&press(&world, &lan, "number", &[("phone", PHONE), ("password", PASSWORD)]).await);
    assert!(page.contains(DIGITS), "{page}");
    let (code, _) = message(&world, &gateway).await;
    // The digits are good for ten minutes, and no longer.
    world.keep_budgets_until(Moment(NOW.0 + FRESH_MS + CODE_MS));
    let late = press(&world, &lan, "digits", &[("phone", PHONE), ("code", &code)]).await;
    assert!(html(&late).contains(DIGITS) && html(&late).contains("hết hạn"));
    world.keep_budgets_until(Moment(NOW.0 + FRESH_MS + CODE_MS - 1));
    assert_eq!(to(&press(&world, &lan, "digits", &[("phone", PHONE), ("code", &code)]).await), NEXT);
}

#[tokio::test]
async fn messages_and_tries_have_an_end_and_the_page_says_when_to_go_on() {
    let (world, smtp, gateway) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap(), gateway().await);
    let (lan, _) = registered(&world, &smtp, "lan@example.com", NEXT).await;
    press(&world, &lan, "number", &[("phone", PHONE)]).await;
    let (code, _) = message(&world, &gateway).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        press(&world, &lan, "digits", &[("phone", PHONE), ("code", wrong)]).await;
    }
    let over = press(&world, &lan, "digits", &[("phone", PHONE), ("code", &code)]).await;
    assert!(html(&over).contains("nhập tối đa 5 lần") && phone_of(&world, &lan).await.is_empty());
    for _ in 0..4 {
        assert_eq!(press(&world, &lan, "again", &[("phone", PHONE)]).await.status, 200);
    }
    let (asked, rows) = (audited(&world, "citizen-phone-asked"), world.audit().len());
    for (wish, page) in [("again", DIGITS), ("number", NUMBER)] {
        let answer = press(&world, &lan, wish, &[("phone", PHONE)]).await;
        assert_eq!(answer.status, 429);
        assert!(html(&answer).contains("Hãy đợi 10 phút") && html(&answer).contains(page), "{}", html(&answer));
    }
    assert_eq!((asked, audited(&world, "citizen-phone-asked"), world.audit().len()), (5, 5, rows));
    // The account has had its messages, whatever the number; and so has the number, whatever the account.
    assert_eq!(press(&world, &lan, "number", &[("phone", "0900000124")]).await.status, 429);
    let (minh, _) = registered(&world, &smtp, "minh@example.com", NEXT).await;
    assert_eq!(press(&world, &minh, "number", &[("phone", PHONE)]).await.status, 429);
    assert_eq!(press(&world, &minh, "number", &[("phone", "0900000125")]).await.status, 200);
}

#[tokio::test]
async fn a_number_that_is_there_is_not_replaced_without_the_password() {
    let (world, smtp, gateway) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap(), gateway().await);
    let (lan, _) = registered(&world, &smtp, "lan@example.com", NEXT).await;
    press(&world, &lan, "number", &[("phone", PHONE)]).await;
    let (code, _) = message(&world, &gateway).await;
    press(&world, &lan, "digits", &[("phone", PHONE), ("code", &code)]).await;
    // Neither by these pages nor by the others, though she signed in just now.
    assert_eq!(to(&press(&world, &lan, "number", &[("phone", "0900000124")]).await), NEXT);
    let fields = encoded(&[("wish", "phone"), ("phone", "0900000124")]);
    let page = world.send(of(&lan, post("/account/security", fields))).await;
    assert!(page.status == 422 && html(&page).contains("Mật khẩu hiện tại chưa đúng"));
    let body = json!({ "phone": "0900000124", "password": "" });
    assert_eq!(world.send(lan.put(&format!("{ME}/phone"), &body)).await.problem().0, 422);
    assert_eq!(audited(&world, "citizen-phone-asked"), 1);
}
