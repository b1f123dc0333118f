//! The parameters of a request, or the refusal of what is not readable.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query};

use super::problem::Refusal;

/// What a query says.
pub(super) fn query<T>(given: Result<Query<T>, QueryRejection>) -> Result<T, Refusal> {
    given.map(|Query(parameters)| parameters).map_err(|rejection| unreadable(&rejection.body_text()))
}

/// What a form says. A body of another type says nothing, so that its parameters are missing (as in Entra).
pub(super) fn form<T: Default>(given: Result<Form<T>, FormRejection>) -> Result<T, Refusal> {
    match given {
        Ok(Form(parameters)) => Ok(parameters),
        Err(FormRejection::InvalidFormContentType(_)) => Ok(T::default()),
        Err(rejection) => Err(unreadable(&rejection.body_text())),
    }
}

fn unreadable(reason: &str) -> Refusal {
    Refusal::new("invalid_request", 90_013, format!("Invalid input received from the user. {reason}"))
}
