//! The photographs of a draft's papers: kept as soon as they are taken, made into pages when the person has looked at
//! them, bound into one document a paper when the person goes on.

use super::draft::{self, Draft, DraftPaper};
use super::work::Work;
use crate::picture::{self, Made, Refused, Taken};
use pack::Pack;
use web_sys::Blob;

/// Most pages of one document: at 400 KB a page it stays below what a paper may weigh.
pub const MOST_PAGES: usize = 20;

/// A photograph of a paper, small and upright, and what the person wants of it.
#[derive(Clone, Debug, PartialEq, Pack)]
pub struct DraftPhoto {
    /// The number of its bytes in the draft, and its own.
    pub number: u32,
    /// Which paper of the procedure it shows.
    pub paper: String,
    /// Size of the file the camera made, in bytes.
    pub before: u64,
    /// SHA-256 of the photograph as it is kept.
    pub sha256: String,
    /// Width in pixels as it is kept.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// The paper's corners, clockwise from the upper left, each by hundred-thousandths of width and height; those of the
    /// whole photograph when none were found.
    pub corners: Vec<(u32, u32)>,
    /// Whether the corners were found or set, rather than taken for want of better ones.
    pub found: bool,
    /// Quarters by which its page is turned clockwise.
    pub turn: u8,
    /// Whether its page is grey on white.
    pub grey: bool,
    /// The page made of it; none before the person has said that it is to be used.
    pub page: Option<DraftPage>,
}

/// A page as it is sent.
#[derive(Clone, Debug, PartialEq, Pack)]
pub struct DraftPage {
    /// The number of its bytes in the draft.
    pub number: u32,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What makes a photograph hard to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pack)]
pub enum Fault {
    /// Out of focus, or moved.
    Blurred,
    /// Too little light.
    Dark,
    /// A reflection, or too much light.
    Glare,
}

/// What the numbers of corners are parts of.
pub const PARTS: u32 = 100_000;

/// The corners of a whole photograph.
pub fn whole() -> Vec<(u32, u32)> {
    vec![(0, 0), (PARTS, 0), (PARTS, PARTS), (0, PARTS)]
}

/// Why a photograph is not kept.
pub enum NotKept {
    /// The very same photograph is there already.
    Twice,
    /// The paper has as many pages as a document can hold.
    TooManyPages,
    /// The phone does not keep it.
    Storage,
}

/// The photographs of a draft.
pub fn all(draft: &Draft) -> Vec<DraftPhoto> {
    // A draft without photographs has no bytes.
    pack::from_bytes(&draft.photos).unwrap_or_default()
}

/// The photographs of a paper, in order.
pub fn of(draft: &Draft, paper: &str) -> Vec<DraftPhoto> {
    all(draft).into_iter().filter(|photo| photo.paper == paper).collect()
}

/// Keeps a photograph, in place of another or after all others of its paper; answers its number.
///
/// # Errors
/// When it is there already, or there is no room.
pub async fn keep(work: &Work, paper: &str, before: u64, taken: Taken, instead: Option<u32>) -> Result<u32, NotKept> {
    let now = work.now();
    if all(&now).iter().any(|photo| photo.sha256 == taken.made.sha256) {
        return Err(NotKept::Twice);
    }
    if instead.is_none() && of(&now, paper).len() >= MOST_PAGES {
        return Err(NotKept::TooManyPages);
    }
    let number = new_number(work);
    // The bytes first: a draft never speaks of bytes that are not there.
    draft::put_paper(&now.key, number, &taken.made.blob).await.map_err(|_| NotKept::Storage)?;
    let photo = DraftPhoto {
        number,
        paper: paper.to_owned(),
        before,
        sha256: taken.made.sha256,
        width: taken.width,
        height: taken.height,
        faults: taken.faults,
        found: taken.corners.is_some(),
        corners: taken.corners.unwrap_or_else(whole),
        turn: 0,
        grey: false,
        page: None,
    };
    change(work, paper, |photos| {
        let place = instead.and_then(|old| photos.iter().position(|photo| photo.number == old));
        match place.and_then(|place| photos.get_mut(place)) {
            Some(old) => *old = photo,
            None => photos.push(photo),
        }
    });
    Ok(number)
}

/// Makes the page of a photograph as the person wants it, and keeps it.
///
/// # Errors
/// What the picture program says; [`Refused::Storage`] when the phone does not keep the page.
pub async fn use_page(work: &Work, wanted: DraftPhoto) -> Result<(), Refused> {
    let key = work.now().key;
    let kept = draft::paper(&key, wanted.number).await.ok().flatten().ok_or(Refused::Broken)?;
    let made = picture::page(&kept, &wanted.corners, wanted.turn, wanted.grey).await?;
    let number = new_number(work);
    draft::put_paper(&key, number, &made.blob).await.map_err(|_| Refused::Storage)?;
    let page = DraftPage { number, bytes: made.bytes, sha256: made.sha256 };
    change(work, &wanted.paper.clone(), |photos| {
        if let Some(photo) = photos.iter_mut().find(|photo| photo.number == wanted.number) {
            *photo = DraftPhoto { page: Some(page), ..wanted };
        }
    });
    Ok(())
}

