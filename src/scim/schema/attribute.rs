//! One attribute of a schema, as RFC 7643 section 7 describes attributes.
//!
//! The `const` builders exist so that the schema tables read as tables: each starts from the
//! defaults of RFC 7643 section 2.2 and names only what differs.

/// An attribute or sub-attribute.
#[derive(Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the flags of RFC 7643 section 7, and one of ours"
)]
#[expect(
    clippy::struct_field_names,
    reason = "`type` is a word of the language"
)]
pub struct Attribute {
    pub name: &'static str,
    pub description: &'static str,
    pub attribute_type: AttributeType,
    pub multi_valued: bool,
    pub required: bool,
    pub case_exact: bool,
    /// Whether its values are names, compared by [`crate::scim::fold::name`]. Not part of discovery.
    pub is_name: bool,
    pub mutability: Mutability,
    pub returned: Returned,
    pub uniqueness: Uniqueness,
    pub canonical_values: &'static [&'static str],
    pub reference_types: &'static [&'static str],
    pub sub_attributes: &'static [Attribute],
    /// Shapes that real clients send beyond the declared type. Not part of discovery.
    pub tolerance: Tolerance,
    /// What is kept of the elements of a list. Not part of discovery.
    pub elements: Elements,
}

/// RFC 7643 section 2.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeType {
    String,
    Boolean,
    Integer,
    DateTime,
    Binary,
    Reference,
    Complex,
}

/// RFC 7643 section 7, "mutability".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutability {
    ReadWrite,
    ReadOnly,
    WriteOnly,
    Immutable,
}

/// RFC 7643 section 7, "returned"; nothing here is "request".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    Always,
    Default,
    Never,
}

/// RFC 7643 section 7, "uniqueness"; nothing here is "global".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uniqueness {
    None,
    Server,
}

/// What is kept although its JSON type is not the declared one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tolerance {
    /// Nothing: another type is refused with `invalidValue`.
    None,
    /// A list of values where the schema declares one.
    List,
    /// Any JSON value.
    Anything,
    /// Sub-attributes that the schema lacks, in paths too.
    UndeclaredParts,
}

/// What is kept of each element of a multi-valued complex attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elements {
    /// All of it. The elements are compared with each other, so that there may be some hundreds.
    Whole,
    /// Its `value`, the id of another resource, which is its canonical form: the other parts follow from
    /// it. There may be very many.
    Ids,
}

impl Attribute {
    const fn new(
        name: &'static str,
        description: &'static str,
        attribute_type: AttributeType,
    ) -> Self {
        Self {
            name,
            description,
            attribute_type,
            multi_valued: false,
            required: false,
            case_exact: false,
            is_name: false,
            mutability: Mutability::ReadWrite,
            returned: Returned::Default,
            uniqueness: Uniqueness::None,
            canonical_values: &[],
            reference_types: &[],
            sub_attributes: &[],
            tolerance: Tolerance::None,
            elements: Elements::Whole,
        }
    }

    pub(super) const fn string(name: &'static str, description: &'static str) -> Self {
        Self::new(name, description, AttributeType::String)
    }

    pub(super) const fn boolean(name: &'static str, description: &'static str) -> Self {
        Self::new(name, description, AttributeType::Boolean)
    }

    pub(super) const fn integer(name: &'static str, description: &'static str) -> Self {
        Self::new(name, description, AttributeType::Integer)
    }

    /// RFC 7643 section 2.3.5 compares points in time, so case has no meaning.
    pub(super) const fn date_time(name: &'static str, description: &'static str) -> Self {
        Self::new(name, description, AttributeType::DateTime)
    }

    /// RFC 7643 section 2.3.6: binary is case exact.
    pub(super) const fn binary(name: &'static str, description: &'static str) -> Self {
        Self::new(name, description, AttributeType::Binary).case_exact()
    }

