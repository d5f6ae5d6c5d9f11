//! Labels for the post: eight on a sheet, the longest address whole on its own.

use crate::desk::facts;
use crate::world::{squeeze, words, world};
use pdf::Slip;
use pdf::slip::{Label, Labels, Side};

const LONG: &str = "Số 1000/20/3, ngõ 45, đường Tên Rất Dài Không Có Thật, tổ dân phố số 12, khu phố Không Có, phường Nam Đông Hà, tỉnh Quảng Trị";

/// So many labels, of which every second goes to the office, every third has no number yet and one is as long as they get.
pub fn labels(count: u32) -> Slip {
    let office = || Side {
        name: "Bộ phận Tiếp nhận và Trả kết quả, UBND xã Hướng Phùng".to_owned(),
        address: "xã Hướng Phùng, tỉnh Quảng Trị".to_owned(),
        phone: "(0233) 000 0021".to_owned(),
    };
    let label = |number: u32| {
        let address = if number == 2 {
            LONG.to_owned()
        } else {
            format!("thôn Thử {number}, xã Hướng Phùng, tỉnh Quảng Trị")
        };
        let home = Side { name: format!("Hồ Thị Mẫu {number}"), address, phone: format!("0900 000 {number:03}") };
        let (what, ends, time) = match number % 2 {
            0 => ("Giấy tờ hồ sơ lấy tại nhà", (home, office()), "Buổi sáng, ngày làm việc"),
            _ => ("Kết quả giải quyết thủ tục hành chính", (office(), home), ""),
        };
        let known = if number.is_multiple_of(3) { String::new() } else { format!("H50.99.99-261120-{number:04}") };
        Label::new(what, ends, &known, ("Người nhận trả cước cho bưu tá khi giao.", time))
    };
    Slip::Labels(Labels { rows: (1..=count).map(label).collect() })
}

#[test]
fn eight_stand_on_a_sheet_and_each_says_all_of_itself() {
    for (count, sheets) in [(1, 1), (8, 1), (9, 2), (40, 5)] {
        let printed = world().press.print_slip(&labels(count), &facts()).unwrap();
        assert_eq!(printed.document.pages().len(), sheets, "{count}");
        let said = words(&printed);
        for number in 1..=count {
            assert!(said.contains(&squeeze(&format!("Hồ Thị Mẫu {number}"))), "{count} {number}");
        }
        assert_eq!(said.contains(&squeeze(LONG)), count >= 2, "{count}");
    }
}
