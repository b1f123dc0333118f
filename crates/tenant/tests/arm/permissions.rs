//! What one may really do.

use serde_json::{Value, json};

use crate::common::{Bench, DEVELOPMENT, PIM};

const VERSION: &str = "api-version=2022-04-01";

#[tokio::test]
async fn permissions_follow_an_activation_by_some_time() {
    let bench = Bench::contoso().await;
    let sandbox = format!("{DEVELOPMENT}/resourceGroups/rg-sandbox");
    let permissions = format!("{sandbox}/{PIM}/permissions?{VERSION}");
    let actions = async || -> Vec<Value> {
        bench.get("maya", &permissions).await.rows().iter().map(|row| row["actions"].clone()).collect()
    };
    let held = actions().await;
    assert_eq!((held.len(), &held[0][0]), (1, &json!("*/read")), "what she holds at the subscription");
    assert_eq!(bench.put(&sandbox, 7, &bench.request("SelfActivate", "Contributor")).await.status, 201);
    assert_eq!(actions().await.len(), 1);
    bench.pass("PT2S");
    assert_eq!(actions().await.len(), 2);
    let role =
        bench.tenant.app().scenario.azure.roles.iter().find(|role| role.display_name == "Contributor").unwrap().id;
    let definition = bench.get("maya", &format!("{sandbox}/{PIM}/roleDefinitions/{role}?{VERSION}")).await;
    assert_eq!(definition.body["properties"]["permissions"][0]["actions"], json!(["*"]), "{}", definition.body);
    let nobody = bench.get("ines", &format!("{sandbox}/{PIM}/roleDefinitions/{role}?{VERSION}")).await;
    assert_eq!((nobody.status, nobody.code()), (403, "AuthorizationFailed"));
    assert!(bench.get("ines", &permissions).await.rows().is_empty(), "one's own may always be asked for");
    let wrong = bench.get("maya", &format!("{sandbox}/{PIM}/permissions?api-version=2020-10-01")).await;
    assert_eq!(wrong.code(), "InvalidResourceType");
}
