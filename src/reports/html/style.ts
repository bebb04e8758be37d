/** The page's style sheet: light and dark by the reader's setting, one column on a phone, everything open on paper. */
export const style = `
:root{color-scheme:light dark;--bg:#f7f6f3;--card:#fff;--ink:#1d1f23;--dim:#5c6068;--rule:#dfdcd6;--accent:#1f5fa8;--soft:#e8eef6;--critical:#a3156b;--high:#b3261e;--medium:#8a5a00;--low:#1f6d7a;--info:#62666e;--ok:#2a6f3c}
@media screen and (prefers-color-scheme:dark){:root{--bg:#14161a;--card:#1c1f24;--ink:#e8e6e1;--dim:#a3a8b0;--rule:#343941;--accent:#82b6f0;--soft:#22303f;--critical:#f08cc6;--high:#ff8a80;--medium:#f0c060;--low:#7fd0dc;--info:#a0a5ae;--ok:#8fd19e}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main,header,footer,nav>div{max-width:1240px;margin:0 auto;padding:0 20px}
h1{font-size:1.35rem;line-height:1.2;margin:0}h2{font-size:1.2rem;margin:0 0 14px}h3{font-size:1rem;margin:0 0 8px}h4{font-size:.9rem;margin:14px 0 4px}
p{margin:.3em 0}a{color:var(--accent)}.dim{color:var(--dim)}.small{font-size:.88rem}
code{font:.86em ui-monospace,SFMono-Regular,Menlo,monospace;overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}[hidden]{display:none!important}

header{display:flex;gap:14px;align-items:center;padding-top:20px;padding-bottom:12px}.logo{width:34px;flex:none;fill:var(--accent)}.logo .slit{stroke:var(--bg);stroke-width:3;stroke-linecap:round}
nav{position:sticky;top:0;z-index:2;background:var(--bg);border-bottom:1px solid var(--rule)}nav>div{display:flex;gap:4px;overflow-x:auto}
nav a{padding:9px 12px;color:var(--dim);text-decoration:none;white-space:nowrap;border-bottom:3px solid transparent}nav a:hover{color:var(--ink)}nav a[aria-current=true]{color:var(--ink);font-weight:600;border-color:var(--accent)}nav a:focus-visible{outline-offset:-3px}
.n{display:inline-block;min-width:1.6em;padding:0 6px;border-radius:99px;background:var(--soft);color:var(--ink);font-size:.8rem;font-weight:600;text-align:center;justify-self:start;font-variant-numeric:tabular-nums}
section{padding:24px 0 8px}.js section{scroll-margin-top:200px}details[id]{scroll-margin-top:100px}

.card,details{background:var(--card);border:1px solid var(--rule);border-radius:10px}.card{padding:16px 18px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:14px;margin:14px 0}.cards.wide{grid-template-columns:repeat(auto-fit,minmax(min(460px,100%),1fr))}
.tiles{display:grid;grid-template-columns:repeat(5,1fr);gap:14px}.tile{display:block;text-decoration:none;border-left:5px solid currentColor}.tile b{display:block;font-size:1.9rem;line-height:1.1;color:var(--ink)}a.tile:hover,a.line:hover{background:var(--soft)}
a.line{display:grid;grid-template-columns:1fr auto;gap:2px 12px;padding:6px 8px;margin:0 -8px;border-radius:6px;color:inherit;text-decoration:none}a.line>*{min-width:0;overflow-wrap:anywhere}a.line .bar{grid-column:1/-1}a.line.lead{grid-template-columns:80px 1fr auto;align-items:baseline}
.total{float:right;font-size:1.5rem;line-height:1}.bar{display:block;width:100%;height:6px;border-radius:3px}.bar .track{fill:var(--soft)}.bar .share{fill:var(--accent)}
.bar .critical{fill:var(--critical)}.bar .high{fill:var(--high)}.bar .medium{fill:var(--medium)}.bar .low{fill:var(--low)}.bar .info{fill:var(--info)}
.note{border-left:5px solid var(--medium)}
.tag{display:inline-block;justify-self:start;border:1px solid currentColor;border-radius:99px;padding:0 9px;font-size:.8rem;font-weight:600;white-space:nowrap}
.critical{color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}.low{color:var(--low)}.info{color:var(--info)}.ok{color:var(--ok)}

.filters{display:flex;flex-wrap:wrap;gap:8px;align-items:center;position:sticky;top:42px;background:var(--bg);padding:8px 0;z-index:1}
input,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--dim);border-radius:8px;padding:6px 10px;max-width:100%}select{max-width:170px}input{flex:1 1 240px;min-width:0}
details{margin:8px 0}summary{cursor:pointer;padding:10px 14px;display:grid;grid-template-columns:84px 1fr auto;gap:10px;align-items:baseline;border-radius:10px;list-style:none}summary::-webkit-details-marker{display:none}summary:hover{background:var(--soft)}
details .body{padding:4px 16px 14px;border-top:1px solid var(--rule)}.where{color:var(--dim);font-size:.88rem;overflow-wrap:anywhere;text-align:right}
.row{display:grid;grid-template-columns:1fr auto;gap:2px 14px;border-top:1px solid var(--rule);padding:8px 0}.row>*{min-width:0;overflow-wrap:anywhere}.row .facts{grid-column:1/-1}.row:first-child{border-top:0}
.fix{border-left:4px solid var(--ok);padding-left:10px}dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 14px;margin:10px 0}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}li{overflow-wrap:anywhere}

.scroll{overflow-x:auto}table.list{border-collapse:collapse;width:100%;font-size:.92rem;background:var(--card);border:1px solid var(--rule)}
table.list th,table.list td{text-align:left;padding:7px 10px;border-bottom:1px solid var(--rule);vertical-align:top}table.list td:first-child,table.list code{overflow-wrap:anywhere}table.list tbody tr:hover{background:var(--soft)}table.list td:first-child{min-width:190px}table.list code{white-space:normal}
th button{all:unset;cursor:pointer;font-weight:600;white-space:nowrap}th button:focus-visible{outline:2px solid var(--accent)}th[aria-sort=ascending] button::after{content:" ↑"}th[aria-sort=descending] button::after{content:" ↓"}

.drawing{max-width:none;display:block}.drawing rect{fill:var(--card);stroke:var(--dim);stroke-width:1.2}.drawing .stripe{stroke:none;fill:var(--accent)}.drawing .box:focus rect.edge,.drawing .box:hover rect.edge{stroke:var(--accent);stroke-width:2.5}.drawing .box:focus{outline:none}
.drawing text{fill:var(--ink);font:12.5px system-ui,sans-serif}.drawing .name{font-weight:600}.drawing .label{fill:var(--dim);font-size:11.5px}
.drawing .line path{fill:none;stroke:var(--dim);stroke-width:1.3}.drawing .line .tip{fill:var(--dim);stroke:none}.drawing .line:hover path{stroke:var(--accent);stroke-width:2.5}
.drawing .entry .edge{stroke:var(--high);stroke-width:2}.drawing .target .edge{stroke:var(--critical);stroke-width:2.5}
.drawing .mark{font-size:11px;font-weight:600;text-anchor:end}.drawing .mark.critical{fill:var(--critical)}.drawing .mark.high{fill:var(--high)}.drawing .mark.medium{fill:var(--medium)}.drawing .mark.low{fill:var(--low)}.drawing .mark.info{fill:var(--info)}
.data{--stage:#4c8bd6}.prepare{--stage:#3f9e93}.train{--stage:#8a6bd1}.model{--stage:#c0713a}.serve{--stage:#c24d6b}.use{--stage:#6b8a45}.drawing .box .stripe{fill:var(--stage,var(--accent))}.stage{display:inline-block;border-left:5px solid var(--stage);padding-left:5px;margin-left:8px}
#hint{position:absolute;z-index:3;max-width:min(520px,calc(100vw - 16px));white-space:pre-line;overflow-wrap:anywhere;background:var(--card);color:var(--ink);border:1px solid var(--accent);border-radius:8px;padding:8px 12px;font-size:.86rem;box-shadow:0 4px 16px #0004;pointer-events:none}
footer{margin-top:40px;padding-bottom:40px;color:var(--dim);font-size:.88rem}

@media screen{.js section:not(.current){display:none}}
@media (max-width:700px){main,header,footer,nav>div{padding-left:14px;padding-right:14px}.tiles{grid-template-columns:repeat(auto-fit,minmax(96px,1fr));gap:8px}.card{padding:12px 14px}.tile b{font-size:1.5rem}
summary,a.line.lead,.row{grid-template-columns:1fr}.where{text-align:left}dl{grid-template-columns:1fr}dt{margin-top:6px}.filters{position:static}select{flex:1 1 40%;max-width:none}
table.assets,table.assets tbody,table.assets tr,table.assets td{display:block;border:0}table.assets thead{display:none}table.assets tr{padding:8px 0;border-bottom:1px solid var(--rule)}table.assets td{padding:1px 12px}table.assets td:empty{display:none}table.assets td[data-of]::before{content:attr(data-of) ": ";color:var(--dim)}}
@media print{body{background:#fff;color:#000;font-size:11px}.scroll{overflow:visible}.drawing{max-width:100%;height:auto}.filters,nav,#hint{display:none}.tiles{grid-template-columns:repeat(5,1fr)}table.list td{padding:3px;overflow-wrap:anywhere;min-width:0!important}.row,.card,tr{break-inside:avoid}a{color:inherit;text-decoration:none}details>.body{display:block!important}details::details-content{content-visibility:visible;block-size:auto}}
`
