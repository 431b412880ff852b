import { isFields } from './payload.ts'

const CURL_BODY =
  /(?:^|\s)(?:-d|--data|--data-raw|--data-binary|--json)[\s=]+(?:'((?:[^']|'\\'')*)'|"((?:[^"\\]|\\.)*)")/s

/** The body of a call from what was pasted: a curl command, a whole body, a list of events, or one event. */
export function readPaste(text: string): string {
  const json = text.trimStart().startsWith('curl') ? curlBody(text) : text
  try {
    const value: unknown = JSON.parse(json)
    if (isFields(value) && 'data' in value) return pretty(value)
    if (Array.isArray(value)) return pretty({ data: value })
    return isFields(value) ? pretty({ data: [value] }) : json
  } catch {
    return json
  }
}

function curlBody(text: string): string {
  const [, single, double] = CURL_BODY.exec(text) ?? []
  if (single !== undefined) return single.replaceAll(String.raw`'\''`, "'")
  return double?.replaceAll(/\\(["\\$`])/g, '$1') ?? text
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2)
}
