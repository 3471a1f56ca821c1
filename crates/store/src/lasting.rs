//! What was begun comes to its end, also when whoever waited for it has left.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::runtime::Handle;

/// A future that does not end with whoever waits for it: what is left of it is then done in a task of its own.
///
/// A task from the start would do the same, and costs two changes of thread for each of the many that nobody leaves.
pub(crate) struct Lasting<F>(Option<Pin<Box<F>>>)
where
    F: Future<Output: Send> + Send + 'static;

impl<F> Lasting<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    pub(crate) fn new(future: F) -> Self {
        Self(Some(Box::pin(future)))
    }
}

impl<F> Future for Lasting<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // Whoever asks once more after the end waits for ever.
        let Some(future) = &mut self.0 else { return Poll::Pending };
        let done = ready!(future.as_mut().poll(context));
        self.0 = None;
        Poll::Ready(done)
    }
}

impl<F> Drop for Lasting<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    fn drop(&mut self) {
        // What broke does not go on, and without a runtime nothing does.
        if let Some(rest) = self.0.take().filter(|_| !std::thread::panicking())
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn whoever_waits_has_what_came_of_it() {
        assert_eq!(Lasting::new(async { 7 }).await, 7);
    }

    #[tokio::test]
    async fn it_comes_to_its_end_when_nobody_waits_any_more() {
        let ((go, may_go), (tell, told)) = (oneshot::channel::<()>(), oneshot::channel());
        let lasting = Lasting::new(async move {
            may_go.await.unwrap();
            tell.send("done").unwrap();
        });
        assert!(tokio::time::timeout(Duration::from_millis(5), lasting).await.is_err());
        go.send(()).unwrap();
        assert_eq!(told.await, Ok("done"));
    }
}
