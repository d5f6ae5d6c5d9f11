//! The papers of the desk: what they say, who signs, that nothing typed is obeyed, and how long a register may be.

use crate::desk::{all, apology, applicant, control, facts, fee_receipt, receipt, refusal, register, supplement};
use crate::world::{squeeze, words, world};
use lopdf::{Document, Object};
use pdf::slip::{Kept, MOST_REGISTER_ROWS};
use pdf::{Facts, MOST_CHARACTERS, PdfError, Slip};

/// The words of a paper, which must be laid out without a warning.
fn paper(slip: &Slip) -> String {
    let printed = world().press.print_slip(slip, &facts()).unwrap();
    assert_eq!(printed.warnings, [], "{}", slip.title());
    words(&printed)
}

fn holds(paper: &str, said: &[&str]) {
    for said in said {
        assert!(paper.contains(&squeeze(said)), "{said}: {paper}");
    }
}

#[test]
fn every_paper_has_the_head_the_law_gives_it() {
    for (name, slip) in all() {
        let said = paper(&slip);
        holds(
            &said,
            &[
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập - Tự do - Hạnh phúc",
                "ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG",
                "Triệu Phong, ngày 22 tháng 11 năm 2026",
                slip.title(),
            ],
        );
        // A public list is no form of the circular, and tells of no dossier; a register tells of many. That a fee was paid is
        // no form of it either.
        let public = matches!(slip, Slip::Posting(_));
        let form = !public && !matches!(slip, Slip::FeeReceipt(_));
        assert_eq!(said.contains(&squeeze("Thông tư số 01/2018/TT-VPCP")), form, "{name}");
        assert_eq!(said.contains("h50.99.99-261120-0007"), name != "tt01-06" && !public, "{name}");
    }
}

#[test]
fn a_receipt_tells_what_came_and_when_the_result_is_due() {
    let said = paper(&receipt(false));
    holds(
        &said,
        &[
            "(Liên: Giao khách hàng)",
            "Quyển số: 01, Số thứ tự: 0007",
            "Tiếp nhận hồ sơ của: Hồ Thị Mẫu",
            "Người nộp: Trần Văn Thử",
            "Số CMND/Thẻ căn cước/Hộ chiếu: 000•••••0001",
            "1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:",
            "Giấy chứng tử hoặc trích lục khai tử",
            "2. Số lượng hồ sơ: 01 (bộ)",
            "3. Thời gian giải quyết hồ sơ theo quy định là: 03 ngày làm việc",
            "4. Thời gian nhận hồ sơ: 08 giờ 05 phút, ngày 20 tháng 11 năm 2026",
            "5. Thời gian trả kết quả giải quyết hồ sơ: 08 giờ 05 phút, ngày 25 tháng 11 năm 2026",
            "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI TIẾP NHẬN HỒ SƠ",
        ],
    );
    assert!(!said.contains("bảnđiệntử"), "{said}");
}

#[test]
fn online_only_the_officer_signs() {
    for (paper_slip, online, officer) in
        [(receipt(false), receipt(true), "NGƯỜI TIẾP NHẬN HỒ SƠ"), (refusal(false), refusal(true), "NGƯỜI TỪ CHỐI")]
    {
        assert!(paper(&paper_slip).contains("ngườinộphồsơ"));
        let online = paper(&online);
        assert!(!online.contains("ngườinộphồsơ"), "{online}");
        holds(&online, &[officer, "Lê Thị Hướng"]);
    }
    holds(&paper(&receipt(true)), &["Bản điện tử"]);
}

