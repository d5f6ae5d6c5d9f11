//! Every way a request can fail, with its HTTP status, its stable code and the sentence a person reads. The only place
//! that knows which status an error has.

use crate::json::NotJson;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dossier::paper::Fault;
use procedure::calendar::Moment;
use std::time::Duration;
use store::StoreError;
use wire::{FieldProblem, Problem};

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq)]
pub enum ApiError {
    /// No route has this address.
    NoSuchPage,
    /// The route exists, for another method.
    MethodNotAllowed,
    /// The body is larger than the route takes.
    TooLarge,
    /// The content type is not `application/json`.
    NotJsonType,
    /// The request took too long to arrive or to be answered.
    TooSlow,
    /// Too many requests from this network; again after so long.
    TooMany(Duration),
    /// The server has all hands full; again after so long.
    Busy(Duration),
    /// The request comes from another site's page.
    OtherSite,
    /// The body broke off.
    BodyBroken,
    /// The body is not JSON of the asked shape.
    NotJson(NotJson),
    /// No `Idempotency-Key`, or it is not a UUID.
    KeyMissing,
    /// The key was used for another body.
    KeyReused,
    /// A form's or procedure's fingerprint nobody here ever published.
    FormUnknown,
    /// These papers have not arrived.
    PapersMissing(Vec<String>),
    /// The check found what has to be mended.
    Invalid(Vec<FieldProblem>),
    /// The address is not a SHA-256 in lower-case hexadecimal.
    HashUnreadable,
    /// The bytes have another SHA-256 than the address says.
    HashDiffers,
    /// The file is not taken.
    Paper(Fault),
    /// The request does not speak tus 1.0.0.
    OtherTus,
    /// This header of an upload is missing or cannot be read.
    HeaderUnreadable(&'static str),
    /// No upload has this address, or not any more.
    UploadUnknown,
    /// The part does not begin where the upload stands.
    OffsetDiffers,
    /// Another part of the same upload is being written.
    UploadHeld,
    /// The content type is not `application/offset+octet-stream`.
    NotPartType,
    /// A part with a checksum is larger than is kept in memory.
    PartTooLarge,
    /// The part has another checksum than its header says. Nothing of it was kept.
    ChecksumDiffers,
    /// No dossier has this code, or it is no code at all.
    CodeUnknown,
    /// No text has this fingerprint.
    TextUnknown,
    /// No procedure has this id, or it has no rules of who may have what.
    RulesUnknown,
    /// A parcel cannot go, or be said to have arrived, where it stands.
    ParcelNotNow,
    /// No service has this id.
    ServiceUnknown,
    /// The answers to those rules' questions have to be mended.
    Unanswered(Vec<FieldProblem>),
    /// This draft sent no dossier, or the dossier has no such form.
    SentUnknown,
    /// The day in which a sent form is given back is over.
    PrintOver,
    /// More was typed than any paper holds.
    TooLongToPrint,
    /// The body of a new handover is not what it must be.
    HandoverUnreadable,
    /// Another handover has this locator.
    LocatorTaken,
    /// There is no room for one more handover.
    HandoversFull,
    /// No handover is meant, or the link or code is wrong, or its day has ended.
    HandoverUnknown,
    /// Its parts have not all arrived.
    HandoverNotReady,
    /// Somebody has opened it.
    HandoverOpened,
    /// Its sender took it back.
    HandoverTakenBack,
    /// Nobody is signed in, or the session has ended.
    NotSignedIn,
    /// Telephone number, password or code is wrong; which of them is told to nobody.
    SignInWrong,
    /// E-mail address or telephone number, or the password of a citizen is wrong; which of them is told to nobody.
    CitizenSignInWrong,
    /// No citizen's link has this token, or it was used, or its time is over.
    CitizenLinkUnknown,
    /// No mail server is set, so nobody's address can be confirmed.
    MailNotSet,
    /// No gateway for text messages is set, so nobody's number can be confirmed.
    SmsNotSet,
    /// No first link has this token, or it was used, or its time is over.
    LinkUnknown,
    /// No officer has this id, or they are not the asker's to manage or to give work to.
    OfficerUnknown,
    /// No dossier has this code, or its filer's telephone number ends in other digits.
    DigitsWrong,
    /// Nothing is asked for, or not any more.
    SupplementOver,
    /// There is no result yet, or none that can be sent.
    ResultNotThere,
    /// No dossier has this id, or it is not the asker's to see.
    DossierUnknown,
    /// The question for a queue cannot be read.
    QueueUnreadable,
    /// Another officer is signed in than the one who typed this.
    OtherOfficer,
    /// Something happened to the dossier since the officer saw it.
    DossierChanged,
    /// Another officer has taken the work.
    DossierHeld,
    /// This cannot be done where the dossier stands, or not by this officer.
    ActNotNow,
    /// The dossier goes on only when a people's meeting has agreed.
    MeetingNeeded,
    /// These households stand in the way of a meeting. Nothing of it was kept.
    MeetingRefused(Vec<FieldProblem>),
    /// No meeting has this id, or it is not the asker's to see.
    MeetingUnknown,
    /// It has to be posted before it goes on.
    NotPosted,
    /// After the re-check it has to be posted once more before it goes on.
    NotPostedAgain,
    /// It is posted until then.
    StillPosted(Moment),
    /// Somebody has objected, and that is not re-checked yet.
    Objected,
    /// No list has this id, or it is not shown any more, or has no such line.
    PostingUnknown,
    /// The list would not be what the officer has seen.
    PostingChanged,
    /// So much has been objected to this line already that more would only bury it.
    ObjectionsFull,
    /// Nobody can sign in with this identity provider here.
    IdentityProviderUnknown,
    /// The way back from an identity provider was used, or its time is over, or it is another browser's.
    IdentityOver,
    /// The identity provider says nothing.
    IdentitySilent,
    /// What the identity provider says is not believed.
    IdentityUntrue,
    /// The identity is another account's.
    IdentityTaken,
    /// Nothing is asked under this ticket, or not of this account.
    IdentityTicketUnknown,
    /// No consent has this code or id, or it is not the asker's, or not to be had any more.
    ConsentUnknown,
    /// The account has as many consents as it may.
    ConsentsFull,
    /// The consent by which this dossier was filed was taken back.
    ConsentWithdrawn,
    /// The account has no such identity.
    IdentityUnknown,
    /// Without it nobody could sign in to the account any more.
    LastSignIn,
    /// Fees cannot be paid through this provider here.
    ProviderUnknown,
    /// The provider said nothing that can be believed.
    ProviderSilent,
    /// There is no fee, or it is paid, or nothing is to be paid any more.
    NothingToPay,
    /// The fee is not paid, or nothing is owed any more.
    NotPaid,
    /// A provider's call has no right signature, or is about no order of ours.
    CallRefused,
    /// No order has this name, or it is not the asker's to see.
    OrderUnknown,
    /// This payment is not to be given back, or nobody has asked for it.
    NothingToRefund,
    /// Who asks that money go back must not confirm it.
    SamePerson,
    /// The dossier cannot be rated yet, or its rating not be changed any more.
    RatingOver,
    /// No petition has this code, or it is no code at all.
    PetitionCodeUnknown,
    /// No petition has this id, or it is not the asker's to see.
    PetitionUnknown,
    /// Something happened to the petition since the officer saw it.
    PetitionChanged,
    /// No published answer has this name, or not any more.
    AnswerUnknown,
    /// The account has no such paper.
    MyPaperUnknown,
    /// The account has no room for one more paper.
    MyPapersFull,
    /// A paper cannot be called so.
    PaperNameUnreadable,
    /// The disk is full.
    DiskFull,
    /// Something failed that is nobody's mistake. Details are in the log only.
    Failed,
}

impl ApiError {
    /// Status, code, title and detail.
    #[rustfmt::skip]
    fn says(&self) -> (StatusCode, &'static str, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Self::NoSuchPage => (S::NOT_FOUND, "not-found", "Không có địa chỉ này", ""),
            Self::MethodNotAllowed => (S::METHOD_NOT_ALLOWED, "method-not-allowed", "Địa chỉ này không nhận cách gọi đó", ""),
            Self::TooLarge => (S::PAYLOAD_TOO_LARGE, "too-large", "Nội dung gửi lên quá lớn",
                "Mỗi tệp giấy tờ tối đa 10 MB."),
            Self::NotJsonType => (S::UNSUPPORTED_MEDIA_TYPE, "not-json-type", "Nội dung phải là JSON",
                "Gửi với Content-Type: application/json."),
            Self::TooSlow => (S::REQUEST_TIMEOUT, "too-slow", "Đường truyền quá chậm nên máy chủ ngừng chờ",
                "Thông tin vẫn còn trên máy của bạn. Hãy thử lại khi mạng tốt hơn."),
            Self::TooMany(_) => (S::TOO_MANY_REQUESTS, "too-many-requests", "Có quá nhiều yêu cầu từ mạng của bạn",
                "Hãy đợi một lát rồi thử lại."),
            Self::Busy(_) => (S::SERVICE_UNAVAILABLE, "busy", "Hệ thống đang đông",
                "Hồ sơ vẫn lưu trên máy của bạn và có thể gửi lại sau ít phút."),
            Self::OtherSite => (S::FORBIDDEN, "other-site", "Yêu cầu đến từ một trang khác nên không được nhận",
                "Hãy mở trang Một Cửa và thử lại từ đó."),
            Self::BodyBroken => (S::BAD_REQUEST, "body-broken", "Nội dung gửi lên bị đứt giữa chừng",
                "Hãy gửi lại."),
            Self::NotJson(_) => (S::BAD_REQUEST, "not-json", "Máy chủ không đọc được nội dung gửi lên", ""),
            Self::KeyMissing => (S::BAD_REQUEST, "key-missing", "Thiếu khóa của bản nháp",
                "Gửi đầu mục Idempotency-Key là một UUID."),
            Self::KeyReused => (S::CONFLICT, "key-reused", "Bản nháp này đã được gửi với nội dung khác",
                "Hồ sơ đã gửi không thay đổi. Hãy tra cứu bằng mã đã nhận."),
            Self::FormUnknown => (S::CONFLICT, "form-unknown", "Mẫu đơn này không phải do hệ thống phát hành",
                "Hãy tải lại trang để dùng mẫu đơn mới nhất; những gì đã điền vẫn còn."),
            Self::PapersMissing(_) => (S::CONFLICT, "papers-missing", "Còn giấy tờ chưa gửi lên xong",
                "Hãy gửi lại các giấy tờ còn thiếu rồi nộp hồ sơ."),
            Self::Invalid(_) => (S::UNPROCESSABLE_ENTITY, "invalid", "Hồ sơ còn chỗ cần sửa", ""),
            Self::HashUnreadable => (S::BAD_REQUEST, "hash-unreadable", "Địa chỉ giấy tờ không đúng",
                "Địa chỉ kết thúc bằng SHA-256 của tệp: 64 chữ số thập lục phân viết thường."),
            Self::HashDiffers => (S::UNPROCESSABLE_ENTITY, "hash-differs", "Tệp nhận được không giống tệp đã gửi",
                "Tệp bị thay đổi trên đường truyền. Hãy gửi lại."),
            Self::Paper(fault) => (S::UNPROCESSABLE_ENTITY, fault.code(), "Không nhận được tệp này", paper(*fault)),
            Self::OtherTus => (S::PRECONDITION_FAILED, "other-tus", "Máy chủ chỉ nói giao thức tus 1.0.0",
                "Gửi đầu mục Tus-Resumable: 1.0.0."),
            Self::HeaderUnreadable(_) => (S::BAD_REQUEST, "header-unreadable", "Thiếu một đầu mục, hoặc máy chủ không đọc được", ""),
            Self::UploadUnknown => (S::NOT_FOUND, "upload-unknown", "Không có lần tải lên này, hoặc đã quá hạn",
                "Hãy gửi lại giấy tờ từ đầu."),
            Self::OffsetDiffers => (S::CONFLICT, "offset-differs", "Phần này không nối tiếp phần đã nhận",
                "Hỏi bằng HEAD xem máy chủ đã nhận đến đâu rồi gửi tiếp từ đó."),
            Self::UploadHeld => (S::LOCKED, "upload-held", "Một phần khác của tệp này đang được ghi",
                "Hãy thử lại sau giây lát."),
            Self::NotPartType => (S::UNSUPPORTED_MEDIA_TYPE, "not-part-type", "Phần của tệp phải gửi đúng kiểu nội dung",
                "Gửi với Content-Type: application/offset+octet-stream."),
            Self::PartTooLarge => (S::PAYLOAD_TOO_LARGE, "part-too-large", "Phần gửi lên quá lớn",
                "Phần có mã kiểm tối đa 1 MB."),
            // 460 is the number that tus gives it.
            Self::ChecksumDiffers => (S::from_u16(460).unwrap_or(S::BAD_REQUEST), "checksum-differs",
                "Phần nhận được không giống phần đã gửi", "Hãy gửi lại phần này."),
            Self::CodeUnknown => (S::NOT_FOUND, "code-unknown", "Không tìm thấy hồ sơ với mã này",
                "Hãy xem lại mã trên giấy biên nhận."),
            Self::TextUnknown => (S::NOT_FOUND, "text-unknown", "Không có văn bản với dấu vân tay này", ""),
            Self::RulesUnknown => (S::NOT_FOUND, "rules-unknown", "Chưa có phần xem trước quyền lợi cho thủ tục này",
                "Hãy hỏi Bộ phận Một cửa của xã."),
            Self::ParcelNotNow => (S::CONFLICT, "parcel-not-now", "Bưu phẩm này chưa làm bước đó được",
                "Có thể người dân không yêu cầu, hoặc đồng nghiệp vừa ghi rồi. Hãy tải lại trang để xem."),
            Self::ServiceUnknown => (S::NOT_FOUND, "service-unknown", "Không có dịch vụ này",
                "Có thể đường dẫn đã cũ. Hãy tìm lại trong danh sách dịch vụ."),
            Self::Unanswered(_) => (S::UNPROCESSABLE_ENTITY, "invalid", "Còn câu chưa trả lời, hoặc trả lời chưa đúng", ""),
            Self::SentUnknown => (S::NOT_FOUND, "sent-unknown", "Không tìm thấy tờ khai đã gửi này",
                "Hãy tra cứu hồ sơ bằng mã đã nhận."),
            Self::PrintOver => (S::GONE, "print-over", "Đã quá 24 giờ từ khi gửi nên không tải được tờ khai ở đây nữa",
                "Tờ khai có thông tin riêng, nên chỉ tải được trong ngày đầu. Cần bản sao thì hỏi Bộ phận Một cửa."),
            Self::TooLongToPrint => (S::UNPROCESSABLE_ENTITY, "too-long-to-print", "Nội dung quá dài nên không in được",
                "Hãy viết ngắn lại, hoặc in mẫu trống rồi viết tay."),
            Self::HandoverUnreadable => (S::BAD_REQUEST, "handover-unreadable", "Máy chủ không đọc được yêu cầu chuyển bản nháp",
                "Hãy tải lại trang rồi thử lại."),
            Self::LocatorTaken => (S::CONFLICT, "locator-taken", "Mã này đang được dùng", "Hãy thử lại với mã khác."),
            Self::HandoversFull => (S::SERVICE_UNAVAILABLE, "handovers-full", "Máy chủ tạm hết chỗ cho bản nháp đang chuyển",
                "Bản nháp vẫn còn nguyên trên máy của bạn. Hãy thử lại sau."),
            Self::HandoverUnknown => (S::NOT_FOUND, "handover-unknown", "Không tìm thấy bản nháp này",
                "Mã hoặc đường dẫn không đúng, hoặc đã quá 24 giờ. Bản nháp vẫn còn trên máy đã gửi."),
            Self::HandoverNotReady => (S::CONFLICT, "handover-not-ready", "Máy kia chưa gửi xong bản nháp",
                "Hãy đợi máy kia gửi xong rồi thử lại."),
            Self::HandoverOpened => (S::CONFLICT, "handover-opened", "Bản nháp này đã được mở trên một máy khác",
                "Mỗi lần chuyển chỉ mở được một lần. Bản nháp vẫn còn trên máy đã gửi; hãy chuyển lại nếu cần."),
            Self::HandoverTakenBack => (S::GONE, "handover-taken-back", "Bản nháp này đã được máy gửi lấy lại",
                "Hãy nhờ người gửi chuyển lại."),
            Self::NotSignedIn => (S::UNAUTHORIZED, "not-signed-in", "Phiên làm việc đã hết",
                "Hãy đăng nhập lại; những gì đang viết vẫn còn trên trang."),
            Self::SignInWrong => (S::UNAUTHORIZED, "sign-in-wrong", "Chưa đăng nhập được",
                "Số điện thoại, mật khẩu hoặc mã 6 số chưa đúng. Mỗi mã 6 số chỉ dùng được một lần."),
            Self::CitizenSignInWrong => (S::UNAUTHORIZED, "sign-in-wrong", "Chưa đăng nhập được",
                "Địa chỉ thư (hoặc số điện thoại) hay mật khẩu chưa đúng. Nếu quên mật khẩu, hãy bấm Quên mật khẩu để đặt lại."),
            Self::CitizenLinkUnknown => (S::NOT_FOUND, "link-unknown", "Đường dẫn này không dùng được nữa",
                "Đường dẫn đã dùng rồi, đã quá hạn hoặc chép thiếu. Nếu chưa có tài khoản, hãy đăng ký lại; nếu quên mật khẩu, hãy xin đặt lại."),
            Self::MailNotSet => (S::SERVICE_UNAVAILABLE, "mail-not-set", "Ở đây chưa gửi được thư xác nhận",
                "Cơ quan chưa thiết lập hộp thư để gửi, nên chưa lập hay đổi tài khoản được. Bạn vẫn nộp và tra cứu hồ sơ được mà không cần tài khoản."),
            Self::SmsNotSet => (S::SERVICE_UNAVAILABLE, "sms-not-set", "Ở đây chưa gửi được tin nhắn xác nhận",
                "Cơ quan chưa thiết lập tin nhắn, nên chưa thêm số điện thoại vào tài khoản được. Hãy đăng nhập bằng địa chỉ thư."),
            Self::IdentityProviderUnknown => (S::NOT_FOUND, "identity-provider-unknown", "Ở đây không đăng nhập bằng cách này được",
                "Hãy về trang đăng nhập và chọn cách khác."),
            Self::IdentityOver => (S::GONE, "identity-over", "Lần đăng nhập này không dùng được nữa",
                "Đã quá 10 phút, trang đã được tải lại, hoặc bạn mở bằng trình duyệt khác. Hãy về trang đăng nhập và làm lại từ đầu."),
            Self::IdentitySilent => (S::BAD_GATEWAY, "identity-silent", "Nơi xác thực chưa trả lời",
                "Lỗi không phải do bạn. Hãy thử lại sau ít phút, hoặc đăng nhập bằng cách khác."),
            Self::IdentityUntrue => (S::FORBIDDEN, "identity-untrue", "Chưa xác nhận được bạn là ai",
                "Câu trả lời của nơi xác thực không hợp lệ nên chưa đăng nhập. Hãy về trang đăng nhập và thử lại, hoặc chọn cách khác."),
            Self::IdentityTaken => (S::CONFLICT, "identity-taken", "Tài khoản xác thực này đã gắn với một tài khoản Một Cửa khác",
                "Hãy đăng xuất rồi đăng nhập lại bằng chính cách xác thực này để vào tài khoản đó."),
            Self::IdentityTicketUnknown => (S::NOT_FOUND, "identity-ticket-unknown", "Chưa gắn được cách đăng nhập này",
                "Đã quá 10 phút, hoặc bạn đang ở một tài khoản khác với tài khoản được hỏi. Hãy đăng nhập lại từ đầu."),
            Self::ConsentUnknown => (S::NOT_FOUND, "consent-unknown", "Không có sự đồng ý này, hoặc không còn dùng được",
                "Mã gõ chưa đúng, đã quá hạn, đã có người dùng hoặc đã được rút lại. Hãy xin mã mới."),
            Self::ConsentsFull => (S::CONFLICT, "consents-full", "Tài khoản đã có quá nhiều sự đồng ý cho nộp hộ",
                "Hãy rút bớt những sự đồng ý không dùng nữa."),
            Self::ConsentWithdrawn => (S::FORBIDDEN, "consent-withdrawn", "Sự đồng ý cho nộp hộ đã được rút lại",
                "Từ nay chỉ chính chủ hồ sơ xem và làm tiếp được hồ sơ này: trong tài khoản của họ, hoặc tại Bộ phận Một cửa."),
            Self::IdentityUnknown => (S::NOT_FOUND, "identity-unknown", "Tài khoản không có cách đăng nhập này", "Hãy tải lại trang."),
            Self::LastSignIn => (S::CONFLICT, "last-sign-in", "Đây là cách đăng nhập duy nhất của tài khoản nên chưa gỡ được",
                "Hãy đặt mật khẩu hoặc gắn một cách đăng nhập khác trước."),
            Self::LinkUnknown => (S::NOT_FOUND, "link-unknown", "Đường dẫn này không dùng được nữa",
                "Đường dẫn đã dùng rồi, đã quá hạn hoặc chép thiếu. Hãy xin người quản trị cấp đường dẫn mới."),
            Self::OfficerUnknown => (S::NOT_FOUND, "officer-unknown", "Không tìm thấy cán bộ này", "Hãy tải lại danh sách."),
            Self::DigitsWrong => (S::NOT_FOUND, "digits-wrong", "Không mở được hồ sơ này",
                "Mã tra cứu hoặc 4 số cuối điện thoại chưa đúng. Dùng số điện thoại đã khai khi nộp hồ sơ."),
            Self::SupplementOver => (S::GONE, "supplement-over", "Hồ sơ này hiện không cần bổ sung gì",
                "Hãy tra cứu hồ sơ để xem hồ sơ đang ở bước nào."),
            Self::ResultNotThere => (S::NOT_FOUND, "result-not-there", "Chưa có kết quả để tải về",
                "Hãy tra cứu hồ sơ để xem hồ sơ đang ở bước nào."),
            Self::DossierUnknown => (S::NOT_FOUND, "dossier-unknown", "Không tìm thấy hồ sơ này", "Hãy về danh sách việc và mở lại."),
            Self::QueueUnreadable => (S::BAD_REQUEST, "queue-unreadable", "Máy chủ không đọc được điều kiện lọc",
                "Hãy về danh sách việc và chọn lại."),
            Self::OtherOfficer => (S::CONFLICT, "other-officer", "Máy này đang đăng nhập bằng tài khoản khác",
                "Người đã nhập hồ sơ này phải đăng nhập lại rồi gửi; những gì đã nhập vẫn còn trên máy."),
            Self::DossierChanged => (S::CONFLICT, "dossier-changed", "Hồ sơ vừa có thay đổi",
                "Có người vừa xử lý hồ sơ này. Hãy xem lại rồi làm tiếp; những gì đang viết vẫn còn."),
            Self::DossierHeld => (S::CONFLICT, "dossier-held", "Người khác đang giữ việc này",
                "Hãy đợi người ấy trả việc, hoặc nhờ lãnh đạo giao lại."),
            Self::ActNotNow => (S::CONFLICT, "act-not-now", "Lúc này chưa làm được việc đó",
                "Hãy tải lại hồ sơ để xem những việc làm được."),
            Self::MeetingNeeded => (S::CONFLICT, "meeting-needed", "Chưa có cuộc họp dân thống nhất",
                "Bước này chỉ chuyển tiếp khi họp dân đã đồng ý đủ tỷ lệ. Hãy ghi biên bản ở trang Họp dân; nếu lần họp trước chưa đủ thì rà soát và họp lại."),
            Self::MeetingRefused(_) => (S::CONFLICT, "meeting-refused", "Chưa lưu được cuộc họp dân",
                "Chưa có hộ nào được ghi nhận. Những gì đã nhập vẫn còn: hãy sửa các hộ được nêu rồi gửi lại."),
            Self::MeetingUnknown => (S::NOT_FOUND, "meeting-unknown", "Không tìm thấy cuộc họp này", "Hãy tải lại trang Họp dân."),
            Self::NotPosted => (S::CONFLICT, "not-posted", "Hồ sơ chưa được niêm yết công khai",
                "Vào trang Niêm yết, đưa hồ sơ vào danh sách. Niêm yết đủ thời gian mà không có phản ánh thì mới chuyển bước được."),
            Self::NotPostedAgain => (S::CONFLICT, "not-posted-again", "Hồ sơ chưa được niêm yết lại sau khi xem xét phản ánh",
                "Vào trang Niêm yết, đưa hồ sơ vào danh sách niêm yết lại 3 ngày làm việc."),
            Self::StillPosted(_) => (S::CONFLICT, "still-posted", "Hồ sơ còn đang được niêm yết công khai", ""),
            Self::Objected => (S::CONFLICT, "objected", "Có phản ánh chưa được xem xét",
                "Hãy kiểm tra lại, rồi ghi kết luận ở mục Niêm yết của hồ sơ."),
            Self::PostingUnknown => (S::NOT_FOUND, "posting-unknown", "Không có danh sách này",
                "Không có danh sách nào ở địa chỉ này, hoặc thời gian niêm yết đã hết."),
            Self::PostingChanged => (S::CONFLICT, "posting-changed", "Danh sách đã khác với bản xem trước",
                "Hãy xem trước lại rồi đăng; chưa có gì được đăng."),
            Self::ObjectionsFull => (S::CONFLICT, "objections-full", "Xã đã nhận nhiều phản ánh về người này",
                "Xã đang kiểm tra lại các phản ánh đã nhận. Nếu có điều khác, hãy gọi số điện thoại của xã trên danh sách."),
            Self::ProviderUnknown => (S::UNPROCESSABLE_ENTITY, "provider-unknown", "Chưa nộp được qua cách này",
                "Hãy chọn cách nộp khác trong danh sách."),
            Self::ProviderSilent => (S::BAD_GATEWAY, "provider-silent", "Cổng thanh toán chưa trả lời",
                "Hãy thử lại sau ít phút, hoặc chọn cách nộp khác. Nếu đã trừ tiền, hệ thống sẽ tự hỏi lại; không cần nộp lần nữa."),
            Self::NothingToPay => (S::CONFLICT, "nothing-to-pay", "Hồ sơ này không có khoản nào phải nộp",
                "Có thể phí đã được nộp. Hãy tra cứu hồ sơ để xem."),
            Self::NotPaid => (S::CONFLICT, "not-paid", "Phí của hồ sơ này chưa được nộp",
                "Biên lai có khi cơ quan đã nhận được tiền. Hãy tra cứu hồ sơ để xem."),
            Self::CallRefused => (S::BAD_REQUEST, "call-refused", "Thông báo thanh toán không được nhận",
                "Chữ ký không đúng, hoặc không có đơn này."),
            Self::OrderUnknown => (S::NOT_FOUND, "order-unknown", "Không tìm thấy khoản nộp này", "Hãy tải lại danh sách."),
            Self::NothingToRefund => (S::CONFLICT, "nothing-to-refund", "Khoản này không có gì để hoàn",
                "Có thể đã hoàn rồi, hoặc chưa ai đề nghị hoàn. Hãy tải lại danh sách."),
            Self::SamePerson => (S::CONFLICT, "same-person", "Người đề nghị hoàn tiền không tự duyệt được",
                "Hãy nhờ người khác có quyền duyệt."),
            Self::RatingOver => (S::GONE, "rating-over", "Lúc này chưa đánh giá được, hoặc không đổi được nữa",
                "Hồ sơ đánh giá được khi đã trả kết quả hoặc bị từ chối, và đổi lại được trong 7 ngày."),
            Self::PetitionCodeUnknown => (S::NOT_FOUND, "petition-code-unknown", "Không tìm thấy phản ánh với mã này",
                "Hãy xem lại mã đã nhận khi gửi. Mã tra cứu hồ sơ là mã khác, dùng ở trang Tra cứu hồ sơ."),
            Self::PetitionUnknown => (S::NOT_FOUND, "petition-unknown", "Không tìm thấy phản ánh này",
                "Có thể đã chuyển sang đơn vị khác. Hãy về danh sách và mở lại."),
            Self::PetitionChanged => (S::CONFLICT, "petition-changed", "Phản ánh này vừa có thay đổi",
                "Có người vừa xử lý. Hãy xem lại rồi làm tiếp; những gì đang viết vẫn còn."),
            Self::AnswerUnknown => (S::NOT_FOUND, "answer-unknown", "Không có câu trả lời này",
                "Địa chỉ chưa đúng, hoặc câu trả lời đã được gỡ."),
            Self::MyPaperUnknown => (S::NOT_FOUND, "my-paper-unknown", "Không có giấy này trong kho giấy tờ của bạn",
                "Có thể giấy đã được bỏ khỏi kho. Hãy tải lại danh sách."),
            Self::MyPapersFull => (S::CONFLICT, "my-papers-full", "Kho giấy tờ của bạn đã đầy",
                "Hãy bỏ bớt giấy không dùng nữa rồi tải lên lại. Giấy đã nộp cùng hồ sơ không chiếm chỗ trong kho."),
            Self::PaperNameUnreadable => (S::UNPROCESSABLE_ENTITY, "paper-name-unreadable", "Tên giấy tờ này không dùng được",
                "Hãy đặt tên từ 1 đến 150 chữ, viết trên một dòng."),
            Self::DiskFull => (S::INSUFFICIENT_STORAGE, "disk-full", "Máy chủ tạm thời hết chỗ lưu",
                "Hồ sơ chưa được nhận và vẫn lưu trên máy của bạn. Hãy thử lại sau."),
            Self::Failed => (S::INTERNAL_SERVER_ERROR, "failed", "Máy chủ gặp lỗi",
                "Hồ sơ vẫn lưu trên máy của bạn. Hãy thử lại sau."),
        }
    }