/// Takes a photograph out.
pub fn remove(work: &Work, number: u32) {
    if let Some(photo) = all(&work.now()).iter().find(|photo| photo.number == number) {
        change(work, &photo.paper, |photos| photos.retain(|photo| photo.number != number));
    }
}

/// Moves a photograph one place up or down among those of its paper; tells whether it moved.
pub fn shift(work: &Work, number: u32, down: bool) -> bool {
    let photos = all(&work.now());
    let Some(photo) = photos.iter().find(|photo| photo.number == number) else { return false };
    let places: Vec<usize> = (0..photos.len()).filter(|place| photos[*place].paper == photo.paper).collect();
    let Some(at) = places.iter().position(|place| photos[*place].number == number) else { return false };
    let other = if down { places.get(at + 1) } else { at.checked_sub(1).and_then(|before| places.get(before)) };
    let Some(other) = other else { return false };
    change(work, &photo.paper, |photos| photos.swap(places[at], *other));
    true
}

/// Binds the pages of each of these papers, with the name its document gets, where that has not been done.
///
/// # Errors
/// What the picture program says; [`Refused::Storage`] when the phone does not keep the document.
pub async fn bind(work: &Work, papers: &[(String, String)]) -> Result<(), Refused> {
    for (paper, name) in papers {
        let now = work.now();
        let photos = of(&now, paper);
        let pages: Vec<DraftPage> = photos.iter().filter_map(|photo| photo.page.clone()).collect();
        let numbers = pack::to_bytes(&pages.iter().map(|page| page.number).collect::<Vec<_>>());
        let bound =
            now.papers.iter().any(|kept| kept.paper == *paper && !kept.pages.is_empty() && kept.pages == numbers);
        if bound || pages.is_empty() {
            continue;
        }
        let (made, kind, ending) = document(&now.key, &pages).await?;
        let number = new_number(work);
        draft::put_paper(&now.key, number, &made.blob).await.map_err(|_| Refused::Storage)?;
        let document = DraftPaper {
            number,
            paper: paper.clone(),
            name: format!("{name}.{ending}"),
            kind: kind.to_owned(),
            bytes: made.bytes,
            before: photos.iter().map(|photo| photo.before).sum(),
            sha256: made.sha256,
            pages: numbers,
        };
        work.change(|draft| draft.papers.push(document));
    }
    Ok(())
}

/// One page is sent as it is, several as one PDF.
async fn document(key: &str, pages: &[DraftPage]) -> Result<(Made, &'static str, &'static str), Refused> {
    let mut blobs: Vec<Blob> = Vec::new();
    for page in pages {
        blobs.push(draft::paper(key, page.number).await.ok().flatten().ok_or(Refused::Broken)?);
    }
    match (blobs.as_slice(), pages) {
        ([blob], [page]) => {
            let made = Made { blob: blob.clone(), bytes: page.bytes, sha256: page.sha256.clone() };
            Ok((made, "image/jpeg", "jpg"))
        }
        _ => Ok((picture::bind(&blobs).await?, "application/pdf", "pdf")),
    }
}

fn new_number(work: &Work) -> u32 {
    let mut number = 0;
    work.change(|draft| number = draft.number());
    number
}

/// Changes the photographs of a paper: what was bound from them before is no longer the paper, and the person has to
/// go on from the page of papers again. Bytes nobody speaks of any more are taken away.
fn change(work: &Work, paper: &str, change: impl FnOnce(&mut Vec<DraftPhoto>)) {
    let before = numbers(&work.now());
    work.change(|draft| {
        let mut photos = all(draft);
        change(&mut photos);
        draft.photos = pack::to_bytes(&photos);
        draft.papers.retain(|kept| kept.paper != paper || kept.pages.is_empty());
        draft.done.remove("papers");
    });
    let now = work.now();
    let kept = numbers(&now);
    draft::forget(&now.key, before.into_iter().filter(|number| !kept.contains(number)));
}

/// The numbers of all bytes a draft speaks of.
fn numbers(draft: &Draft) -> Vec<u32> {
    let photos = all(draft).into_iter().flat_map(|photo| [Some(photo.number), photo.page.map(|page| page.number)]);
    draft.papers.iter().map(|paper| paper.number).chain(photos.flatten()).collect()
}
