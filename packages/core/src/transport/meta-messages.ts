import type { Logger } from '../runtime/logger.ts'

/** Our own limit: no sample of Meta's answers had any message. */
const MAX_MESSAGES = 20
const MAX_CHARACTERS = 300
/** Texts that the log knows of, for each client. */
const MAX_TEXTS = 100

/**
 * What may stand for a person, an address of a page or a token in Meta's free text. Bounded by `MAX_CHARACTERS`,
 * so that no pattern can be made slow.
 */
const PRIVATE: readonly (readonly [RegExp, (found: string, page?: string) => string])[] = [
  [/(https?:\/\/[^\s?#]*)[?#]\S*/gi, (_found, page) => `${page}?…`],
  [/[^\s@"'<>]+@[^\s"'<>]+/g, () => '…'],
  [/[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,}/gi, () => '…'],
  [/[\w-]{25,}/g, () => '…'],
  [/\+?\d[\d ().-]*/g, (found) => (isLong(found) ? '… ' : found)],
]

/** Codes and amounts stay; phone numbers, IP addresses and ids go. */
function isLong(digits: string): boolean {
  return digits.replace(/\D/g, '').length > 7 || /\d+\.\d+\.\d+\.\d+/.test(digits)
}

/**
 * The comments of a success answer, without what may be personal: they are free text, which may repeat input.
 * Source: Meta, Conversions API > Using the API (`messages`), read 2026-09.
 */
export function readMessages(given: unknown): readonly string[] {
  if (!Array.isArray(given)) return []
  const texts = given.slice(0, MAX_MESSAGES).map((one: unknown) => {
    const text = typeof one === 'string' ? one : (JSON.stringify(one) ?? '')
    // A word that the cut goes through may be half of an address.
    const cut =
      text.length > MAX_CHARACTERS ? text.slice(0, MAX_CHARACTERS).replace(/\S*$/, '…') : text
    return PRIVATE.reduce((rest, [pattern, mask]) => rest.replace(pattern, mask), cut).trim()
  })
  return [...new Set(texts.filter((text) => text !== ''))]
}

/** Logs each of Meta's comments once, and remembers a bounded number of them. */
export function createMessageLog(logger: Logger) {
  const logged = new Set<string>()
  return (pixelId: string, messages: readonly string[], fbtrace_id: string | undefined): void => {
    for (const text of messages) {
      if (logged.has(text) || logged.size >= MAX_TEXTS) continue
      logged.add(text)
      const trace = fbtrace_id === undefined ? '' : ` (fbtrace_id ${fbtrace_id})`
      const last = logged.size < MAX_TEXTS ? '' : ' No further messages are logged.'
      logger.warn(
        `@capi/core: pixel ${pixelId}: Meta took the events and says: "${text}" Check what sends them. Logged once for each text.${last}${trace}`,
      )
    }
  }
}
