/** Markup that needs no more escaping. Only `html` and `jsonBlock` make it. */
export interface Html {
  readonly markup: string
}

type Content = string | number | Html | readonly Html[] | undefined | false

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}

/** Escapes every value that is not itself `Html`, so forgetting is not possible. */
export function html(literals: TemplateStringsArray, ...values: readonly Content[]): Html {
  const markup = literals.reduce((text, literal, index) => {
    return text + toMarkup(values[index - 1]) + literal
  })
  return { markup }
}

/** Data for a script to read. An escaped `<` cannot close the element it sits in. */
export function jsonBlock(id: string, value: unknown): Html {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c')
  return { markup: `<script type="application/json" id="${escapeHtml(id)}">${json}</script>` }
}

function toMarkup(value: Content): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  if ('markup' in value) return value.markup
  return value.map((part) => part.markup).join('')
}
