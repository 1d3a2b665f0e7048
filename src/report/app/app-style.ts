/** The style of the page on which an App is made. */
export const style = `
:root{color-scheme:light dark;--back:#f4f6f8;--card:#fff;--text:#1d2125;--quiet:#596068;--line:#d8dde2;--go:#1a6b3a;--on-go:#fff;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--back:#0e1113;--card:#181c20;--text:#e4e7ea;--quiet:#a2a9b1;--line:#343a40;--go:#74d795;--on-go:#0c2415;--bad:#ff8f85}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:var(--back);color:var(--text);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{width:100%;max-width:34rem;padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
.step{margin:0;color:var(--quiet);font-size:.9rem}
h1{margin:.25rem 0 1rem;font-size:1.5rem;line-height:1.25}
p{margin:0 0 1rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.35rem 1.25rem;margin:0 0 1.5rem}
dt{color:var(--quiet)}
dd{margin:0;overflow-wrap:anywhere}
form{margin:0 0 .75rem}
button,.button{display:inline-block;padding:.6rem 1.2rem;border:0;border-radius:.5rem;background:var(--go);color:var(--on-go);
font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
:focus-visible{outline:3px solid #4c8dff;outline-offset:2px}
.quiet{color:var(--quiet);font-size:.9rem}
.bad{color:var(--bad)}
p:last-child{margin-bottom:0}
`;
