interface ImportMeta {
  /** of Vite: modules by path, loaded at once */
  glob<Value>(
    patterns: readonly string[],
    options: { readonly eager: true; readonly import: string },
  ): Readonly<Record<string, Value | undefined>>;
}
