//! What happened to a dossier, in the words of the desk.

use dossier::{Channel, Event, EventKind};
use procedure::OfficerId;
use text::amount::days;

/// What an event says, and what was written to it.
pub(super) fn says(event: &Event, name_of: &dyn Fn(OfficerId) -> String) -> (String, String) {
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
        EventKind::HandedOver => ("Trả cho người dân", ""),
    };
    (says.to_owned(), note.to_owned())
}
