import { CapiError, type Receipt } from '@capi/core'

/** What a caller sees of a call: its error, or a receipt's outcome. */
export async function hear(run: () => unknown): Promise<string> {
  try {
    return answered(await run())
  } catch (error) {
    if (!CapiError.is(error)) return `rejects: ${String(error)}`
    return `rejects: ${error.name} (${error.code}): ${error.message}`
  }
}

function answered(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'outcome' in answer) {
    const { outcome, reason } = answer as Receipt
    return `receipt: ${outcome}${reason === undefined ? '' : ` (${reason})`}`
  }
  const isPlain = ['string', 'number', 'boolean', 'undefined'].includes(typeof answer)
  return isPlain ? `gives ${JSON.stringify(answer)}` : ''
}
