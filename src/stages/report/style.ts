import { Markup } from "../../figures/markup.ts"

/** The page's style. Series colours tell apart for the colour-blind (after Okabe & Ito 2008, darkened or
 *  lightened to stand out from the ground); marks and line patterns repeat what they say. */
export const style = new Markup(`
:root{color-scheme:light dark;--pad:clamp(1rem,4vw,2.5rem);--ground:#fff;--raised:#f6f7f9;--ink:#1c2128;--quiet:#59636e;--rule:#d8dde3;--rule-strong:#98a1ab;--edge:#0002;--accent:#0b62a8;--good:#1a7f4b;--open:#9a6700;
--s0:#0072b2;--s1:#c44e00;--s2:#00805e;--s3:#b0528a;--s4:#8f6500;--s5:#5850c4;--muted:#7d8792}
@media (prefers-color-scheme:dark){:root{--ground:#14171b;--raised:#1d2127;--ink:#e4e7eb;--quiet:#9aa4af;--rule:#30363d;--rule-strong:#6b7580;--edge:#fff2;--accent:#6cb6ff;--good:#4cc38a;--open:#e0b04a;
--s0:#56b4e9;--s1:#ff8f52;--s2:#2fc79a;--s3:#e694c6;--s4:#e3b341;--s5:#a7a4ff;--muted:#8a949e}}
@media print{:root{color-scheme:light;--ground:#fff;--raised:#fff;--ink:#000;--quiet:#444;--rule:#ccc;--rule-strong:#888;--edge:transparent;--accent:#000;--good:#1a7f4b;--open:#9a6700;
--s0:#0072b2;--s1:#c44e00;--s2:#00805e;--s3:#b0528a;--s4:#8f6500;--s5:#5850c4;--muted:#7d8792}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:74rem;padding:2.5rem var(--pad) 4rem;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.3rem);line-height:1.2;margin:0;letter-spacing:-.015em;text-wrap:balance}
h2{font-size:1.35rem;line-height:1.3;margin:3.2rem 0 1rem;padding-top:.9rem;border-top:1px solid var(--rule)}
h3{font-size:1rem;margin:1.8rem 0 .5rem}
.chart h3,.case h3{font-size:.92rem;font-weight:600;margin:0 0 .3rem}
p,dd,li{max-width:75ch}
.above{margin:0 0 .4rem;color:var(--quiet);font-size:.8rem;letter-spacing:.08em;text-transform:uppercase}
.lede{margin:.6rem 0 1.2rem;color:var(--quiet);font-size:1.05rem}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;font-size:.9rem}
a{color:var(--accent);text-underline-offset:.2em}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
pre{margin:.4rem 0;padding:.8rem 1rem;background:var(--raised);border:1px solid var(--rule);border-radius:6px;overflow-x:auto;overflow-wrap:normal}
small{display:block;color:var(--quiet);font-weight:400;font-size:.85em}
summary{cursor:pointer;color:var(--accent)}
.findings{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1rem}
.findings section{background:var(--raised);border:1px solid var(--rule);border-top:3px solid var(--good);border-radius:6px;padding:1rem 1.2rem}
.findings section.open{border-top-color:var(--open)}
.findings h3{margin:0 0 .5rem}
.findings ul{margin:0;padding-left:1.1rem}
.findings li+li{margin-top:.55rem}
.findings p{margin:0}
.facts ul{margin:0;padding-left:1.1rem}
.facts{margin:0 0 1.5rem;font-size:.95rem}
.facts div{display:grid;grid-template-columns:minmax(7rem,11rem) 1fr;gap:.2rem 1.2rem;padding:.4rem 0;border-bottom:1px solid var(--rule)}
.facts dt{color:var(--quiet)}
.facts dd{margin:0}
.table{margin:1.6rem 0 2.2rem}
.scroll{overflow-x:auto;background:linear-gradient(to left,var(--ground) 1.5rem,transparent 3rem) right/3rem 100% no-repeat local,linear-gradient(to left,var(--edge),transparent) right/.9rem 100% no-repeat scroll}
.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
table{min-width:min(100%,36rem);border-collapse:collapse;font-size:.88rem;line-height:1.35;font-variant-numeric:tabular-nums;overflow-wrap:normal}
caption{caption-side:top;text-align:left;padding-bottom:.7rem;font-size:.95rem;line-height:1.45}
caption span{display:block;position:sticky;left:0;width:fit-content;max-width:calc(min(74rem,100vw) - 2*var(--pad))}
colgroup+colgroup{border-left:1px solid var(--rule)}
.quiet{color:var(--quiet)}
figcaption{margin-bottom:.9rem;font-size:.95rem;line-height:1.45;max-width:75ch}
th,td{padding:.34rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
th:first-child{padding-left:0}
thead th{vertical-align:bottom;font-weight:600;border-bottom:1px solid var(--rule-strong)}
thead th.group{text-align:center;border-bottom-color:var(--rule)}
tbody th{font-weight:500;white-space:nowrap}
tbody th[scope=row],tfoot th,thead tr:first-child th:first-child{position:sticky;left:0;background:var(--ground)}
tbody th small{white-space:normal}
tbody+tbody tbody td:not(.number){min-width:8.5rem}
thead small{max-width:9rem;margin-left:auto}
th[scope=rowgroup]{padding-top:1.1rem}
tbody td:not(.number){min-width:8.5rem}
thead small{max-width:9rem;margin-left:auto}
th[scope=rowgroup]{color:var(--quiet);font-weight:600;border-bottom-color:var(--rule-strong)}
tfoot th{font-weight:600}
tfoot tr:first-child>*{border-top:1px solid var(--rule-strong)}
.number{text-align:right;white-space:nowrap}
thead th.number{white-space:normal}
thead th.number .swatch{display:block;margin:0 0 .25em auto}
.reference td,.reference th[scope=row]{color:var(--quiet)}
td code{display:inline-block;min-width:14rem;white-space:normal;overflow-wrap:anywhere}
.notes{margin:.6rem 0 0;padding:0;list-style:none;color:var(--quiet);font-size:.84rem;line-height:1.5}
.notes li{max-width:100ch}
figure{margin:1.6rem 0 2.4rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));gap:1.4rem 2rem}
.chart{max-width:24rem}
.two .chart{max-width:36rem}
.charts.two{grid-template-columns:repeat(auto-fill,minmax(min(100%,28rem),1fr))}
svg{display:block;width:100%;height:auto;overflow:visible}
svg text{fill:var(--quiet);font-family:inherit}
.tick,.label{font-size:12px}
svg .over{paint-order:stroke;stroke:var(--ground);stroke-width:4px;stroke-linejoin:round}
svg .name{fill:var(--ink);font-weight:500;font-size:13px}
.grid{stroke:var(--rule);fill:none}
.series-0{color:var(--s0)}.series-1{color:var(--s1)}.series-2{color:var(--s2)}.series-3{color:var(--s3)}.series-4{color:var(--s4)}.series-5{color:var(--s5)}.series-none{color:var(--muted)}
[class^=series] circle,[class^=series] rect,[class^=series] polygon{fill:currentColor}
[class^=series] .ring,.swatch .ring{fill:none;stroke:currentColor;stroke-width:1.3}
.line{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linejoin:round}
.faint{opacity:.4}.faint .line{stroke-width:1}
.dots{opacity:.62}
.mean{fill:none;stroke:var(--ink);stroke-width:2.4}
.median{fill:none;stroke:var(--ink);stroke-width:1.4;stroke-dasharray:3 2.5}
.swatch{display:inline-block;width:.8em;height:.8em;margin-right:.4em;vertical-align:-.03em}
.swatch circle,.swatch rect,.swatch polygon{fill:currentColor}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;margin:0 0 .9rem;padding:0;list-style:none;font-size:.9rem}
.key{display:inline-block;width:2.4em;height:1em;margin-right:.5em;vertical-align:-.12em}
.key-ground{fill:#3b3f45}
.case{margin-bottom:2rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,11rem),1fr));gap:1rem}
.tile p{margin:.4rem 0 0;font-size:.88rem;color:var(--quiet)}
.tile b{color:var(--ink);font-weight:600}
.tile svg{border-radius:4px;overflow:hidden;background:#000}
.tile path,.key path{vector-effect:non-scaling-stroke}
.halo{fill:none;stroke:#000;stroke-opacity:.55;stroke-width:3.6;stroke-linejoin:round}
.line-expert{fill:none;stroke:#ffd500;stroke-width:1.8;stroke-linejoin:round}
.line-prediction{fill:none;stroke:#35e0ff;stroke-width:1.8;stroke-dasharray:5 3;stroke-linejoin:round}
.shade-disagreement{fill:#ff5fd2;fill-opacity:.42;stroke:#ff5fd2;stroke-width:.6}
.scale-halo{stroke:#000;stroke-opacity:.6;stroke-width:5;fill:none}
.scale{stroke:#fff;stroke-width:2.4;fill:none}
.tile .scale-text{fill:#fff}
.files{color:var(--quiet);font-size:.9rem}
@media (max-width:34rem){.facts div{grid-template-columns:1fr;gap:0}th,td{padding:.34rem .5rem}tbody th{white-space:normal;min-width:6.5rem}}
@media print{body{max-width:none;padding:0;font-size:10pt}nav{display:none}.scroll{overflow:visible}table{font-size:7.5pt}th,td{padding:.2rem .35rem}figure,.table,.tile,.findings section{break-inside:avoid}h2,h3,caption,figcaption{break-after:avoid}td code{min-width:0}}
`)
