//! A draft with its papers, encrypted and sent, and fetched and decrypted again. Both sides stand in one file, because
//! what one writes the other must read.

use super::draft::{self, Draft};
use super::handed_over::{self, HandedOver};
use super::photos;
use crate::cipher::{decrypt, derive, encrypt, random, sha256, stretch};
use crate::client::handovers::{self, Refused};
use dossier::HandoverCode;
use dossier::handover::PADDING;
use receipt::{hex, unhex};
use ui::blob;
use web_sys::Blob;
use wire::{NewHandover, OpenHandover};

/// Goes into every derived secret and every part; another form of the draft gets another number.
const VERSION: &str = "motcua-handover/1";
/// [`PADDING`] in memory.
#[expect(clippy::cast_possible_truncation, reason = "64 KiB")]
const STEP: usize = PADDING as usize;
/// How often a part is sent or fetched again before the person is asked.
const TRIES: usize = 3;

/// A draft that has come from another phone, still in memory.
#[derive(Clone)]
pub struct Arrived {
    /// The draft.
    pub draft: Draft,
    /// The bytes of its papers and photographs, by their number.
    pub papers: Vec<(u32, Blob)>,
    id: String,
    opener: [u8; 32],
}

/// How far it is: this part of so many.
pub type Tell<'a> = &'a dyn Fn(usize, usize);

/// Encrypts a draft and its papers, and sends them.
pub async fn send(draft: &Draft, tell: Tell<'_>) -> Result<HandedOver, Refused> {
    let secret: [u8; 32] = random().ok_or(Refused::Line)?;
    let sender: [u8; 32] = random().ok_or(Refused::Line)?;
    let mut blobs = Vec::new();
    for (number, _) in files(draft) {
        blobs.push(draft::paper(&draft.key, number).await?.ok_or(Refused::Line)?);
    }
    let mut sizes = vec![sealed_size(pack::to_bytes(draft).len() as u64)];
    sizes.extend(blobs.iter().map(|blob| sealed_size(blob::size(blob))));
    let (begun, code) = begin(&secret, &sender, &sizes).await?;
    let key = derive(&secret, &format!("{VERSION} content")).await.ok_or(Refused::Line)?;
    for number in 0..sizes.len() {
        tell(number + 1, sizes.len());
        let plain = match number.checked_sub(1).and_then(|place| blobs.get(place)) {
            None => pack::to_bytes(draft),
            Some(file) => blob::read(file).await.ok_or(Refused::Line)?,
        };
        let sealed = encrypt(&key, &about(number, sizes.len()), &padded(&plain)).await.ok_or(Refused::Line)?;
        let mut sent = Err(Refused::Line);
        for _ in 0..TRIES {
            sent = handovers::put_part(&begun.id, &sender, number, &sealed).await;
            if sent != Err(Refused::Line) {
                break;
            }
        }
        sent?;
    }
    Ok(HandedOver { id: begun.id, sender, secret, code: code.to_string(), until: begun.until })
}

/// What lies beside a draft, by its number, with its media type: the papers as they are sent, and the photographs and
/// pages they are made of, so that the other phone can go on with them.
fn files(draft: &Draft) -> Vec<(u32, String)> {
    let mut all: Vec<(u32, String)> = draft.papers.iter().map(|paper| (paper.number, paper.kind.clone())).collect();
    for photo in photos::all(draft) {
        for number in [Some(photo.number), photo.page.map(|page| page.number)].into_iter().flatten() {
            if all.iter().all(|(known, _)| *known != number) {
                all.push((number, "image/jpeg".to_owned()));
            }
        }
    }
    all
}

/// Makes room, under a code whose locator nobody else has just now.
async fn begin(
    secret: &[u8; 32],
    sender: &[u8; 32],
    sizes: &[u64],
) -> Result<(wire::HandoverBegun, HandoverCode), Refused> {
    let hashed = async |bytes: &[u8; 32]| sha256(bytes).await.map(|hash| hex(&hash));
    loop {
        let code = HandoverCode::new(random().ok_or(Refused::Line)?);
        let made = async {
            let (wrapping, proof) = of_code(&code).await?;
            let wrapped = encrypt(&wrapping, VERSION, secret).await?;
            Some(NewHandover {
                locator: code.locator(),
                sender: hashed(sender).await?,
                by_key: hashed(&derive(secret, &format!("{VERSION} proof")).await?).await?,
                by_code: hashed(&proof).await?,
                wrapped: hex(&wrapped),
                parts: u32::try_from(sizes.len()).ok()?,
                bytes: sizes.iter().sum(),
            })
        };
        match handovers::begin(&made.await.ok_or(Refused::Line)?).await {
            Err(Refused::No(told, _)) if told == "locator-taken" => {}
            other => return other.map(|begun| (begun, code)),
        }
    }
}

