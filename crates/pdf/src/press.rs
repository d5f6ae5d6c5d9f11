//! The press: print files read once, papers printed from them.

use crate::printed::{Marks, forgotten};
use crate::world::{Desk, file_id};
use crate::{MOST_PAGES, PdfError, Slip, data, qr, slip};
use form::source::LoadError;
use form::{Answers, Date, Form, Given};
use procedure::calendar::Moment;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use typst::WorldExt as _;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Smart};
use typst::syntax::{DiagSpan, FileId, Source};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// The vocabulary of every print file.
const PAPER: (&str, &str) = ("paper.typ", include_str!("../typst/paper.typ"));
/// The papers of the desk, over what they have in common.
const SLIPS: &[(&str, &str)] = &[
    ("slip.typ", include_str!("../typst/slip.typ")),
    ("slips/receipt.typ", include_str!("../typst/slips/receipt.typ")),
    ("slips/supplement.typ", include_str!("../typst/slips/supplement.typ")),
    ("slips/refusal.typ", include_str!("../typst/slips/refusal.typ")),
    ("slips/apology.typ", include_str!("../typst/slips/apology.typ")),
    ("slips/control.typ", include_str!("../typst/slips/control.typ")),
    ("slips/minutes.typ", include_str!("../typst/slips/minutes.typ")),
    ("slips/draft.typ", include_str!("../typst/slips/draft.typ")),
    ("slips/register.typ", include_str!("../typst/slips/register.typ")),
    ("slips/posting.typ", include_str!("../typst/slips/posting.typ")),
    ("slips/fee-receipt.typ", include_str!("../typst/slips/fee-receipt.typ")),
    ("slips/labels.typ", include_str!("../typst/slips/labels.typ")),
];
/// The layout of a template that has no print file.
const GENERIC: (&str, &str) = ("generic.typ", include_str!("../typst/generic.typ"));

/// What the paper says beside form and answers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// The procedure's code, mã TTHC; empty when it has none or the form serves several.
    pub procedure_code: &'a str,
    /// The dossier's number, mã hồ sơ; empty before there is one. Never the lookup code.
    pub dossier: &'a str,
    /// The name of the office it goes to, "UBND xã Triệu Phong"; empty when it is not known.
    pub agency: &'a str,
    /// That office's commune, "xã Triệu Phong"; empty when it is not known or not a commune's.
    pub commune: &'a str,
    /// The name of the system that prints.
    pub system: &'a str,
    /// When it is printed; left out of a blank paper, which is nobody's yet.
    pub made_at: Option<Moment>,
    /// The day beside the signature; dotted when whoever signs still has to write it.
    pub signed_on: Option<Date>,
}

/// All print files of a `forms/` folder, parsed.
pub struct Press {
    sources: HashMap<FileId, Source>,
    /// Template → its print file.
    templates: BTreeMap<String, FileId>,
    generic: Option<FileId>,
}

/// A finished paper.
pub struct Printed {
    /// The laid-out pages.
    pub document: PagedDocument,
    /// Questions that the print file forgets.
    pub faults: Vec<LoadError>,
    /// What Typst warns of.
    pub warnings: Vec<LoadError>,
    /// Questions that the print file leaves out on purpose.
    pub unprinted: BTreeSet<String>,
}

impl Press {
    /// Reads the print files: path below `forms/` → text. Mistakes in them show when they are printed.
    #[must_use]
    pub fn new(prints: &BTreeMap<String, String>) -> Self {
        let mut press = Self { sources: HashMap::new(), templates: BTreeMap::new(), generic: None };
        for (path, text) in prints {
            let id = press.add(path, text);
            let template = path.strip_prefix("templates/").and_then(|rest| rest.strip_suffix("/print.typ"));
            if let (Some(template), Some(id)) = (template, id) {
                press.templates.insert(template.to_owned(), id);
            }
        }
        press.add(PAPER.0, PAPER.1);
        for (path, text) in SLIPS {
            press.add(path, text);
        }
        press.generic = press.add(GENERIC.0, GENERIC.1);
        press
    }

    fn add(&mut self, path: &str, text: &str) -> Option<FileId> {
        let id = file_id(path)?;
        self.sources.insert(id, Source::new(id, text.to_owned()));
        Some(id)
    }

    /// The paper of a form as PDF: filled with the answers, or blank without any. Answers need not be complete or
    /// checked; where one is missing, the paper has its dotted line.
    ///
    /// A form of an earlier day may have other questions than today's print file prints: then it gets the layout made
    /// from its own definition.
    ///
    /// # Errors
    /// [`PdfError::TooLong`], [`PdfError::TooManyPages`], and [`PdfError::Source`] when not even that can be laid out.
    pub fn form(
        &self,
        form: &Form,
        answers: Option<&Answers>,
        given: &Given<'_>,
        facts: &Facts<'_>,
    ) -> Result<Vec<u8>, PdfError> {
        let printed = match self.print(form, answers, given, facts) {
            Ok(printed) if printed.faults.is_empty() => printed,
            Err(error @ (PdfError::TooLong | PdfError::TooManyPages)) => return Err(error),
            Ok(_) | Err(PdfError::Source(_)) => self.print_generic(form, answers, given, facts)?,
        };
        printed.to_pdf()
    }

