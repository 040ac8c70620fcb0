/** Text has a contrast of at least 4.5 to 1, and nothing is stated by color alone. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --panel: #f6f7f9; --ink: #1b1f24; --soft: #57606a; --line: #d8dee4;
  --bad: #b42318; --bad-ground: #fef1ef; --warn: #8a5a00; --fine: #1a7f4b; --link: #0b5cad; --idle: #d8dee4; --passed: #8fb8a2; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #12161b; --panel: #1a2027; --ink: #e6eaef; --soft: #9aa5b1; --line: #2d353f;
    --bad: #ff8a7a; --bad-ground: #331a18; --warn: #e5b567; --fine: #6fcf97; --link: #7ab7ff; --idle: #2d353f; --passed: #3f7258; }
}
* { box-sizing: border-box; }
body { overflow-wrap: anywhere; margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem 4rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.5rem; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 1.125rem; margin: 2.75rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
p { margin: .5rem 0; }
ul { margin: 0; padding-left: 1.25rem; }
a { color: var(--link); }
.soft, caption { color: var(--soft); }
header .soft { margin-top: .25rem; }
.verdict { margin: 1.5rem 0 1rem; padding: 1rem 1.25rem; border-radius: .5rem; background: var(--panel); border-left: .3rem solid var(--fine); }
.verdict strong { font-size: 1.125rem; }
.verdict.bad { background: var(--bad-ground); border-color: var(--bad); }
.verdict.bad strong, .bad-text { color: var(--bad); }
.warn-text { color: var(--warn); }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .75rem; margin: 1rem 0; padding: 0; }
.numbers div { display: flex; flex-direction: column-reverse; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
.numbers dt { color: var(--soft); font-size: .875rem; }
.numbers dd { margin: 0; font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.2; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { text-align: left; padding: 0 0 .5rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { overflow-wrap: normal; font-weight: 600; color: var(--soft); font-size: .875rem; }
tbody th { color: inherit; font-size: inherit; font-weight: 500; overflow-wrap: anywhere; }
@media (min-width: 64rem) { tbody th { min-width: 15rem; } }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.id { font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { display: block; width: 100%; min-width: 8rem; height: .75rem; margin: .375rem 0 0; border-radius: .2rem; }
.numbers + .bar { margin: 1rem 0 1.5rem; }
.bar .fail { fill: var(--bad); } .bar .unknown { fill: var(--soft); } .bar .exempt { fill: var(--warn); } .bar .pass { fill: var(--passed); } .bar .none { fill: var(--idle); }
.checks .chart { width: 34%; }
.tag { display: inline-block; padding: 0 .5em; border: 1px solid currentColor; border-radius: 1em; font-size: .8125rem; white-space: nowrap; }
.critical { color: var(--ground); background: var(--bad); border-color: var(--bad); font-weight: 600; }
.high { color: var(--bad); } .medium { color: var(--warn); } .low { color: var(--soft); }
.met { color: var(--fine); } .not-met { color: var(--bad); } .undecided { color: var(--warn); } .not-applicable, .not-assessed { color: var(--soft); }
.filter { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: .75rem 0; }
.filter [hidden] { display: none; }
.filter label { display: grid; gap: .25rem; font-size: .875rem; color: var(--soft); }
.filter input, .filter select { font: inherit; color: var(--ink); background: var(--ground); border: 1px solid var(--soft); border-radius: .375rem; padding: 0 .625rem; height: 2.25rem; min-width: 9rem; max-width: 100%; }
button { font: inherit; font-size: .9375rem; color: var(--link); background: var(--ground); border: 1px solid var(--line); border-radius: .375rem; padding: .375rem .75rem; cursor: pointer; }
button.sort { border: 0; padding: 0; font: inherit; color: inherit; background: none; text-align: left; text-decoration: underline dotted; text-underline-offset: .2em; }
[aria-sort=ascending] .sort::after { content: " \\2191"; } [aria-sort=descending] .sort::after { content: " \\2193"; }
.actions { display: flex; gap: .75rem; margin: .75rem 0; }
.details:not(:empty) { margin: 1rem 0; padding: .25rem 1.25rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--panel); }
details { margin: .75rem 0; } summary { cursor: pointer; font-weight: 600; color: var(--link); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr)); gap: .25rem 1.25rem; margin: .5rem 0; }
.facts dt { color: var(--soft); font-size: .8125rem; } .facts dd { margin: 0; }
.new { color: var(--bad); } .exempt { color: var(--warn); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.columns > div, td > span, th > span { min-width: 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 0 2.5rem; }
.trend { margin: 1rem 0; }
.trend figcaption { font-weight: 600; font-size: .875rem; color: var(--soft); }
.trend > svg { display: block; width: 100%; margin: .5rem 0; border-bottom: 1px solid var(--line); overflow: visible; }
.trend path { fill: none; stroke: var(--link); stroke-width: 2; vector-effect: non-scaling-stroke; }
.trend path.critical { stroke: var(--bad); } .trend path.high { stroke: var(--bad); stroke-dasharray: 6 3; } .trend path.medium { stroke: var(--warn); } .trend path.low { stroke: var(--soft); stroke-dasharray: 2 3; }
.trend .critical, .trend .high, .trend .medium, .trend .low { background: none; }
.trend ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .875rem; font-variant-numeric: tabular-nums; }
.trend .key { width: 1.5rem; height: .5rem; margin-right: .375rem; }
.cover, .printed { display: none; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
@media (max-width: 40rem) {
  body { padding: 1.25rem 1rem 3rem; }
  .numbers { grid-template-columns: repeat(2, 1fr); }
  table.wide thead { position: absolute; clip-path: inset(50%); }
  table.wide tr { display: block; padding: .625rem 0; border-bottom: 1px solid var(--line); }
  table.wide tr[hidden] { display: none; }
  table.wide th, table.wide td { display: grid; grid-template-columns: 6.5rem 1fr; gap: .5rem; border: 0; padding: .125rem 0; text-align: left; white-space: normal; }
  table.wide [data-label]::before { content: attr(data-label); color: var(--soft); font-size: .875rem; font-weight: 400; }
  .filter label, .filter input, .filter select { width: 100%; }
}
@media (max-width: 64rem) { .checks .chart { display: none; } }
@media print {
  :root { color-scheme: light; --ground: #fff; --panel: #fff; --ink: #000; --soft: #444; --line: #bbb; --bad: #a00; --bad-ground: #fff; --warn: #740; --fine: #060; --link: #000; --idle: #ddd; --passed: #999; }
  @page { margin: 15mm; }
  body { max-width: none; padding: 0; font-size: 9pt; line-height: 1.35; overflow-wrap: break-word; }
  h2 { font-size: 12pt; margin: 1.5rem 0 .5rem; break-after: avoid; } h2 + p { break-after: avoid; } h3 { font-size: 9pt; } p { margin: .25rem 0; }
  table { font-size: 8pt; } caption, th { font-size: 8pt; } th, td { padding: .2rem .5rem .2rem 0; overflow-wrap: break-word; }
  tbody th { min-width: 12rem; }
  .filter, .actions, button:not(.sort) { display: none; }
  button.sort { display: contents; }
  .checks .chart { display: none; }
  .numbers { grid-template-columns: repeat(6, 1fr); } .numbers div { padding: .4rem .6rem; } .numbers dd { font-size: 14pt; }
  .columns { grid-template-columns: repeat(3, 1fr); gap: 0 1.25rem; font-size: 8pt; }
  .tag { font-size: 7.5pt; }
  svg, .verdict { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr, .trend, .facts div, footer { break-inside: avoid; } thead { display: table-header-group; }
  .cover { display: block; break-after: page; font-size: 10pt; padding-top: 40mm; }
  .cover .title { font-size: 26pt; font-weight: 700; line-height: 1.15; margin: 0; } .cover .title-date { font-size: 16pt; color: var(--soft); margin: .5rem 0 2.5rem; }
  .cover dl { display: grid; grid-template-columns: 13rem 1fr; gap: .5rem 1rem; padding: 1rem 0; border: solid var(--line); border-width: 1px 0; } .cover dt { color: var(--soft); } .cover dd { margin: 0; overflow-wrap: anywhere; }
  .rows tbody tr:nth-child(n+61) { display: none; }
  .printed:not([hidden]) { display: block; }
}
`;
