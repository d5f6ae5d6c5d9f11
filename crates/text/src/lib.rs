//! The words people read, one file a language, and the sentence for every problem.
