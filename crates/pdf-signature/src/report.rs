//! What is told of a signature, and how its verdict is reached.

use crate::chain::{Path, Purpose, Roots};
use crate::changes;
use crate::file::{Field, File};
use crate::message::{Fault, Message};
use crate::{name, stamp};

/// A signature, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The name of its field in the file.
    pub field: String,
    /// Whose it is, by the certificate; nobody where that could not be read. Believed only with [`Verdict::Valid`].
    pub signer: Option<Person>,
    /// Who issued the certificate; empty where that could not be read.
    pub issuer: String,
    /// When it was made.
    pub when: When,
    /// Whether it can be believed.
    pub verdict: Verdict,
}

/// Whose a certificate is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The common name (CN).
    pub name: String,
    /// The organisation (O); empty when none stands there.
    pub organisation: String,
    /// "MST:0100000000", "CCCD:000…", or what else stands as UID or serial number; empty when nothing does.
    pub number: String,
}

/// When a signature was made, in milliseconds since 1970, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A trusted time-stamping service says so (RFC 3161).
    Stamped(i64),
    /// The signer's machine says so, and nobody else.
    Claimed(i64),
    /// Nothing is said.
    Unknown,
}

/// Whether a signature can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Whole, and by a certificate that leads to a trusted root and was valid when it was made.
    Valid,
    /// What is signed is not what stands there.
    Altered,
    /// What was signed is whole; something other than a further signature was added after it.
    ChangedAfterwards,
    /// The certificate leads to no trusted root, or is not one for signing.
    Untrusted,
    /// A certificate on the way was not valid when it was made.
    Expired,
    /// Made by means that can be forged: SHA-1, a short key.
    Weak,
    /// It, or the file around it, cannot be read.
    Unreadable,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Valid,
        Self::Altered,
        Self::ChangedAfterwards,
        Self::Untrusted,
        Self::Expired,
        Self::Weak,
        Self::Unreadable,
    ];

    /// The name by which JSON calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Altered => "altered",
            Self::ChangedAfterwards => "changed-afterwards",
            Self::Untrusted => "untrusted",
            Self::Expired => "expired",
            Self::Weak => "weak",
            Self::Unreadable => "unreadable",
        }
    }

    /// The same in a sentence.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Valid => "Chữ ký số hợp lệ, nội dung không bị sửa từ lúc ký. Chưa kiểm tra thu hồi chứng thư.",
            Self::Altered => "Chữ ký số không hợp lệ: nội dung đã ký không còn nguyên như lúc ký.",
            Self::ChangedAfterwards => "Tệp bị sửa sau khi ký: có nội dung mà người ký chưa ký.",
            Self::Untrusted => {
                "Chữ ký nguyên vẹn nhưng chưa rõ nguồn cấp chứng thư, hoặc chứng thư không được cấp để ký: \
                 chưa chắc là của người có tên."
            }
            Self::Expired => "Chữ ký nguyên vẹn nhưng chứng thư không còn (hoặc chưa có) hiệu lực lúc ký.",
            Self::Weak => "Chữ ký dùng thuật toán yếu, có thể làm giả: không được chấp nhận.",
            Self::Unreadable => "Không đọc được chữ ký số trong tệp này.",
        }
    }
}

impl Signature {
    /// A signature of which nothing can be told.
    #[must_use]
    pub fn unreadable(field: String) -> Self {
        Self { field, signer: None, issuer: String::new(), when: When::Unknown, verdict: Verdict::Unreadable }
    }
}

pub(crate) fn checked(file: &File<'_>, field: &Field, roots: &Roots, now: i64) -> Signature {
    let name = field.name.clone();
    let message = field.contents.as_deref().and_then(Message::read).filter(Message::is_detached);
    let Some(message) = message else { return Signature::unreadable(name) };
    let certificate = message.signer();
    let claimed = field.claimed.or_else(|| message.claimed());
    let stamped = stamp::time(&message, roots, now);
    let when = match (stamped, claimed) {
        (Some(at), _) => When::Stamped(at),
        // A time yet to come is no time at which anything can have been signed.
        (None, Some(at)) if at <= now => When::Claimed(at),
        _ => When::Unknown,
    };
    let at = match when {
        When::Stamped(at) | When::Claimed(at) => at,
        When::Unknown => now,
    };
    Signature {
        field: name,
        signer: certificate.map(|certificate| name::person(certificate.tbs_certificate().subject())),
        issuer: certificate.map_or_else(String::new, |certificate| {
            let issuer = name::person(certificate.tbs_certificate().issuer());
            if issuer.name.is_empty() { issuer.organisation } else { issuer.name }
        }),
        when,
        verdict: verdict(file, field, &message, roots, at),
    }
}

/// The worst that is found. What was signed comes first: who signed says nothing where that is not what stands there.
fn verdict(file: &File<'_>, field: &Field, message: &Message, roots: &Roots, at: i64) -> Verdict {
    let Some(signed) = file.signed(field) else { return Verdict::Altered };
    match message.verify(&signed, field.cades) {
        Ok(()) => {}
        Err(Fault::Weak) => return Verdict::Weak,
        Err(Fault::Bad) => return Verdict::Altered,
        Err(Fault::Unknown) => return Verdict::Unreadable,
    }
    if changes::after(file, field) {
        return Verdict::ChangedAfterwards;
    }
    let Some(certificate) = message.signer() else { return Verdict::Unreadable };
    match roots.path(certificate, &message.certificates, Purpose::Sign, at) {
        Path::Trusted => Verdict::Valid,
        Path::OutOfTime => Verdict::Expired,
        Path::None => Verdict::Untrusted,
    }
}