    /// Lays the paper out by the template's print file, or by the generic layout when it has none, and tells what is
    /// wrong with the file.
    ///
    /// # Errors
    /// As [`Press::form`].
    pub fn print(
        &self,
        form: &Form,
        answers: Option<&Answers>,
        given: &Given<'_>,
        facts: &Facts<'_>,
    ) -> Result<Printed, PdfError> {
        let main = self.templates.get(&form.id).copied().or(self.generic);
        self.lay_out(main, form, answers, given, facts)
    }

    /// Lays the paper out by the layout made from the definition.
    ///
    /// # Errors
    /// As [`Press::form`].
    pub fn print_generic(
        &self,
        form: &Form,
        answers: Option<&Answers>,
        given: &Given<'_>,
        facts: &Facts<'_>,
    ) -> Result<Printed, PdfError> {
        self.lay_out(self.generic, form, answers, given, facts)
    }

    fn lay_out(
        &self,
        main: Option<FileId>,
        form: &Form,
        answers: Option<&Answers>,
        given: &Given<'_>,
        facts: &Facts<'_>,
    ) -> Result<Printed, PdfError> {
        let picture = qr::svg(&qr::of_form(form, facts));
        let data = data::json(form, answers, given, facts, &picture)?;
        let mut printed = self.compile(main, data, picture, MOST_PAGES)?;
        let marks = Marks::of(&printed.document);
        let file = main.map_or_else(String::new, path_of);
        let fault = |says| LoadError { file: file.clone(), line: 1, says };
        printed.faults = forgotten(form, &marks).into_iter().map(fault).collect();
        printed.unprinted = marks.unprinted;
        Ok(printed)
    }

    /// A paper of the desk as PDF.
    ///
    /// # Errors
    /// [`PdfError::TooLong`] and [`PdfError::TooManyPages`].
    pub fn slip(&self, slip: &Slip, facts: &Facts<'_>) -> Result<Vec<u8>, PdfError> {
        self.print_slip(slip, facts)?.to_pdf()
    }

    /// The same, laid out.
    ///
    /// # Errors
    /// As [`Press::slip`].
    pub fn print_slip(&self, slip: &Slip, facts: &Facts<'_>) -> Result<Printed, PdfError> {
        let picture = qr::svg(&qr::of_slip(slip, facts));
        let data = slip::data::json(slip, facts, &picture)?;
        self.compile(file_id(slip.layout().0), data, picture, slip.most().1)
    }

    /// Typesets a file over its data and its picture, up to so many pages.
    fn compile(
        &self,
        main: Option<FileId>,
        data: String,
        picture: String,
        most_pages: usize,
    ) -> Result<Printed, PdfError> {
        let main = main.ok_or_else(|| PdfError::Source(Vec::new()))?;
        let files = [("data.json", data), ("qr.svg", picture)];
        let files = files.into_iter().filter_map(|(path, text)| Some((file_id(path)?, Bytes::from_string(text))));
        let desk = Desk { sources: &self.sources, main, files: files.collect() };
        let Warned { output, warnings } = typst::compile::<PagedDocument>(&desk);
        let told = |found: &[SourceDiagnostic]| found.iter().map(|one| located(&desk, one)).collect::<Vec<_>>();
        let result = match output {
            Err(errors) => Err(PdfError::Source(told(&errors))),
            Ok(document) if document.pages().len() > most_pages => Err(PdfError::TooManyPages),
            Ok(document) => {
                let warnings = told(&warnings);
                Ok(Printed { document, faults: Vec::new(), warnings, unprinted: BTreeSet::new() })
            }
        };
        // Typst remembers every intermediate result, and with it what people typed. Nothing of it may stay in memory.
        typst::comemo::evict(0);
        result
    }
}

impl Printed {
    /// The pages as PDF 1.7, tagged, with the parts of the fonts that are used.
    ///
    /// # Errors
    /// [`PdfError::Source`] when something on the pages has no place in a PDF.
    pub fn to_pdf(&self) -> Result<Vec<u8>, PdfError> {
        let options = PdfOptions { creator: Smart::Custom(Some("Một Cửa".to_owned())), ..PdfOptions::default() };
        let written = typst_pdf::pdf(&self.document, &options).map_err(|errors| {
            let told = errors.iter().map(|one| LoadError {
                file: one.span.id().map_or_else(String::new, path_of),
                line: 1,
                says: one.message.to_string(),
            });
            PdfError::Source(told.collect())
        });
        typst::comemo::evict(0);
        written
    }
}

/// The place of a mistake: where it happened, or the nearest call that stands in a file of `forms/`.
fn located(desk: &Desk<'_>, found: &SourceDiagnostic) -> LoadError {
    let ours = |id: FileId| matches!(path_of(id).as_str(), "paper.typ" | "generic.typ" | "slip.typ");
    let calls = found.trace.iter().map(|call| DiagSpan::from(call.span));
    let spans: Vec<DiagSpan> = core::iter::once(found.span).chain(calls).collect();
    let span = spans.iter().find(|span| span.id().is_some_and(|id| !ours(id))).unwrap_or(&found.span);
    let line = |id: FileId| {
        let range = desk.range(*span)?;
        desk.sources.get(&id)?.lines().byte_to_line(range.start)
    };
    let mut says = found.message.to_string();
    for hint in &found.hints {
        says.push_str("; ");
        says.push_str(&hint.v);
    }
    LoadError {
        file: span.id().map_or_else(|| path_of(desk.main), path_of),
        line: span.id().and_then(line).map_or(1, |line| line + 1),
        says,
    }
}

fn path_of(id: FileId) -> String {
    id.get().vpath().get_without_slash().to_owned()
}
