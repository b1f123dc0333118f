//! A day or a week as a picture of characters: a line for each role, what was active when. Pure: lines come out.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use pim::{
    timeline::{Standing, Stretch, active_time, within},
    view::{Lane, Span},
    wall::{self, Zone},
};

use super::{clean, terminal::Look};
use crate::minutes::spoken;

/// Names are cut beyond this.
const NAME: usize = 26;
/// Between the columns.
const GAP: usize = 2;
/// Room for how long it was: `23 h 59`.
const TOTAL: usize = 8;

/// What is drawn.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    /// All lanes there are.
    pub lanes: &'a [Lane],
    /// The day or the week.
    pub stretch: Stretch,
    /// The service's time.
    pub now: DateTime<Utc>,
    /// The user's time zone.
    pub zone: Zone,
}

/// What a column of the picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    Empty,
    /// A line of the hours or the days.
    Mark,
    /// It was active.
    Active,
    /// It runs, and this is what is left of it.
    Left,
    /// It has yet to begin.
    Planned,
}

impl Cell {
    /// As a character, and the colour that it has.
    fn drawn(self, blocks: bool) -> (char, Option<&'static str>) {
        match (self, blocks) {
            (Self::Empty, _) => (' ', None),
            (Self::Mark, true) => ('·', Some("2")),
            (Self::Mark, false) => ('.', Some("2")),
            (Self::Active, true) => ('█', Some("32")),
            (Self::Active, false) => ('#', Some("32")),
            (Self::Left, true) => ('▒', Some("32")),
            (Self::Left, false) => ('=', Some("32")),
            (Self::Planned, true) => ('░', Some("36")),
            (Self::Planned, false) => ('-', Some("36")),
        }
    }
}

/// The lines of the picture; none where nothing was, is or will be active. Where the terminal is too narrow for hours it
/// says them in words.
pub fn draw(picture: Picture<'_>, look: Look) -> Vec<String> {
    let Picture { stretch, zone, now, .. } = picture;
    let lanes = within(picture.lanes, stretch);
    let called: Vec<String> = lanes.iter().map(called).collect();
    let Some(longest) = called.iter().map(|name| name.chars().count()).max() else { return Vec::new() };
    let names = longest.min(NAME);
    let begins = stretch.begins(zone);
    let days = begins.len() - 1;
    let room = look.columns.saturating_sub(names + 2 * GAP + TOTAL);
    // A column is a round part of a day.
    let parts: &[usize] = if days == 1 { &[96, 72, 48, 32, 24] } else { &[12, 8, 6, 4] };
    let Some(width) = parts.iter().map(|part| part * days).find(|width| *width <= room) else {
        return in_words(picture, &lanes, &called);
    };
    let scale = Scale { begins: &begins, width };
    let line = |name: &str, middle: &str, end: &str| {
        let name = cut(name, names, look);
        format!("{name:<names$}  {middle}  {end}").trim_end().to_owned()
    };
    let marks = scale.marks(zone);
    let mut lines = vec![line("", &scale.heading(&marks), "")];
    for (lane, name) in lanes.iter().zip(&called) {
        let cells = painted(&scale.cells(lane, now, &marks), look);
        let total = active_time(lane, stretch, now).num_minutes();
        lines.push(line(name, &cells, &(if total > 0 { spoken(total) } else { String::new() })));
    }
    let before = scale.column(now);
    let pointer = format!("{:before$}{}", "", if look.blocks { '▲' } else { '^' });
    let time = now.with_timezone(&zone(now)).format("%H:%M");
    lines.push(line("", &format!("{pointer} {time}"), ""));
    lines.push(String::new());
    lines.push(legend(&lanes, stretch, now, look));
    lines
}

/// Time along a line.
struct Scale<'a> {
    /// Where each day begins, and where the last one ends.
    begins: &'a [DateTime<Utc>],
    width: usize,
}

