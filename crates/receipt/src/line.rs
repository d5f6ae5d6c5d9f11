//! Which lines a receipt has: everything that is told about what arrived, and nothing that opens the dossier.

use dossier::Submitted;
use procedure::calendar::Moment;

/// The lines of a decided submission, in their order: name and value.
#[must_use]
pub fn lines(submitted: &Submitted) -> Vec<(String, String)> {
    let receipt = &submitted.receipt;
    let forms = submitted.dossier.filing.forms.iter().map(|form| format!("{} {}", form.form, form.fingerprint));
    let mut lines: Vec<(String, String)> = [
        ("dossier", submitted.dossier.id.to_string()),
        ("sent", format!("{} {}", utc(receipt.sent_at), receipt.sent_at)),
        ("agency", receipt.agency.clone()),
        ("procedure", receipt.procedure.clone()),
        ("forms", forms.collect::<Vec<_>>().join("\n")),
        ("reception-by", receipt.promises.reception.at.to_string()),
        ("result-by", receipt.promises.result.at.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    for (number, paper) in (1..).zip(&receipt.papers) {
        let pages = paper.pages.map_or_else(|| "?".to_owned(), |pages| pages.to_string());
        lines.push((format!("paper-{number}-name"), paper.paper.clone()));
        lines.push((format!("paper-{number}-file"), paper.name.clone()));
        let content = format!("{} {pages} {} {}", paper.kind, paper.bytes, paper.sha256);
        lines.push((format!("paper-{number}-content"), content));
    }
    lines
}

/// As in ISO 8601, to the second: `2026-11-22T07:05:09Z`.
fn utc(moment: Moment) -> String {
    // The clock that stands seven hours behind Việt Nam's shows UTC.
    let shown = moment.plus_ms(-7 * 3_600_000).to_string();
    shown.replace("+07:00", "Z")
}

/// What a line `paper-…-content` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Media type.
    pub kind: String,
    /// How many pages, where that could be counted.
    pub pages: Option<u32>,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

impl Content {
    /// Reads the value of such a line.
    #[must_use]
    pub fn read(value: &str) -> Option<Self> {
        let mut parts = value.split(' ');
        let (kind, pages, bytes, sha256) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let pages = if pages == "?" { None } else { Some(pages.parse().ok()?) };
        let content = Self { kind: kind.to_owned(), pages, bytes: bytes.parse().ok()?, sha256: sha256.to_owned() };
        parts.next().is_none().then_some(content)
    }
}
