//! The catalogue of services: the whole of it, by unit, field and words; its pages; and a service more by a file alone.

use crate::world::{World, key};
use api::offer::Offer;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A service as an office writes it: this text, and nothing else.
const MORE: &str = r#"
name = "Thể dục, thể thao"

[[receives]]
level = "commune"

[[service]]
id = "cong-nhan-cau-lac-bo-the-thao-co-so"
name = "Công nhận câu lạc bộ thể thao cơ sở"
keywords = ["đội bóng"]
agency = "Chủ tịch UBND cấp xã"
summary = "Công nhận câu lạc bộ thể thao của thôn, cơ quan, trường học."
"#;

fn ids(answer: &Value) -> Vec<&str> {
    answer["services"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

fn commune(world: &World) -> String {
    let agencies = world.app.agencies();
    agencies.0.iter().find(|one| one.level == procedure::Level::Commune).unwrap().code.clone()
}

#[tokio::test]
async fn a_districts_forty_seven_services_stand_in_the_catalogue() {
    let world = World::real().await;
    let all = world.get("/api/v1/services").await.json();
    assert_eq!(ids(&all).len(), 47);
    let fields: u64 = all["fields"].as_array().unwrap().iter().map(|field| field["services"].as_u64().unwrap()).sum();
    assert_eq!(fields, 47);
    let open = all["services"].as_array().unwrap().iter().filter(|one| !one["procedure"].is_null()).count();
    assert_eq!(open, 6, "every procedure that can be filed");
    // The one that the district names in its letter.
    let named = "Cấp Giấy phép xây dựng (Giấy phép xây dựng mới, giấy phép sửa chữa, cải tạo, giấy phép di dời công trình) \
                 đối với công trình, nhà ở riêng lẻ";
    assert!(all["services"].as_array().unwrap().iter().any(|one| one["name"] == named));
    assert_eq!(all["popular"], serde_json::json!([]));
}

#[tokio::test]
async fn people_find_the_service_they_mean() {
    let world = World::real().await;
    for (typed, first) in [
        ("khai sinh", "dang-ky-khai-sinh"),
        ("giay khai sihn", "dang-ky-khai-sinh"),
        ("giay phep xay dung", "giay-phep-xay-dung"),
        ("xay nha", "giay-phep-xay-dung"),
        ("so do", "cap-giay-chung-nhan-dat-lan-dau"),
        ("mo quan", "thanh-lap-ho-kinh-doanh"),
        ("sao y", "chung-thuc-ban-sao"),
        ("ket hon", "dang-ky-ket-hon"),
        ("mai tang", "ho-tro-chi-phi-mai-tang"),
        ("giay doc than", "xac-nhan-tinh-trang-hon-nhan"),
        ("chia dat", "tach-thua-hop-thua"),
    ] {
        let path = format!("/api/v1/services?q={}", typed.replace(' ', "+"));
        let found = world.get(&path).await.json();
        assert_eq!(ids(&found).first(), Some(&first), "{typed}: {:?}", ids(&found));
    }
    let none = world.get("/api/v1/services?q=zzzz").await.json();
    assert!(ids(&none).is_empty());
    assert_eq!(none["fields"].as_array().unwrap().len(), world.app.offer.library.services.fields.len());
}

#[tokio::test]
async fn unit_and_field_narrow_and_strangers_are_told() {
    let world = World::real().await;
    let unit = commune(&world);
    let at = world.get(&format!("/api/v1/services?unit={unit}")).await.json();
    assert_eq!(ids(&at).len(), 47, "since July 2025 the communes do it all");
    // Districts receive nothing any more, and say so by having nothing.
    assert!(ids(&world.get("/api/v1/services?unit=461").await.json()).is_empty());
    let field = world.get(&format!("/api/v1/services?unit={unit}&field=chung-thuc")).await.json();
    assert_eq!(ids(&field).len(), 4);
    for (query, place) in [("unit=00000", "unit"), ("field=khong-co", "field")] {
        let answer = world.get(&format!("/api/v1/services?{query}")).await;
        assert_eq!(answer.problem(), (422, "invalid".to_owned()));
        assert_eq!(answer.json()["problems"][0]["place"], place);
    }
}

#[tokio::test]
async fn each_page_opens_and_none_is_a_dead_end() {
    let world = World::real().await;
    let unit = commune(&world);
    let agency = world.app.agencies().find(&unit).unwrap().clone();
    let list = world.get("/dich-vu").await;
    assert_eq!(list.status, 200);
    let html = String::from_utf8(list.body).unwrap();
    assert!(!html.contains("noindex"), "whoever searches the web may find it");
    for service in &world.app.offer.library.services.services {
        let page = world.get(&format!("/dich-vu/{}?unit={unit}", service.id)).await;
        assert_eq!(page.status, 200, "{}", service.id);
        let html = String::from_utf8(page.body).unwrap();
        for told in [service.called(), &agency.phone, "07:00", "13:30"] {
            assert!(html.contains(told), "{} does not say {told}", service.id);
        }
        let online = format!("/procedures/{}\"", service.procedure);
        assert_eq!(html.contains(&online), !service.procedure.is_empty(), "{}", service.id);
    }
    let none = world.get("/dich-vu/khong-co").await;
    assert_eq!(none.status, 404);
    assert!(none.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    assert!(String::from_utf8(none.body).unwrap().contains("/dich-vu"));
    // What is typed comes back as text, never as a part of the page.
    let odd = world.get("/dich-vu?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&unit=x&field=%3Cb%3E").await;
    assert_eq!(odd.status, 200);
    assert!(!String::from_utf8(odd.body).unwrap().contains("<script>alert"));
}

#[tokio::test]
async fn what_many_file_is_shown_first_and_one_dossier_shows_nothing() {
    let mut world = World::new().await;
    for number in 1..=4 {
        assert_eq!(world.submit(&key(number), &world.filing()).await.status, 201);
    }
    let popular = async |world: &World| world.get("/api/v1/services").await.json()["popular"].clone();
    assert_eq!(popular(&world).await, serde_json::json!([]));
    assert_eq!(world.submit(&key(5), &world.filing()).await.status, 201);
    // Counted anew after ten minutes, or when the service starts anew.
    assert_eq!(popular(&world).await, serde_json::json!([]));
    let now = world.app.now();
    world.start_anew(now);
    assert_eq!(popular(&world).await, serde_json::json!(["thu"]));
    let page = String::from_utf8(world.get("/dich-vu").await.body).unwrap();
    assert!(page.contains("Nhiều người nộp"));
}

#[tokio::test]
async fn one_more_service_is_a_file_and_nothing_else() {
    let forms = tempfile::tempdir().unwrap();
    crate::world::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms"), forms.path());
    fs::write(forms.path().join("services/the-thao.toml"), MORE).unwrap();
    let world = World::of(&forms).await;
    let all = world.get("/api/v1/services").await.json();
    assert_eq!(ids(&all).len(), 48);
    let found = world.get("/api/v1/services?q=doi+bong").await.json();
    assert_eq!(ids(&found)[0], "cong-nhan-cau-lac-bo-the-thao-co-so");
    let page = world.get("/dich-vu/cong-nhan-cau-lac-bo-the-thao-co-so").await;
    assert_eq!(page.status, 200);
}

#[test]
fn a_mistake_in_the_file_is_told_with_its_line() {
    for (change, says) in [
        (("agency = \"Chủ tịch UBND cấp xã\"\n", ""), "missing field `agency`"),
        (("summary = ", "fee = \"1 đồng\"\nsummary = "), "no law"),
        (("level = \"commune\"", "level = \"village\""), "unknown variant"),
        (("summary = ", "procedure = \"khong-co\"\nsummary = "), "which is no procedure"),
        (("id = \"cong-nhan-cau-lac-bo-the-thao-co-so\"", "id = \"dang-ky-ket-hon\""), "two services are called"),
        (("id = \"cong-nhan-cau-lac-bo-the-thao-co-so\"", "id = \"Câu lạc bộ\""), "a-z"),
        (("name = \"Thể dục, thể thao\"", "name = \"Hộ tịch\""), "two files"),
    ] {
        let forms = tempfile::tempdir().unwrap();
        crate::world::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms"), forms.path());
        fs::write(forms.path().join("services/the-thao.toml"), MORE.replace(change.0, change.1)).unwrap();
        let told = Offer::read(forms.path()).err().unwrap_or_default();
        assert!(told.contains("services/the-thao.toml") && told.contains(says), "{change:?}: {told}");
    }
}
