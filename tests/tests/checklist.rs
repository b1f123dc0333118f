//! `docs/checklist.md` is true: all items are there once, what counts as proved names proofs that exist, what is left to the
//! eye has a recipe, and the sums are the sums.

#![cfg(target_os = "linux")]

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};
use pimento_tests::proofs::{links, missing_target, missing_test, section, tests};

const ITEMS: u32 = 76;

/// Those that an application of this kind must have. Which these are is not the page's to say.
const MUSTS: [u32; 36] = [
    1, 2, 3, 8, 10, 13, 15, 17, 20, 21, 23, 27, 30, 31, 32, 33, 37, 38, 39, 41, 43, 45, 47, 50, 52, 57, 58, 60, 62, 65,
    66, 69, 71, 72, 73, 74,
];

/// Where recipes stand.
const RECIPES: &str = "by-hand.md";

/// A line of the page.
struct Item<'a> {
    number: u32,
    must: bool,
    score: u32,
    proof: &'a str,
}

fn item(line: &str) -> Option<Item<'_>> {
    let cells: Vec<_> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
    let [number, _, score, proof] = cells[..] else { return None };
    let (number, must) = number.strip_suffix(" ★").map_or((number, false), |number| (number, true));
    Some(Item { number: number.parse().ok()?, must, score: score.parse().ok()?, proof })
}

fn items(page: &str) -> Vec<Item<'_>> {
    page.lines().filter_map(item).collect()
}

/// What is wrong with the page, given that it lies in `docs` below `root`.
fn wrong(page: &str, root: &Path) -> Vec<String> {
    let docs = root.join("docs");
    let recipes = fs::read_to_string(docs.join(RECIPES)).unwrap_or_default();
    let mut wrong = Vec::new();
    let items = items(page);
    let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
    for Item { number, must, score, proof } in &items {
        *seen.entry(*number).or_default() += 1;
        if *must != MUSTS.contains(number) {
            wrong.push(format!("{number}: which items are a must is settled"));
        }
        wrong.extend(
            tests(proof)
                .into_iter()
                .filter_map(|(path, name)| missing_test(root, path, name))
                .map(|why| format!("{number}: {why}")),
        );
        wrong.extend(
            links(proof)
                .into_iter()
                .filter_map(|link| missing_target(&docs, link))
                .map(|why| format!("{number}: {why}")),
        );
        let by_hand = links(proof)
            .into_iter()
            .filter_map(|link| link.strip_prefix(RECIPES)?.strip_prefix('#'))
            .collect::<Vec<_>>();
        for anchor in &by_hand {
            if !section(&recipes, anchor).is_some_and(|recipe| recipe.lines().any(|line| line.starts_with("1. "))) {
                wrong.push(format!("{number}: #{anchor} is no recipe"));
            }
        }
        let pictures = links(proof)
            .into_iter()
            .filter(|link| Path::new(link).extension().is_some_and(|kind| kind == "png"))
            .count();
        match score {
            2 if tests(proof).is_empty() && pictures == 0 => wrong.push(format!("{number} is proved by nothing")),
            1 if by_hand.is_empty() => wrong.push(format!("{number} has no recipe")),
            0..=2 => {}
            _ => wrong.push(format!("{number}: {score} is no score")),
        }
    }
    let once = |number: &u32| seen.get(number) == Some(&1);
    wrong.extend((1..=ITEMS).filter(|number| !once(number)).map(|number| format!("{number} does not stand here once")));
    if items.len() != ITEMS as usize {
        wrong.push(format!("{} items", items.len()));
    }
    let sum: u32 = items.iter().map(|item| item.score).sum();
    let proved = items.iter().filter(|item| item.must && item.score == 2).count();
    for words in [format!("**{sum} of {}**", 2 * ITEMS), format!("**{proved} of the {}**", MUSTS.len())] {
        if !page.contains(&words) {
            wrong.push(format!("it is {words}"));
        }
    }
    wrong
}

#[test]
fn every_item_of_the_checklist_is_as_true_as_it_says() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/checklist.md")).context("docs/checklist.md")?;
    assert_eq!(wrong(&page, &root), Vec::<String>::new());

    // A page that is not true is noticed.
    let items = items(&page);
    let proved =
        items.iter().find(|item| item.score == 2 && !tests(item.proof).is_empty()).context("nothing proved")?;
    let (_, name) = tests(proved.proof)[0];
    let by_hand = items.iter().find(|item| item.score == 1).context("nothing by hand")?;
    let anchor = links(by_hand.proof).into_iter().find(|link| link.starts_with(RECIPES)).context("no recipe")?;
    let sum: u32 = items.iter().map(|item| item.score).sum();
    for (what, untrue) in [
        ("a test that nobody wrote", page.replace(name, "a test that nobody wrote")),
        ("a proof that is none", page.replace(proved.proof, "somebody said so")),
        ("a recipe that nobody wrote", page.replace(anchor, "by-hand.md#a-recipe-that-nobody-wrote")),
        ("an item less", page.replacen("| 2 ★ |", "| 3 ★ |", 1)),
        ("a must that is none", page.replacen("| 2 ★ |", "| 2 |", 1)),
        ("another sum", page.replacen(&format!("**{sum} of"), &format!("**{} of", sum + 1), 1)),
    ] {
        ensure!(!wrong(&untrue, &root).is_empty(), "{what} went unnoticed");
    }
    Ok(())
}

#[test]
fn the_page_about_security_says_what_it_cannot_stop() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/SECURITY.md"))?;
    let limits = section(&page, "what-it-cannot-stop").context("no such section")?;
    let limits = limits.lines().filter(|line| line.starts_with("- ")).count();
    ensure!(limits >= 3, "{limits} limits");
    let readme = fs::read_to_string(root.join("README.md"))?;
    ensure!(links(&readme).contains(&"docs/SECURITY.md"), "nobody is led there");
    Ok(())
}
