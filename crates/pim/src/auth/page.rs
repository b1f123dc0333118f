//! The page that the browser tab shows at the end.

use crate::words;

/// What the tab says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// The answer was taken.
    Done,
    /// The service's answer was a refusal.
    Refused,
    /// Not an answer to us.
    Stranger,
}

/// A complete HTTP response. Nothing in it comes from the request.
pub(super) fn response(status: u16, page: Page) -> String {
    let (title, text) = match page {
        Page::Done => (say!("tab-done"), say!("tab-done-text")),
        Page::Refused => (say!("tab-refused"), say!("tab-refused-text")),
        Page::Stranger => (say!("tab-stranger"), say!("tab-stranger-text")),
    };
    let language = words::language();
    let (code, direction) = (language.code(), if language.right_to_left() { "rtl" } else { "ltr" });
    let phrase = match status {
        200 => "OK",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        411 => "Length Required",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        _ => "Bad Request",
    };
    let html = format!(
        "<!doctype html><html lang=\"{code}\" dir=\"{direction}\"><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>body{{font:1.1rem/1.5 system-ui,sans-serif;display:grid;place-content:center;min-height:90vh;margin:0;\
         padding:1rem;text-align:center}}h1{{font-size:1.6rem;font-weight:600}}</style>\
         <main><h1>{title}</h1><p>{text}</p></main></html>"
    );
    format!(
        "HTTP/1.1 {status} {phrase}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n\
         Connection: close\r\n\r\n{html}",
        html.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_right_and_every_page_says_what_to_do() {
        for page in [Page::Done, Page::Refused, Page::Stranger] {
            let text = response(200, page);
            let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
            assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())));
            assert!(body.contains("close this tab"));
        }
    }
}
