/**
 * JSON without halves of surrogate pairs, as a text cut inside an emoji leaves them: JSON.stringify writes them as
 * escapes that strict readers refuse, and with them the whole batch.
 */
export function wellFormed(json: string): string {
  if (!json.includes('\\ud')) return json
  return json.replace(/\\(?:\\|ud[89a-f][0-9a-f]{2})/g, (match) =>
    match === '\\\\' ? match : '\ufffd',
  )
}
