pub(in crate::scim) mod properties;
mod shapes;
