//! The plain form: filled and sent without a script, checked as the JSON routes check.

use crate::world::{Answer, PDF, World, hash};
use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;

const EDGE: &str = "----edge";

/// A field of a page as a browser would send it back.
type Fields = Vec<(String, String)>;

fn body(fields: &Fields, files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, text) in fields {
        let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    for (name, file, content) in files {
        let head = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
    body
}

async fn post(world: &World, fields: &Fields, files: &[(&str, &str, &[u8])]) -> Answer {
    let request = Request::post("/plain/thu")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
        .body(Body::from(body(fields, files)));
    world.send(request.unwrap()).await
}

fn html(answer: &Answer) -> String {
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/html; charset=utf-8", "{answer:?}");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    String::from_utf8(answer.body.clone()).unwrap()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    Some(value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
}

/// What a browser sends back of a page: inputs, ticked ones only, selected options, text areas. No button.
fn fields(html: &str) -> Fields {
    let mut fields = Fields::new();
    for tag in html.split("<input").skip(1).filter_map(|rest| rest.split('>').next()) {
        let kind = attribute(tag, "type").unwrap_or_default();
        let ticked = !matches!(kind.as_str(), "radio" | "checkbox") || tag.ends_with(" checked");
        if let (Some(name), true, true) = (attribute(tag, "name"), ticked, kind != "file") {
            fields.push((name, attribute(tag, "value").unwrap_or_default()));
        }
    }
    for rest in html.split("<select").skip(1) {
        let select = rest.split("</select>").next().unwrap();
        let chosen =
            select.split("<option").skip(1).find(|option| option.split('>').next().unwrap().ends_with(" selected"));
        let value = chosen.and_then(|option| attribute(option, "value")).unwrap_or_default();
        fields.push((attribute(select, "name").unwrap(), value));
    }
    for rest in html.split("<textarea").skip(1) {
        let text = rest.split('>').nth(1).unwrap().trim_end_matches("</textarea").trim_start_matches('\n');
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        fields.push((attribute(rest, "name").unwrap(), text));
    }
    fields
}

fn with(mut fields: Fields, typed: &[(&str, &str)]) -> Fields {
    for (name, text) in typed {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*text).to_owned()));
    }
    fields
}

const ANSWERS: [(&str, &str); 8] = [
    ("thu/ho_ten", "Nguyễn Thị Lộc Vừng"),
    ("thu/ngay_sinh.day", "2"),
    ("thu/ngay_sinh.month", "9"),
    ("thu/ngay_sinh.year", "1950"),
    ("thu/noi_o.province", "44"),
    ("thu/noi_o.commune", "TRIEU PHONG"),
    ("thu/noi_o.detail", "thôn Thử"),
    ("nguoi-nop/dien_thoai", "0900000123"),
];

/// The second page, with all forms on it.
async fn forms(world: &World, papers: &str) -> Fields {
    let first = world.get("/plain/thu").await;
    assert_eq!(first.status, 200);
    let answer = post(
        world,
        &with(fields(&html(&first)), &[("agency", "19351"), ("case/co_giay", papers), ("do", "next")]),
        &[],
    )
    .await;
    assert_eq!(answer.status, 200, "{}", html(&answer));
    fields(&html(&answer))
}

#[tokio::test]
async fn a_whole_dossier_goes_through_and_twice_is_once() {
    let world = World::new().await;
    assert!(html(&world.get("/plain").await).contains("href=\"/plain/thu\""));
    let page = with(forms(&world, "yes").await, &ANSWERS);
    let sent = with(page, &[("do", "send")]);
    let file: [(&str, &str, &[u8]); 1] = [("papers/giay-thu", "C:\\giấy\\thử.pdf", PDF)];
    let first = post(&world, &sent, &file).await;
    assert_eq!(first.status, 201, "{}", html(&first));
    let receipt = html(&first);
    assert!(receipt.contains("UBND xã Thử") && receipt.contains(&hash(PDF)) && receipt.contains(">thử.pdf<"));
    let again = post(&world, &sent, &file).await;
    assert_eq!(html(&again), receipt);
    let other = post(&world, &with(sent, &[("thu/ho_ten", "Nguyễn Văn Khác")]), &file).await;
    assert_eq!(other.status, 409);
    assert!(html(&other).contains("Bản nháp này đã được gửi với nội dung khác"));
    let report = store::Report::of(&world.folder.path().join("data")).unwrap();
    assert_eq!((report.dossiers, report.is_well()), (1, true));
    // The code on the receipt is a real one.
    let code = receipt.split("class=\"code\">").nth(1).unwrap().split('<').next().unwrap();
    assert_eq!(world.post("/api/v1/track", &json!({ "code": code })).await.status, 200);
}

