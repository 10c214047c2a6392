//! The grammar of RFC 7644 figure 1: recursive descent, with a bound on depth and length.
//!
//! An error is the part of a sentence that follows "The filter is not valid: ".

use super::{Filter, Literal, MAX_FILTER_DEPTH, MAX_FILTER_LENGTH, Operator};
use crate::scim::normalise::describe::cut;
use crate::scim::path::AttributePath;

type Parsed<T> = Result<T, String>;

/// A whole filter.
pub(super) fn filter(text: &str) -> Parsed<Filter> {
    let mut parser = Parser::new(text, false)?;
    parser.skip_space();
    if parser.rest.is_empty() {
        return Err("it is empty.".to_owned());
    }
    let filter = parser.alternatives()?;
    if parser.rest.is_empty() {
        Ok(filter)
    } else {
        Err(format!(
            "\"and\", \"or\" or the end was expected before \"{}\".",
            cut(parser.rest)
        ))
    }
}

/// A filter up to its `]`, and what follows that.
pub(super) fn value_filter(text: &str) -> Parsed<(Filter, &str)> {
    let mut parser = Parser::new(text, true)?;
    let filter = parser.alternatives()?;
    parser.expect(']')?;
    Ok((filter, parser.rest))
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
    /// RFC 7644 figure 1: a value path holds no other value path.
    in_brackets: bool,
}

impl<'a> Parser<'a> {
    fn new(rest: &'a str, in_brackets: bool) -> Parsed<Self> {
        if rest.len() > MAX_FILTER_LENGTH {
            return Err(format!("it is longer than {MAX_FILTER_LENGTH} bytes."));
        }
        Ok(Self {
            rest,
            depth: 0,
            in_brackets,
        })
    }

    fn alternatives(&mut self) -> Parsed<Filter> {
        self.series("or", Filter::Or, Self::conjunction)
    }

    /// `and` binds closer than `or` (RFC 7644 section 3.4.2.2).
    fn conjunction(&mut self) -> Parsed<Filter> {
        self.series("and", Filter::And, Self::term)
    }

    fn series(
        &mut self,
        keyword: &str,
        combine: fn(Vec<Filter>) -> Filter,
        part: fn(&mut Self) -> Parsed<Filter>,
    ) -> Parsed<Filter> {
        let first = part(self)?;
        let mut parts = Vec::new();
        while self.take_keyword(keyword) {
            parts.push(part(self)?);
        }
        if parts.is_empty() {
            return Ok(first);
        }
        parts.insert(0, first);
        Ok(combine(parts))
    }

    fn term(&mut self) -> Parsed<Filter> {
        self.skip_space();
        if self.take('(') {
            return self.nested(')', |inner| inner);
        }
        let word = self.word();
        if word.eq_ignore_ascii_case("not") {
            let before = self.rest;
            self.skip_space();
            if self.take('(') {
                return self.nested(')', |inner| Filter::Not(Box::new(inner)));
            }
            self.rest = before;
        }
        if word.is_empty() {
            return Err(match self.rest.chars().next() {
                None => "it ends where an attribute name was expected.".to_owned(),
                Some(_) => format!(
                    "an attribute name was expected before \"{}\".",
                    cut(self.rest)
                ),
            });
        }
        let attribute = AttributePath::parse(word)
            .ok_or_else(|| format!("\"{}\" is not an attribute name.", cut(word)))?;
        if self.take('[') {
            return self.value_path(attribute);
        }
        self.comparison(attribute)
    }

    fn nested(&mut self, end: char, wrap: fn(Filter) -> Filter) -> Parsed<Filter> {
        self.deeper()?;
        let inner = self.alternatives()?;
        self.expect(end)?;
        self.depth -= 1;
        Ok(wrap(inner))
    }

