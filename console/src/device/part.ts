import { OtherBuild } from '../model/places.ts';

/** What the build wrote on the page; nothing while the console is being made, where each file comes by itself. */
function filesOf(name: string): readonly string[] {
  const listed = document.querySelector<HTMLMetaElement>('meta[name=parts]');
  if (!listed) return [];
  const files = (JSON.parse(listed.content) as Record<string, readonly string[]>)[name]; // ours: the build's
  if (!files) throw new Error(`no part of this build is called ${name}`);
  return files;
}

const NOT_THERE = 404;

async function fetched(file: string): Promise<void> {
  const answer = await fetch(`${import.meta.env.BASE_URL}${file}`);
  if (answer.status === NOT_THERE) throw new OtherBuild(`${file} is no more`);
  if (!answer.ok) throw new Error(`${file} was answered ${answer.status}`);
  await answer.arrayBuffer(); // whole, so that the browser has it
}

/**
 * A part of the console that comes over the network, asked for as often as one likes. Firefox never asks again for a
 * module that failed once, and a sheet that failed is taken for had, so nothing of it is begun before the browser has all.
 *
 * @param name as the build calls it: the name of its file
 * @returns rejects when the network, or the service, did not give all of it
 * @throws {OtherBuild} when the service has it no more
 */
export async function part<Module>(name: string, begin: () => Promise<Module>): Promise<Module> {
  await Promise.all(filesOf(name).map(fetched));
  return begin();
}
