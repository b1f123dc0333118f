//! Which keys of an X11 keyboard, with which modifiers, are meant by `Ctrl+Alt+P`. Pure.

use pim::shortcut::{Key, Keys, Named};

const LOCK: u16 = 1 << 1;
const SHIFT: u16 = 1;
const CONTROL: u16 = 1 << 2;
const MOD1: u16 = 1 << 3;
const MOD4: u16 = 1 << 6;

const NUM_LOCK: u32 = 0xff7f;
const SCROLL_LOCK: u32 = 0xff14;
const ALT: [u32; 2] = [0xffe9, 0xffea];
const SUPER: [u32; 2] = [0xffeb, 0xffec];

/// A keyboard as the server describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keyboard {
    /// The number of the first key.
    pub first: u8,
    /// Symbols of each key.
    pub columns: usize,
    /// What each key means: without and with Shift, then the same for further layouts.
    pub symbols: Vec<u32>,
    /// The keys of the eight modifiers.
    pub modifiers: Vec<Vec<u8>>,
}

/// A key with modifiers, as the server counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grab {
    /// The key's number.
    pub key: u8,
    /// Modifiers that are held.
    pub held: u16,
}

impl Keyboard {
    /// What is meant by these keys; `None` where there is no such key.
    pub fn find(&self, keys: Keys) -> Option<Grab> {
        let symbols = symbols(keys.key);
        // Where a key says it by itself that one is meant; else one that says it with Shift, or in another layout.
        let key = (0..self.columns).find_map(|column| {
            let mut rows = self.symbols.chunks(self.columns);
            rows.position(|row| row.get(column).is_some_and(|symbol| symbols.contains(symbol)))
        })?;
        let mut held = 0;
        for (wanted, mask) in [
            (keys.shift, SHIFT),
            (keys.ctrl, CONTROL),
            (keys.alt, self.modifier(&ALT).unwrap_or(MOD1)),
            (keys.logo, self.modifier(&SUPER).unwrap_or(MOD4)),
        ] {
            held |= if wanted { mask } else { 0 };
        }
        Some(Grab { key: self.first.checked_add(u8::try_from(key).ok()?)?, held })
    }

    /// Every combination of the locks: keys are meant whether or not Caps Lock is on.
    pub fn locks(&self) -> Vec<u16> {
        let mut masks = vec![LOCK];
        for lock in [NUM_LOCK, SCROLL_LOCK].into_iter().filter_map(|lock| self.modifier(&[lock])) {
            if !masks.contains(&lock) {
                masks.push(lock);
            }
        }
        let subsets = 0..1 << masks.len();
        subsets
            .map(|subset: u16| {
                masks.iter().enumerate().filter(|(n, _)| subset >> n & 1 == 1).map(|(_, mask)| mask).sum()
            })
            .collect()
    }

    /// The modifier that one of these keys is.
    fn modifier(&self, symbols: &[u32]) -> Option<u16> {
        let says = |key: &u8| {
            let row = usize::from(key.checked_sub(self.first)?) * self.columns;
            self.symbols.get(row..row + self.columns)?.iter().find(|symbol| symbols.contains(symbol))
        };
        let at = self.modifiers.iter().position(|keys| keys.iter().any(|key| says(key).is_some()))?;
        // Shift, Caps Lock and Control are what they are.
        (at > 2).then(|| 1 << at)
    }
}

/// How X11 names a key: one that means any of these.
fn symbols(key: Key) -> [u32; 2] {
    let both = |symbol| [symbol, symbol];
    match key {
        Key::Character(character) => [u32::from(character.to_ascii_lowercase()), u32::from(character)],
        Key::Function(number) => both(0xffbd + u32::from(number)),
        Key::Named(named) => both(match named {
            Named::Space => 0x20,
            Named::Enter => 0xff0d,
            Named::Tab => 0xff09,
            Named::Insert => 0xff63,
            Named::Delete => 0xffff,
            Named::Home => 0xff50,
            Named::Left => 0xff51,
            Named::Up => 0xff52,
            Named::Right => 0xff53,
            Named::Down => 0xff54,
            Named::PageUp => 0xff55,
            Named::PageDown => 0xff56,
            Named::End => 0xff57,
        }),
    }
}

/// Tells a press from what the server repeats while a key is held: a release and a press of the same instant.
#[derive(Debug, Default)]
pub struct Repeats(Option<(u8, u32)>);

impl Repeats {
    /// The key was released.
    pub fn released(&mut self, key: u8, at: u32) {
        self.0 = Some((key, at));
    }

    /// Whether this press is a person's.
    pub fn is_new(&mut self, key: u8, at: u32) -> bool {
        self.0.take() != Some((key, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys 8 to 14: Alt, Super, Num Lock, P (Latin, then Cyrillic), 1 with Shift as on a French keyboard, F12, Delete.
    fn keyboard() -> Keyboard {
        let rows: [[u32; 4]; 7] = [
            [0xffe9, 0, 0, 0],
            [0xffeb, 0, 0, 0],
            [NUM_LOCK, 0, 0, 0],
            [0x70, 0x50, 0x6da, 0x6fa],
            [0x26, 0x31, 0, 0],
            [0xffc9, 0, 0, 0],
            [0xffff, 0, 0, 0],
        ];
        let modifiers = vec![vec![], vec![], vec![], vec![8], vec![10], vec![], vec![9], vec![]];
        Keyboard { first: 8, columns: 4, symbols: rows.concat(), modifiers }
    }

    fn find(keyboard: &Keyboard, text: &str) -> Option<(u8, u16)> {
        keyboard.find(text.parse().unwrap()).map(|grab| (grab.key, grab.held))
    }

    #[test]
    fn keys_are_found_by_what_they_say() {
        let keyboard = keyboard();
        assert_eq!(find(&keyboard, "Ctrl+Alt+P"), Some((11, CONTROL | MOD1)));
        assert_eq!(find(&keyboard, "Super+Shift+F12"), Some((13, SHIFT | MOD4)));
        assert_eq!(find(&keyboard, "Ctrl+1"), Some((12, CONTROL)), "with Shift only, on this keyboard");
        assert_eq!(find(&keyboard, "Ctrl+Delete"), Some((14, CONTROL)));
        assert_eq!(find(&keyboard, "Ctrl+Q"), None);
        assert_eq!(find(&Keyboard::default(), "Ctrl+P"), None, "no keyboard at all");
    }

    #[test]
    fn a_latin_letter_is_found_where_it_is_the_second_layout() {
        let mut keyboard = keyboard();
        keyboard.symbols[12..16].copy_from_slice(&[0x6da, 0x6fa, 0x70, 0x50]);
        assert_eq!(find(&keyboard, "Ctrl+Alt+P"), Some((11, CONTROL | MOD1)));
    }

    #[test]
    fn every_combination_of_locks_is_meant() {
        let mut locks = keyboard().locks();
        locks.sort_unstable();
        assert_eq!(locks, [0, LOCK, 1 << 4, LOCK | 1 << 4]);
        assert_eq!(Keyboard::default().locks(), [0, LOCK]);
    }

    #[test]
    fn what_is_repeated_while_the_key_is_held_is_one_press() {
        let mut repeats = Repeats::default();
        assert!(repeats.is_new(33, 100));
        for at in [600, 633, 666] {
            repeats.released(33, at);
            assert!(!repeats.is_new(33, at), "{at}");
        }
        repeats.released(33, 700);
        assert!(repeats.is_new(33, 900));
        repeats.released(33, 950);
        assert!(repeats.is_new(34, 950), "another key");
    }
}
