/**
 * The loader's own sheet. What decides is marked important on the host: rules of the page win over plain ones there, and
 * none of them reach what stands inside.
 */
export const look = `:host{all:initial!important;position:fixed!important;top:0!important;left:0!important;z-index:2147483647!important}
.stage,.full{position:fixed;inset:0;transform-origin:0 0}
.beside{margin:0;padding:4px 16px;background:#fff;color:#17282c;font-size:14px}
.stage{display:flex;align-items:flex-end;justify-content:flex-end;box-sizing:border-box;padding:20px;pointer-events:none;font:700 16px/1.15 system-ui,sans-serif}
.left{justify-content:flex-start}
.stage>*{pointer-events:auto}
[hidden]{display:none!important}
:focus-visible{outline:3px solid #17282c;outline-offset:2px}
.launch,.panel{border-radius:24px;background:#0a6a6e;color:#fff;box-shadow:0 8px 32px #17282c33}
.launch,.beside>*{display:inline-flex;align-items:center;border:0;font:inherit;cursor:pointer}
.launch{gap:10px;min-height:56px;box-sizing:border-box;padding:8px 20px 8px 10px;border-radius:28px;text-decoration:none}
.launch a{color:inherit}
.launch:hover{background:#075257}
.launch:focus-visible{box-shadow:0 0 0 7px #ffc845}
svg{flex:none;width:28px;height:28px;padding:6px;border-radius:50%;background:#fff;fill:none;stroke:#0a6a6e;stroke-width:2.2;stroke-linecap:round}
circle{fill:#ffc845}
small{display:block;font-weight:400;font-size:13px;overflow-wrap:anywhere;user-select:text}
.panel{display:flex;flex-direction:column;width:400px;height:600px;max-height:100%;overflow:hidden;background:#faf8f3}
.small{width:272px;height:auto;border-radius:28px;background:#0a6a6e}
.full{width:100%;height:100%;max-height:none;border-radius:0}
iframe{display:block;width:100%;flex:1 0 56px;min-height:0;border:0}
.beside>*{min-height:44px;margin-right:16px;padding:0;background:0;color:#0a6a6e;text-decoration:underline}
@media (prefers-contrast:more),(forced-colors:active){.launch,.panel{border:2px solid}}
@media print{:host{display:none!important}}`;
