/** For a POSIX shell. The token is a variable: a copied line must not hold it. */
export function asCurl(address: string, payload: unknown): string {
  return [
    `curl ${quoted(address, '"')} \\`,
    `  -H "Authorization: Bearer $META_CAPI_ACCESS_TOKEN" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${quoted(JSON.stringify(payload), "'")}`,
  ].join('\n')
}

/** Between double quotes a variable is filled in. */
function quoted(text: string, quote: '"' | "'"): string {
  return quote === '"'
    ? `"${text.replace(/["\\`]/g, String.raw`\$&`)}"`
    : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
