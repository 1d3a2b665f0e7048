/** The page's style. Colours never stand alone: every status is a word with a mark. */
export const style = `
:root{color-scheme:light dark;--back:#fff;--text:#1d2125;--quiet:#596068;--line:#d8dde2;--head:#f4f6f8;
--ok:#1a6b3a;--expiring:#855000;--failing:#b3261e;--unknown:#596068;--warn:#f3e3c6}
@media (prefers-color-scheme:dark){:root{--back:#14171a;--text:#e4e7ea;--quiet:#a2a9b1;--line:#343a40;--head:#1d2126;
--ok:#74d795;--expiring:#f5bd5d;--failing:#ff8f85;--unknown:#a2a9b1;--warn:#3a3120}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:80rem;padding:1.5rem;background:var(--back);color:var(--text);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
h1{margin:0;font-size:1.1rem;font-weight:600;color:var(--quiet)}
h2{margin:2rem 0 .5rem;font-size:1.15rem}
h2 .quiet{font-weight:400}
p{margin:.25rem 0}
.headline{font-size:1.6rem;line-height:1.25;font-weight:650}
.quiet,small{color:var(--quiet)}
small{display:block;font-size:.82rem;font-weight:400}
.filter{display:inline-block;margin-left:1rem;color:var(--text)}
.filter[hidden]{display:none}
.scroll{position:relative;overflow-x:auto;border:1px solid var(--line);border-radius:.5rem}
:focus-visible{outline:3px solid #4c8dff;outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{padding:.5rem .75rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
tbody tr:last-child>*{border-bottom:0}
thead th{background:var(--head);font-weight:600;white-space:nowrap}
tbody th{font-weight:600;overflow-wrap:anywhere}
button{all:unset;cursor:pointer;font-weight:600}
button:focus-visible{outline:3px solid #4c8dff;outline-offset:2px}
button::after{content:"\\2195";content:"\\2195"/"";opacity:.35;margin-left:.35rem}
[aria-sort=ascending] button::after{content:"\\2191";content:"\\2191"/"";opacity:1}
[aria-sort=descending] button::after{content:"\\2193";content:"\\2193"/"";opacity:1}
.status{white-space:nowrap;font-weight:600}
.ok .status,.headline.ok{color:var(--ok)}
.expiring .status,.headline.expiring{color:var(--expiring)}
.failing .status,.headline.failing{color:var(--failing)}
.unknown .status{color:var(--unknown)}
.number{text-align:right}
td:last-child{min-width:18rem}
.targets tbody th{width:34%}
.credentials td:nth-child(3){white-space:nowrap}
.hint{color:var(--text);font-style:italic}
.bar{min-width:8rem;width:14%}
svg{display:block;width:100%;height:1.4rem}
.warn{fill:var(--warn)}
.track,.endless{fill:var(--line)}
.fill{fill:var(--unknown)}
.ok .fill{fill:var(--ok)}
.expiring .fill{fill:var(--expiring)}
.failing .fill{fill:var(--failing)}
.axis{display:flex;justify-content:space-between;font-weight:400;font-size:.82rem;color:var(--quiet)}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.attention tr.ok,.attention tr.unknown{display:none}
@media (max-width:40rem){table,tbody,tr,tbody th,tbody td{display:block}thead{display:none}
tbody tr{padding:.75rem;border-bottom:1px solid var(--line)}tbody tr:last-child{border-bottom:0}
tbody th,tbody td,.credentials td:nth-child(3){padding:0;border:0;white-space:normal}
tbody td:empty{display:none}.targets tbody th,.bar{width:auto}td:last-child{min-width:0;margin-top:.25rem}
.credentials td:nth-child(3)::before{content:"Ends "}.targets td:nth-child(3)::before{content:"By "}
.number{text-align:left}.number:not(:empty)::before{content:"Serves "}.filter{display:block;margin:.25rem 0 0}}
@media print{body{max-width:none;padding:0}.filter{display:none}.scroll{overflow:visible}}
`;