/// Opens the handover of a link.
pub async fn open_link(id: &str, secret: &[u8; 32], tell: Tell<'_>) -> Result<Arrived, Refused> {
    let proof = derive(secret, &format!("{VERSION} proof")).await.ok_or(Refused::Line)?;
    let (opened, opener) = open(id, &proof).await?;
    fetch(opened.id, opened.parts, opener, secret, tell).await
}

/// Opens the handover of a typed code.
pub async fn open_code(code: &HandoverCode, tell: Tell<'_>) -> Result<Arrived, Refused> {
    let (wrapping, proof) = of_code(code).await.ok_or(Refused::Line)?;
    let (opened, opener) = open(&code.locator(), &proof).await?;
    let wrapped: [u8; 60] = unhex(&opened.wrapped).ok_or(Refused::Line)?;
    let secret = decrypt(&wrapping, VERSION, &wrapped).await.and_then(|secret| secret.try_into().ok());
    fetch(opened.id, opened.parts, opener, &secret.ok_or(Refused::Line)?, tell).await
}

async fn open(handover: &str, proof: &[u8; 32]) -> Result<(wire::HandoverOpened, [u8; 32]), Refused> {
    let opener = handed_over::opener(handover).ok_or(Refused::Line)?;
    let hash = sha256(&opener).await.ok_or(Refused::Line)?;
    let asked = OpenHandover { handover: handover.to_owned(), proof: hex(proof), opener: hex(&hash) };
    Ok((handovers::open(&asked).await?, opener))
}

async fn fetch(
    id: String,
    parts: u32,
    opener: [u8; 32],
    secret: &[u8; 32],
    tell: Tell<'_>,
) -> Result<Arrived, Refused> {
    let key = derive(secret, &format!("{VERSION} content")).await.ok_or(Refused::Line)?;
    let count = parts as usize;
    let mut draft: Option<Draft> = None;
    let mut papers = Vec::new();
    for number in 0..parts {
        tell(number as usize + 1, count);
        let mut got = Err(Refused::Line);
        for _ in 0..TRIES {
            got = handovers::part(&id, &opener, number).await;
            if got.is_ok() {
                break;
            }
        }
        let plain =
            decrypt(&key, &about(number as usize, count), &got?).await.and_then(unpadded).ok_or(Refused::Line)?;
        match &draft {
            None => draft = Some(pack::from_bytes(&plain).ok_or(Refused::Line)?),
            Some(draft) => {
                let (file, kind) = files(draft).into_iter().nth(number as usize - 1).ok_or(Refused::Line)?;
                papers.push((file, blob::of(&plain, &kind).ok_or(Refused::Line)?));
            }
        }
    }
    let draft = draft.filter(|draft| files(draft).len() == papers.len()).ok_or(Refused::Line)?;
    Ok(Arrived { draft, papers, id, opener })
}

impl Arrived {
    /// Keeps it on this phone, in place of an older one with its key, and tells the server that it is here.
    pub async fn keep(&self) -> Result<(), Refused> {
        draft::take_in(&self.draft, &self.papers).await?;
        handed_over::unmark(&self.draft.key);
        for _ in 0..TRIES {
            // Should the server not hear of it, it deletes its copy when the lease runs out.
            if handovers::taken(&self.id, &self.opener).await != Err(Refused::Line) {
                break;
            }
        }
        Ok(())
    }
}

/// What a code gives: the key that wraps the real one, and the proof that is shown.
async fn of_code(code: &HandoverCode) -> Option<([u8; 32], [u8; 32])> {
    let slow = stretch(&code.secret(), &format!("{VERSION} code {}", code.locator())).await?;
    Some((derive(&slow, &format!("{VERSION} wrapping")).await?, derive(&slow, &format!("{VERSION} proof")).await?))
}

fn about(number: usize, count: usize) -> String {
    format!("{VERSION} part {number} of {count}")
}

/// Its length, itself, and zeros up to a whole step: how large a paper is tells what it may be.
fn padded(plain: &[u8]) -> Vec<u8> {
    let mut out = (plain.len() as u64).to_le_bytes().to_vec();
    out.extend(plain);
    out.resize(out.len().next_multiple_of(STEP), 0);
    out
}

fn unpadded(mut plain: Vec<u8>) -> Option<Vec<u8>> {
    let length = usize::try_from(u64::from_le_bytes(*plain.first_chunk()?)).ok()?;
    plain.drain(..8);
    if length > plain.len() {
        return None;
    }
    plain.truncate(length);
    Some(plain)
}

/// Bytes of a part as it goes over the line: padded, with its nonce and tag.
fn sealed_size(plain: u64) -> u64 {
    (plain + 8).next_multiple_of(PADDING) + 28
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_comes_off_again_and_hides_the_size() {
        for length in [0, 1, 65_527, 65_528, 65_529, 200_000] {
            let plain = vec![7; length];
            let out = padded(&plain);
            assert_eq!(out.len() as u64 + 28, sealed_size(length as u64));
            assert_eq!(unpadded(out), Some(plain));
        }
        assert_eq!(unpadded(vec![255; 16]), None);
        assert_eq!(unpadded(vec![1; 3]), None);
    }
}
