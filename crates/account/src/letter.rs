//! What a citizen is written about their account, and in which words.
//!
//! An address that is written to may be anybody's: whoever registers types it. So nothing that was typed stands in a letter, no
//! name and no reason; only our own sentences and our own addresses.

use crate::citizen::Purpose;

/// Why a citizen is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    /// A link to use.
    Link(Purpose),
    /// Somebody registers an address that has an account already.
    Known,
    /// Somebody asks for a new password at an address that has no account.
    NoAccount,
    /// To the address of now: another one was asked for.
    EmailAsked,
    /// To the address of before: another one is used now.
    EmailChanged,
    /// The password is another one now.
    PasswordChanged,
    /// Six digits that confirm a telephone number.
    PhoneCode,
    /// A first telephone number belongs to the account now.
    PhoneAdded,
    /// Another telephone number belongs to the account now.
    PhoneChanged,
    /// Another way to sign in, with an identity provider, opens the account now.
    IdentityAdded,
    /// An identity provider opens the account no longer.
    IdentityRemoved,
    /// The account is no more.
    Deleted,
    /// To whoever gave a consent: it was taken up, and dossiers can be filed for them.
    ConsentAccepted,
    /// To the other one: a consent was taken back.
    ConsentWithdrawn,
    /// To whoever gave a consent: a dossier was filed for them by it.
    FiledForYou,
    /// To whoever sent a petition from their account: it is answered, or refused.
    PetitionEnded,
}

