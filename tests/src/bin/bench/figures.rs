//! The table: each figure with the counted minimum beside it, the ratio, and whether it is within the aim.

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Milliseconds,
    /// 1,024 bytes.
    Kibibytes,
    /// 1,048,576 bytes.
    Mebibytes,
    /// Hundredths of a processor, or of another figure.
    Percent,
    /// Pieces.
    Count,
}

impl Unit {
    fn text(self, value: f64) -> String {
        match self {
            Self::Milliseconds => format!("{value:.0} ms"),
            Self::Kibibytes => format!("{value:.1} KiB"),
            Self::Mebibytes => format!("{value:.1} MiB"),
            Self::Percent => format!("{value:.2} %"),
            Self::Count => format!("{value:.0}"),
        }
    }
}

/// One line of the table.
#[derive(Debug)]
pub struct Figure {
    what: String,
    unit: Unit,
    values: Vec<f64>,
    minimum: Option<(f64, String)>,
    aim: Option<f64>,
}

impl Figure {
    /// A figure that was measured once or several times.
    pub fn new(what: impl Into<String>, unit: Unit, values: impl Into<Vec<f64>>) -> Self {
        Self { what: what.into(), unit, values: values.into(), minimum: None, aim: None }
    }

    /// The least that it could be, and how that was counted.
    pub fn minimum(mut self, value: f64, how: impl Into<String>) -> Self {
        self.minimum = Some((value, how.into()));
        self
    }

    /// The most that it should be.
    pub fn aim(mut self, most: f64) -> Self {
        self.aim = Some(most);
        self
    }

    /// Prints the line; the median is what is judged.
    pub fn print(&self) {
        let middle = median(&self.values);
        let worst = self.values.iter().copied().fold(f64::NAN, f64::max);
        let spread = if self.values.len() > 1 { self.unit.text(worst) } else { String::new() };
        let (minimum, ratio) = match &self.minimum {
            Some((value, how)) => (format!("{} ({how})", self.unit.text(*value)), format!("{:.2}", middle / value)),
            None => (String::new(), String::new()),
        };
        let (aim, verdict) = match self.aim {
            Some(aim) => (format!("≤ {}", self.unit.text(aim)), if middle <= aim { "within" } else { "OVER" }),
            None => (String::new(), ""),
        };
        line([&self.what, &self.unit.text(middle), &spread, &minimum, &ratio, &aim, verdict]);
    }
}

/// The middle one.
pub fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Prints a heading with the table's columns.
pub fn heading(text: &str) {
    println!("\n{text}\n");
    line(["", "median", "worst", "counted minimum", "ratio", "aim", ""]);
}

/// Prints a remark below the table.
pub fn remark(text: &str) {
    println!("    {text}");
}

fn line([what, middle, worst, minimum, ratio, aim, verdict]: [&str; 7]) {
    let text = format!("{what:<60} {middle:>10} {worst:>10}  {minimum:<36} {ratio:>5}  {aim:<11} {verdict}");
    println!("{}", text.trim_end());
}
