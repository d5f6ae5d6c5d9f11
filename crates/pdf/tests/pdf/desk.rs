//! The papers of the desk, filled with people and numbers that cannot exist.

use crate::world::NOW;
use form::Date;
use pdf::Facts;
use pdf::slip::{
    Apology, Applicant, Contact, Control, Entry, FeeReceipt, GivenBack, Item, Kept, Paper, Posting, PostingRow,
    Receipt, Refusal, Register, Row, Slip, Step, Supplement,
};
use procedure::calendar::Moment;

/// A day of November 2026 at this hour and minute.
pub fn at(day: u8, hour: i64, minute: i64) -> Moment {
    Moment::at(Date::new(2026, 11, day).unwrap(), (hour * 60 + minute) * 60_000)
}

pub fn facts() -> Facts<'static> {
    Facts {
        procedure_code: "1.001731",
        dossier: "H50.99.99-261120-0007",
        agency: "Ủy ban nhân dân xã Triệu Phong",
        commune: "xã Triệu Phong",
        system: "Một Cửa",
        made_at: Some(NOW),
        signed_on: None,
    }
}

pub fn applicant() -> Applicant {
    Applicant {
        owner: "Hồ Thị Mẫu".to_owned(),
        filer: "Trần Văn Thử".to_owned(),
        address: "Thôn Không Có, xã Triệu Phong, tỉnh Quảng Trị".to_owned(),
        phone: "0900000123".to_owned(),
        email: "mau@vi-du.invalid".to_owned(),
        masked_id: "000•••••0001".to_owned(),
        wish: "Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội".to_owned(),
    }
}

fn contact() -> Contact {
    Contact {
        website: "motcua.vi-du.invalid".to_owned(),
        officer: "Lê Thị Hướng".to_owned(),
        phone: "0900000456".to_owned(),
    }
}

fn entry() -> Entry {
    Entry { book: "01".to_owned(), number: "0007".to_owned() }
}

pub fn receipt(online: bool) -> Slip {
    let paper = |name: &str, originals, certified, copies, electronic| Paper {
        name: name.to_owned(),
        originals,
        certified,
        copies,
        electronic,
    };
    let electronic = u16::from(online);
    Slip::Receipt(Receipt {
        desk: String::new(),
        applicant: applicant(),
        entry: entry(),
        copy: if online { String::new() } else { "Giao khách hàng".to_owned() },
        papers: vec![
            paper("Tờ khai đề nghị hỗ trợ chi phí mai táng (Mẫu số 04)", 1 - electronic, 0, 0, electronic),
            paper("Giấy chứng tử hoặc trích lục khai tử", 0, 1 - electronic, 0, electronic),
            paper("Quyết định hưởng trợ cấp xã hội của người chết", 0, 0, 1 - electronic, electronic),
        ],
        sets: 1,
        takes: "03 ngày làm việc".to_owned(),
        received: at(20, 8, 5),
        due: at(25, 8, 5),
        collect: "Bộ phận Tiếp nhận và Trả kết quả".to_owned(),
        contact: contact(),
        officer: "Lê Thị Hướng".to_owned(),
        channel: if online { "Trực tuyến" } else { "Trực tiếp" }.to_owned(),
        online,
    })
}

pub fn supplement() -> Slip {
    let item = |what: &str, wrong: &str, send: &str| Item {
        what: what.to_owned(),
        wrong: wrong.to_owned(),
        send: send.to_owned(),
    };
    Slip::Supplement(Supplement {
        desk: String::new(),
        number: "12/HDHS".to_owned(),
        applicant: applicant(),
        items: vec![
            item(
                "Giấy chứng tử",
                "Ảnh chụp bị mờ, không đọc được số và ngày cấp.",
                "ảnh chụp lại cả trang, đủ bốn góc",
            ),
            item("Tờ khai, mục I.3 “Ngày chết”", "Ngày ghi trên tờ khai khác với ngày trên giấy chứng tử.", ""),
        ],
        reason: "Hồ sơ chưa đủ căn cứ để giải quyết theo khoản 2 Điều 11 Nghị định số 20/2021/NĐ-CP.".to_owned(),
        until: Some(at(30, 17, 0)),
        contact: contact(),
        officer: "Lê Thị Hướng".to_owned(),
    })
}

pub fn refusal(online: bool) -> Slip {
    Slip::Refusal(Refusal {
        desk: String::new(),
        applicant: applicant(),
        submitted: Some(at(19, 21, 40)),
        reason: "Người chết không thuộc đối tượng quy định tại khoản 1 Điều 11 Nghị định số 20/2021/NĐ-CP.\n\
                 Hồ sơ này thuộc thẩm quyền của cơ quan bảo hiểm xã hội."
            .to_owned(),
        contact: contact(),
        officer: "Lê Thị Hướng".to_owned(),
        online,
    })
}

pub fn apology() -> Slip {
    Slip::Apology(Apology {
        number: "3/PXL".to_owned(),
        applicant: applicant(),
        received: at(20, 8, 5),
        due: at(25, 8, 5),
        reason: "Chưa nhận được kết quả xác minh của cơ quan phối hợp.".to_owned(),
        due_anew: at(27, 16, 30),
        title: "Chủ tịch".to_owned(),
        officer: "Nguyễn Văn Không".to_owned(),
    })
}