impl Letter {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Link(Purpose::Register),
        Self::Link(Purpose::Reset),
        Self::Link(Purpose::Email),
        Self::Known,
        Self::NoAccount,
        Self::EmailAsked,
        Self::EmailChanged,
        Self::PasswordChanged,
        Self::PhoneCode,
        Self::PhoneAdded,
        Self::PhoneChanged,
        Self::IdentityAdded,
        Self::IdentityRemoved,
        Self::Deleted,
        Self::ConsentAccepted,
        Self::ConsentWithdrawn,
        Self::FiledForYou,
        Self::PetitionEnded,
    ];

    /// The name by which the store calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Link(purpose) => purpose.name(),
            Self::Known => "known",
            Self::NoAccount => "no-account",
            Self::EmailAsked => "email-asked",
            Self::EmailChanged => "email-changed",
            Self::PasswordChanged => "password-changed",
            Self::PhoneCode => "phone-code",
            Self::PhoneAdded => "phone-added",
            Self::PhoneChanged => "phone-changed",
            Self::IdentityAdded => "identity-added",
            Self::IdentityRemoved => "identity-removed",
            Self::Deleted => "deleted",
            Self::ConsentAccepted => "consent-accepted",
            Self::ConsentWithdrawn => "consent-withdrawn",
            Self::FiledForYou => "filed-for-you",
            Self::PetitionEnded => "petition-ended",
        }
    }

    /// The letter with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|letter| letter.name() == name)
    }

    /// Whether it carries a secret: a link's token or six digits.
    #[must_use]
    pub const fn has_secret(self) -> bool {
        matches!(self, Self::Link(_) | Self::PhoneCode)
    }

    /// What stands above it.
    #[must_use]
    pub const fn subject(self) -> &'static str {
        match self {
            Self::Link(Purpose::Register) => "Xác nhận đăng ký tài khoản sử dụng dịch vụ công trực tuyến",
            Self::Link(Purpose::Reset) => "Đặt lại mật khẩu tài khoản dịch vụ công trực tuyến",
            Self::Link(Purpose::Email) => "Xác nhận địa chỉ thư mới của tài khoản dịch vụ công trực tuyến",
            Self::Known => "Bạn đã có tài khoản dịch vụ công trực tuyến",
            Self::NoAccount => "Chưa có tài khoản dịch vụ công trực tuyến ở địa chỉ thư này",
            Self::EmailAsked => "Có yêu cầu đổi địa chỉ thư của tài khoản dịch vụ công trực tuyến",
            Self::EmailChanged => "Địa chỉ thư của tài khoản dịch vụ công trực tuyến đã đổi",
            Self::PasswordChanged => "Mật khẩu tài khoản dịch vụ công trực tuyến đã đổi",
            Self::PhoneCode => "Mã xác nhận số điện thoại",
            Self::PhoneAdded => "Tài khoản dịch vụ công trực tuyến đã thêm số điện thoại",
            Self::PhoneChanged => "Số điện thoại của tài khoản dịch vụ công trực tuyến đã đổi",
            Self::IdentityAdded => "Tài khoản dịch vụ công trực tuyến đã thêm một cách đăng nhập",
            Self::IdentityRemoved => "Tài khoản dịch vụ công trực tuyến đã bỏ một cách đăng nhập",
            Self::Deleted => "Tài khoản dịch vụ công trực tuyến đã được xóa",
            Self::ConsentAccepted => "Sự đồng ý cho nộp hộ hồ sơ đã có hiệu lực",
            Self::ConsentWithdrawn => "Một sự đồng ý cho nộp hộ hồ sơ đã được rút lại",
            Self::FiledForYou => "Vừa có hồ sơ được nộp hộ bạn",
            Self::PetitionEnded => "Phản ánh, kiến nghị của bạn đã có trả lời",
        }
    }

    /// Its words. `site` is the address of the site, without a slash at its end; `secret` the link's token or the digits, empty
    /// where there are none.
    #[must_use]
    pub fn words(self, site: &str, secret: &str) -> String {
        let stranger = format!(
            "Nếu không phải bạn làm, hãy đặt lại mật khẩu ngay tại {site}/account/reset rồi báo Bộ phận Một cửa của xã."
        );
        match self {
            Self::Link(purpose) => {
                let (before, after) = match purpose {
                    Purpose::Register => (
                        "Địa chỉ thư này vừa được dùng để đăng ký tài khoản sử dụng dịch vụ công trực tuyến.\n\n\
                         Nếu là bạn, hãy mở đường dẫn sau trong vòng 24 giờ và đặt mật khẩu:",
                        "Nếu không phải bạn, hãy bỏ qua thư này: chưa có tài khoản nào được lập.",
                    ),
                    Purpose::Reset => (
                        "Có yêu cầu đặt lại mật khẩu cho tài khoản dịch vụ công trực tuyến dùng địa chỉ thư này.\n\n\
                         Nếu là bạn, hãy mở đường dẫn sau trong vòng 30 phút và đặt mật khẩu mới:",
                        "Nếu không phải bạn, hãy bỏ qua thư này: mật khẩu vẫn như cũ.",
                    ),
                    Purpose::Email => (
                        "Có yêu cầu dùng địa chỉ thư này cho một tài khoản dịch vụ công trực tuyến.\n\n\
                         Nếu là bạn, hãy mở đường dẫn sau trong vòng 24 giờ và bấm xác nhận:",
                        "Nếu không phải bạn, hãy bỏ qua thư này: chưa có gì thay đổi.",
                    ),
                };
                let path = purpose.path();
                format!(
                    "{before}\n\n{site}{path}#{secret}\n\n{after}\nĐừng chuyển thư này cho ai: ai có đường dẫn cũng dùng được."
                )
            }
            Self::Known => format!(
                "Địa chỉ thư này vừa được dùng để đăng ký, nhưng đã có tài khoản rồi, nên không cần đăng ký lại.\n\n\
                 Đăng nhập: {site}/account/sign-in\nQuên mật khẩu: {site}/account/reset\n\n\
                 Nếu không phải bạn đăng ký, hãy bỏ qua thư này: tài khoản vẫn như cũ."
            ),
            Self::NoAccount => format!(
                "Có yêu cầu đặt lại mật khẩu, nhưng chưa có tài khoản nào dùng địa chỉ thư này. \
                 Có thể bạn đã đăng ký bằng một địa chỉ khác.\n\nĐăng ký mới: {site}/account/register\n\n\
                 Nếu không phải bạn, hãy bỏ qua thư này."
            ),
            Self::EmailAsked => format!(
                "Có yêu cầu chuyển tài khoản dịch vụ công trực tuyến sang một địa chỉ thư khác. \
                 Địa chỉ mới chỉ được dùng sau khi được xác nhận.\n\n{stranger}"
            ),
            Self::EmailChanged => format!(
                "Tài khoản dịch vụ công trực tuyến từng dùng địa chỉ thư này nay đã dùng một địa chỉ khác.\n\n\
                 Nếu không phải bạn làm, hãy báo ngay Bộ phận Một cửa của xã. Trang chủ: {site}"
            ),
            Self::PasswordChanged => format!(
                "Mật khẩu của tài khoản dịch vụ công trực tuyến dùng địa chỉ thư này vừa được đổi. \
                 Những máy khác đang đăng nhập đã được đăng xuất.\n\n{stranger}"
            ),
            Self::PhoneCode => self.short_words(secret),
            Self::PhoneAdded => format!(
                "Tài khoản dịch vụ công trực tuyến dùng địa chỉ thư này vừa thêm một số điện thoại đã xác nhận bằng mã. \
                 Từ nay đăng nhập được bằng số ấy và mật khẩu.\n\n{stranger}"
            ),
            Self::PhoneChanged => format!(
                "Số điện thoại của tài khoản dịch vụ công trực tuyến dùng địa chỉ thư này vừa được đổi.\n\n{stranger}"
            ),
            Self::IdentityAdded => format!(
                "Tài khoản dịch vụ công trực tuyến dùng địa chỉ thư này vừa thêm một cách đăng nhập qua nơi xác thực danh tính. \
                 Xem hoặc bỏ cách ấy tại {site}/account/security\n\n{stranger}"
            ),
            Self::IdentityRemoved => format!(
                "Tài khoản dịch vụ công trực tuyến dùng địa chỉ thư này vừa bỏ một cách đăng nhập qua nơi xác thực danh tính. \
                 Xem các cách đang dùng tại {site}/account/security\n\n{stranger}"
            ),
            Self::Deleted => format!(
                "Tài khoản dịch vụ công trực tuyến dùng địa chỉ thư này đã được xóa theo yêu cầu. Hồ sơ đã nộp vẫn được cơ quan \
                 lưu theo quy định và vẫn tra cứu được bằng mã: {site}/track\n\n\
                 Nếu không phải bạn làm, hãy báo ngay Bộ phận Một cửa của xã."
            ),
            Self::ConsentAccepted => format!(
                "Người được bạn đưa mã đồng ý đã nhập mã. Từ nay họ nộp hộ hồ sơ cho bạn được, và bạn xem được mọi hồ sơ họ nộp.\n\n\
                 Xem hoặc rút lại lúc nào cũng được: {site}/account/others"
            ),
            Self::ConsentWithdrawn => format!(
                "Một sự đồng ý cho nộp hộ hồ sơ, trong đó có bạn, đã được rút lại. Người nộp hộ không nộp thêm và không xem được \
                 hồ sơ đã nộp nữa; hồ sơ vẫn được giải quyết.\n\nXem: {site}/account/others"
            ),
            Self::PetitionEnded => format!(
                "Cơ quan đã trả lời một phản ánh, kiến nghị bạn gửi khi đăng nhập. Xem câu trả lời: {site}/account/petitions"
            ),
            Self::FiledForYou => format!(
                "Người mà bạn đã đồng ý vừa nộp một hồ sơ hộ bạn. Xem hồ sơ ở Trang cá nhân: {site}/account\n\n\
                 Không muốn người đó nộp hộ nữa thì rút lại sự đồng ý: {site}/account/others"
            ),
        }
    }

    /// The same as a text message: without marks, one message of at most 160 signs.
    #[must_use]
    pub fn short_words(self, secret: &str) -> String {
        match self {
            Self::PhoneCode => format!("{secret} la ma xac nhan so dien thoai, dung trong 10 phut. Dung cho ai biet ma nay."),
            _ => "So dien thoai cua tai khoan dich vu cong da doi sang so khac. Neu khong phai ban lam, hay bao Bo phan Mot cua."
                .to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_has_its_secret_where_it_carries_one_and_nowhere_else() {
        for letter in Letter::ALL {
            assert_eq!(Letter::of_name(letter.name()), Some(letter));
            let words = letter.words("https://motcua.example", "0123456789abcdef");
            assert_eq!(words.contains("0123456789abcdef"), letter.has_secret(), "{words}");
            assert_eq!(words.contains("https://motcua.example"), letter != Letter::PhoneCode, "{words}");
            let short = letter.short_words("123456");
            assert!(short.is_ascii() && short.len() <= 160, "{short}");
        }
        let words = Letter::Link(Purpose::Register).words("https://motcua.example", "abc");
        assert!(words.contains("\nhttps://motcua.example/account/confirm#abc\n"), "{words}");
    }
}
