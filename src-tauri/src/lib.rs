//! The tray application.
