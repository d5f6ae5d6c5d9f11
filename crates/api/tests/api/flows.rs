//! Two ways of one procedure at once: below a district as it is written, and where there is none.

use crate::desk::{done, office, see, sent};
use crate::world::{PDF, World, hash, key};
use procedure::Role;
use serde_json::json;

#[tokio::test]
async fn a_commune_without_a_district_decides_itself_while_others_send_up() {
    let world = World::new().await;
    let office = office(&world).await;
    let island = [Role::OneStop, Role::Leader];
    let islander = world.officer("Lê Thị Đảo", "0900000131", "19354", &island).await;
    let (_, below) = sent(&world, &office, 1).await;
    let mut filing = world.filing();
    filing["agency"] = json!("19354");
    let receipt = world.submit(&key(2), &filing).await;
    assert_eq!(receipt.status, 201, "{}", receipt.json());
    let code = receipt.json()["code"].as_str().unwrap().to_owned();

    let rows = world.send(islander.get("/api/v1/desk/dossiers")).await.json();
    let row = &rows["rows"][0];
    assert_eq!((&row["stage"], &row["place"]), (&json!("Tiếp nhận ở đảo"), &json!("1/3")));
    let id = row["id"].as_str().unwrap();
    let received = done(&world, &islander, id, 3, json!({ "name": "receive" })).await;
    assert_eq!(
        (&received["now"]["name"], &received["now"]["unit"]),
        (&json!("Quyết định ở đảo"), &json!("UBND đặc khu Đảo"))
    );

    // The other one goes its own way, up to the district.
    done(&world, &office.one_stop, &below, 4, json!({ "name": "receive" })).await;
    let up = done(&world, &office.specialist, &below, 5, json!({ "name": "forward", "note": "" })).await;
    assert_eq!((&up["now"]["unit"], up["stages"].as_array().unwrap().len()), (&json!("UBND huyện Thử"), 4));

    let attach = json!({ "name": "attach-result", "number": "3/QĐ", "sha256": hash(PDF), "file": "quyet-dinh.pdf" });
    assert_eq!(world.put_paper(&key(6), &hash(PDF), PDF).await.status, 201);
    done(&world, &islander, id, 6, attach).await;
    let last = done(&world, &islander, id, 7, json!({ "name": "forward", "note": "" })).await;
    assert_eq!((&last["state"], &last["now"]["name"]), (&json!("done"), &json!("Trả ở đảo")));
    let told = world.post("/api/v1/track", &json!({ "code": code })).await.json();
    let says: Vec<&str> = told["entries"].as_array().unwrap().iter().filter_map(|one| one["says"].as_str()).collect();
    assert!(says.contains(&"Đặc khu quyết định"), "{told}");
    assert_eq!(see(&world, &islander, id).await["stages"].as_array().unwrap().len(), 3);
}
