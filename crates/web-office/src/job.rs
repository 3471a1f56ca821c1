//! What the server does by itself, and how it went.

use askama::Template;
use axum::extract::State;
use axum::routing::get;
use parindex_domain::moment::span;
use parindex_domain::right::Act;
use parindex_store::audit::Behind;
use parindex_store::job::{ListedJob, State as Stand};

use parindex_web_shell::app::{App, BackupKeys};
use parindex_web_shell::failure::Answer;
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::route::{Needs, Route, Scope};
use parindex_web_shell::visitor::Visitor;

pub static ROUTES: &[Route<App>] =
    &[Route::get("/jobs", Needs::Act(Act::SeeJobs), Scope::Installation, || get(list_jobs))];

/// Jobs on one page: a month of nights.
const MAX: u64 = 100;

#[derive(Template)]
#[template(path = "job.html")]
struct JobPage {
    frame: Frame,
    jobs: Vec<ListedJob>,
    /// The clock of the machine, and the newest time of the log, where it is behind.
    behind: Option<Behind>,
    fingerprint: String,
    recipient: Option<String>,
}

impl JobPage {
    fn name<'j>(&self, job: &'j ListedJob) -> &'j str {
        match job.job.kind.as_str() {
            "check-log" => self.frame.t("Kiểm tra nhật ký", "Check the log"),
            "backup" => self.frame.t("Sao lưu", "Backup"),
            "check-files" => self.frame.t("Kiểm tra tệp", "Check the files"),
            "sweep" => self.frame.t("Dọn dẹp", "Clearing away"),
            other => other,
        }
    }

    fn lag(&self, behind: &Behind) -> String {
        span(behind.newest - behind.host, self.frame.lang)
    }

    fn look(&self, job: &ListedJob) -> Look {
        let t = |vi, en| self.frame.lang.pick(vi, en);
        match job.state {
            Stand::Waiting if job.job.attempt == 0 => {
                Look { colour: "", icon: "clock", words: t("chờ", "waits") }
            }
            Stand::Waiting => Look {
                colour: "care",
                icon: "clock",
                words: t("hỏng, sẽ thử lại", "failed, will be tried again"),
            },
            Stand::Held => Look { colour: "", icon: "player-play", words: t("đang làm", "at work") },
            Stand::Done => Look { colour: "done", icon: "circle-check", words: t("xong", "done") },
            Stand::Failed => Look {
                colour: "stop",
                icon: "alert-triangle",
                words: t("hỏng, cần người xem", "failed, somebody has to look"),
            },
        }
    }
}

/// How a state looks: never by colour alone.
struct Look {
    colour: &'static str,
    icon: &'static str,
    words: &'static str,
}

pub async fn list_jobs(State(app): State<App>, visitor: Visitor) -> Answer {
    let jobs = app.store.jobs(app.now(), MAX).await?;
    let behind = app.store.clock_behind(app.host_now()).await?;
    let BackupKeys { fingerprint, recipient } = app.settings.backups.clone();
    Ok(render(&JobPage { frame: Frame::new(&app, &visitor), jobs, behind, fingerprint, recipient }))
}
