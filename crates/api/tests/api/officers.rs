//! Officers sign in, out and for the first time; what is tried against that.

use crate::world::{NOW, Signed, World, json_request};
use account::Authenticator;
use axum::body::Body;
use axum::http::Request;
use procedure::Role;
use procedure::calendar::Moment;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

fn sign_in(phone: &str, password: &str, code: &str) -> Request<Body> {
    let body = json!({ "phone": phone, "password": password, "code": code });
    json_request("/api/v1/officers/sign-in", None, body.to_string())
}

async fn hien(world: &World) -> Signed {
    world.officer("Lê Thị Hiền", "0900000123", "19351", &[Role::OneStop]).await
}

#[tokio::test]
async fn a_first_link_is_opened_often_and_used_once() {
    let world = World::new().await;
    let (token, secret) = world.new_officer("Lê Thị Hiền", "0900000123", "19351", &[Role::OneStop]).await;
    for _ in 0..10 {
        let opened = world.post("/api/v1/officers/first", &json!({ "token": token })).await;
        assert_eq!(opened.status, 200, "{}", opened.json());
        assert_eq!(opened.json()["unit"], "UBND xã Thử");
        assert!(opened.json()["qr"].as_array().unwrap().len() > 20);
    }
    let finish = |password: &str, code: &str| json!({ "token": token, "password": password, "code": code });
    let code = Authenticator::new(&secret).code(NOW);
    let path = "/api/v1/officers/first/finish";
    let weak = world.post(path, &finish("12345678", "000000")).await;
    assert_eq!(weak.problem(), (422, "invalid".to_owned()));
    let places: Vec<Value> =
        weak.json()["problems"].as_array().unwrap().iter().map(|problem| problem["place"].clone()).collect();
    assert_eq!(places, [json!("password"), json!("code")]);
    let done = world.post(path, &finish("con bò vàng qua suối", &code)).await;
    assert_eq!(done.status, 200, "{}", done.json());
    let cookies: Vec<&str> = done.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert_eq!(cookies.len(), 2);
    for cookie in cookies {
        assert!(cookie.starts_with("__Host-") && cookie.contains("; Path=/; Secure; HttpOnly; SameSite=Strict"));
    }
    for (path, body) in
        [("/api/v1/officers/first", json!({ "token": token })), (path, finish("con bò vàng qua suối", &code))]
    {
        assert_eq!(world.post(path, &body).await.problem(), (404, "link-unknown".to_owned()));
    }
}

#[tokio::test]
async fn two_who_use_a_link_at_once_do_not_both_get_in() {
    let world = World::new().await;
    let (token, secret) = world.new_officer("Lê Thị Hiền", "0900000123", "19351", &[Role::OneStop]).await;
    let code = Authenticator::new(&secret).code(NOW);
    let body = json!({ "token": token, "password": "con bò vàng qua suối", "code": code });
    let path = "/api/v1/officers/first/finish";
    let (one, other) = tokio::join!(world.post(path, &body), world.post(path, &body));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404]);
}

#[tokio::test]
async fn whatever_is_wrong_the_answer_is_the_same() {
    let world = World::new().await;
    let officer = hien(&world).await;
    let (never, _) = world.new_officer("Hồ Văn Thử", "0900000124", "19351", &[Role::Clerk]).await;
    assert!(!never.is_empty());
    let later = Moment(NOW.0 + MINUTE);
    let code = Authenticator::new(&officer.secret).code(later);
    let used = Authenticator::new(&officer.secret).code(NOW);
    let mut world = world;
    world.start_anew(later);
    let mut answers = Vec::new();
    for (phone, password, code) in [
        ("0900000123", "sai mật khẩu rồi", code.as_str()),
        ("0900000123", "con bò vàng qua suối", "000000"),
        ("0900000123", "con bò vàng qua suối", &used),
        ("0900000199", "con bò vàng qua suối", &code),
        ("0900000124", "con bò vàng qua suối", &code),
        ("", "", ""),
    ] {
        answers.push(world.send(sign_in(phone, password, code)).await);
    }
    assert_eq!(answers[0].problem(), (401, "sign-in-wrong".to_owned()));
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let good = world.send(sign_in("0900 000 123", "con bò vàng qua suối", &code)).await;
    assert_eq!(good.status, 200, "{}", good.json());
    let again = world.send(sign_in("0900000123", "con bò vàng qua suối", &code)).await;
    assert_eq!(again.status, 401, "a code counts once");
}

