//! Keeping the macOS build healthy from Linux: everything is type-checked; nothing is linked.

use crate::{
    install, packages,
    rust_std::Std,
    shell::{self, Outcome},
    ui,
    windows::PACKAGES,
};

const TARGET: &str = "aarch64-apple-darwin";

/// Writes an empty object wherever a build script compiles C: `cargo check` never links. Asked for its family, it says Clang.
const COMPILER: &str = "#!/bin/sh
case \" $* \" in
  *' -E '*) echo '\"clang\"'; exit ;;
  *' -? '*) exit 1 ;;
esac
while [ $# -gt 0 ]; do
  if [ \"$1\" = -o ]; then : >\"$2\"; fi
  shift
done
";

/// Type-checks the library, the command line and the application.
pub fn check() -> Outcome {
    install::packages(&[packages::BUILD])?;
    ui::build()?;
    let std = Std::ready(TARGET)?;
    let mut cargo = std.cargo("check", TARGET);
    if !cfg!(target_os = "macos") {
        let compiler = shell::target().join("stub-cc");
        shell::write(&compiler, COMPILER)?;
        shell::run(shell::program("chmod").arg("+x").arg(&compiler))?;
        cargo.env("CC_aarch64_apple_darwin", &compiler).env("AR_aarch64_apple_darwin", "ar").env("SDKROOT", "/");
    }
    shell::run(cargo.args(PACKAGES))
}
