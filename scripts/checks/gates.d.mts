export function judge(name: string, root: string): { passed: boolean; said: string };
