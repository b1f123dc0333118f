//! Where the flyout goes: beside the icon, inside the work area of the icon's monitor. Pure; physical pixels throughout.

use pimento_app::pipe::Place;

/// Between the icon, or the panel's edge, and the window.
const GAP: f64 = 4.0;

/// Menus of icons are hardly taller, in logical pixels.
const MENU_HEIGHT: f64 = 360.0;

/// A rectangle on the desktop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A monitor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    /// All of it.
    pub bounds: Area,
    /// What panels leave free.
    pub work: Area,
    /// Physical pixels per logical one.
    pub scale: f64,
}

/// The upper left corner and the size of a flyout of `logical` size; `None` without any monitor.
pub fn flyout(place: Place, screens: &[Screen], logical: (f64, f64)) -> Option<Area> {
    let anchor = match place {
        Place::Beside { x, y, width, height } if [x, y, width, height].iter().all(|v| v.is_finite()) => {
            Some(Area { x, y, width: width.max(0.0), height: height.max(0.0) })
        }
        _ => None,
    };
    let screen = match anchor {
        Some(anchor) => screens.iter().min_by(|a, b| {
            let (a, b) = (distance(a.bounds, anchor.middle()), distance(b.bounds, anchor.middle()));
            a.total_cmp(&b)
        })?,
        None => screens.first()?,
    };
    let work = screen.work;
    let (width, height) = ((logical.0 * screen.scale).min(work.width), (logical.1 * screen.scale).min(work.height));
    let gap = GAP * screen.scale;
    let centred =
        Area { x: work.x + (work.width - width) / 2.0, y: work.y + (work.height - height) / 2.0, width, height };
    let Some(anchor) = anchor else { return Some(centred.rounded()) };

    // Away from the edge that the icon sits at: that is where its panel is.
    let (x, y) = anchor.middle();
    let (beside_x, beside_y) = (x - width / 2.0, y - height / 2.0);
    let (x, y) = match edge(screen, (x, y)) {
        Edge::Top => (beside_x, (anchor.y + anchor.height + gap).max(work.y + gap)),
        Edge::Bottom => (beside_x, (anchor.y - gap).min(work.bottom() - gap) - height),
        Edge::Left => ((anchor.x + anchor.width + gap).max(work.x + gap), beside_y),
        Edge::Right => ((anchor.x - gap).min(work.right() - gap) - width, beside_y),
    };
    let inside = |value: f64, from: f64, room: f64, need: f64| {
        let gap = gap.min((room - need).max(0.0) / 2.0);
        value.clamp(from + gap, (from + room - need - gap).max(from + gap))
    };
    Some(
        Area { x: inside(x, work.x, work.width, width), y: inside(y, work.y, work.height, height), width, height }
            .rounded(),
    )
}

/// Where the icon must be, when only its menu told: the menu was open at the pointer, so the icon is in the panel at the
/// edge nearby. `None` in the middle of a screen.
pub fn near_menu(pointer: (f64, f64), screens: &[Screen]) -> Option<Place> {
    let (x, y) = pointer;
    let holds = |area: Area| x >= area.x && x < area.right() && y >= area.y && y < area.bottom();
    let screen = screens.iter().find(|screen| holds(screen.bounds))?;
    let (top, bottom) = (y - screen.work.y, screen.work.bottom() - y);
    if top.min(bottom) > MENU_HEIGHT * screen.scale {
        return None;
    }
    let y = if top < bottom { screen.work.y - 1.0 } else { screen.work.bottom() };
    Some(Place::Beside { x, y, width: 0.0, height: 0.0 })
}

enum Edge {
    Top,
    Bottom,
    Left,
    Right,
}

/// The edge of the screen whose panel holds the point; else the nearest edge.
fn edge(screen: &Screen, (x, y): (f64, f64)) -> Edge {
    let (work, all) = (screen.work, screen.bounds);
    if y < work.y {
        return Edge::Top;
    }
    if y >= work.bottom() {
        return Edge::Bottom;
    }
    if x < work.x {
        return Edge::Left;
    }
    if x >= work.right() {
        return Edge::Right;
    }
    let near = [
        (y - all.y, Edge::Top),
        (all.bottom() - y, Edge::Bottom),
        (x - all.x, Edge::Left),
        (all.right() - x, Edge::Right),
    ];
    near.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).map_or(Edge::Top, |(_, edge)| edge)
}

fn distance(area: Area, (x, y): (f64, f64)) -> f64 {
    let out = |value: f64, from: f64, to: f64| (from - value).max(value - to).max(0.0);
    out(x, area.x, area.right()).hypot(out(y, area.y, area.bottom()))
}

impl Area {
    fn right(self) -> f64 {
        self.x + self.width
    }

    fn bottom(self) -> f64 {
        self.y + self.height
    }