#[test]
fn each_paper_says_what_it_is_for() {
    holds(
        &paper(&supplement()),
        &[
            "Số: 12/HDHS",
            "Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:",
            "Ảnh chụp bị mờ, không đọc được số và ngày cấp.",
            "Cần gửi: ảnh chụp lại cả trang, đủ bốn góc",
            "Lý do: Hồ sơ chưa đủ căn cứ",
            "liên hệ với công chức Lê Thị Hướng, số điện thoại 0900000456 để được hướng dẫn./.",
            "NGƯỜI HƯỚNG DẪN",
        ],
    );
    holds(
        &paper(&refusal(false)),
        &["thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau: Người chết"],
    );
    holds(&paper(&refusal(true)), &["PHIẾU TỪ CHỐI TIẾP NHẬN HỒ SƠ", "Thời gian nộp: 21 giờ 40 phút"]);
    holds(
        &paper(&apology()),
        &[
            "Số: 3/PXL",
            "Kính gửi: Ông/Bà Hồ Thị Mẫu",
            "Ngày 20 tháng 11 năm 2026, Ủy ban nhân dân xã Triệu Phong tiếp nhận giải quyết hồ sơ đề nghị",
            "xin lỗi Ông/Bà và sẽ trả kết quả giải quyết hồ sơ cho Ông/Bà vào 16 giờ 30 phút, ngày 27 tháng 11 năm 2026",
            "CHỦ TỊCH (Ký tên và đóng dấu) Nguyễn Văn Không",
        ],
    );
    let said = paper(&control());
    holds(&said, &["1. Giao: Phòng Văn hóa - Xã hội (Phan Văn Xét)", "10 giờ 30 phút", "Chờ chữ ký"]);
    for kept in ["Trước hạn", "Đúng hạn", "Quá hạn"] {
        // Once among the words of the head, and once in its row.
        assert_eq!(said.matches(&squeeze(kept)).count(), 2, "{kept}: {said}");
    }
}

#[test]
fn that_a_fee_was_paid_is_told_with_what_went_back() {
    let Slip::FeeReceipt(mut slip) = fee_receipt() else { panic!() };
    let said = [
        "Số: 7K3M9PQRSTVWXYZ01234",
        "Đơn vị thu: Ủy ban nhân dân xã Triệu Phong",
        "Họ tên người nộp: Trần Văn Thử",
        "Chủ hồ sơ: Hồ Thị Mẫu",
        "Nội dung thu: Lệ phí cấp giấy phép xây dựng",
        "Số tiền: 75.000 đồng",
        "Bằng chữ: Bảy mươi lăm nghìn đồng",
        "Hình thức nộp: Ví MoMo",
        "Số giao dịch: 14000123",
        "Thời điểm nộp: 08 giờ 07 phút, ngày 22 tháng 11 năm 2026",
        "Khoản nộp thừa 75.000 đồng (VNPay, số giao dịch 14000124): đã hoàn lại lúc 09 giờ 00 phút, ngày 23 tháng 11 năm 2026",
    ];
    holds(&paper(&fee_receipt()), &said);
    slip.back[0].gone = None;
    holds(&paper(&Slip::FeeReceipt(slip.clone())), &["số giao dịch 14000124): đang được hoàn lại."]);
    slip.payer.clone_from(&slip.applicant.owner);
    slip.back.clear();
    let plain = paper(&Slip::FeeReceipt(slip));
    assert!(!plain.contains(&squeeze("Chủ hồ sơ")) && !plain.contains(&squeeze("nộp thừa")), "{plain}");
}

#[test]
fn what_is_not_known_has_its_dotted_line() {
    for (name, slip) in all() {
        let printed = world().press.print_slip(&slip, &Facts::default()).unwrap();
        assert_eq!(printed.warnings, [], "{name}");
    }
    let Slip::Control(mut blank) = control() else { panic!() };
    (blank.applicant, blank.entry) = Default::default();
    (blank.decides, blank.steps) = (String::new(), vec![pdf::slip::Step::default(); 4]);
    let said = paper(&Slip::Control(blank));
    assert_eq!(said.matches("1.giao:2.nhận:").count(), 4, "{said}");
}

