//! The typesetter's view of the world: one template, one data file, our fonts; no disk, network or clock.

use std::fmt;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

static FONTS: [&[u8]; 5] = [
    include_bytes!("../../fonts/BeVietnamPro_400Regular.ttf"),
    include_bytes!("../../fonts/BeVietnamPro_600SemiBold.ttf"),
    include_bytes!("../../fonts/BeVietnamPro_700Bold.ttf"),
    include_bytes!("../../fonts/Inter_400Regular.ttf"),
    include_bytes!("../../fonts/Inter_700Bold.ttf"),
];

/// What never changes, made once: the typesetter caches by its identity.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.iter().flat_map(|data| Font::iter(Bytes::new(*data))).collect();
    let book = FontBook::from_fonts(&fonts);
    Shared { library: LazyHash::new(Library::default()), book: LazyHash::new(book), fonts }
});

/// Why no PDF came out, in the typesetter's words.
#[derive(Debug)]
pub struct PdfError(Vec<String>);

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PDF: {}", self.0.join("; "))
    }
}

impl std::error::Error for PdfError {}

struct MemoryWorld {
    main: Source,
    data: (FileId, Bytes),
}

fn file(path: &str) -> Result<FileId, PdfError> {
    let path = VirtualPath::new(path).map_err(|error| PdfError(vec![error.to_string()]))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for MemoryWorld {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(missing(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(missing(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

/// Sets `template`, which reads `data.json`.
pub(crate) fn render(template: &str, data: &str) -> Result<Vec<u8>, PdfError> {
    let main = Source::new(file("main.typ")?, template.to_owned());
    let world = MemoryWorld { main, data: (file("data.json")?, Bytes::new(data.as_bytes().to_vec())) };
    let compiled = typst::compile::<PagedDocument>(&world);
    let options = PdfOptions { ident: Smart::Auto, timestamp: None, ..PdfOptions::default() };
    let pdf = compiled.output.and_then(|document| typst_pdf::pdf(&document, &options));
    // The typesetter remembers what it computed; a long-running program must let go of it.
    typst::comemo::evict(2);
    pdf.map_err(|errors| PdfError(errors.iter().map(told).collect()))
}

fn told(error: &SourceDiagnostic) -> String {
    let hints = error.hints.iter().map(|hint| format!(" ({})", hint.v));
    std::iter::once(error.message.to_string()).chain(hints).collect()
}