pub fn control() -> Slip {
    let step = |from: &str, to: &str, at, kept, note: &str| Step {
        from: from.to_owned(),
        to: to.to_owned(),
        at,
        kept,
        note: note.to_owned(),
    };
    let desk = "Bộ phận Tiếp nhận và Trả kết quả (Lê Thị Hướng)";
    let office = "Phòng Văn hóa - Xã hội (Phan Văn Xét)";
    Slip::Control(Control {
        desk: String::new(),
        applicant: applicant(),
        entry: entry(),
        received: at(20, 8, 5),
        due: at(25, 8, 5),
        decides: "Phòng Văn hóa - Xã hội".to_owned(),
        helps: String::new(),
        steps: vec![
            step(desk, office, Some(at(20, 10, 30)), Some(Kept::Early), ""),
            step(office, "Lãnh đạo UBND xã (Nguyễn Văn Không)", Some(at(24, 15, 0)), Some(Kept::OnTime), ""),
            step("Lãnh đạo UBND xã (Nguyễn Văn Không)", desk, Some(at(25, 9, 12)), Some(Kept::Late), "Chờ chữ ký"),
            step(desk, "", None, None, ""),
        ],
    })
}

pub fn register(rows: u16) -> Slip {
    let row = |number: u16| Row {
        number: format!("{number:04}"),
        dossier: format!("H50.99.99-2611{:02}-{number:04}", number % 19 + 1),
        procedure: "Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội".to_owned(),
        sets: 1,
        owner: format!("Hồ Thị Mẫu {number}"),
        address: "Thôn Không Có, xã Triệu Phong".to_owned(),
        phone: "0900000123".to_owned(),
        decides: "Phòng Văn hóa - Xã hội".to_owned(),
        received: Some(at(20, 8, 5)),
        due: Some(at(25, 8, 5)),
        passed_on: Some(at(20, 10, 30)),
        came_back: number.is_multiple_of(2).then(|| at(24, 15, 0)),
        handed_out: number.is_multiple_of(3).then(|| at(25, 9, 30)),
        way: if number.is_multiple_of(3) { "Trực tiếp".to_owned() } else { String::new() },
        note: if number.is_multiple_of(7) { "Bổ sung 23/11/2026".to_owned() } else { String::new() },
    };
    Slip::Register(Register {
        desk: String::new(),
        book: "01".to_owned(),
        from: Some(at(1, 0, 0)),
        to: Some(at(30, 0, 0)),
        rows: (1..=rows).map(row).collect(),
    })
}

/// A public list of so many people.
pub fn posting(rows: u32) -> Slip {
    let row = |line: u32| PostingRow {
        line,
        name: ["Hồ Văn An", "Hồ Thị Ánh", "Nguyễn Thị Phương Thảo"][line as usize % 3].to_owned(),
        place: "thôn Chênh Vênh, xã Hướng Phùng".to_owned(),
    };
    Slip::Posting(Posting {
        title: "Thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội hàng tháng, hỗ trợ kinh phí chăm sóc, nuôi dưỡng hàng tháng"
            .to_owned(),
        code: "1.001776.000.00.00.H50".to_owned(),
        phone: "(0233) 000 0022".to_owned(),
        shown_from: at(22, 14, 5),
        not_after: at(25, 17, 0),
        link: "https://motcua.example/niem-yet/0123456789abcdef0123456789abcdef".to_owned(),
        rows: (1..=rows).map(row).collect(),
    })
}

/// Every paper, named for its pictures.
pub fn fee_receipt() -> Slip {
    Slip::FeeReceipt(FeeReceipt {
        number: "7K3M9PQRSTVWXYZ01234".to_owned(),
        recipient: "Ủy ban nhân dân xã Triệu Phong".to_owned(),
        payer: "Trần Văn Thử".to_owned(),
        applicant: applicant(),
        fee: "Lệ phí cấp giấy phép xây dựng".to_owned(),
        law: "Nghị quyết số 00/2026/NQ-HĐND".to_owned(),
        amount: "75.000".to_owned(),
        words: "Bảy mươi lăm nghìn đồng".to_owned(),
        way: "Ví MoMo".to_owned(),
        transaction: "14000123".to_owned(),
        paid: at(22, 8, 7),
        back: vec![GivenBack {
            amount: "75.000".to_owned(),
            way: "VNPay".to_owned(),
            transaction: "14000124".to_owned(),
            gone: Some(at(23, 9, 0)),
        }],
        contact: contact(),
    })
}

pub fn all() -> Vec<(&'static str, Slip)> {
    vec![
        ("tt01-01", receipt(false)),
        ("tt01-01-online", receipt(true)),
        ("tt01-02", supplement()),
        ("tt01-03", refusal(false)),
        ("tt01-03-online", refusal(true)),
        ("tt01-04", apology()),
        ("tt01-05", control()),
        ("tt01-06", register(12)),
        ("posting", posting(7)),
        ("bien-lai", fee_receipt()),
    ]
}