#[tokio::test]
async fn a_session_ends_by_itself_when_signed_out_and_when_its_officer_is_disabled() {
    let mut world = World::new().await;
    let officer = hien(&world).await;
    let me = async |world: &World| world.send(officer.get("/api/v1/officers/me")).await.status.as_u16();
    assert_eq!(me(&world).await, 200);
    // Used every ten minutes it stands for twelve hours, and no longer.
    for ten_minutes in 1..72 {
        world.start_anew(Moment(NOW.0 + ten_minutes * 10 * MINUTE));
        assert_eq!(me(&world).await, 200, "{ten_minutes}");
    }
    world.start_anew(Moment(NOW.0 + 12 * 60 * MINUTE));
    assert_eq!(me(&world).await, 401);

    let mut world = World::new().await;
    let officer = hien(&world).await;
    world.start_anew(Moment(NOW.0 + 15 * MINUTE));
    assert_eq!(world.send(officer.get("/api/v1/officers/me")).await.problem(), (401, "not-signed-in".to_owned()));

    let world = World::new().await;
    let officer = hien(&world).await;
    assert_eq!(world.send(officer.post("/api/v1/officers/sign-out", None, &json!({}))).await.status, 204);
    assert_eq!(world.send(officer.get("/api/v1/officers/me")).await.status, 401);
    let forged = Request::get("/api/v1/officers/me").header("cookie", format!("__Host-officer={}", "0".repeat(64)));
    assert_eq!(world.send(forged.body(Body::empty()).unwrap()).await.status, 401);

    let world = World::new().await;
    let admin = world.officer("Quản Trị Viên", "0900000100", "44", &[Role::Administrator]).await;
    let officer = hien(&world).await;
    let change = json!({ "unit": "19351", "roles": ["one-stop"], "enabled": false });
    let path = format!("/api/v1/officers/{}", officer.id);
    assert_eq!(world.send(admin.put(&path, &change)).await.status, 204);
    assert_eq!(world.send(officer.get("/api/v1/officers/me")).await.status, 401);
}

#[tokio::test]
async fn a_change_of_role_acts_at_the_next_request() {
    let world = World::new().await;
    let admin = world.officer("Quản Trị Viên", "0900000100", "44", &[Role::Administrator]).await;
    let officer = hien(&world).await;
    assert_eq!(world.send(officer.get("/api/v1/desk/dossiers")).await.status, 200);
    let change = json!({ "unit": "19351", "roles": ["supervisor"], "enabled": true });
    assert_eq!(world.send(admin.put(&format!("/api/v1/officers/{}", officer.id), &change)).await.status, 204);
    assert_eq!(world.send(officer.get("/api/v1/desk/dossiers")).await.problem(), (404, "not-found".to_owned()));
    assert_eq!(world.send(officer.get("/api/v1/officers/me")).await.json()["roles"][0]["role"], "supervisor");
}

#[tokio::test]
async fn every_role_is_told_the_places_that_answer_it() {
    let world = World::new().await;
    for (number, (roles, places)) in [
        (&[Role::OneStop][..], &["work", "counter", "absences"][..]),
        (&[Role::DeskHead], &["work", "figures", "payments", "absences"]),
        (&[Role::Supervisor], &["figures", "payments"]),
        (&[Role::Administrator], &["officers", "absences"]),
        (&[Role::Specialist], &["work", "meetings", "postings", "absences"]),
        (&[Role::Administrator, Role::Leader], &["work", "meetings", "figures", "payments", "officers", "absences"]),
    ]
    .into_iter()
    .enumerate()
    {
        let officer = world.officer("Lê Thị Hiền", &format!("09000004{number:02}"), "19351", roles).await;
        let me = world.send(officer.get("/api/v1/officers/me")).await.json();
        assert_eq!(me["places"], json!(places), "{roles:?}");
    }
}

