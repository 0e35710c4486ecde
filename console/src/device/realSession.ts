/**
 * Whether people here get in by passkey and code, and whether somebody has: `absent` where the service has no such doors.
 * Asked before any of their page is fetched.
 */
export async function realSession(fetchFrom: typeof fetch): Promise<'absent' | 'nobody' | 'somebody'> {
  const answer = await fetchFrom('/api/session', { headers: { 'x-clb': '1' }, credentials: 'same-origin' }).catch(
    () => null,
  );
  if (answer?.status === 401) return 'nobody';
  if (!answer?.ok) return 'absent';
  const { method } = Object(await answer.json().catch(() => null)) as { method?: unknown };
  return method === 'demo' ? 'nobody' : 'somebody';
}
