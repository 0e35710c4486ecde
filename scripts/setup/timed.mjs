import { spawn } from 'node:child_process';

/** What the shell tells on 4 when all is done: its own processor time, then that of the children it has waited for. */
const TIMES = /(\d+)m([\d.]+)s\s+(\d+)m([\d.]+)s\s*$/;

/**
 * Runs one command after the other until one fails, and then prints the processor time of all of them with all of their
 * own children, as far as somebody waited for them: a figure to compare, and never a reason to fail. What a command
 * writes to the file that PLAIN_LINE_FD names comes after it, as the last line.
 *
 * @param {string[][]} commands a program with its arguments, each
 * @returns {Promise<number>} the code of the command that failed, or 0
 */
export async function timed(commands) {
  const quoted = (word) => `'${word.replaceAll("'", `'\\''`)}'`;
  const all = commands.map((words) => `${words.map(quoted).join(' ')} 4>&-`).join(' && ');
  const shell = spawn('sh', ['-c', `${all}\ncode=$?\ntimes >&4\nexit $code`], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe', 'pipe'],
    env: { ...process.env, PLAIN_LINE_FD: '3' },
  });
  const said = { 3: '', 4: '' };
  for (const fd of [3, 4]) shell.stdio[fd].setEncoding('utf8').on('data', (chunk) => (said[fd] += chunk));
  const code = await new Promise((resolve, reject) => {
    shell.once('error', reject);
    shell.once('close', (status) => resolve(status ?? 1));
  });
  const figures = TIMES.exec(said[4]);
  if (figures) {
    const [user, system] = [Number(figures[1]) * 60 + Number(figures[2]), Number(figures[3]) * 60 + Number(figures[4])];
    const seconds = (each) => `${each.toFixed(1)} s`;
    console.log(`Processor time ${seconds(user + system)} (user ${seconds(user)}, system ${seconds(system)})`);
  }
  if (said[3]) console.log(said[3].trimEnd());
  return code;
}
