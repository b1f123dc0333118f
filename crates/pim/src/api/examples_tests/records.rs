//! The records in the files: requests with their answers, those inside of batches, too.

use std::{env, fs, path::PathBuf};

use serde_json::{Value, json};

/// A request and its answer, as published.
pub struct Record {
    pub file: String,
    pub method: String,
    pub url: String,
    pub asked: Value,
    pub status: Option<u64>,
    pub headers: Value,
    pub answered: Value,
}

impl Record {
    pub fn succeeded(&self) -> bool {
        self.status.is_none_or(|status| (200..300).contains(&status))
    }

    fn read(file: &str, record: &Value) -> Option<Self> {
        let (request, response) = (&record["request"], &record["response"]);
        if !request.is_object() && !response.is_object() {
            return None;
        }
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Some(Self {
            file: file.to_owned(),
            method: word(&request["method"]),
            url: word(&request["url"]),
            asked: parsed(&request["body"]),
            status: response["status"].as_u64(),
            headers: response["headers"].clone(),
            answered: parsed(&response["body"]),
        })
    }

    /// Those that travelled together in it.
    fn inner(&self) -> Vec<Self> {
        let path = self.url.split('?').next().unwrap_or_default();
        if !path.ends_with("batch") {
            return Vec::new();
        }
        let asked = self.asked["requests"].as_array().cloned().unwrap_or_default();
        let named = |value: &Value| ["id", "name"].iter().find_map(|field| value[field].as_str().map(str::to_owned));
        let responses = self.answered["responses"].as_array().cloned().unwrap_or_default();
        let inner = responses.iter().enumerate().map(|(place, response)| {
            let by_name = asked.iter().find(|request| named(response).is_some() && named(request) == named(response));
            let request = by_name.or_else(|| asked.get(place)).cloned().unwrap_or_default();
            // Azure's batches use other names for the same.
            let either = |value: &Value, one: &str, other: &str| {
                if value[one].is_null() { value[other].clone() } else { value[one].clone() }
            };
            let record = json!({
                "request": {
                    "method": either(&request, "method", "httpMethod"),
                    "url": request["url"],
                    "body": either(&request, "body", "content"),
                },
                "response": {
                    "status": either(response, "status", "httpStatusCode"),
                    "headers": response["headers"],
                    "body": either(response, "body", "content"),
                },
            });
            Self::read(&self.file, &record)
        });
        inner.flatten().collect()
    }
}

/// A body may be written as JSON or as the text that travelled.
fn parsed(body: &Value) -> Value {
    body.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_else(|| body.clone())
}

/// Whatever a file is at its top: a list, one record, or something with records in it.
fn records(file: &str, content: &Value, found: &mut Vec<Record>) {
    if let Some(record) = Record::read(file, content) {
        found.extend(record.inner());
        found.push(record);
        return;
    }
    match content {
        Value::Array(all) => all.iter().for_each(|inner| records(file, inner, found)),
        Value::Object(all) => all.values().for_each(|inner| records(file, inner, found)),
        _ => {}
    }
}

fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/api/examples");
    let folder = env::var_os("PIMENTO_EXAMPLES").map_or(beside, PathBuf::from);
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not there; set PIMENTO_EXAMPLES to the folder with the examples.", folder.display());
        return None;
    }
    Some(folder)
}

/// Everything in the folder. A file in which nothing is found would be ignored in silence: that is a failure.
pub fn all() -> Option<Vec<Record>> {
    let files = fs::read_dir(folder()?).expect("a folder").filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|end| end == "json")).collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let content: Value = serde_json::from_slice(&fs::read(&file).expect("a file")).expect("examples are JSON");
        let before = all.len();
        records(&name, &content, &mut all);
        assert!(all.len() > before, "{name}: no request and no answer in it");
    }
    assert!(!all.is_empty(), "no files");
    Some(all)
}

#[test]
fn records_are_found_however_a_file_is_made_and_in_batches() {
    let record = |url: &str| json!({"request": {"method": "GET", "url": url}, "response": {"status": 200, "body": {"value": []}}});
    let batch = json!({
        "request": {"method": "POST", "url": "https://graph.microsoft.com/v1.0/$batch", "body": {"requests": [
            {"id": "1", "method": "GET", "url": "/a"}, {"id": "2", "method": "POST", "url": "/b", "body": {"x": 1}},
        ]}},
        "response": {"status": 200, "body": {"responses": [
            {"id": "2", "status": 201, "body": {"y": 2}}, {"id": "1", "status": 404, "body": {}},
        ]}},
    });
    let azure = json!({
        "request": {"method": "POST", "url": "https://management.azure.com/batch?api-version=2020-06-01", "body": {"requests": [
            {"name": "n", "httpMethod": "PUT", "url": "/c", "content": {"z": 3}},
        ]}},
        "response": {"status": 200, "body": {"responses": [{"name": "n", "httpStatusCode": 201, "content": {}}]}},
    });
    for (content, urls) in [
        (json!([record("/a"), record("/b")]), vec!["/a", "/b"]),
        (record("/a"), vec!["/a"]),
        (json!({"source": "somewhere", "examples": [record("/a")], "more": {"b": record("/b")}}), vec!["/a", "/b"]),
        (json!([batch]), vec!["/b", "/a", "https://graph.microsoft.com/v1.0/$batch"]),
        (json!([azure]), vec!["/c", "https://management.azure.com/batch?api-version=2020-06-01"]),
        (json!({"value": []}), vec![]),
    ] {
        let mut found = Vec::new();
        records("file", &content, &mut found);
        assert_eq!(found.iter().map(|record| record.url.as_str()).collect::<Vec<_>>(), urls);
        if let Some(second) = found.iter().find(|record| record.url == "/b" && record.method == "POST") {
            assert_eq!(
                (second.status, &second.asked, &second.answered),
                (Some(201), &json!({"x": 1}), &json!({"y": 2}))
            );
        }
    }
}
