//! A dossier that came on paper, entered by an officer of the one-stop desk for its citizen.

use serde::{Deserialize, Serialize};

/// The body of `POST /api/v1/desk/dossiers`, with an `Idempotency-Key`. Answered as `POST /api/v1/dossiers` is: the code in
/// the receipt is the citizen's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnterRequest {
    /// The id of the officer who typed it. Whoever is signed in by now must be the same.
    pub officer: String,
    /// How the paper came.
    pub channel: Channel,
    /// What the citizen would have sent.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::SubmitRequest))]
    pub filing: procedure::Filing,
}

/// How a dossier on paper came to the desk (hình thức nộp). What has none was sent online (trực tuyến).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Trực tiếp.
    InPerson,
    /// Qua bưu chính.
    ByPost,
}

impl Channel {
    /// What people call it.
    #[must_use]
    pub fn says(self) -> &'static str {
        dossier::Channel::from(self).says()
    }
}

impl From<dossier::Channel> for Channel {
    fn from(channel: dossier::Channel) -> Self {
        match channel {
            dossier::Channel::InPerson => Self::InPerson,
            dossier::Channel::ByPost => Self::ByPost,
        }
    }
}

impl From<Channel> for dossier::Channel {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::InPerson => Self::InPerson,
            Channel::ByPost => Self::ByPost,
        }
    }
}
