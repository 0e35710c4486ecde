/** `npm run bench -- queue`: what grows with who waits: commands of the store (P7), places (P8), and the jobs. */
import { report } from './goals.mjs';
import { idleJobs, rowsOfJobs } from './idleJobs.mjs';
import { moreOfPlaces, places, rowsOfPlaces } from './places.mjs';
import { moreOfCosts, queueCosts, rowsOfCosts } from './queueCosts.mjs';

export async function queue({ long = false } = {}) {
  const costs = await queueCosts({ long });
  const shown = await places({ long });
  const jobs = await idleJobs({ long });
  report({
    part: 'queue',
    rows: [...rowsOfCosts(costs), ...rowsOfPlaces(shown), ...rowsOfJobs(jobs)],
    more: [...moreOfCosts(costs), '', ...moreOfPlaces(shown)],
    raw: { costs, places: shown, jobs },
  });
}
