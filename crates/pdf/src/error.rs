//! Why a paper could not be printed.

use core::fmt;
use form::source::LoadError;

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PdfError {
    /// More was typed than any template asks for; nothing was laid out.
    TooLong,
    /// The paper has more pages than any template fills.
    TooManyPages,
    /// A print file has mistakes, each with its place in `forms/`.
    Source(Vec<LoadError>),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "the answers are too long to print"),
            Self::TooManyPages => write!(f, "the paper has too many pages"),
            Self::Source(errors) => {
                for (number, error) in errors.iter().enumerate() {
                    if number > 0 {
                        writeln!(f)?;
                    }
                    write!(f, "{error}")?;
                }
                Ok(())
            }
        }
    }
}

impl core::error::Error for PdfError {}