    /// What to do about it, for people.
    pub(crate) fn detail(&self) -> String {
        self.problem().detail
    }

    /// The body that is answered.
    fn problem(&self) -> Problem {
        let (status, code, title, detail) = self.says();
        let detail = match self {
            Self::NotJson(why) => why.says(),
            Self::HeaderUnreadable(name) => format!("Đầu mục: {name}."),
            Self::StillPosted(until) => format!(
                "Danh sách còn treo đến hết {}. Sau đó, nếu không có phản ánh, mới chuyển bước được.",
                plain::moment(*until)
            ),
            _ => detail.to_owned(),
        };
        Problem {
            kind: format!("urn:motcua:problem:{code}"),
            title: title.to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail,
            problems: if let Self::Invalid(problems) | Self::Unanswered(problems) | Self::MeetingRefused(problems) =
                self
            {
                problems.clone()
            } else {
                Vec::new()
            },
            missing: if let Self::PapersMissing(missing) = self { missing.clone() } else { Vec::new() },
        }
    }
}

fn paper(fault: Fault) -> &'static str {
    match fault {
        Fault::Empty => "Tệp không có nội dung. Hãy chọn lại tệp.",
        Fault::TooLarge => "Tệp lớn hơn 10 MB. Hãy chụp hoặc quét lại với cỡ nhỏ hơn.",
        Fault::OtherKind => "Chỉ nhận ảnh JPEG, PNG, WebP và tệp PDF.",
        Fault::Broken => "Tệp bị hỏng hoặc chưa tải xong. Hãy chọn lại tệp.",
        Fault::TooManyPixels => "Ảnh quá lớn. Hãy chụp hoặc quét lại với cỡ nhỏ hơn.",
        Fault::Locked => "Tệp PDF có mật khẩu nên cán bộ không mở được. Hãy bỏ mật khẩu rồi gửi lại.",
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = self.problem();
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Self::TooMany(wait) | Self::Busy(wait) = self {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
        }
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy(Duration::from_secs(2)),
            StoreError::DiskFull => {
                tracing::error!("the disk is full");
                Self::DiskFull
            }
            StoreError::Fatal(_) | StoreError::Failed(_) => {
                tracing::error!(%error, "a use case failed");
                Self::Failed
            }
        }
    }
}
