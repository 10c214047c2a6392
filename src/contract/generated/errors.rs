//! The page of errors, for readers of the repository and for browsers: what a problem's `type` opens.

use crate::contract::refusals::{Description, Kind};
use crate::scim::error::ScimType;

const ABOUT_ERRORS: &str = "\
Every refusal has a name. The management API answers with problem details (RFC 9457) whose `type` is \
`<base>/errors#<name>`, which opens the entry here. Under the SCIM bases errors are SCIM's own (RFC 7644 section \
3.12), with the status and, where there is one, the `scimType` that stands here. The `detail` of an answer always says \
more, with the names and figures of the case.";

const ABOUT_SCIM: &str = "\
Where SCIM's own rules refuse a body, a filter or a path, the `scimType` tells which; the management API calls all of \
them `invalid-input`.";

/// What SCIM's keywords mean here (RFC 7644 table 9, RFC 9865 section 2.1), and what to do.
fn keyword(scim_type: ScimType) -> &'static str {
    match scim_type {
        ScimType::InvalidFilter => {
            "The filter can't be read, or compares what can't be compared. Correct it."
        }
        ScimType::TooMany => {
            "The answer would be too large, or too costly. Ask for less at a time, or filter more."
        }
        ScimType::Uniqueness => {
            "Somebody or something else has that name already. Link to it, or choose another."
        }
        ScimType::Mutability => {
            "The attribute can't be changed. Take it out of the attribute mapping."
        }
        ScimType::InvalidSyntax => {
            "The body is not what SCIM expects there: no JSON, no object, no operations."
        }
        ScimType::InvalidPath => {
            "The path names no attribute. Correct it in the attribute mapping."
        }
        ScimType::NoTarget => "The path chooses nothing that could be changed.",
        ScimType::InvalidValue => {
            "A value is missing, or is of the wrong type or size. The detail names it."
        }
        ScimType::InvalidVers => "This version of SCIM is not spoken here. Send SCIM 2.0.",
        ScimType::Sensitive => {
            "What was asked for must not stand in a URL. Send it in the body of a POST to `.search`."
        }
        ScimType::InvalidCursor => "The cursor is none of this list's. Begin the walk anew.",
        ScimType::ExpiredCursor => "The cursor is too old. Begin the walk anew.",
        ScimType::InvalidCount => {
            "The page is larger than the walk began with. Keep the same `count`."
        }
    }
}

fn description_of(kind: Kind) -> String {
    let Description {
        status, scim_type, ..
    } = kind.describe();
    match scim_type {
        Some(keyword) => format!("`{status}` `{}`", keyword.as_str()),
        None => format!("`{status}`"),
    }
}

pub(super) fn for_readers() -> String {
    let mut page = vec![format!(
        "# Errors\n\n<!-- Made from src/contract/refusals.rs by `npm run contract`. -->\n\n{ABOUT_ERRORS}\n"
    )];
    page.extend(Kind::ALL.iter().map(|kind| {
        let Description {
            name, title, cure, ..
        } = kind.describe();
        format!(
            "\n## {name}\n\n{} **{title}.** {cure}\n",
            description_of(*kind)
        )
    }));
    page.push(format!(
        "\n## SCIM's keywords\n\n{ABOUT_SCIM}\n\n| scimType | what to do |\n|---|---|\n"
    ));
    page.extend(
        ScimType::ALL
            .iter()
            .map(|known| format!("| `{}` | {} |\n", known.as_str(), keyword(*known))),
    );
    page.concat()
}

pub(super) fn for_browsers() -> String {
    let mut page = vec![HEAD.to_owned()];
    page.push(format!(
        "<h1>Errors</h1>\n<p>{}</p>\n",
        in_html(ABOUT_ERRORS)
    ));
    page.extend(Kind::ALL.iter().map(|kind| {
        let Description {
            name, title, cure, ..
        } = kind.describe();
        format!(
            "<section id=\"{name}\">\n<h2>{title}</h2>\n<p class=\"code\">{} <a href=\"#{name}\">{name}</a></p>\n\
             <p>{}</p>\n</section>\n",
            in_html(&description_of(*kind)),
            in_html(cure),
        )
    }));
    page.push(format!(
        "<h2>SCIM's keywords</h2>\n<p>{}</p>\n<dl>\n",
        in_html(ABOUT_SCIM)
    ));
    page.extend(ScimType::ALL.iter().map(|known| {
        format!(
            "<dt><code>{}</code></dt><dd>{}</dd>\n",
            known.as_str(),
            in_html(keyword(*known))
        )
    }));
    page.push("</dl>\n</main>\n".to_owned());
    page.concat()
}

const HEAD: &str = "<!doctype html>\n\
<!-- Made from src/contract/refusals.rs by `npm run contract`. -->\n\
<html lang=\"en\">\n\
<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width\">\n\
<title>Errors · Rollcall</title>\n\
<link rel=\"stylesheet\" href=\"/rollcall.css\">\n\
<main>\n\
<p><a href=\"/\">Rollcall</a></p>\n";

/// Escaped, and with `...` as code.
fn in_html(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let pieces = escaped.split('`').enumerate();
    let marked = pieces.map(|(place, piece)| match place % 2 {
        0 => piece.to_owned(),
        _ => format!("<code>{piece}</code>"),
    });
    marked.collect()
}