#[tokio::test]
async fn what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let hostile = "\"><script>alert(1)</script>&amp;";
    let long = "</textarea><script>alert(2)</script>";
    let typed = with(
        with(forms(&world, "yes").await, &ANSWERS),
        &[("thu/ho_ten", hostile), ("thu/ngay_sinh.year", "2030"), ("thu/ly_do", long), ("do", "send")],
    );
    let files: [(&str, &str, &[u8]); 2] =
        [("papers/giay-thu", "<b>tốt.pdf", PDF), ("papers/giay-thu", "xấu.exe", b"MZ rubbish")];
    let answer = post(&world, &typed, &files).await;
    assert_eq!(answer.status, 422);
    let page = html(&answer);
    assert!(!page.contains("<script"), "{page}");
    for wanted in [
        "href=\"#thu/ngay_sinh.day\"",
        "id=\"thu/ngay_sinh-problem\"",
        "href=\"#thu/ho_ten\"",
        "href=\"#papers/giay-thu\"",
        "xấu.exe: Chỉ nhận ảnh JPEG, PNG, WebP và tệp PDF.",
        "aria-invalid=\"true\"",
        "aria-describedby=\"thu/ngay_sinh-problem\"",
        "autofocus",
    ] {
        assert!(page.contains(wanted), "{wanted} is missing in {page}");
    }
    let back = fields(&page);
    let find = |name: &str| back.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text);
    for (name, text) in &typed {
        // A commune's name comes back as the list has it.
        let kept = if name == "thu/noi_o.commune" { "xã Triệu Phong" } else { text };
        assert!(name == "do" || find(name) == kept, "{name} is {:?}, was {kept:?}", find(name));
    }
    // The good paper has arrived and is kept; mending the rest is enough.
    assert!(find("papers/giay-thu").ends_with("application/pdf <b>tốt.pdf"), "{back:?}");
    let mended = with(back, &[("thu/ho_ten", "Nguyễn Thị Lộc Vừng"), ("thu/ngay_sinh.year", "1950"), ("do", "send")]);
    assert_eq!(post(&world, &mended, &[]).await.status, 201);
}

#[tokio::test]
async fn the_plain_form_finds_what_the_json_route_finds() {
    let world = World::new().await;
    let mut filing = world.filing_with_paper();
    filing["papers"] = json!([]);
    filing["forms"][0]["answers"]["ngay_sinh.year"] = json!("2030");
    filing["forms"][1]["answers"]["dien_thoai"] = json!("12");
    let told = world.submit(&crate::world::key(1), &filing).await.json();
    let told: Vec<&str> =
        told["problems"].as_array().unwrap().iter().map(|one| one["says"].as_str().unwrap()).collect();
    assert_eq!(told.len(), 3);
    let typed = with(forms(&world, "yes").await, &ANSWERS);
    let typed = with(typed, &[("thu/ngay_sinh.year", "2030"), ("nguoi-nop/dien_thoai", "12"), ("do", "send")]);
    let page = html(&post(&world, &typed, &[]).await);
    let summary = page.split("id=\"problems\"").nth(1).unwrap().split("</ul>").next().unwrap();
    let links: Vec<&str> =
        summary.split("<a ").skip(1).map(|rest| rest.split('>').nth(1).unwrap().trim_end_matches("</a")).collect();
    assert_eq!(links, told);
}

#[tokio::test]
async fn the_first_page_says_what_is_missing_and_a_button_that_only_looks_checks_nothing() {
    let world = World::new().await;
    let first = fields(&html(&world.get("/plain/thu").await));
    let answer = post(&world, &with(first, &[("do", "next")]), &[]).await;
    let page = html(&answer);
    assert_eq!(answer.status, 422);
    assert!(page.contains("href=\"#agency\"") && page.contains("href=\"#case/co_giay\""));
    let looked =
        post(&world, &with(forms(&world, "no").await, &[("thu/ngay_sinh.year", "2030"), ("do", "look")]), &[]).await;
    assert_eq!(looked.status, 200);
    assert!(!html(&looked).contains("id=\"problems\"") && html(&looked).contains("value=\"2030\""));
}

#[tokio::test]
async fn refusals_are_pages() {
    let world = World::new().await;
    let unknown = world.get("/plain/khong-co").await;
    assert_eq!(unknown.status, 404);
    assert!(html(&unknown).contains("Không có địa chỉ này"));
    let begun = fields(&html(&world.get("/plain/thu").await));
    let no_key = with(begun.clone(), &[("key", "1")]);
    assert_eq!(post(&world, &no_key, &[]).await.status, 400);
    let old = with(begun.clone(), &[("version", "0")]);
    assert_eq!(post(&world, &old, &[]).await.status, 409);
    let other_site = Request::post("/plain/thu")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
        .header("sec-fetch-site", "cross-site")
        .body(Body::from(body(&begun, &[])));
    let refused = world.send(other_site.unwrap()).await;
    assert_eq!(refused.status, 403);
    assert!(html(&refused).contains("đến từ một trang khác"));
    let not_parted = Request::post("/plain/thu").header(header::CONTENT_TYPE, "text/plain").body(Body::from("x"));
    assert_eq!(world.send(not_parted.unwrap()).await.status, 400);
    assert_eq!(world.send(Request::delete("/plain/thu").body(Body::empty()).unwrap()).await.status, 405);
}

#[tokio::test]
async fn a_file_too_large_is_told_and_what_stands_behind_it_is_read() {
    let world = World::new().await;
    let typed = with(with(forms(&world, "yes").await, &ANSWERS), &[("do", "send")]);
    let large = vec![b'x'; 10 * 1024 * 1024 + 1];
    let files: [(&str, &str, &[u8]); 2] = [("papers/giay-thu", "to.pdf", &large), ("papers/giay-thu", "vừa.pdf", PDF)];
    let answer = post(&world, &typed, &files).await;
    assert_eq!(answer.status, 422);
    assert!(html(&answer).contains("to.pdf: Tệp lớn hơn 10 MB."));
    assert!(fields(&html(&answer)).iter().any(|(_, text)| text.ends_with("vừa.pdf")));
}
