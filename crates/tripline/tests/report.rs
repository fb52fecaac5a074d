//! The report in a browser: hostile names stay names, and the page works where it is read.
//!
//! Chromium loads a copy of the page that has one script more, which drives it and tells the page around it
//! what it saw, which keeps that as attributes. It is loaded in a frame because Chromium's own window is never
//! as narrow as a phone. Without Chromium (`/usr/bin/chromium`, or what `CHROMIUM` names) these
//! tests say that they were skipped.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use tripline::__private::{BlameRow, BlameSection, LimitRow, Report, SiteTable, TypeRow};
use tripline_profile::{Amount, Breakdown, Place, Site, SiteFigures};

/// Holds the frame, and what the frame tells.
const AROUND: &str = r#"<!DOCTYPE html>
<html><head><meta name="color-scheme" content="light dark">
<script>onmessage = (told) => Object.assign(document.documentElement.dataset, told.data);</script>
</head><body><iframe src="report.html" width="{width}" height="800" style="border: 0"></iframe></body></html>
"#;

/// Runs after the page's own script.
const DRIVER: &str = r#"
<script>
const probe = {};
const search = document.getElementById('search');
const figure = document.getElementById('figure');
const tiles = () => document.querySelectorAll('#map .tile').length;
const visible = () => [...document.querySelectorAll('#sites tbody tr')].filter((row) => !row.hidden).length;
const find = (text) => { search.value = text; search.dispatchEvent(new Event('input')); };
const first = () => document.querySelector('#sites tbody .key').textContent;
probe.title = document.title;
probe.tiles = tiles();
probe.rows = visible();
document.querySelector('#types details').open = true;
probe.layout = document.querySelector('#types pre').textContent;
probe.overflow = document.documentElement.scrollWidth - window.innerWidth;
probe.width = window.innerWidth;
const box = document.getElementById('sites').parentElement;
probe.hiddenColumns = box.scrollWidth - box.clientWidth;
probe.background = getComputedStyle(document.body).backgroundColor;
probe.policy = document.querySelectorAll('meta[http-equiv]').length;
probe.foreign = document.querySelectorAll('img, b, iframe, object, link, svg').length;
probe.scripts = document.scripts.length;
document.querySelector('#map .tile').focus();
probe.detail = document.getElementById('detail').textContent;
document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
probe.next = document.activeElement.getAttribute('aria-label');
find('vdbe sort');
probe.found = tiles();
probe.foundRows = visible();
find('nothing has this name');
probe.none = tiles();
find('');
probe.again = tiles();
figure.value = '4';
figure.dispatchEvent(new Event('change'));
probe.leaked = tiles();
probe.sorted = first();
document.querySelectorAll('#sites thead button')[0].click();
probe.byName = first();
probe.sort = document.querySelector('#sites [aria-sort]').getAttribute('aria-sort');
parent.postMessage(probe, '*');
</script>
"#;

const HOSTILE: [&str; 6] = [
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\"' onmouseover=document.title='owned' x=\"",
    "app::\u{202e}evil\u{2066}::\u{200f}rtl",
    "<!--<script>",
    "&lt;b&gt;\u{2028}document.title='owned'",
];

fn site(key: &str, bytes: u64, leaked: u64) -> Site {
    let amount = |bytes: u64| Amount { blocks: bytes.div_ceil(100), bytes };
    let figures =
        SiteFigures { total: amount(bytes), peak: amount(bytes / 2), end: amount(leaked) };
    Site {
        callers: vec![format!("{key}::caller"), "app::main".to_owned()],
        place: Some(Place { file: format!("src/{key}.rs"), line: 7 }),
        key: key.to_owned(),
        ..Site::folded(0, figures)
    }
}

/// Every text of it hostile, beside some that are not.
fn report() -> Report {
    let hostile = HOSTILE.iter().zip(1..).map(|(name, at)| site(name, at * 3_000, 0));
    let usual = [
        site("engine::vdbe::execute::op_insert", 90_000, 0),
        site("engine::vdbe::sorter::Sorter::sort", 40_000, 700),
        site("engine::storage::pager::Pager::a_method_with_a_rather_long_name", 60_000, 300),
    ];
    let sites: Vec<_> = hostile.chain(usual).collect();
    let breakdown = Breakdown { totals: sites.iter().map(|site| site.figures).sum(), sites };
    let text = HOSTILE.concat();
    let row = BlameRow {
        amount: text.clone(),
        share: text.clone(),
        name: text.clone(),
        about: vec![text.clone(), text.clone()],
    };
    let rows = BlameSection { heading: text.clone(), rows: vec![row] };
    let limit = LimitRow { name: text.clone(), note: text.clone(), ..LimitRow::default() };
    Report {
        name: format!("suite::{text}"),
        what: text.clone(),
        place: text.clone(),
        sentences: vec![text.clone()],
        limits: vec![limit],
        grown: Some(rows.clone()),
        left: Some(rows),
        sites: SiteTable::of(&breakdown, None),
        types: vec![TypeRow { name: text.clone(), size: 32, align: 8, layout: Some(text) }],
        ..Report::default()
    }
}

