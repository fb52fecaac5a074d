//! Opens the engine and runs a profile's batches on it.

use std::path::Path;

use tokio::task::JoinHandle;
use turso::{Builder, Connection, Database};

use crate::{
    Config, Error, Lifetime, Mode, Phase, Profile, Result, Tally, TempStore, WorkItem, execute,
    table,
};

/// An open database with its connections. While it lives, all the engine's data is live too;
/// dropping it closes the database.
#[derive(Debug)]
pub struct Bench {
    set_up: Connection,
    /// The connections of [`Lifetime::Bench`]; the first is the set-up connection.
    kept: Vec<Connection>,
    database: Database,
    config: Config,
    /// The phase of the latest batch.
    phase: Phase,
    tally: Tally,
}

impl Bench {
    /// Opens or creates the database at `path`, sets the journal mode, and connects.
    pub async fn open(path: &Path, config: &Config) -> Result<Self> {
        if config.connections == 0 {
            return Err(Error::NoConnections);
        }
        let path = path.to_str().ok_or_else(|| Error::Path(path.to_owned()))?;
        let building = Builder::new_local(path).build().await;
        let database = building.map_err(Error::engine("open the database"))?;
        let set_up = connect(&database, config).await?;
        set_mode(&set_up, config.mode).await?;
        let mut kept = Vec::new();
        if config.lifetime == Lifetime::Bench {
            kept.push(set_up.clone());
            for _ in 1..config.connections {
                kept.push(connect(&database, config).await?);
            }
        }
        Ok(Self {
            set_up,
            kept,
            database,
            config: config.clone(),
            phase: Phase::Setup,
            tally: Tally::default(),
        })
    }

    /// Opens one more connection, with the bench's settings.
    pub async fn connect(&self) -> Result<Connection> {
        connect(&self.database, &self.config).await
    }

    /// Runs the profile's set-up and stops before its run.
    pub async fn set_up(&mut self, profile: &mut dyn Profile) -> Result<()> {
        while self.step(profile).await? == Phase::Setup {}
        Ok(())
    }

    /// Runs the rest of the profile. That includes the set-up, unless it was run before.
    pub async fn run(&mut self, profile: &mut dyn Profile) -> Result<()> {
        while self.step(profile).await? != Phase::Done {}
        Ok(())
    }

    /// Runs the profile's next batch and returns its phase.
    pub async fn step(&mut self, profile: &mut dyn Profile) -> Result<Phase> {
        let (phase, lists) = profile.next_batch(self.config.connections);
        self.check(profile.name(), phase, lists.len())?;
        self.phase = phase;
        match phase {
            Phase::Setup => self.alone(lists).await?,
            Phase::Run => self.together(lists).await?,
            Phase::Done => {}
        }
        Ok(phase)
    }

    /// Refuses a batch that would blur the phases, or that would not run in full.
    fn check(&self, profile: &'static str, phase: Phase, lists: usize) -> Result<()> {
        if phase == Phase::Run && self.phase == Phase::Setup && lists > 0 {
            return Err(Error::Unmarked { profile });
        }
        let connections = self.config.connections;
        if phase == Phase::Run && lists > connections {
            return Err(Error::Lists { profile, lists, connections });
        }
        Ok(())
    }

    async fn alone(&mut self, lists: Vec<Vec<WorkItem>>) -> Result<()> {
        let patience = self.config.busy_timeout;
        for items in lists {
            self.tally += execute::transaction(&self.set_up, "BEGIN", &items, patience).await?;
        }
        Ok(())
    }

    /// Runs one task a connection. All of them end before this does, also when one fails.
    async fn together(&mut self, lists: Vec<Vec<WorkItem>>) -> Result<()> {
        let begin = self.config.mode.begin();
        let patience = self.config.busy_timeout;
        let mut tasks: Vec<JoinHandle<Result<Tally>>> = Vec::with_capacity(lists.len());
        for (index, items) in lists.into_iter().enumerate() {
            let connection = match self.kept.get(index) {
                Some(kept) => kept.clone(),
                None => self.connect().await?,
            };
            tasks.push(tokio::spawn(async move {
                execute::transaction(&connection, begin, &items, patience).await
            }));
        }
        let mut outcome = Ok(());
        for task in tasks {
            match task.await.map_err(Error::from).and_then(|done| done) {
                Ok(done) => self.tally += done,
                Err(error) => outcome = outcome.and(Err(error)),
            }
        }
        outcome
    }

    /// Returns the work that the engine has acknowledged so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Returns the rows in the table, counted by the engine.
    pub async fn stored_rows(&self) -> Result<u64> {
        count(&self.set_up).await.map_err(Error::engine("count the rows"))
    }

    /// Fails unless the table holds exactly the rows that this bench wrote.
    pub async fn verify(&self) -> Result<()> {
        let (expected, actual) = (self.tally.rows_written, self.stored_rows().await?);
        if expected == actual { Ok(()) } else { Err(Error::Stored { expected, actual }) }
    }
}

async fn connect(database: &Database, config: &Config) -> Result<Connection> {
    let connection = database.connect().map_err(Error::engine("connect"))?;
    let patience = connection.busy_timeout(config.busy_timeout);
    patience.map_err(Error::engine("set the busy timeout"))?;
    if let Some(size) = config.cache_size {
        let resized = connection.pragma_update("cache_size", size).await;
        resized.map_err(Error::engine("set the cache size"))?;
    }
    if config.temp_store == TempStore::Memory {
        let moved = connection.pragma_update("temp_store", "memory").await;
        moved.map_err(Error::engine("set the temporary store"))?;
    }
    Ok(connection)
}

/// Sets the journal mode and reads it back.
async fn set_mode(connection: &Connection, mode: Mode) -> Result<()> {
    let setting = connection.pragma_update("journal_mode", mode.pragma_value());
    let rows = setting.await.map_err(Error::engine("set the journal mode"))?;
    let actual = rows.first().map_or(Ok(String::new()), |row| row.get(0));
    let actual = actual.map_err(Error::engine("read the journal mode"))?;
    if actual == mode.as_str() { Ok(()) } else { Err(Error::Mode { expected: mode, actual }) }
}

async fn count(connection: &Connection) -> turso::Result<u64> {
    let mut statement = connection.prepare(table::COUNT).await?;
    let row = statement.query_row(()).await?;
    row.get(0).map(i64::cast_unsigned)
}
