//! `caseconsult serve`: poller, workers and pages in one process, as configured.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context as _;
use caseconsult_store::Clock;
use caseconsult_workers::context::Context;
use clap::Args;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{
    config::Config,
    process::{open, parts::Parts, stop},
    search::Held,
    web::{self, DemoNotice, LOOK_EVERY, Pages, WebContext},
};

/// Run poller, workers and pages in one process.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen, in place of web.listen.
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// Without the poller, for a second machine on one PostgreSQL database.
    #[arg(long)]
    no_poll: bool,
    /// Without the workers.
    #[arg(long)]
    no_work: bool,
}

/// Runs until told to stop.
///
/// # Errors
/// When the configuration is unusable or unsafe, or a part cannot start; nothing runs on then.
pub async fn run(serve: &Serve, config: &Config) -> anyhow::Result<()> {
    let stop = stop::on_signal();
    let mut config = config.clone();
    if let Some(listen) = serve.listen {
        config.web.listen = listen;
    }
    config.web.check()?;
    let clock = Clock::system();
    let context = open::context(&config, &clock).await?;
    let listener = listen(config.web.listen).await?;
    println!("ready: http://{}", listener.local_addr()?);
    let plan = Plan { poll: !serve.no_poll, work: !serve.no_work, demo: None };
    together(&config, context, listener, plan, stop).await
}

/// What runs besides the pages.
#[derive(Debug)]
pub(super) struct Plan {
    /// The poller.
    pub poll: bool,
    /// The workers and the reconciler.
    pub work: bool,
    /// The demo's words to its visitor.
    pub demo: Option<DemoNotice>,
}

/// Binds the pages' address.
pub(super) async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("web.listen: cannot listen on {address}; is another caseconsult running?"))
}

/// Runs pages, poller and workers until `stop`.
pub(super) async fn together(
    config: &Config,
    context: Context,
    listener: TcpListener,
    plan: Plan,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let web = WebContext {
        desk: open::desk(config, &context),
        pages: Arc::new(Pages::embedded()?),
        session_secret: SecretString::from(String::from_utf8_lossy(&config.identity.secret()?).into_owned()),
        session_length: config.web.session,
        public_url: config.web.public_url.clone(),
        secure_cookies: config.web.secure_cookies(),
        search: Arc::new(Held::beside(&config.database.url)),
        precedents: Arc::default(),
        house: context.house.clone(),
        outbox_folder: config.delivery.folder.as_ref().map(|folder| folder.path.clone()),
        demo: plan.demo,
        bell: context.bell.clone(),
        look_every: LOOK_EVERY,
    };
    let mut parts = Parts::new(stop);
    if plan.poll {
        for source in super::poll::sources(config)? {
            parts.add(source.run(context.clone(), parts.stop()));
        }
    }
    if plan.work {
        parts.add(super::work::fleet(config, &context)?.run(parts.stop()));
    }
    parts.add(web::serve(listener, web, parts.stop()));
    parts.run().await
}
