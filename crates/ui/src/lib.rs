//! Leptos components both sites use.