    fn value_path(&mut self, attribute: AttributePath) -> Parsed<Filter> {
        if self.in_brackets {
            return Err(format!(
                "\"{}[\" stands inside other brackets; value filters can't be nested.",
                cut(&attribute.name)
            ));
        }
        self.in_brackets = true;
        let inner = self.nested(']', |inner| inner)?;
        self.in_brackets = false;
        let filter = if self.take('.') {
            let word = self.word();
            let sub = AttributePath::parse(word)
                .filter(|sub| sub.schema.is_none() && sub.sub.is_none())
                .ok_or_else(|| format!("\"{}\" is not a sub-attribute name.", cut(word)))?;
            let comparison = self.comparison(sub)?;
            match inner {
                Filter::And(mut parts) => {
                    parts.push(comparison);
                    Filter::And(parts)
                }
                other => Filter::And(vec![other, comparison]),
            }
        } else {
            inner
        };
        Ok(Filter::ValuePath {
            attribute,
            filter: Box::new(filter),
        })
    }

    fn comparison(&mut self, attribute: AttributePath) -> Parsed<Filter> {
        self.skip_space();
        let word = self.word();
        if word.eq_ignore_ascii_case("pr") {
            return Ok(Filter::Present(attribute));
        }
        let operator = Operator::parse(word).ok_or_else(|| {
            if word.is_empty() {
                format!("an operator such as eq was expected after \"{}\".", cut(&attribute.to_string()))
            } else {
                format!(
                    "\"{}\" is not an operator; the operators are eq, ne, co, sw, ew, gt, ge, lt, le and pr.",
                    cut(word)
                )
            }
        })?;
        self.skip_space();
        let value = self.literal(operator)?;
        Ok(Filter::Compare {
            attribute,
            operator,
            value,
        })
    }

    fn literal(&mut self, operator: Operator) -> Parsed<Literal> {
        if self.rest.starts_with('"') {
            return self.quoted();
        }
        let word = self.word();
        // Upper-case words come from clients that print booleans their own way, as Entra does.
        for (text, literal) in [
            ("true", Literal::Boolean(true)),
            ("false", Literal::Boolean(false)),
            ("null", Literal::Null),
        ] {
            if word.eq_ignore_ascii_case(text) {
                return Ok(literal);
            }
        }
        if word.is_empty() {
            return Err(format!(
                "a value was expected after \"{}\".",
                operator.as_str()
            ));
        }
        serde_json::from_str(word)
            .map(Literal::Number)
            .map_err(|_| {
                format!(
                    "the value {} has to be in double quotes, or be a number, true, false or null.",
                    cut(word)
                )
            })
    }

    fn quoted(&mut self) -> Parsed<Literal> {
        let mut escaped = false;
        let end = self
            .rest
            .char_indices()
            .skip(1)
            .find(|(_, character)| match character {
                _ if escaped => {
                    escaped = false;
                    false
                }
                '\\' => {
                    escaped = true;
                    false
                }
                character => *character == '"',
            });
        let Some((text, rest)) = end.and_then(|(end, _)| self.rest.split_at_checked(end + 1))
        else {
            return Err("a double quote is missing at the end of a value.".to_owned());
        };
        self.rest = rest;
        let value: String = serde_json::from_str(text)
            .map_err(|_| format!("{} is not a valid JSON string.", cut(text)))?;
        if value.contains('\0') {
            return Err("a value contains a NUL character.".to_owned());
        }
        Ok(Literal::String(value))
    }

    /// The characters up to a space, a bracket or a quote.
    fn word(&mut self) -> &'a str {
        let end = self
            .rest
            .find(|character: char| {
                character.is_whitespace() || matches!(character, '(' | ')' | '[' | ']' | '"')
            })
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        word
    }

    fn take_keyword(&mut self, keyword: &str) -> bool {
        self.skip_space();
        let before = self.rest;
        if self.word().eq_ignore_ascii_case(keyword) {
            return true;
        }
        self.rest = before;
        false
    }

    fn take(&mut self, character: char) -> bool {
        match self.rest.strip_prefix(character) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, character: char) -> Parsed<()> {
        self.skip_space();
        if self.take(character) {
            return Ok(());
        }
        Err(if self.rest.is_empty() {
            format!("\"{character}\" is missing at the end.")
        } else {
            format!(
                "\"{character}\" was expected before \"{}\".",
                cut(self.rest)
            )
        })
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn deeper(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > MAX_FILTER_DEPTH {
            return Err(format!(
                "it is nested more than {MAX_FILTER_DEPTH} levels deep."
            ));
        }
        Ok(())
    }
}
