//! How a dossier stands with its public posting, in the words of the desk.

use dossier::posting::{AGAIN_DAYS, wanted};
use dossier::{Course, Desk};
use procedure::calendar::Moment;
use wire::{DeskObjection, DeskPosting};

/// What is to be known; nothing where the dossier is not posted in this stage.
pub(super) fn told(course: &Course, desk: &Desk<'_>, now: Moment, may_post: bool) -> Option<DeskPosting> {
    let rule = desk.procedure.posting.as_ref()?;
    let posting = &course.posting;
    let here = course.stage_of(desk).is_some_and(|stage| stage.id == rule.stage) && !course.is_over();
    let wanted = wanted(course, desk, now);
    if !here || course.unsolved.is_some() || (posting.list.is_none() && wanted.is_none()) {
        return None;
    }
    let list = posting.list.as_ref().filter(|_| posting.runs(now));
    let until = list.map(|list| plain::moment(list.not_after));
    let says = match (&until, posting.open.len(), posting.again) {
        (Some(until), 0, false) => {
            format!("Đang niêm yết công khai đến hết {until}. Sau đó, nếu không có phản ánh, mới chuyển bước được.")
        }
        (_, 1.., _) => {
            let shown = until.map(|until| format!(" Danh sách vẫn treo đến hết {until}.")).unwrap_or_default();
            let count = posting.open.len();
            format!("Có {count} phản ánh chờ kiểm tra lại; thời gian giải quyết đang dừng.{shown}")
        }
        (Some(until), _, true) => format!(
            "Đã kiểm tra lại, giữ nguyên. Danh sách cũ còn treo đến hết {until}; sau đó niêm yết lại {AGAIN_DAYS} ngày làm việc."
        ),
        (None, _, true) => format!("Đã kiểm tra lại, giữ nguyên. Cần niêm yết lại {AGAIN_DAYS} ngày làm việc."),
        (None, 0, false) if posting.list.is_some() => {
            "Đã niêm yết đủ thời gian, không còn phản ánh nào. Có thể chuyển bước tiếp theo.".to_owned()
        }
        (None, 0, false) => {
            format!("Cần niêm yết công khai {} ngày làm việc trước khi chuyển bước.", rule.working_days)
        }
    };
    let objections = posting.open.iter().map(|(at, objection)| DeskObjection {
        at: at.0,
        name: objection.name.clone(),
        contact: objection.contact.clone(),
        says: objection.says.clone(),
    });
    Some(DeskPosting {
        says,
        ready: wanted.is_some() && may_post,
        list: list.map(|list| list.posting.to_string()),
        not_after: list.map(|list| list.not_after.0),
        objections: objections.collect(),
        recheck_due: posting.recheck_due(desk).map(|due| (&due).into()),
    })
}
