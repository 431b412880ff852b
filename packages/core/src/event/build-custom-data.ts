import { type Issue, issue, keyPath } from '../issue.ts'

type Check = (value: unknown) => unknown

/** What a known key may hold; the rule gives the value to send, or undefined to drop it. */
const RULES: Readonly<Record<string, Check>> = {
  value: amount,
  currency: (value) =>
    typeof value === 'string' && /^[A-Za-z]{3}$/.test(value.trim())
      ? value.trim().toUpperCase()
      : undefined,
  content_ids: (value) =>
    nonEmpty(
      asList(value)
        ?.map(id)
        .filter((item) => item !== undefined),
    ),
  contents: (value) =>
    nonEmpty(
      asList(value)
        ?.map(content)
        .filter((item) => item !== undefined),
    ),
  order_id: id,
}
const RULE_OF = new Map(Object.entries(RULES))

/** Checks the keys Meta knows and passes everything else on as custom properties. */
export function buildCustomData(
  input: unknown,
  eventName: string,
  issues: Issue[],
): Record<string, unknown> | undefined {
  const result: Record<string, unknown> = {}
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
    for (const [key, value] of Object.entries(input)) {
      if (value === undefined || value === null || key === '__proto__') continue
      const rule = RULE_OF.get(key)
      const kept = rule === undefined ? value : rule(value)
      if (kept === undefined) issues.push(issue('wrong_type', keyPath('custom_data', key)))
      else result[key] = kept
    }
  } else if (input !== undefined && input !== null) {
    issues.push(issue('wrong_type', 'custom_data'))
  }
  if (eventName === 'Purchase') {
    if (result['value'] === undefined) issues.push(issue('value_missing', 'custom_data.value'))
    if (result['currency'] === undefined)
      issues.push(issue('currency_missing', 'custom_data.currency'))
  }
  return Object.keys(result).length > 0 ? result : undefined
}

/** Numbers, and the digit strings Meta's own examples use. */
function amount(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  return typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,10})?$/.test(value.trim())
    ? Number(value)
    : undefined
}

function id(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}

function content(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id: rawId, ...rest } = value as Record<string, unknown>
  const productId = id(rawId)
  return productId === undefined ? undefined : { id: productId, ...rest }
}

function asList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}

function nonEmpty<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list !== undefined && list.length > 0 ? list : undefined
}