/// Returns the title as the page shows it, with deceptive characters spelled out.
fn title() -> String {
    let text = HOSTILE.concat();
    let shown = |text: &str| -> String {
        let mut shown = String::new();
        for character in text.chars() {
            match character {
                '\u{2000}'..='\u{206f}' => shown.extend(character.escape_unicode()),
                other => shown.push(other),
            }
        }
        shown
    };
    shown(&format!("suite::{text} holds: {text}"))
}

fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let found = Some(PathBuf::from("/usr/bin/chromium")).filter(|path| path.is_file());
    let chromium = named.or(found);
    if chromium.is_none() {
        eprintln!("skipped: no /usr/bin/chromium, and CHROMIUM is not set");
    }
    chromium
}

#[derive(Clone, Copy, Debug)]
enum Scheme {
    Dark = 0,
    Light = 1,
}

/// The driver's findings.
#[derive(Debug)]
struct Seen(String);

impl Seen {
    /// An attribute of the root element.
    fn get(&self, name: &str) -> String {
        let start = format!(" data-{name}=\"");
        let (_, rest) =
            self.0.split_once(&start).unwrap_or_else(|| panic!("no {name}: {}", self.0));
        let (value, _) = rest.split_once('"').expect("the attribute's end");
        value
            .replace("&nbsp;", "\u{a0}")
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    }

    fn number(&self, name: &str) -> i64 {
        self.get(name).parse().unwrap_or_else(|_| panic!("{name} is no number"))
    }
}

fn load(chromium: &Path, scheme: Scheme, width: u32) -> Seen {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let page = folder.path().join("report.html");
    let driven =
        report().to_html().replace("</body>\n</html>\n", &format!("{DRIVER}</body>\n</html>\n"));
    std::fs::write(&page, driven).expect("a written page");
    let around = folder.path().join("around.html");
    std::fs::write(&around, AROUND.replace("{width}", &width.to_string())).expect("a written page");
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        .args(["--disable-sync", "--no-first-run", "--virtual-time-budget=2000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg("--window-size=1400,900")
        .arg(format!("--blink-settings=preferredColorScheme={}", scheme as u8))
        .arg(format!("file://{}", around.display()))
        .stdin(Stdio::null())
        .output()
        .expect("a run of Chromium");
    let dom = String::from_utf8(output.stdout).expect("UTF-8");
    let errors = String::from_utf8_lossy(&output.stderr);
    let root = dom.split_once("<html").and_then(|(_, rest)| rest.split_once("<head>"));
    Seen(root.unwrap_or_else(|| panic!("no page: {errors}")).0.to_owned())
}

/// Loads once the page that every test asks for.
fn on_a_screen(chromium: &Path) -> &'static Seen {
    static SEEN: OnceLock<Seen> = OnceLock::new();
    SEEN.get_or_init(|| load(chromium, Scheme::Light, 1200))
}

#[test]
fn hostile_names_stay_names() {
    let Some(chromium) = chromium() else { return };
    let seen = on_a_screen(&chromium);
    assert_eq!(seen.get("title"), title());
    assert_eq!(seen.number("foreign"), 0, "an element that a name brought");
    assert_eq!(seen.number("scripts"), 3, "the data, the page's script and the driver");
    assert_eq!(seen.number("policy"), 1);
}

#[test]
fn the_map_is_searched_and_the_table_sorted() {
    let Some(chromium) = chromium() else { return };
    let seen = on_a_screen(&chromium);
    let number = |name| seen.number(name);
    assert_eq!((number("tiles"), number("rows")), (9, 9));
    assert_eq!((number("found"), number("found-rows")), (1, 1));
    assert_eq!((number("none"), number("again")), (0, 9));
    assert_eq!(number("leaked"), 2, "sites that leaked");
    assert_eq!(seen.get("sorted"), "engine::vdbe::sorter::Sorter::sort");
    assert_eq!(
        (seen.get("by-name").as_str(), seen.get("sort").as_str()),
        ("\"' onmouseover=document.title='owned' x=\"", "ascending")
    );
    assert!(seen.get("detail").starts_with("87.9 KiB · "), "{}", seen.get("detail"));
    assert!(
        seen.get("detail").contains("op_insert←\u{a0}engine::vdbe::execute::op_insert::caller")
    );
    let next = "engine::storage::pager::Pager::a_method_with_a_rather_long_name, 58.6 KiB";
    assert_eq!(seen.get("next"), next);
}

#[test]
fn nothing_overflows_in_either_scheme_on_a_phone_or_a_screen() {
    let Some(chromium) = chromium() else { return };
    let [phone, dark_phone, dark] =
        [(Scheme::Light, 360), (Scheme::Dark, 360), (Scheme::Dark, 1200)]
            .map(|(scheme, width)| load(&chromium, scheme, width));
    let screen = on_a_screen(&chromium);
    for (seen, width) in [(&phone, 360), (screen, 1200), (&dark_phone, 360), (&dark, 1200)] {
        assert_eq!(seen.number("width"), i64::from(width));
        assert!(seen.number("overflow") <= 0, "{width}: {seen:?}");
        let hidden = seen.number("hidden-columns");
        assert_eq!(hidden > 0, width == 360, "the table scrolls in its own box: {hidden}");
    }
    assert_eq!(phone.get("background"), screen.get("background"));
    assert_ne!(phone.get("background"), dark_phone.get("background"), "light and dark");
}
