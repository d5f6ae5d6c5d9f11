//! What of a dossier belongs into its citizen's own papers (kho giấy tờ): what they sent with it, and the result once it was
//! issued. What officers attached for one another, minutes or a result that may still change, is not among it.

use crate::ResultFile;
use procedure::{FiledPaper, PaperKind};

/// A paper of a dossier that is its citizen's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belonging {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// What it is, as the procedure calls it.
    pub name: String,
    /// Its id in the procedure; nothing for the result.
    pub paper: Option<String>,
}

/// The papers: the result that was issued first, then those that were sent, in the filing's order. Several of one kind are
/// counted, so that they can be told apart.
#[must_use]
pub fn belongings(kinds: &[PaperKind], sent: &[FiledPaper], issued: Option<&ResultFile>) -> Vec<Belonging> {
    let result = issued.map(|file| Belonging {
        sha256: file.sha256.clone(),
        name: if file.number.is_empty() {
            "Kết quả".to_owned()
        } else {
            format!("Kết quả số {}", file.number)
        },
        paper: None,
    });
    let of = |(place, paper): (usize, &FiledPaper)| {
        let alike = |papers: &[FiledPaper]| papers.iter().filter(|other| other.paper == paper.paper).count();
        let known = kinds.iter().find(|kind| kind.id == paper.paper);
        let name = known.map_or(&paper.name, |kind| &kind.name);
        let (number, all) = (alike(&sent[..=place]), alike(sent));
        Belonging {
            sha256: paper.sha256.clone(),
            name: if all == 1 { name.clone() } else { format!("{name} ({number})") },
            paper: Some(paper.paper.clone()),
        }
    };
    result.into_iter().chain(sent.iter().enumerate().map(of)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::Required;

    #[test]
    fn papers_have_the_procedures_names_and_the_result_its_number() {
        let kind = |id: &str, name: &str| PaperKind {
            id: id.to_owned(),
            name: name.to_owned(),
            why: String::new(),
            law: String::new(),
            missing: String::new(),
            show: None,
            required: Required::Always,
            max_files: 3,
            sample: String::new(),
        };
        let kinds = [kind("chung-tu", "Giấy chứng tử"), kind("don", "Đơn")];
        let sent = |papers: &[&str]| -> Vec<FiledPaper> {
            let file = |(number, paper): (usize, &&str)| FiledPaper {
                paper: (*paper).to_owned(),
                sha256: number.to_string(),
                name: "IMG_0001.jpg".to_owned(),
                kind: "image/jpeg".to_owned(),
                bytes: 1,
            };
            papers.iter().enumerate().map(file).collect()
        };
        let result = |number: &str| {
            let (sha256, file) = ("ff".to_owned(), "tro-cap-hiv.pdf".to_owned());
            Some(ResultFile { number: number.to_owned(), sha256, file, bytes: 1 })
        };
        for (papers, issued, names) in [
            (vec![], None, vec![]),
            (vec!["don"], None, vec!["Đơn"]),
            (
                vec!["chung-tu", "don", "chung-tu"],
                result("12/QĐ-UBND"),
                vec!["Kết quả số 12/QĐ-UBND", "Giấy chứng tử (1)", "Đơn", "Giấy chứng tử (2)"],
            ),
            // The file's name never tells: it is the officer's.
            (vec![], result(""), vec!["Kết quả"]),
            (vec!["bo"], None, vec!["IMG_0001.jpg"]),
        ] {
            let found = belongings(&kinds, &sent(&papers), issued.as_ref());
            assert_eq!(found.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), names);
            assert_eq!(found.iter().filter(|one| one.paper.is_none()).count(), usize::from(issued.is_some()));
        }
    }
}
