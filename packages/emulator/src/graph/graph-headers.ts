/** Every answer names how much of its limits an app has used, in percent. A fault sets other numbers. */
const USAGE = JSON.stringify({ call_count: 1, total_cputime: 1, total_time: 1 })

/**
 * What Graph says around an answer. Any page may call it and read what comes.
 * Source: Meta, Graph API > Overview (facebook-api-version) and Handle Errors (X-FB-Trace-ID),
 * read 2026-09; the rest as seen on answers.
 * @param version of the path, such as `v27.0`; absent where the path names none
 */
export function graphHeaders(fbtrace_id: string, version?: string): Record<string, string> {
  return {
    'content-type': 'application/json; charset=UTF-8',
    'access-control-allow-origin': '*',
    'cache-control': 'private, no-cache, no-store, must-revalidate',
    'x-fb-trace-id': fbtrace_id,
    'x-app-usage': USAGE,
    ...(version !== undefined && { 'facebook-api-version': version }),
  }
}
