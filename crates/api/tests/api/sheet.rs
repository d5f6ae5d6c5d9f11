//! Officers from a workbook, as Excel writes it: zeros that a number lost are put back and told.

use crate::world::{Signed, World};
use axum::body::Body;
use axum::http::Request;
use procedure::Role;
use rust_xlsxwriter::Workbook;
use serde_json::json;

async fn sent(world: &World, by: &Signed, bytes: Vec<u8>) -> crate::world::Answer {
    world.send(by.with(Request::post("/api/v1/officers/sheet").body(Body::from(bytes)).unwrap())).await
}

#[tokio::test]
async fn a_workbook_becomes_rows_that_the_list_takes() {
    let world = World::new().await;
    let administrator = world.officer("Bùi Thị Quản", "0900000701", "461", &[Role::Administrator]).await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "DANH SÁCH CẤP TÀI KHOẢN").unwrap();
    for (column, name) in (0..).zip(["Họ và tên", "Số CMND/CCCD", "Điện thoại", "Đơn vị"]) {
        sheet.write_string(2, column, name).unwrap();
    }
    let rows = [("Lê Thị Hiền", 1_162_000_017_u32, 900_000_711_u32), ("Hiền", 162_000_018, 900_000_712)];
    for (row, (name, id, phone)) in (3..).zip(rows) {
        sheet.write_string(row, 0, name).unwrap();
        sheet.write_number(row, 1, id).unwrap();
        sheet.write_number(row, 2, phone).unwrap();
        sheet.write_number(row, 3, 19_351).unwrap();
    }
    let read = sent(&world, &administrator, book.save_to_buffer().unwrap()).await;
    assert_eq!(read.status, 200, "{}", read.json());
    let read = read.json();
    assert_eq!(read["rows"][3], json!(["Lê Thị Hiền", "001162000017", "0900000711", "19351"]));
    let mended: Vec<_> = read["mended"].as_array().unwrap().iter().map(|one| one["row"].as_u64().unwrap()).collect();
    assert_eq!(mended, [4, 4, 5]);

    let added = world.send(administrator.post("/api/v1/officers", None, &json!({ "rows": read["rows"] }))).await.json();
    assert_eq!((&added["added"][0]["row"], &added["added"][0]["name"]), (&json!(4), &json!("Lê Thị Hiền")));
    assert_eq!((added["added"].as_array().unwrap().len(), &added["bad"][0]["row"]), (1, &json!(5)));

    for bytes in [b"h\xe1\xbb\x8d t\xc3\xaan;x".to_vec(), Vec::new()] {
        let refused = sent(&world, &administrator, bytes).await;
        assert_eq!(refused.problem(), (422, "invalid".to_owned()));
    }
    assert_eq!(sent(&world, &administrator, vec![0; 3 * 1024 * 1024]).await.status, 413);
}