    /// RFC 7643 section 2.3.7: a reference is case exact.
    pub(super) const fn reference(
        name: &'static str,
        description: &'static str,
        reference_types: &'static [&'static str],
    ) -> Self {
        Self {
            reference_types,
            ..Self::new(name, description, AttributeType::Reference).case_exact()
        }
    }

    pub(super) const fn complex(
        name: &'static str,
        description: &'static str,
        sub_attributes: &'static [Self],
    ) -> Self {
        Self {
            sub_attributes,
            ..Self::new(name, description, AttributeType::Complex)
        }
    }

    /// A complex attribute with any number of values.
    pub(super) const fn list(
        name: &'static str,
        description: &'static str,
        sub_attributes: &'static [Self],
    ) -> Self {
        Self {
            multi_valued: true,
            ..Self::complex(name, description, sub_attributes)
        }
    }

    pub(super) const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    pub(super) const fn case_exact(self) -> Self {
        Self {
            case_exact: true,
            ..self
        }
    }

    pub(super) const fn name(self) -> Self {
        Self {
            is_name: true,
            ..self
        }
    }

    pub(super) const fn multi_valued(self) -> Self {
        Self {
            multi_valued: true,
            ..self
        }
    }

    pub(super) const fn read_only(self) -> Self {
        Self {
            mutability: Mutability::ReadOnly,
            ..self
        }
    }

    /// Taken in and never given out, as a password is.
    pub(super) const fn write_only(self) -> Self {
        Self {
            mutability: Mutability::WriteOnly,
            returned: Returned::Never,
            ..self
        }
    }

    pub(super) const fn always_returned(self) -> Self {
        Self {
            returned: Returned::Always,
            ..self
        }
    }

    pub(super) const fn unique(self) -> Self {
        Self {
            uniqueness: Uniqueness::Server,
            ..self
        }
    }

    pub(super) const fn canonical(self, canonical_values: &'static [&'static str]) -> Self {
        Self {
            canonical_values,
            ..self
        }
    }

    /// Set with the element that it is part of, and not changed afterwards.
    pub(super) const fn immutable(self) -> Self {
        Self {
            mutability: Mutability::Immutable,
            ..self
        }
    }

    pub(super) const fn of_ids(self) -> Self {
        Self {
            elements: Elements::Ids,
            ..self
        }
    }

    pub(super) const fn tolerating(self, tolerance: Tolerance) -> Self {
        Self { tolerance, ..self }
    }

    /// The sub-attribute of that name, whatever its letter case (RFC 7643 section 2.1).
    pub fn sub_attribute(&self, name: &str) -> Option<&'static Self> {
        named(self.sub_attributes, name)
    }

    /// The names of the sub-attributes, as messages list them: `name.givenName, name.familyName`.
    pub fn part_names(&self) -> String {
        self.sub_attributes
            .iter()
            .map(|sub| format!("{}.{}", self.name, sub.name))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Whether a bare value can stand for the whole complex value (RFC 7643 section 2.4).
    pub fn has_value(&self) -> bool {
        self.sub_attribute("value").is_some()
    }
}

/// Attribute names are case-insensitive (RFC 7643 section 2.1).
pub(crate) fn named(attributes: &'static [Attribute], name: &str) -> Option<&'static Attribute> {
    attributes
        .iter()
        .find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}

impl AttributeType {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::DateTime => "dateTime",
            Self::Binary => "binary",
            Self::Reference => "reference",
            Self::Complex => "complex",
        }
    }

    /// Whether values of the type travel as JSON strings.
    pub const fn is_text(self) -> bool {
        matches!(
            self,
            Self::String | Self::DateTime | Self::Binary | Self::Reference
        )
    }
}

impl Mutability {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ReadWrite => "readWrite",
            Self::ReadOnly => "readOnly",
            Self::WriteOnly => "writeOnly",
            Self::Immutable => "immutable",
        }
    }
}

impl Returned {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Default => "default",
            Self::Never => "never",
        }
    }
}

impl Uniqueness {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Server => "server",
        }
    }
}
