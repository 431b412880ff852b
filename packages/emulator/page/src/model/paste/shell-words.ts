/** `curl 'a b' -d $'c\n'` as `['curl', 'a b', '-d', 'c\n']`: as a POSIX shell would split it, with the time in place of `$(date +%s)`. */
export function shellWords(command: string, nowMs: number): readonly string[] {
  const words: string[] = []
  let word: string | undefined
  for (const [token] of withoutCarets(command).matchAll(TOKEN)) {
    if (/^\s+$/.test(token)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (!/^\\\r?\n$/.test(token)) {
      word = (word ?? '') + unquoted(token, nowMs)
    }
  }
  return word === undefined ? words : [...words, word]
}

const TOKEN =
  /\s+|\\\r?\n|\$'(?:[^'\\]|\\[\s\S])*'|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\$\([^()]*\)|\\[\s\S]|[\s\S]/g

function unquoted(token: string, nowMs: number): string {
  if (token.startsWith("$'")) return token.slice(2, -1).replaceAll(ANSI, ansi)
  if (token.startsWith('$(')) {
    return /^\$\(\s*date \+['"]?%s['"]?\s*\)$/.test(token) ? `${Math.floor(nowMs / 1000)}` : token
  }
  if (token.length < 2) return token
  if (token.startsWith("'")) return token.slice(1, -1)
  if (token.startsWith('"')) return token.slice(1, -1).replaceAll(/\\(\r?\n|["\\$`])/g, quoted)
  return token.startsWith('\\') ? token.slice(1) : token
}

function quoted(_: string, character: string): string {
  return character.endsWith('\n') ? '' : character
}

const ANSI = /\\(?:u([0-9a-f]{1,4})|U([0-9a-f]{1,8})|x([0-9a-f]{1,2})|([0-7]{1,3})|([\s\S]))/gi

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
  e: '\u001b',
}

/** What Chrome writes where a body holds a quote or a line break: `$'it\'s\n'`. */
function ansi(_: string, u?: string, wide?: string, x?: string, octal?: string, rest = ''): string {
  const hex = u ?? wide ?? x
  const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16)
  if (Number.isNaN(code)) return ESCAPES[rest] ?? rest
  return code > 0x10_ff_ff ? '\ufffd' : String.fromCodePoint(code)
}

/** Chrome's "Copy as cURL (cmd)": every sign of weight behind a caret. */
function withoutCarets(command: string): string {
  return /^curl(?:\.exe)?\s+\^"/.test(command)
    ? command.replaceAll(/\^(\r?\n|[\s\S])/g, '$1')
    : command
}
