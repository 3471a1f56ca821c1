//! Results as documents: a workbook for those who calculate, a PDF for those who read.
//!
//! A [`view::Report`] holds everything that both need, already in words and digits of one language.

pub mod pack;
pub mod pdf;
pub mod view;
pub mod xlsx;
