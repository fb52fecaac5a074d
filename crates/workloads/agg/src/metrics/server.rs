//! Serves `/metrics` over HTTP, on a thread of its own.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::watch;

use super::exposition;
use super::snapshot::Published;

/// The longest that a request may go on once the server is told to stop; an answer takes
/// milliseconds.
const GRACE: Duration = Duration::from_millis(250);

/// A server. It stops when told to, or when dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl Server {
    /// Listens at `address` and serves the published snapshot. Port 0 is any free port.
    pub fn bind(address: SocketAddr, published: Published) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let name = std::thread::Builder::new().name("metrics".into());
        let thread = name.spawn(move || runtime.block_on(serve(listener, published, stopped)))?;
        Ok(Self { address, stop, thread: Some(thread) })
    }

    #[must_use]
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Closes the port and ends the thread, after the requests that have begun or a quarter of a second.
    pub fn stop(mut self) -> io::Result<()> {
        self.end()
    }

    fn end(&mut self) -> io::Result<()> {
        self.stop.send_replace(true);
        let Some(thread) = self.thread.take() else {
            return Ok(());
        };
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the metrics server panicked")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A caller that needs the result calls `stop`.
        let _ = self.end();
    }
}

async fn serve(
    listener: TcpListener,
    published: Published,
    stopped: watch::Receiver<bool>,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let routes = Router::new().route("/metrics", get(metrics)).with_state(published);
    let serving = axum::serve(listener, routes).with_graceful_shutdown(told(stopped.clone()));
    tokio::select! {
        ended = serving => ended,
        () = told_and_waited(stopped) => Ok(()),
    }
}

/// Waits until the server is told to stop, or its sender is gone.
async fn told(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

async fn told_and_waited(stopped: watch::Receiver<bool>) {
    told(stopped).await;
    tokio::time::sleep(GRACE).await;
}

async fn metrics(State(published): State<Published>) -> Response {
    match exposition::render(published.latest()) {
        Ok(text) => ([(header::CONTENT_TYPE, exposition::CONTENT_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
