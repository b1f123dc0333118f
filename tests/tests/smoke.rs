#[tokio::test]
async fn desktop() -> anyhow::Result<()> {
    let d = pimento_tests::desktop::Desktop::start(Default::default()).await?;
    d.photograph(std::path::Path::new("/var/tmp/x/d.png"))?;
    println!("{:?}", d.secrets().await?);
    Ok(())
}
