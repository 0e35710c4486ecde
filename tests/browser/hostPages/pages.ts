import { ordinary } from './ordinary.ts';
import { policies } from './policies.ts';
import { rewritten } from './rewritten.ts';
import { themes } from './themes.ts';
import { tools } from './tools.ts';

/** Every page that the chat has to stand on. */
export const hostPages = { ordinary, themes, policies, tools, rewritten } as const;