#[tokio::test]
async fn nobody_can_lock_an_officer_out_of_their_own_browser() {
    let mut world = World::new().await;
    let officer = hien(&world).await;
    let mut refused = 0;
    for guess in 0..40 {
        let request = sign_in("0900000123", "đoán mò thôi", "123456");
        refused += usize::from(world.send_from(&format!("198.51.{guess}.1"), request).await.status == 429);
    }
    assert_eq!(refused, 30, "ten guesses from strange browsers, whatever networks they come from");
    let later = Moment(NOW.0 + 2 * MINUTE);
    world.keep_budgets_until(later);
    let code = Authenticator::new(&officer.secret).code(later);
    let strange = world.send(sign_in("0900000123", "con bò vàng qua suối", &code)).await;
    assert_eq!(strange.problem(), (429, "too-many-requests".to_owned()));
    let mut own = sign_in("0900000123", "con bò vàng qua suối", &code);
    own.headers_mut().insert("cookie", officer.device.parse().unwrap());
    let own = world.send(own).await;
    assert_eq!(own.status, 200, "{}", own.json());
    // A device cookie of somebody else, or a made-up one, opens nothing.
    for cookie in [
        format!("__Host-device={}.{}.{}", officer.id, "0".repeat(32), "0".repeat(64)),
        officer.device.replace(&officer.id, &"0".repeat(32)),
    ] {
        let mut request = sign_in("0900000123", "con bò vàng qua suối", &code);
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
        assert_eq!(world.send(request).await.status, 429, "{cookie}");
    }
}

#[tokio::test]
async fn a_list_makes_officers_where_the_administrator_may() {
    let world = World::new().await;
    let admin = world.officer("Quản Trị Huyện", "0900000100", "461", &[Role::Administrator]).await;
    let list = json!({ "rows": [
        ["Họ tên", "Số CMND/CCCD", "Điện thoại", "Đơn vị", "Vai trò"],
        ["Lê Thị Hiền", "000162000017", "0900000123", "UBND xã Thử", "Công chức một cửa"],
        ["Hồ Văn Thử", "000062000017", "0900000124", "xã Bên", ""],
        ["Trần Thị Xa", "000162000018", "0900000125", "UBND xã Xa", ""],
        ["Ai Đó", "1", "0900000126", "UBND xã Thử", ""],
        ["Lê Thị Hai", "000162000019", "0900000100", "UBND xã Thử", ""],
    ] });
    let told = world.send(admin.post("/api/v1/officers", None, &list)).await;
    assert_eq!(told.status, 200, "{}", told.json());
    let rows = |name: &str| -> Vec<u64> {
        told.json()[name].as_array().unwrap().iter().map(|row| row["row"].as_u64().unwrap()).collect()
    };
    assert_eq!((rows("added"), rows("bad")), (vec![2, 3], vec![4, 5, 6]));
    let link = told.json()["added"][0]["link"].as_str().unwrap().to_owned();
    let token = link.strip_prefix("/officer/first#").unwrap();
    assert_eq!(world.post("/api/v1/officers/first", &json!({ "token": token })).await.json()["phone"], "0900000123");
    let all = world.send(admin.get("/api/v1/officers")).await.json();
    assert_eq!(all.as_array().unwrap().len(), 3);
    // A new link ends the old one.
    let id = all.as_array().unwrap().iter().find(|one| one["phone"] == "0900000123").unwrap()["id"].clone();
    let path = format!("/api/v1/officers/{}/first-link", id.as_str().unwrap());
    let renewed = world.send(admin.post(&path, None, &json!({}))).await.json()["link"].as_str().unwrap().to_owned();
    assert_ne!(renewed, link);
    assert_eq!(world.post("/api/v1/officers/first", &json!({ "token": token })).await.status, 404);
}

#[tokio::test]
async fn neither_password_nor_token_nor_secret_stands_on_the_disk() {
    let world = World::new().await;
    let (token, _) = world.new_officer("Hồ Văn Thử", "0900000124", "19351", &[Role::Clerk]).await;
    let officer = hien(&world).await;
    let session = officer.cookie.split('=').nth(1).unwrap().to_owned();
    for entry in std::fs::read_dir(world.folder.path().join("data")).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            let text = String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).into_owned();
            for secret in [token.as_str(), session.as_str(), "con bò vàng"] {
                assert!(!text.contains(secret), "{:?}", entry.path());
            }
        }
    }
}
