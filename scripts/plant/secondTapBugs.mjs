/** In what a second tap, or one that was meant for something else, presses. */
const secondTap = ['tests/widget/secondTap.test.tsx'];

/** @type {import('./bugs.mjs').Bug[]} */
export const secondTapBugs = [
  {
    says: 'a second tap ends the chat',
    rules: ['W75'],
    file: 'widget/src/frame/Firm.tsx',
    from: 'if (settled.peek() || (isTrusted && detail === 0)) onClick();',
    to: 'onClick();',
    tests: secondTap,
  },
  {
    says: 'a tap on the small bar lands on what wipes the end',
    rules: ['W75'],
    file: 'widget/src/frame/Firm.tsx',
    from: '    if (minimised) return;\n',
    to: '    if (minimised || !settled) return;\n    if (document.querySelector("main")) settled.value = true;\n',
    tests: secondTap,
  },
  {
    says: 'a second tap starts a new chat',
    rules: ['W75'],
    file: 'widget/src/ending/Ended.tsx',
    from: '{late.value && !closed && (',
    to: '{late.value && <button type="button" onClick={widget.start.again}>{te("end.again")}</button>}\n        {!widget && (',
    tests: secondTap,
  },
  {
    says: 'what ends the chat stands where the finger was',
    rules: ['W6'],
    file: 'widget/src/frame/Sheet.tsx',
    from: "box.current?.querySelector<HTMLElement>('.p') ??",
    to: '',
    tests: ['tests/widget/waiting.test.tsx', 'tests/widget/chat.test.tsx'],
  },
  {
    says: 'to let another counsellor go stands lowest',
    rules: ['W76'],
    file: 'widget/src/chat/Choosing.tsx',
    from: "  ['stop', 'g'],\n  ['all', 's'],\n  ['none', 's'],\n",
    to: "  ['all', 's'],\n  ['none', 's'],\n  ['stop', 'g'],\n",
    tests: secondTap,
  },
  {
    says: 'in a real browser a button accepts at the instant at which it comes',
    rules: ['B53'],
    file: 'console/src/ui/Firm.tsx',
    from: '        if (settled.peek() || (isTrusted && detail === 0)) onClick();\n',
    to: '        onClick();\n',
    tests: ['tests/browser/secondTap.test.ts'],
  },
  {
    says: 'who was about to press something else accepts a visitor',
    rules: ['D20'],
    file: 'console/src/ui/Firm.tsx',
    from: 'if (settled.peek() || (isTrusted && detail === 0)) onClick();',
    to: 'onClick();',
    tests: ['tests/console/secondTap.test.tsx'],
  },
  {
    says: 'a question about another counsellor takes the answer that was meant for the first',
    rules: ['W75'],
    file: 'widget/src/chat/Choosing.tsx',
    from: ' key={view.peer.name}',
    to: '',
    tests: secondTap,
  },
];
