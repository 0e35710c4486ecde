/** The only style on both pages; its hash stands in their policies. Whatever is drawn is drawn here: no picture is fetched. */
export const STYLE = `
*{box-sizing:border-box}
body{margin:0;font:16px/1.55 'Trebuchet MS','Segoe UI',Roboto,sans-serif;color:#22303c;background:#fff}
a{color:#1b5e45}
h1,h2,h3,p,ul,dl,dd{margin:0;padding:0}
h1{font-size:clamp(1.6rem,4vw,2.4rem);line-height:1.2}
h2{font-size:1.35rem;margin-bottom:1rem}
ul{list-style:none}
svg{display:block}
.wide{max-width:68rem;margin:0 auto;padding:0 1.25rem}
.top{background:#fff;border-bottom:3px solid #e0a526}
.top>.wide{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 2rem;padding-block:.75rem}
.school{display:flex;align-items:center;gap:.75rem;font-weight:700;font-size:1.25rem;line-height:1.15;color:#17402f}
.school small{display:block;font-weight:400;font-size:.8rem;color:#52656f}
.top nav{margin-left:auto}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem .35rem}
nav a{display:block;padding:.45rem .8rem;border-radius:.5rem;color:inherit;text-decoration:none;font-size:.95rem}
nav a:hover{background:#eef4f0}
nav [aria-current]{background:#1b5e45;color:#fff}
.hill{background:linear-gradient(#bfe0ee,#e9f5ef 70%)}
.hill svg{width:100%;height:auto;min-height:9rem;max-height:17rem}
.title{margin-top:-3.2rem;position:relative}
.title>div{display:inline-block;max-width:44rem;padding:1.1rem 1.4rem;border-radius:.9rem;background:#fff;box-shadow:0 6px 24px #17402f22}
.title p{margin-top:.6rem;color:#3f505b}
.part{padding-block:2rem}
.soft{background:#f4f8f5}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1rem}
.card{padding:1.1rem 1.25rem;border:1px solid #dbe5df;border-radius:.9rem;background:#fff}
.card time{font-size:.85rem;color:#52656f}
.card h3{font-size:1.05rem;margin:.2rem 0 .4rem}
.card dt{font-weight:700}
.card dd{color:#3f505b}
.type{display:flex;flex-wrap:wrap;align-items:center;gap:1rem 1.5rem;border-color:#e0a526;background:#fff8e6}
.type div{flex:1 1 18rem}
.type svg{flex:none}
footer{padding:1.5rem 0;background:#17402f;color:#dfeae4;font-size:.85rem}
.bar{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.5rem;padding:.55rem 1rem;border-bottom:1px solid #d9dce3;background:#fff}
.bar b{display:flex;align-items:center;gap:.5rem;color:#d2500f}
.bar span{margin-left:auto;font-size:.9rem;color:#4d5663}
.bar [aria-current]{background:#fdeee5;color:#a63b06;font-weight:700}
.desk{display:grid;grid-template-columns:15rem minmax(0,1fr);min-height:calc(100vh - 3.4rem);background:#f3f4f7}
.desk aside{padding:1rem .75rem;border-right:1px solid #d9dce3;background:#fff}
.desk aside ul{display:grid;gap:.15rem}
.desk aside p{margin:.6rem .8rem .35rem;font-size:.8rem;color:#4d5663}
.desk aside [aria-current]{background:#fdeee5;color:#a63b06;font-weight:700}
.desk main{padding:1.5rem;max-width:56rem}
.desk h1{font-size:1.5rem;margin-bottom:.35rem}
.desk .card{margin-top:1rem}
iframe{display:block;width:100%;height:640px;margin-top:.75rem;border:1px solid #d9dce3;border-radius:.6rem;background:#fff}
.foot{margin-top:1.25rem;font-size:.8rem;color:#4d5663}
@media (max-width:640px){.top nav{margin-left:-.5rem}.desk{grid-template-columns:minmax(0,1fr)}.desk aside{border-right:0;border-bottom:1px solid #d9dce3}.desk aside ul{display:flex;flex-wrap:wrap}.desk main{padding:1rem}.bar span{margin-left:0}}
`;
