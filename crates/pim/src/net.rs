use std::path::PathBuf;
use crate::{clock::Clock, cloud::Cloud, problem::Problem};
/// The connections to one cloud, shared by sign-in and API. Cheap to clone.
#[derive(Clone)]
pub struct Net {}
impl Net {
    /// `ca_file`: an extra root certificate (PEM); by default what `PIMENTO_CA_FILE` names.
    pub fn new(cloud: Cloud, clock: Clock, ca_file: Option<PathBuf>) -> Result<Self, Problem> { todo!() }
    /// The cloud.
    pub fn cloud(&self) -> &Cloud { todo!() }
    /// The clock.
    pub fn clock(&self) -> &Clock { todo!() }
    /// The HTTP client below, for requests that carry no token.
    pub fn http(&self) -> &reqwest::Client { todo!() }
}
