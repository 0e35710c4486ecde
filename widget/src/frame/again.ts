/** The page's import map: `vouch` lists each part there under two more addresses, with the same hash. */
const listed = document.querySelector('[type=importmap]')?.textContent ?? '';

/**
 * A part that comes by the network, asked for as often as one likes. Browsers remember an address that failed once as a
 * module and never ask for it again, so a part has three, and only a network that is there costs one of them.
 *
 * @param name of the chunk
 * @param first its `import()`, by its own address
 */
export function again<Module>(name: string, first: () => Promise<Module>): () => Promise<Module> {
  let failed = 0;
  return async () => {
    const others: string[] = [];
    // what it stands on comes first: WebKit knows the hash of what is imported here, and not of what that imports
    for (const part of failed ? ['steps', name] : []) {
      const address = new RegExp(`${part}-[^"]+=${failed > 1 ? 2 : 1}`).exec(listed)?.[0] ?? ''; // ours: the page
      if (!(await fetch(`assets/${address}`)).ok) throw new Error();
      others.push(`./${address}`);
    }
    try {
      let module = failed ? null : await first();
      for (const other of others) module = (await import(/* @vite-ignore */ other)) as Awaited<Module>;
      return module as Module;
    } catch (error) {
      failed++;
      throw error;
    }
  };
}
