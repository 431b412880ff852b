import { shellWords } from './shell-words.ts'

export interface PastedCall {
  readonly url: string | undefined
  /** A form as pairs; any other body as text. */
  readonly body: string | readonly (readonly [string, string])[] | undefined
}

/** Options of curl with a value that is no body. */
const WITH_VALUE = new Set(
  (
    '-H --header -X --request -A --user-agent -e --referer -b --cookie -u --user -o --output -m --max-time ' +
    '--connect-timeout -x --proxy --cacert --cert --key --retry -w --write-out --resolve'
  ).split(' '),
)
const DATA = new Set(
  '-d --data --data-raw --data-binary --data-ascii --json --data-urlencode'.split(' '),
)
const FORM = new Set('-F --form --form-string'.split(' '))

/** What a curl command sends, as far as it says so itself: a body in a file stays there. */
export function curlCall(command: string, nowMs: number): PastedCall {
  const [, ...words] = shellWords(command.trim(), nowMs)
  const data: string[] = []
  const form: (readonly [string, string])[] = []
  let url: string | undefined
  for (let index = 0; index < words.length; index++) {
    const { name, value } = optionOf(words[index] ?? '', words[index + 1] ?? '')
    if (value?.isNext) index++
    if (name === undefined) url ??= words[index]
    else if (name === '--url') url = value?.text
    else if (DATA.has(name)) data.push(value?.text ?? '')
    else if (FORM.has(name)) form.push(pairOf(value?.text ?? ''))
  }
  if (form.length > 0) return { url, body: form }
  const text = data.join('&')
  const isForm = /^[\w[\]]+=/.test(text)
  return {
    url,
    body: data.length === 0 ? undefined : isForm ? [...new URLSearchParams(text)] : text,
  }
}

interface Option {
  /** Absent for a word that is no option. */
  readonly name?: string
  readonly value?: { readonly text: string; readonly isNext: boolean }
}

/** `-d x`, `-dx`, `-sd x`, `--data x` and `--data=x` are one. */
function optionOf(word: string, next: string): Option {
  if (!word.startsWith('-') || word === '-') return {}
  const [name = '', attached] = word.startsWith('--') ? word.split(/=(.*)/s) : shortOption(word)
  if (!takesValue(name)) return { name }
  return attached === undefined
    ? { name, value: { text: next, isNext: true } }
    : { name, value: { text: attached, isNext: false } }
}

/** Letters may stand together; the first that takes a value takes the rest. */
function shortOption(word: string): readonly [string, string?] {
  const at = Array.from(word).findIndex((letter, index) => index > 0 && takesValue(`-${letter}`))
  if (at < 0) return [word]
  const rest = word.slice(at + 1)
  return rest === '' ? [`-${word[at]}`] : [`-${word[at]}`, rest]
}

function takesValue(name: string): boolean {
  return WITH_VALUE.has(name) || DATA.has(name) || FORM.has(name) || name === '--url'
}

function pairOf(text: string): readonly [string, string] {
  const [key = '', value = ''] = text.split(/=(.*)/s)
  return [key, value]
}
