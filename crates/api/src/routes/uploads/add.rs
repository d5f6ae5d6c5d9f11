//! Adding a part: as much of it is kept as arrives, and with its last byte the paper is looked at and kept.

use super::{Name, find, named, no_room, stands};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json;
use crate::routes::papers;
use crate::source::Source;
use crate::turns::Turn;
use crate::tus::{self, Checksum};
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use http_body_util::BodyExt as _;
use std::time::{Duration, Instant};
use store::{Appended, Upload, UploadId};
use wire::Problem;

/// So much of a part is gathered before it is written to the disk, in bytes.
const PIECE: usize = 256 * 1024;
/// The most bytes of a part with a checksum, which is held in memory until it is known to be right.
const WITH_CHECKSUM: usize = 1024 * 1024;

/// Adds a part where the upload stands. Where it breaks off, what arrived of it is kept, unless it has a checksum.
///
/// The last part is answered when the whole has been looked at and kept. Where it is not what was announced, or no file
/// that is taken, the upload is gone.
#[utoipa::path(patch, path = "/api/v1/uploads/{id}",
    params(
        ("id" = String, Path, description = "As the announcement's Location says"),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Offset" = u64, Header, description = "Where the part begins: as many bytes as have arrived"),
        ("Upload-Checksum" = Option<String>, Header,
            description = "`sha1` or `sha256` and the sum of the part in base64; such a part is at most 1 MB"),
    ),
    request_body(content_type = "application/offset+octet-stream", content = Vec<u8>),
    responses(
        (status = 204, headers(("Upload-Offset" = u64), ("Upload-Expires" = String))),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 423, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 460, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
        (status = 507, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn add(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    name: Name,
    headers: HeaderMap,
    body: Body,
) -> Result<impl IntoResponse, ApiError> {
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != "application/offset+octet-stream") {
        return Err(ApiError::NotPartType);
    }
    let at = tus::number(&headers, &tus::UPLOAD_OFFSET)?;
    let checksum = Checksum::of(&headers)?;
    let id = named(name)?;
    let turn = app.turns.take(id).await?;
    let upload = find(&app, id).await?;
    if upload.received != at {
        return Err(ApiError::OffsetDiffers);
    }
    let mut arriving = Arriving { app: &app, source, id, upload, turn };
    match checksum {
        None => arriving.as_it_comes(body).await?,
        Some(checksum) => arriving.whole_part(body, &checksum).await?,
    }
    Ok((StatusCode::NO_CONTENT, stands(arriving.upload.received, arriving.upload.last_at)?))
}

/// Whoever leaves takes in what has come over a dead line already and waits to be read: until nothing comes for so long, and
/// for so long in all.
const STILL_THERE: Duration = Duration::from_millis(50);
const AT_MOST: Duration = Duration::from_secs(1);

/// An upload that is being added to.
struct Arriving<'a> {
    app: &'a App,
    source: Source,
    id: UploadId,
    upload: Upload,
    turn: Turn<'a>,
}

impl Arriving<'_> {
    /// Keeps pieces as they come, the last one also when the connection breaks behind it.
    async fn as_it_comes(&mut self, mut body: Body) -> Result<(), ApiError> {
        let mut piece = Vec::new();
        // Since when somebody else wants the turn.
        let mut leaving = None;
        let ended = loop {
            let frame = match leaving {
                None => tokio::select! {
                    frame = body.frame() => frame,
                    () = self.turn.is_wanted() => {
                        leaving = Some(Instant::now());
                        continue;
                    }
                },
                Some(since) if since.elapsed() > AT_MOST => break Err(ApiError::UploadHeld),
                Some(_) => match tokio::time::timeout(STILL_THERE, body.frame()).await {
                    Ok(frame) => frame,
                    Err(_) => break Err(ApiError::UploadHeld),
                },
            };
            let data = match frame.map(|frame| frame.map(http_body::Frame::into_data)) {
                None => break Ok(()),
                Some(Err(_)) => break Err(ApiError::BodyBroken),
                Some(Ok(Err(_trailers))) => continue,
                Some(Ok(Ok(data))) => data,
            };
            self.fits(&piece, &data)?;
            piece.extend_from_slice(&data);
            if piece.len() >= PIECE {
                self.keep(std::mem::take(&mut piece)).await?;
            }
        };
        self.keep(piece).await?;
        ended
    }

    /// Keeps a part that has come whole and gives its checksum.
    async fn whole_part(&mut self, body: Body, checksum: &Checksum) -> Result<(), ApiError> {
        let part = tokio::select! {
            part = json::body(body, WITH_CHECKSUM) => part,
            () = self.turn.is_wanted() => Err(ApiError::UploadHeld),
        };
        let part = match part {
            Err(ApiError::TooLarge) => return Err(ApiError::PartTooLarge),
            part => part?,
        };
        self.fits(&[], &part)?;
        if !checksum.fits(&part) {
            return Err(ApiError::ChecksumDiffers);
        }
        self.keep(part.into()).await
    }

    /// Whether there is still so much to come.
    fn fits(&self, piece: &[u8], data: &Bytes) -> Result<(), ApiError> {
        let left = self.upload.bytes - self.upload.received;
        if (piece.len() + data.len()) as u64 > left { Err(ApiError::TooLarge) } else { Ok(()) }
    }

    async fn keep(&mut self, piece: Vec<u8>) -> Result<(), ApiError> {
        if piece.is_empty() {
            return Ok(());
        }
        let length = piece.len();
        #[expect(clippy::cast_precision_loss, reason = "at most ten million")]
        self.app.uploads.take(self.source, length as f64, Instant::now()).map_err(ApiError::TooMany)?;
        let now = self.app.now();
        if self.upload.received + length as u64 == self.upload.bytes {
            self.end(piece).await?;
        } else {
            let (at, room) = (self.upload.received, self.app.limits.half_sent());
            match self.app.store.append(self.id, at, piece, room, now).await? {
                Appended::Now => {}
                Appended::Elsewhere => return Err(ApiError::OffsetDiffers),
                Appended::Held => return Err(ApiError::UploadHeld),
                Appended::Unknown => return Err(ApiError::UploadUnknown),
                Appended::Full(full) => return Err(no_room(full)),
            }
        }
        self.upload.received += length as u64;
        self.upload.last_at = now;
        Ok(())
    }

    /// Looks at the whole and keeps it as a paper. What is no such paper is taken away, for no part could mend it.
    async fn end(&self, last: Vec<u8>) -> Result<(), ApiError> {
        let _place = self.app.room.for_whole_paper().await;
        let before = self.app.store.arrived(self.id, self.upload.received).await?;
        let mut content = before.ok_or(ApiError::UploadUnknown)?;
        content.extend(last);
        match papers::keep(self.app, self.upload.draft, self.upload.sha256, content).await {
            Ok(_) => Ok(self.app.store.end_upload(self.id, self.app.now()).await?),
            Err(error @ (ApiError::HashDiffers | ApiError::Paper(_))) => {
                self.app.store.remove_upload(self.id).await?;
                Err(error)
            }
            Err(error) => Err(error),
        }
    }
}
