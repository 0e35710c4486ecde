/** The loader's own sheet, made by the object model: a page's policy on styles has no say over it. */
export const look = `
:host{all:initial;position:fixed;z-index:2147483000;inset-block-end:20px;inset-inline-end:20px;font:700 16px/1.15 system-ui,-apple-system,"Segoe UI",sans-serif}
:host(.left){inset-inline:20px auto}
[hidden]{display:none!important}
.launch{display:inline-flex;align-items:center;gap:10px;min-height:56px;box-sizing:border-box;padding:8px 20px 8px 10px;border:0;border-radius:999px;background:#0a6a6e;color:#fff;font:inherit;text-decoration:none;cursor:pointer;box-shadow:0 8px 32px #17282c33}
.launch:hover{background:#075257}
.launch:focus-visible{outline:3px solid #17282c;outline-offset:2px;box-shadow:0 0 0 7px #ffc845}
svg{width:28px;height:28px;padding:6px;border-radius:50%;background:#fff;fill:none;stroke:#0a6a6e;stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
circle{fill:#ffc845}
small{display:block;font-weight:400;font-size:13px}
.panel{display:flex;flex-direction:column;width:400px;height:600px;max-height:calc(100dvh - 40px);border-radius:24px;overflow:hidden;background:#faf8f3;box-shadow:0 8px 32px #17282c33}
.panel.small{width:272px;height:56px;border-radius:999px;background:#0a6a6e}
.panel.full{position:fixed;inset:0;width:100%;height:100%;max-height:none;border-radius:0}
.panel.small.told{height:auto;border-radius:24px}
iframe{display:block;width:100%;flex:1 0 56px;min-height:0;border:0}
.beside{display:flex;flex-wrap:wrap;align-items:center;gap:0 16px;margin:0;padding:4px 16px;background:#fff;color:#17282c;font-weight:400;font-size:14px}
.beside>*{display:inline-flex;align-items:center;min-height:44px;padding:0;border:0;background:0;color:#0a6a6e;font:inherit;font-weight:700;text-decoration:underline;cursor:pointer}
.beside>:focus-visible{outline:3px solid #17282c;outline-offset:2px}
@media (prefers-contrast:more),(forced-colors:active){.launch,.panel{border:2px solid}}
@media print{:host{display:none}}
`;