#[test]
fn what_people_type_is_printed_and_never_obeyed() {
    for typed in [
        "#eval(\"1+1\")",
        "*in đậm* _nghiêng_ `mã`",
        "#read(\"/data.json\")",
        "\\u{41} \\# $x^2$ @ref <nhãn> // ghi chú /* */",
        "]} #panic() {[",
        "\"}; #import \"/paper.typ\": *",
        "Nguyễn 漢字 😀",
    ] {
        for (name, slip) in all() {
            let mut slip = slip;
            match &mut slip {
                Slip::Receipt(slip) => slip.papers[0].name = typed.to_owned(),
                Slip::Supplement(slip) => slip.items[0].wrong = typed.to_owned(),
                Slip::Refusal(slip) => slip.reason = typed.to_owned(),
                Slip::Apology(slip) => slip.reason = typed.to_owned(),
                Slip::Control(slip) => slip.steps[0].note = typed.to_owned(),
                Slip::Register(slip) => slip.rows[0].owner = typed.to_owned(),
                Slip::Posting(slip) => slip.rows[0].name = typed.to_owned(),
                Slip::FeeReceipt(slip) => slip.payer = typed.to_owned(),
                Slip::Minutes(_) | Slip::Draft(_) | Slip::Labels(_) => {
                    unreachable!("they are tried in files of their own")
                }
            }
            let said = words(&world().press.print_slip(&slip, &facts()).unwrap());
            assert_eq!(said.matches(&squeeze(typed)).count(), 1, "{name} {typed}: {said}");
        }
    }
}

#[test]
fn very_long_texts_are_printed_or_refused() {
    let Slip::Refusal(mut long) = refusal(true) else { panic!() };
    long.reason = "ế".repeat(5_000);
    long.applicant.owner = "Hồ ".repeat(300);
    // The foot of a page stands between.
    assert!(paper(&Slip::Refusal(long.clone())).matches('ế').count() >= 5_000);
    long.reason = "a\n".repeat(MOST_CHARACTERS / 2 - 2_000);
    let tall = world().press.slip(&Slip::Refusal(long.clone()), &facts());
    assert_eq!(tall.err(), Some(PdfError::TooManyPages));
    long.reason = "a".repeat(MOST_CHARACTERS);
    assert_eq!(world().press.slip(&Slip::Refusal(long), &facts()).err(), Some(PdfError::TooLong));
}

#[test]
fn a_register_of_five_hundred_has_its_head_on_every_page() {
    let printed = world().press.print_slip(&register(500), &facts()).unwrap();
    let pages = printed.document.pages().len();
    let said = words(&printed);
    assert!(pages > 20, "{pages}");
    assert_eq!(said.matches("cơquanchủtrìgiảiquyết").count(), pages);
    holds(&said, &["Hồ Thị Mẫu 1", "Hồ Thị Mẫu 500", &format!("Trang {pages}/{pages}")]);
    let too_many = u16::try_from(MOST_REGISTER_ROWS + 1).unwrap();
    assert_eq!(world().press.slip(&register(too_many), &facts()).err(), Some(PdfError::TooLong));
}

#[test]
fn the_finished_file_can_be_searched_and_has_our_fonts() {
    for (name, slip) in all() {
        let bytes = world().press.slip(&slip, &facts()).unwrap();
        assert!(bytes == world().press.slip(&slip, &facts()).unwrap(), "{name}");
        let document = Document::load_mem(&bytes).unwrap();
        let pages: Vec<u32> = document.get_pages().keys().copied().collect();
        let text = squeeze(&document.extract_text(&pages).unwrap());
        let owner = if let Slip::Posting(list) = &slip { list.rows[0].name.clone() } else { applicant().owner };
        holds(&text, &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &owner]);
        let mut fonts = 0;
        for object in document.objects.values() {
            let Object::Dictionary(dictionary) = object else { continue };
            if dictionary.get(b"Type").and_then(Object::as_name).ok() == Some(b"FontDescriptor") {
                assert!(dictionary.has(b"FontFile2"), "{name}");
                fonts += 1;
            }
        }
        assert!(fonts >= 2, "{name}");
        let all = format!("{:?}", document.objects);
        for word in ["JavaScript", "OpenAction", "Launch", "EmbeddedFile", "URI"] {
            assert!(!all.contains(word), "{name} {word}");
        }
    }
}

#[test]
fn how_a_step_kept_its_time_is_said_in_the_words_of_the_form() {
    let said = |kept: Kept| serde_json::to_value(kept).unwrap();
    assert_eq!([Kept::Early, Kept::OnTime, Kept::Late].map(said), ["Trước hạn", "Đúng hạn", "Quá hạn"]);
}
