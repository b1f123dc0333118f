//! The look of the sign-in pages: light and dark, no images, no fonts, nothing loaded from anywhere.

/// The style sheet of every page.
pub(super) const CSS: &str = r#"
:root {
  color-scheme: light dark;
  --back: #eef1f6; --glow: #d9e4f5; --card: #ffffff; --line: #d9dee7; --text: #17202e; --dim: #57647a;
  --accent: #2456b8; --accent-text: #ffffff; --hover: #f2f5fa; --warn-back: #fdf0e3; --warn: #8a4b08;
  --shadow: 0 1px 2px rgb(16 30 54 / .08), 0 12px 32px rgb(16 30 54 / .12);
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #10141b; --glow: #1a2740; --card: #1a202b; --line: #323c4d; --text: #e9edf4; --dim: #a3afc2;
    --accent: #8ab4ff; --accent-text: #0c1830; --hover: #232b39; --warn-back: #3a2913; --warn: #f4c183;
    --shadow: 0 1px 2px rgb(0 0 0 / .4), 0 12px 32px rgb(0 0 0 / .45);
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px;
  font: 15px/1.5 system-ui, "Segoe UI", Cantarell, "Noto Sans", sans-serif; color: var(--text);
  background: radial-gradient(60rem 40rem at 50% -10rem, var(--glow), transparent) var(--back);
}
.wrap { width: min(440px, 100%); }
main { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 36px 36px 28px; box-shadow: var(--shadow); }
.org { display: flex; align-items: center; gap: 10px; font-weight: 600; color: var(--dim); margin: 0 0 22px; }
.org svg { width: 22px; height: 22px; }
h1 { font-size: 24px; line-height: 1.25; font-weight: 650; margin: 0 0 6px; letter-spacing: -.01em; }
p { margin: 0 0 16px; }
.dim, .for { color: var(--dim); }
.for strong { color: var(--text); }
.notice { background: var(--warn-back); color: var(--warn); border-radius: 8px; padding: 10px 14px; }
.accounts { list-style: none; margin: 14px -14px 4px; padding: 0; }
.account {
  display: flex; align-items: center; gap: 14px; width: 100%; text-align: left; font: inherit; color: inherit;
  background: none; border: 0; border-radius: 10px; padding: 10px 14px; cursor: pointer;
}
.account:hover { background: var(--hover); }
.avatar {
  flex: none; width: 42px; height: 42px; border-radius: 50%; display: grid; place-items: center;
  font-weight: 600; font-size: 15px; color: #fff; background: #44618f;
}
.hue0 { background: hsl(0 42% 40%); }
.hue1 { background: hsl(30 42% 40%); }
.hue2 { background: hsl(60 42% 40%); }
.hue3 { background: hsl(90 42% 40%); }
.hue4 { background: hsl(120 42% 40%); }
.hue5 { background: hsl(150 42% 40%); }
.hue6 { background: hsl(180 42% 40%); }
.hue7 { background: hsl(210 42% 40%); }
.hue8 { background: hsl(240 42% 40%); }
.hue9 { background: hsl(270 42% 40%); }
.hue10 { background: hsl(300 42% 40%); }
.hue11 { background: hsl(330 42% 40%); }
.account b { display: block; font-weight: 600; }
.account small { display: block; font-size: 13px; color: var(--dim); }
.number {
  font-size: 52px; font-weight: 650; letter-spacing: .06em; text-align: center; margin: 10px 0 18px; padding: 14px;
  border: 1px solid var(--line); border-radius: 12px; background: var(--hover); font-variant-numeric: tabular-nums;
}
.who { display: flex; align-items: center; gap: 12px; margin: 0 0 18px; }
.who .avatar { width: 32px; height: 32px; font-size: 12px; }
.permissions { margin: 0 0 18px; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 10px; max-height: 300px; overflow: auto; }
.permissions li { padding: 9px 14px; }
.permissions li + li { border-top: 1px solid var(--line); }
.permissions small { display: block; color: var(--dim); font-size: 12px; overflow-wrap: anywhere; }
.actions { display: flex; gap: 10px; justify-content: flex-end; margin-top: 22px; flex-wrap: wrap; }
.button {
  font: inherit; font-weight: 600; border-radius: 8px; padding: 9px 20px; min-width: 104px; cursor: pointer; text-align: center;
  border: 1px solid var(--line); background: var(--card); color: inherit; text-decoration: none;
}
.button:hover { background: var(--hover); }
.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
.primary:hover { background: var(--accent); filter: brightness(1.08); }
.link { font: inherit; background: none; border: 0; padding: 4px 0; color: var(--accent); cursor: pointer; text-decoration: underline; }
input[type=text] {
  font: inherit; font-size: 20px; letter-spacing: .12em; width: 100%; padding: 10px 14px; color: inherit; text-transform: uppercase;
  background: var(--back); border: 1px solid var(--line); border-radius: 8px; margin: 6px 0;
}
label { font-weight: 600; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
dl { margin: 0; font-size: 12px; color: var(--dim); display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; }
dd { margin: 0; overflow-wrap: anywhere; font-family: ui-monospace, "Cascadia Mono", monospace; }
footer { display: flex; gap: 10px; align-items: center; justify-content: center; margin-top: 18px; font-size: 13px; color: var(--dim); text-align: center; }
.tag { border: 1px solid currentColor; border-radius: 99px; padding: 1px 9px; font-size: 11px; font-weight: 600; text-transform: uppercase; letter-spacing: .05em; white-space: nowrap; }
"#;
