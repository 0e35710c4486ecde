/** Says in one line of JSON how many files were followed, which no reporter of knip's own does. */
export default function count({ counters }) {
  console.log(JSON.stringify({ processed: counters.processed, total: counters.total }));
}