impl Scale<'_> {
    fn per_day(&self) -> usize {
        self.width / (self.begins.len() - 1)
    }

    /// The column that an instant is in. Days are equally wide, also those on which clocks are changed.
    fn column(&self, at: DateTime<Utc>) -> usize {
        let last = self.begins.len() - 2;
        let day = self.begins.iter().take(last + 1).rposition(|begins| *begins <= at).unwrap_or(0);
        let (from, to) = (self.begins[day], self.begins[day + 1]);
        let per_day = i64::try_from(self.per_day()).unwrap_or(1);
        let within = ((at - from).num_seconds() * per_day / (to - from).num_seconds().max(1)).clamp(0, per_day);
        (day * self.per_day() + usize::try_from(within).unwrap_or(0)).min(self.width - 1)
    }

    /// The columns with a mark, and what stands above each: every three hours of a day, every day of a week.
    fn marks(&self, zone: Zone) -> Vec<(usize, String)> {
        if let [from, to] = self.begins {
            let hours = (0..24).step_by(3).filter_map(|hour| {
                let time = chrono::NaiveTime::from_hms_opt(hour, 0, 0)?;
                let at = wall::moment(wall::day(*from, zone), time, zone);
                (at < *to).then(|| (self.column(at), format!("{hour:02}")))
            });
            return hours.collect();
        }
        let days = self.begins[..self.begins.len() - 1].iter().enumerate();
        let named = days.map(|(place, at)| {
            let day = wall::day(*at, zone);
            let name = day.format("%a").to_string();
            let name = if self.per_day() < 7 { name } else { format!("{name} {}", day.day()) };
            (place * self.per_day(), name)
        });
        named.collect()
    }

    fn heading(&self, marks: &[(usize, String)]) -> String {
        let mut heading = String::new();
        for (column, name) in marks {
            let missing = column.saturating_sub(heading.chars().count());
            heading.push_str(&" ".repeat(missing));
            heading.push_str(name);
        }
        format!("{heading:<width$}", width = self.width)
    }

    fn cells(&self, lane: &Lane, now: DateTime<Utc>, marks: &[(usize, String)]) -> Vec<Cell> {
        let mut cells = vec![Cell::Empty; self.width];
        for (column, _) in marks {
            cells[*column] = Cell::Mark;
        }
        let stretch = Stretch { from: self.begins[0], to: self.begins[self.begins.len() - 1] };
        for span in &lane.spans {
            for (part, cell) in parts(span, now) {
                let Some(part) = stretch.part(&Span { start: part.from, end: part.to, ..span.clone() }) else {
                    continue;
                };
                // However short it was, it is seen; what ends as a column begins is not in it.
                let last = self.column(part.to - TimeDelta::nanoseconds(1)).max(self.column(part.from));
                cells[self.column(part.from)..=last].fill(cell);
            }
        }
        cells
    }
}

/// A span as it is drawn. What was is drawn last, so that it is seen where what is left begins in the same column.
fn parts(span: &Span, now: DateTime<Utc>) -> Vec<(Stretch, Cell)> {
    let whole = Stretch { from: span.start, to: span.end };
    match span.standing(now) {
        Standing::Over => vec![(whole, Cell::Active)],
        Standing::Planned => vec![(whole, Cell::Planned)],
        Standing::Running => {
            vec![(Stretch { from: now, ..whole }, Cell::Left), (Stretch { to: now, ..whole }, Cell::Active)]
        }
    }
}

fn painted(cells: &[Cell], look: Look) -> String {
    let run = |run: &[Cell]| {
        let (character, colour) = run[0].drawn(look.blocks);
        let run = character.to_string().repeat(run.len());
        colour.filter(|_| look.colours).map_or(run.clone(), |colour| format!("\u{1b}[{colour}m{run}\u{1b}[0m"))
    };
    cells.chunk_by(|one, other| one == other).map(run).collect()
}

