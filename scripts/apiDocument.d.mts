import type { Api, Described } from '../server/src/edge/api.ts';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
}
export function apiDocument(api: Api, everywhere: Described['answers']): Document;
export function apiPage(document: Document): string;
