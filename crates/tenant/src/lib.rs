//! A simulated Microsoft Entra tenant.
