/** Second part of the page's script: one event as a row and its detail. */
export const PAGE_ROW: string = `
const SHORT_KEYS = new Map([
  ['client_ip_address', 'ip'],
  ['client_user_agent', 'ua'],
  ['external_id', 'ext id'],
  ['subscription_id', 'sub id'],
])
const SOURCES = { browser: 'Browser', server: 'Server' }

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const objectOf = (value) => (isObject(value) ? value : {})

function timeOf(ms) {
  const date = new Date(ms)
  const pad = (number, length) => String(number).padStart(length, '0')
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()]
  return clock.map((part) => pad(part, 2)).join(':') + '.' + pad(date.getMilliseconds(), 3)
}

function statusCell(event) {
  const codes = event.error && [event.error.code, event.error.error_subcode].filter(Boolean)
  const isBystander = event.error?.rule === 'batch_refused'
  const text = !event.error ? 'Processed' : isBystander ? 'Refused with batch' : 'Refused ' + codes.join('/')
  return element('span', { class: 'status', 'data-status': event.status }, text)
}

function valueCell(event) {
  const { value, currency } = objectOf(event.payload.custom_data)
  if (value === undefined || value === null) return element('span', { class: 'value none' }, '–')
  const amount = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const unit = typeof currency === 'string' ? [' ', element('small', {}, currency)] : []
  return element('span', { class: 'value' }, amount, ...unit)
}

function keysCell(event) {
  const keys = Object.keys(objectOf(event.payload.user_data))
  if (keys.length === 0) return element('span', { class: 'keys none' }, '–')
  const chips = keys.map((key) => element('span', { class: 'key', title: key }, SHORT_KEYS.get(key) ?? key))
  return element('span', { class: 'keys' }, ...chips)
}

function nameCell(event) {
  const cell = element('span', { class: 'name' }, event.event_name || 'no event_name')
  if (!event.event_name) cell.dataset.missing = ''
  return cell
}

function idCell(event) {
  return event.event_id
    ? element('span', { class: 'id' }, event.event_id)
    : element('span', { class: 'id none' }, '–')
}

function faultView({ title, code, error_subcode, rule, path, fix }) {
  const codes = [code, error_subcode].filter(Boolean).join(' / ')
  const view = element('div', { class: 'fault' }, element('h3', {}, title), element('p', {}, fix))
  if (path) view.append(element('p', {}, element('code', {}, path)))
  view.append(element('p', {}, 'Meta code ' + codes + ', rule ', element('code', {}, rule)))
  return view
}

function factsView(event) {
  const facts = [
    ['Received', new Date(event.received_at).toLocaleString()],
    ['Dataset', event.pixel_id || '–'],
    ['Call', '#' + event.batch],
    ['Access token', event.token],
    ['Test event code', event.test_event_code],
  ]
  const pairs = facts.filter(([, value]) => value !== undefined)
  return element('dl', { class: 'facts' }, ...pairs.map(([term, value]) =>
    element('div', {}, element('dt', {}, term), element('dd', {}, value))))
}

function detailView(event, id) {
  const view = element('div', { class: 'detail', id })
  if (event.error) view.append(faultView(event.error))
  view.append(factsView(event), jsonView(event.payload))
  return view
}

function rowOf(event) {
  const detailId = 'event-' + event.id
  const pair = element('span', { class: 'chip pair', title: 'The browser and the server both sent this event' }, 'Pair')
  pair.hidden = true
  const name = nameCell(event)
  name.append(pair)
  const button = element('button', { class: 'row', type: 'button', 'aria-expanded': 'false' },
    element('time', { datetime: new Date(event.received_at).toISOString() }, timeOf(event.received_at)),
    name,
    element('span', {}, element('span', { class: 'chip ' + event.source }, SOURCES[event.source])),
    statusCell(event), idCell(event), valueCell(event), keysCell(event))
  const item = element('li', {}, button)
  button.addEventListener('click', () => {
    const isOpen = button.getAttribute('aria-expanded') === 'true'
    button.setAttribute('aria-expanded', String(!isOpen))
    if (isOpen) item.lastChild.remove()
    else item.append(detailView(event, detailId))
  })
  return { item, markPair: (isPaired) => { pair.hidden = !isPaired } }
}
`
