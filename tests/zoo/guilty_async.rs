//! The same in async code.

use std::hint::black_box;

use tripline::Probe;

use super::{background, regressed};

#[tripline::test]
async fn a_boxed_future(probe: &Probe) {
    let regressed = regressed();
    let kept = probe
        .measure_async(async || {
            let kept = background::work();
            for step in 0..80 {
                drive(step, regressed).await;
            }
            kept
        })
        .await;
    drop(kept);
}

async fn drive(step: u64, regressed: bool) {
    if regressed { Box::pin(work(step)).await } else { work(step).await }
}

async fn work(step: u64) {
    let page = black_box([step; 64]);
    tokio::task::yield_now().await;
    black_box(page);
}

#[tripline::test]
async fn growth_in_an_async_task(probe: &Probe) {
    let regressed = regressed();
    let kept = probe
        .measure_async(async || {
            let kept = background::work();
            let tasks: Vec<_> = (0..20).map(|n| tokio::spawn(serve(n, regressed))).collect();
            for task in tasks {
                assert!(task.await.is_ok());
            }
            kept
        })
        .await;
    drop(kept);
}

async fn serve(request: u64, regressed: bool) -> usize {
    tokio::task::yield_now().await;
    let body = if regressed { vec![request; 100] } else { Vec::new() };
    black_box(body).len()
}