/// What the characters mean, of those that are there.
fn legend(lanes: &[Lane], stretch: Stretch, now: DateTime<Utc>, look: Look) -> String {
    let inside = lanes.iter().flat_map(|lane| &lane.spans).filter(|span| stretch.part(span).is_some());
    let shown: Vec<Cell> = inside.flat_map(|span| parts(span, now)).map(|(_, cell)| cell).collect();
    let meanings = [(Cell::Active, "active"), (Cell::Left, "still to run"), (Cell::Planned, "planned")];
    let told = meanings.into_iter().filter(|(cell, _)| shown.contains(cell));
    told.map(|(cell, word)| format!("{} {word}", painted(&[cell], look))).collect::<Vec<_>>().join("   ")
}

/// The same without a picture.
fn in_words(picture: Picture<'_>, lanes: &[Lane], called: &[String]) -> Vec<String> {
    let Picture { stretch, now, zone, .. } = picture;
    let days = stretch.begins(zone).len() - 1;
    let form = if days == 1 { "%H:%M" } else { "%a %H:%M" };
    let time = |at: DateTime<Utc>| at.with_timezone(&zone(at)).format(form).to_string();
    let mut lines = Vec::new();
    for (lane, name) in lanes.iter().zip(called) {
        lines.push(name.clone());
        for span in &lane.spans {
            let word = match span.standing(now) {
                Standing::Over => "",
                Standing::Running => ", active",
                Standing::Planned => ", planned",
            };
            lines.push(format!("  {} - {}{word}", time(span.start), time(span.end)));
        }
    }
    lines
}

fn called(lane: &Lane) -> String {
    let scope = lane.scope.as_deref().map(clean).filter(|scope| !scope.is_empty());
    scope.map_or_else(|| clean(&lane.name), |scope| format!("{} ({scope})", clean(&lane.name)))
}