    fn middle(self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    fn rounded(self) -> Self {
        Self { x: self.x.round(), y: self.y.round(), width: self.width.round(), height: self.height.round() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIZE: (f64, f64) = (380.0, 620.0);

    /// A monitor of 1920 × 1080 at `x` with a panel of 30 pixels at an edge.
    fn screen(x: f64, panel: &str, scale: f64) -> Screen {
        let bounds = Area { x, y: 0.0, width: 1920.0, height: 1080.0 };
        let mut work = bounds;
        match panel {
            "top" => (work.y, work.height) = (30.0, 1050.0),
            "bottom" => work.height = 1050.0,
            "left" => (work.x, work.width) = (x + 30.0, 1890.0),
            "right" => work.width = 1890.0,
            _ => {}
        }
        Screen { bounds, work, scale }
    }

    fn icon(x: f64, y: f64) -> Place {
        Place::Beside { x, y, width: 24.0, height: 24.0 }
    }

    fn click(x: f64, y: f64) -> Place {
        Place::Beside { x, y, width: 0.0, height: 0.0 }
    }

    fn at(place: Place, screens: &[Screen]) -> (f64, f64) {
        let area = flyout(place, screens, SIZE).unwrap();
        (area.x, area.y)
    }

    #[test]
    fn it_opens_away_from_the_panel_on_four_edges() {
        assert_eq!(at(icon(1000.0, 3.0), &[screen(0.0, "top", 1.0)]), (822.0, 34.0));
        assert_eq!(at(icon(1000.0, 1053.0), &[screen(0.0, "bottom", 1.0)]), (822.0, 426.0));
        assert_eq!(at(icon(3.0, 500.0), &[screen(0.0, "left", 1.0)]), (34.0, 202.0));
        assert_eq!(at(icon(1893.0, 500.0), &[screen(0.0, "right", 1.0)]), (1506.0, 202.0));
    }

    #[test]
    fn it_stays_inside_the_work_area_in_the_corners() {
        assert_eq!(at(icon(1893.0, 3.0), &[screen(0.0, "top", 1.0)]), (1536.0, 34.0));
        assert_eq!(at(icon(3.0, 1053.0), &[screen(0.0, "bottom", 1.0)]), (4.0, 426.0));
        assert_eq!(at(icon(3.0, 1053.0), &[screen(0.0, "left", 1.0)]), (34.0, 456.0));
    }

    #[test]
    fn a_click_without_a_rectangle_is_enough() {
        assert_eq!(at(click(1905.0, 15.0), &[screen(0.0, "top", 1.0)]), (1536.0, 34.0));
        assert_eq!(at(click(1905.0, 1065.0), &[screen(0.0, "bottom", 1.0)]), (1536.0, 426.0));
    }

    #[test]
    fn it_opens_on_the_monitor_of_the_icon() {
        let screens = [screen(0.0, "none", 1.0), screen(1920.0, "bottom", 1.0), screen(-1920.0, "top", 1.0)];
        assert_eq!(at(icon(3000.0, 1053.0), &screens), (2822.0, 426.0));
        assert_eq!(at(icon(-100.0, 3.0), &screens), (-384.0, 34.0));
    }

    #[test]
    fn it_is_as_large_on_a_fine_screen() {
        let area = flyout(icon(1000.0, 3.0), &[screen(0.0, "top", 1.5)], SIZE).unwrap();
        assert_eq!((area.width, area.height, area.y), (570.0, 930.0, 36.0));
    }

    #[test]
    fn the_menu_tells_where_the_panel_is() {
        let at_menu = |x, y, panel| {
            let screens = [screen(0.0, panel, 1.0)];
            near_menu((x, y), &screens).map(|place| at(place, &screens))
        };
        assert_eq!(at_menu(1700.0, 200.0, "top"), Some((1510.0, 34.0)));
        assert_eq!(at_menu(1700.0, 900.0, "bottom"), Some((1510.0, 426.0)));
        assert_eq!(at_menu(960.0, 540.0, "top"), None);
        assert_eq!(at_menu(-5.0, 20.0, "top"), None);
    }

    #[test]
    fn without_a_place_it_is_centred() {
        assert_eq!(at(Place::Centre, &[screen(0.0, "none", 1.0)]), (770.0, 230.0));
        assert_eq!(flyout(Place::Centre, &[], SIZE), None);
    }

    proptest! {
        #[test]
        fn it_is_never_outside_the_work_area(
            x in -5000.0..9000.0f64,
            y in -5000.0..9000.0f64,
            width in 0.0..200.0f64,
            height in 0.0..200.0f64,
            panel in prop::sample::select(vec!["top", "bottom", "left", "right", "none"]),
            scale in prop::sample::select(vec![1.0, 1.25, 1.5, 2.0, 3.0]),
        ) {
            let screens = [screen(0.0, panel, scale), screen(1920.0, panel, scale)];
            let area = flyout(Place::Beside { x, y, width, height }, &screens, SIZE).unwrap();
            prop_assert!(screens.iter().any(|screen| {
                let work = screen.work;
                area.x >= work.x && area.y >= work.y && area.right() <= work.right() && area.bottom() <= work.bottom()
            }), "{area:?}");
        }

        #[test]
        fn wild_numbers_do_no_harm(values in prop::array::uniform4(any::<f64>())) {
            let [x, y, width, height] = values;
            let area = flyout(Place::Beside { x, y, width, height }, &[screen(0.0, "top", 1.0)], SIZE).unwrap();
            prop_assert!(area.x >= 0.0 && area.right() <= 1920.0);
        }
    }
}
