//! What a person sees: aligned tables, findings, progress; colour only on a terminal.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use indicatif::ProgressBar;
use parindex_package::Findings;
use parindex_rulebook::finding::Severity;
use parindex_rulebook::lang::{Lang, Say};

use crate::failure::CommandFailure;

/// More findings than this help nobody; the rest is counted.
const MAX_FINDINGS: usize = 50;

/// Standard output and standard error in a language.
pub struct Console {
    /// The language of every sentence.
    pub lang: Lang,
    out: Vec<u8>,
}

/// Which way a column leans.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    Left,
    Right,
}

impl Console {
    pub fn new(lang: Lang) -> Self {
        Self { lang, out: Vec::new() }
    }

    /// The Vietnamese or the English of two texts.
    pub fn pick<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(vi, en)
    }

    /// One line to standard output.
    pub fn line(&mut self, text: impl AsRef<str>) {
        self.out.extend_from_slice(text.as_ref().as_bytes());
        self.out.push(b'\n');
    }

    /// A heading in bold.
    pub fn heading(&mut self, text: &str) {
        let bold = Style::new().bold();
        self.line(format!("{bold}{text}{bold:#}"));
    }

    /// Bytes for a machine, as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// A table with aligned columns.
    pub fn table(&mut self, header: &[(&str, Lean)], rows: Vec<Vec<String>>) {
        let mut table = Table::new();
        table.load_style(NOTHING).set_header(header.iter().map(|(title, _)| (*title).to_owned()));
        table.add_rows(rows);
        for (column, (_, lean)) in table.column_iter_mut().zip(header) {
            column.set_padding((0, 2));
            if *lean == Lean::Right {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let text = table.to_string();
        let mut lines = text.lines();
        if let Some(first) = lines.next() {
            let faint = Style::new().dimmed();
            self.line(format!("{faint}{}{faint:#}", first.trim_end()));
        }
        for line in lines {
            self.line(line.trim_end());
        }
    }

    /// Findings to standard error, errors in red, warnings in yellow.
    pub fn findings(&self, findings: &Findings) {
        let mut err = anstream::stderr().lock();
        for finding in findings.iter().take(MAX_FINDINGS) {
            let (color, word) = match finding.severity {
                Severity::Error => (AnsiColor::Red, self.lang.pick("lỗi", "error")),
                Severity::Warning => (AnsiColor::Yellow, self.lang.pick("lưu ý", "warning")),
            };
            let style = color.on_default().bold();
            // Nothing can be told to somebody whose standard error is gone.
            let _unheard = writeln!(err, "{style}{word}{style:#}: {}", finding.say(self.lang));
            if let Some(command) = finding.problem.command {
                let hint = self.lang.pick("có thể chuyển mã bằng", "it can be converted by");
                let _unheard = writeln!(err, "  {hint} «{command}»");
            }
        }
        let more = findings.len().saturating_sub(MAX_FINDINGS);
        if more > 0 {
            let _unheard = writeln!(
                err,
                "{}",
                self.lang.pick(format!("… và {more} mục nữa."), format!("… and {more} more."))
            );
        }
    }

    /// A remark to standard error, so that standard output stays clean for machines.
    pub fn remark(text: &str) {
        let _unheard = writeln!(anstream::stderr().lock(), "{text}");
    }

    /// A bar for long work; hidden where standard error is no terminal.
    pub fn progress(steps: u64, text: &str) -> ProgressBar {
        if !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(steps).with_message(text.to_owned());
        if let Ok(style) = indicatif::ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }

    /// Writes what was said to standard output.
    pub fn finish(&mut self) -> Result<(), CommandFailure> {
        let mut out = anstream::stdout().lock();
        out.write_all(&std::mem::take(&mut self.out))?;
        Ok(out.flush()?)
    }

    /// Says why a command failed, and gives its exit code.
    pub fn fail(&mut self, failure: &CommandFailure) -> ExitCode {
        match failure {
            CommandFailure::Findings(findings) => self.findings(findings),
            CommandFailure::Closed => {}
            // What was computed is worth seeing even where it differs.
            CommandFailure::Differs => {
                let _already_failing = self.finish();
                Self::remark(&failure.say(self.lang));
            }
            other => Self::remark(&other.say(self.lang)),
        }
        ExitCode::from(failure.code())
    }
}
