/** First part of the page's script: building elements. Text only, as payloads are hostile. */
export const PAGE_DOM: string = String.raw`
const byId = (id) => document.getElementById(id)

function element(tag, attributes, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}

const JSON_PART = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g

function jsonView(value) {
  const text = JSON.stringify(value, null, 2)
  const view = element('pre', { class: 'json', tabindex: '0', 'aria-label': 'Event as sent' })
  let end = 0
  for (const match of text.matchAll(JSON_PART)) {
    const [all, string, colon = '', other] = match
    const kind = other ? 'j-other' : colon ? 'j-key' : 'j-text'
    view.append(text.slice(end, match.index), element('span', { class: kind }, string ?? other), colon)
    end = match.index + all.length
  }
  view.append(text.slice(end))
  return view
}

async function copy(button) {
  const source = byId(button.dataset.copy)
  try {
    await navigator.clipboard.writeText(source.textContent)
    button.textContent = 'Copied'
  } catch {
    getSelection().selectAllChildren(source)
    button.textContent = 'Selected'
  }
  setTimeout(() => { button.textContent = 'Copy' }, 1500)
}
`
