#include "reports/page/page.h"

namespace keur::reports::page {

// Colours carry a letter or a word beside them; each pair of text and ground has a contrast of at least 4.5 to 1.
std::string_view style()
{
    return R"css(
:root{color-scheme:light dark;--bg:#fcfcfa;--card:#fff;--ink:#1d2330;--soft:#586173;--line:#dcdfe4;--link:#1c4fb4;
--pass-bg:#dff1e4;--pass:#14532d;--fail-bg:#fbdedb;--fail:#8a1a12;--inc-bg:#fbecc6;--inc:#624400;--uns-bg:#e6e9ee;--uns:#434b58;
--bro-bg:#e9dffa;--bro:#4c2392;--mark:#fff3c4;--mono:ui-monospace,"SF Mono","Cascadia Mono","DejaVu Sans Mono",Menlo,Consolas,monospace}
@media (prefers-color-scheme:dark){:root{--bg:#13161b;--card:#1a1e25;--ink:#e4e7ec;--soft:#a1aab8;--line:#323844;--link:#8fb4ff;
--pass-bg:#123620;--pass:#9be3ae;--fail-bg:#4b1814;--fail:#ffb8b0;--inc-bg:#3f3109;--inc:#f3d584;--uns-bg:#2b303a;--uns:#bcc4d0;
--bro-bg:#352152;--bro:#d9c2ff;--mark:#4a3c0a}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0 auto;max-width:76rem;padding:2rem 1.5rem 4rem;background:var(--bg);color:var(--ink);
font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
code,pre{font-family:var(--mono);font-size:.86em}
h1,h2,h3,h4{line-height:1.25;text-wrap:balance}
h1{font-size:1.9rem;margin:.2rem 0 1.2rem;padding:.9rem 1.2rem;border-radius:.5rem}
h2{font-size:1.35rem;margin:3.2rem 0 1rem;padding-bottom:.4rem;border-bottom:2px solid var(--line)}
h3{font-size:1.08rem;margin:2rem 0 .4rem}
h3 small{color:var(--soft);font-weight:400}
h4{font-size:1rem;margin:0 0 .5rem}
.brand{font-weight:700;letter-spacing:.04em;margin:0}.brand span{font-weight:400;color:var(--soft);letter-spacing:0}
.pass{background:var(--pass-bg);color:var(--pass)}.fail{background:var(--fail-bg);color:var(--fail)}
.inconclusive{background:var(--inc-bg);color:var(--inc)}.unsupported{background:var(--uns-bg);color:var(--uns)}
.broken{background:var(--bro-bg);color:var(--bro)}.none{color:var(--soft)}
.totals{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;margin:0 0 1.4rem;padding:0}
.totals li{padding:.25rem .8rem;border-radius:99px;font-size:.92rem}
.note{padding:.7rem 1rem;border-radius:.4rem}
.run{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.8rem 1.6rem;margin:0 0 1.4rem}
.run dt{font-size:.8rem;color:var(--soft)}.run dd{margin:0;font-size:.95rem}
.run div:last-child{grid-column:1/-1}.run div:last-child dd{font-family:var(--mono);font-size:.85rem}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.3rem;font-size:.95rem}
.legend{display:flex;flex-wrap:wrap;gap:.4rem 1.4rem;font-size:.9rem;color:var(--soft)}
.cell{display:inline-block;min-width:1.7em;padding:.05em .45em;border-radius:.3em;text-align:center;font-weight:700;text-decoration:none}
.cell small{font-weight:400;margin-left:.4em}
a.cell:hover,a.cell:focus-visible{outline:2px solid currentColor}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem;overflow-wrap:break-word}
caption{text-align:left;color:var(--soft);font-size:.9rem;padding-bottom:.5rem}
th,td{padding:.42rem .7rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400}
thead th{font-weight:600;border-bottom:2px solid var(--line)}
thead th small{display:block;font-weight:400;color:var(--soft)}
.overview td{white-space:nowrap;width:1%}
.overview thead th+th{min-width:7.5rem}
.overview{margin-bottom:1.6rem}
td>code,.scenario th>code{white-space:nowrap}
.level{font-size:.72rem;color:var(--soft);letter-spacing:.03em}
.badge{display:inline-block;white-space:nowrap;padding:.05em .6em;border-radius:99px;font-size:.85em;font-weight:600}
.case{display:inline-block;padding:0 .5em;border:1px solid var(--line);border-radius:.3em;font-size:.85em}
.facts{color:var(--soft);font-size:.92rem;margin:.2rem 0 .8rem}
td ul{margin:0;padding-left:1.1rem}
.offered{list-style:none;padding:0}.offered li+li{margin-top:.35rem}.offered small{color:var(--soft)}
.finding{background:var(--card);border:1px solid var(--line);border-left:.3rem solid var(--fail);border-radius:.4rem;padding:1rem 1.2rem;margin:.8rem 0}
.finding .at{color:var(--soft);font-weight:400}
.because{font-size:1.05rem;margin:.2rem 0 .8rem}
.finding dl{display:grid;grid-template-columns:6rem 1fr;gap:.4rem 1rem;margin:0;font-size:.95rem}
.finding dt{color:var(--soft)}.finding dd{margin:0;min-width:0}
.evidence{list-style:none;margin:0;padding:0}.evidence li{margin-bottom:.6rem}
.evidence>li>a,.seq u{font:600 .75rem/1.5 var(--mono)}
.who{color:var(--soft)}
pre{margin:.3rem 0;padding:.6rem .8rem;background:var(--bg);border:1px solid var(--line);border-radius:.3rem;white-space:pre-wrap;line-height:1.5}
em{font-style:normal;font-weight:600;font-size:.82em;padding:.05em .5em;border-radius:.3em;background:var(--fail-bg);color:var(--fail)}
.rules em,.rules em *{background:none;color:var(--soft);font-weight:400;padding:0}
summary{cursor:pointer}
summary:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.scenario{border-bottom:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 2.4rem}
.scenario>summary{display:flex;gap:.8rem;align-items:baseline;padding:.4rem .2rem;list-style:none}
.scenario>summary::-webkit-details-marker,.seq summary::-webkit-details-marker{display:none}
.scenario>summary:hover{background:var(--card)}
.scenario>summary small{margin-left:auto;color:var(--soft);white-space:nowrap}
.scenario[open]{padding:0 0 2rem}.scenario[open]>summary{font-weight:600}
.scenario :target,.finding:target,li:target{outline:2px solid var(--link);outline-offset:2px}
.seq{position:relative;margin:1.2rem 0 0;padding:0 0 .6rem 2.2rem;font-size:.86rem;line-height:1.4}
.n1{--n:1}.n2{--n:2}.n3{--n:3}.n4{--n:4}.n5{--n:5}.n6{--n:6}
.f1{--f:1}.f2{--f:2}.f3{--f:3}.f4{--f:4}.f5{--f:5}.f6{--f:6}
.t1{--t:1}.t2{--t:2}.t3{--t:3}.t4{--t:4}.t5{--t:5}.t6{--t:6}
.lanes{display:grid;grid-template-columns:repeat(var(--n),1fr);text-align:center}
.lanes b{margin:0 auto;padding:.15rem .9rem;border:1px solid var(--line);border-radius:.4rem;background:var(--card)}
.seq>details{background:linear-gradient(90deg,transparent calc(50% - .5px),var(--line) calc(50% - .5px),var(--line) calc(50% + .5px),transparent calc(50% + .5px)) 0 0/calc(100%/var(--n)) 100%}
.seq summary{position:relative;list-style:none;padding:.28rem 0}
.seq u{position:absolute;left:-2.2rem;top:.35rem;width:1.8rem;text-align:right;text-decoration:none;color:var(--soft);font-weight:400}
.seq i{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.seq span{display:inline-block;padding:0 .4em;background:var(--bg)}
.m>summary{margin-left:calc((min(var(--f),var(--t)) - .5)*100%/var(--n));width:calc((max(var(--f),var(--t)) - min(var(--f),var(--t)))*100%/var(--n));text-align:center;border-bottom:1.5px solid var(--soft);padding:.28rem .5rem .2rem;margin-bottom:.35rem}
.m u{left:calc(-2.2rem - (min(var(--f),var(--t)) - .5)*100%/(max(var(--f),var(--t)) - min(var(--f),var(--t))))}
.m>summary::after{content:"";position:absolute;bottom:-5px;border:4px solid transparent}
.r>summary::after{right:0;border-left:8px solid var(--soft);border-right:0}
.l>summary::after{left:0;border-right:8px solid var(--soft);border-left:0}
.l>summary{border-bottom-style:dashed}
.p>summary{text-align:center;margin-left:calc((var(--f) - 1)*100%/var(--n));width:calc(100%/var(--n))}
.p u{left:calc(-2.2rem - (var(--f) - 1)*100%)}
.p span{border:1px solid var(--line);border-radius:.4rem;background:var(--card);padding:.1rem .6rem;max-width:94%}
.b>summary{text-align:center}.b span{border:1px dashed var(--soft);border-radius:99px;padding:.1rem .9rem}
.bad>summary{border-bottom-color:var(--fail)}.bad b{color:var(--fail)}
.bad.r>summary::after{border-left-color:var(--fail)}.bad.l>summary::after{border-right-color:var(--fail)}
.x span{background:var(--mark)}.x u{color:var(--ink);font-weight:700}
.seq summary:hover span{outline:1px solid var(--link)}
.seq pre{position:relative;max-height:26rem;overflow:auto;background:var(--card)}
@media (max-width:46rem){body{padding:1rem .9rem 3rem;font-size:15px}h1{font-size:1.4rem}
.finding dl{grid-template-columns:1fr}.finding dt{margin-top:.4rem}
.scenario>summary{flex-wrap:wrap;gap:.2rem .6rem}
.lanes{display:none}.seq>details{background:none;border-bottom:1px solid var(--line)}
.seq .m>summary,.seq .p>summary,.seq .b>summary{margin:0;width:100%;border:0;text-align:left;padding:.35rem 0}
.seq summary::after{display:none}.seq u,.m u,.p u{left:-2.2rem}
.seq i{position:static;width:auto;height:auto;clip-path:none;font-style:normal;color:var(--soft);margin-right:.5em}
.p span,.b span{border:0;padding:0;background:none}.x span{background:var(--mark)}}
@media print{body{max-width:none;padding:0;font-size:10pt;background:#fff}nav{display:none}.scroll{overflow:visible}
.finding,.cell,.badge,h1,.totals li{break-inside:avoid;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.scenario{content-visibility:visible}pre{max-height:none}}
)css";
}

}  // namespace keur::reports::page