fn cut(text: &str, columns: usize, look: Look) -> String {
    if text.chars().count() <= columns {
        return text.to_owned();
    }
    let kept: String = text.chars().take(columns.saturating_sub(1)).collect();
    format!("{kept}{}", if look.blocks { '…' } else { '~' })
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;
    use pim::model::Kind;

    use super::*;

    const PLAIN: Look = Look { columns: 80, colours: false, blocks: false };

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    /// An hour east of Greenwich.
    fn zone(_: DateTime<Utc>) -> FixedOffset {
        FixedOffset::east_opt(3_600).expect("an offset")
    }

    fn span(start: &str, end: &str, granted: bool) -> Span {
        Span { start: at(start), end: at(end), granted, minutes: None, reason: None, ticket: None, here: true }
    }

    fn lane(name: &str, scope: Option<&str>, spans: Vec<Span>) -> Lane {
        Lane { role: name.into(), kind: Kind::DirectoryRole, name: name.into(), scope: scope.map(Into::into), spans }
    }

    fn lanes() -> Vec<Lane> {
        vec![
            lane(
                "Global Reader",
                None,
                vec![
                    span("2026-11-23T07:00:00Z", "2026-11-23T08:00:00Z", true),
                    span("2026-11-25T05:00:00Z", "2026-11-25T06:00:00Z", true),
                    span("2026-11-25T10:00:00Z", "2026-11-25T14:00:00Z", true),
                    span("2026-11-25T17:00:00Z", "2026-11-25T18:00:00Z", false),
                ],
            ),
            lane(
                "Contributor",
                Some("rg-webshop-northeurope"),
                vec![span("2026-11-25T10:59:00Z", "2026-11-25T11:00:00Z", true)],
            ),
        ]
    }

    fn drawn(stretch: fn(DateTime<Utc>, Zone) -> Stretch, look: Look) -> String {
        let now = at("2026-11-25T12:00:00Z");
        let lanes = lanes();
        draw(Picture { lanes: &lanes, stretch: stretch(now, zone), now, zone }, look).join("\n")
    }

    #[test]
    fn a_day_is_drawn_by_its_hours_however_short_something_was() {
        let day = "
                            00  03  06  09  12  15  18  21
Global Reader               .   .   ##  . ####==.   --  .     3 h
Contributor (rg-webshop-n~  .   .   .   .  #.   .   .   .     1 min
                                             ^ 13:00

# active   = still to run   - planned";
        assert_eq!(drawn(Stretch::day, PLAIN), &day[1..]);
        let narrow = "
                            00 03 06 09 12 15 18 21
Global Reader               .  .  #  . ##==.  -  .    3 h
Contributor (rg-webshop-n~  .  .  .  . #.  .  .  .    1 min
                                         ^ 13:00

# active   = still to run   - planned";
        assert_eq!(drawn(Stretch::day, Look { columns: 66, ..PLAIN }), &narrow[1..]);
    }

    #[test]
    fn a_week_is_drawn_by_its_days() {
        let week = "
                            Mon 23  Tue 24  Wed 25  Thu 26  Fri 27  Sat 28  Sun 29
Global Reader               · █     ·       · ███ ░ ·       ·       ·       ·         4 h
Contributor (rg-webshop-n…  ·       ·       ·  █    ·       ·       ·       ·         1 min
                                                ▲ 13:00

█ active   ▒ still to run   ░ planned";
        let text = drawn(Stretch::week, Look { columns: 120, blocks: true, ..PLAIN });
        assert_eq!(text, &week[1..]);
    }

    #[test]
    fn where_there_is_no_room_it_is_said_in_words() {
        let day = "
Global Reader
  06:00 - 07:00
  11:00 - 15:00, active
  18:00 - 19:00, planned
Contributor (rg-webshop-northeurope)
  11:59 - 12:00";
        assert_eq!(drawn(Stretch::day, Look { columns: 40, ..PLAIN }), &day[1..]);
    }

    #[test]
    fn colours_are_there_where_they_are_seen_and_take_no_room() {
        let coloured = drawn(Stretch::day, Look { colours: true, ..PLAIN });
        assert!(coloured.contains("\u{1b}[32m####\u{1b}[0m\u{1b}[32m==\u{1b}[0m"), "{coloured}");
        let bare = ["\u{1b}[2m", "\u{1b}[32m", "\u{1b}[36m", "\u{1b}[0m"];
        let bare = bare.iter().fold(coloured, |text, escape| text.replace(escape, ""));
        assert_eq!(bare, drawn(Stretch::day, PLAIN));
    }

    #[test]
    fn nothing_is_no_picture_and_what_lies_outside_neither() {
        let now = at("2026-11-26T12:00:00Z");
        let picture = |lanes| Picture { lanes, stretch: Stretch::day(now, zone), now, zone };
        assert_eq!(draw(picture(&[]), PLAIN), [""; 0]);
        assert_eq!(draw(picture(&lanes()), PLAIN), [""; 0]);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for columns in 50..200 {
            for stretch in [Stretch::day, Stretch::week] {
                let text = drawn(stretch, Look { columns, ..PLAIN });
                let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
                assert!(widest <= columns, "{columns}:\n{text}");
            }
        }
    }

    #[test]
    fn a_day_of_twenty_five_hours_is_as_wide_as_any_and_its_hours_are_those_of_the_wall() {
        fn berlin(at: DateTime<Utc>) -> FixedOffset {
            let summer = at < "2026-10-25T01:00:00Z".parse::<DateTime<Utc>>().expect("an instant");
            FixedOffset::east_opt(if summer { 7_200 } else { 3_600 }).expect("an offset")
        }
        let now = at("2026-10-25T12:00:00Z");
        let lanes = [lane("Night", None, vec![span("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", true)])];
        let lines = draw(Picture { lanes: &lanes, stretch: Stretch::day(now, berlin), now, zone: berlin }, PLAIN);
        assert_eq!(lines[0].trim_start(), "00     03    06    09   12    15    18    21");
        assert!(lines[1].ends_with("14 h"), "{lines:?}");
    }
}
