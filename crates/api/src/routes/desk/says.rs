//! What happened to a dossier, in the words of the desk.

use dossier::{Channel, Event, EventKind, MeetingHeld, Parcel};
use procedure::OfficerId;
use text::amount::days;

/// What an event says, and what was written to it.
pub(super) fn says(
    event: &Event,
    name_of: &dyn Fn(OfficerId) -> String,
    paper_name: &dyn Fn(&str) -> String,
) -> (String, String) {
    let (says, note) = match &event.kind {
        EventKind::Sent => ("Người dân gửi hồ sơ", ""),
        EventKind::Entered { channel: Channel::InPerson } => ("Nhập tại quầy, người dân nộp trực tiếp", ""),
        EventKind::Entered { channel: Channel::ByPost } => ("Nhập tại quầy, hồ sơ gửi qua bưu chính", ""),
        EventKind::Claimed { officer } if event.by == Some(*officer) => ("Nhận việc", ""),
        EventKind::Claimed { officer } => return (format!("Giao việc cho {}", name_of(*officer)), String::new()),
        EventKind::Released => ("Trả việc lại cho bộ phận", ""),
        EventKind::Received => ("Tiếp nhận hồ sơ", ""),
        EventKind::SupplementAsked(supplement) => {
            let items = supplement.items.iter().map(|item| item.says.clone());
            let note = items.chain([supplement.note.clone()]).filter(|text| !text.is_empty()).collect::<Vec<_>>();
            return ("Yêu cầu bổ sung, dừng tính thời gian".to_owned(), note.join("\n"));
        }
        EventKind::Supplemented => ("Người dân bổ sung, tính tiếp thời gian", ""),
        EventKind::RefusalProposed { reason } => ("Đề nghị từ chối", reason.as_str()),
        EventKind::Reconsidered { reason } => ("Không từ chối, xem lại", reason.as_str()),
        EventKind::NotReceived { reason } => ("Từ chối tiếp nhận", reason.as_str()),
        EventKind::MeetingHeld(held) => return meeting(held),
        EventKind::Forwarded { note } => ("Chuyển bước tiếp theo", note.as_str()),
        EventKind::SentBack { stage, reason } => return (format!("Chuyển lại bước {stage}"), reason.clone()),
        EventKind::ReturnedUnsolved { reason } => ("Trả không giải quyết", reason.as_str()),
        EventKind::Extended { quarter_days, reason } => {
            return (
                format!("Xin lỗi và hẹn lại, thêm {} ngày làm việc", days((*quarter_days).into())),
                reason.clone(),
            );
        }
        EventKind::ResultAttached(result) => {
            return (format!("Đính kèm kết quả số {}", result.number), result.file.clone());
        }
        EventKind::Posted(posted) => {
            let until = plain::moment(posted.not_after);
            return (format!("Niêm yết công khai đến hết {until}"), String::new());
        }
        EventKind::Objected(objection) => {
            return (format!("Có phản ánh của {}", objection.name), objection.says.clone());
        }
        EventKind::Rechecked { reason } => ("Đã xem xét phản ánh: giữ nguyên, niêm yết lại", reason.as_str()),
        EventKind::ParcelPosted { parcel, number } => {
            let says = match parcel {
                Parcel::Papers => "Báo bưu điện đến nhà lấy giấy tờ",
                Parcel::Result => "Giao kết quả cho bưu điện",
            };
            return (format!("{says}, số hiệu {number}"), String::new());
        }
        EventKind::ParcelDelivered { parcel: Parcel::Papers } => ("Bưu điện đã lấy giấy tờ về đến quầy", ""),
        EventKind::ParcelDelivered { parcel: Parcel::Result } => ("Bưu điện đã phát kết quả", ""),
        EventKind::ParcelFailed { parcel: Parcel::Papers, reason } => {
            ("Bưu điện không lấy được giấy tờ", reason.as_str())
        }
        EventKind::ParcelFailed { parcel: Parcel::Result, reason } => {
            ("Bưu điện không phát được kết quả", reason.as_str())
        }
        EventKind::HandedOver(None) => ("Trả cho người dân", ""),
        EventKind::HandedOver(Some(compared)) => {
            let told = compared.iter().map(|one| match one.differs.as_str() {
                "" => format!("Đã đối chiếu bản chính: {}", paper_name(&one.paper)),
                differs => format!("Bản chính khác bản gửi: {} – {differs}", paper_name(&one.paper)),
            });
            return ("Trả cho người dân".to_owned(), told.collect::<Vec<_>>().join("\n"));
        }
    };
    (says.to_owned(), note.to_owned())
}

/// What a people's meeting decided, with its scores and votes.
fn meeting(held: &MeetingHeld) -> (String, String) {
    let MeetingHeld { village, present, agree, against, no_opinion, score_a, score_b, class, .. } = held;
    let outcome = if held.agreed { "thống nhất" } else { "chưa thống nhất, phải rà soát và họp lại" };
    let (hour, minute) = held.begun.clock();
    let day = text::time::date(held.begun.date());
    let note = format!(
        "{village}, {hour}:{minute:02} {day}. {agree} trên {present} người có mặt đồng ý, {against} không đồng ý, {no_opinion} không có ý kiến. Điểm A {score_a}, điểm B {score_b}: {}.",
        class.says()
    );
    (format!("Họp dân: {outcome}"), note)
}
