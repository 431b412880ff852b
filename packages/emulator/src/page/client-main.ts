/** Last part of the page's script: the list of events, kept up to date by the event stream. */
export const PAGE_MAIN: string = String.raw`
const ROWS = 500
const rows = new Map()

const HASH = '8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d'
const CURL = [
  "curl " + location.origin + "/v26.0/1234567890/events \\",
  "  -H 'Authorization: Bearer any-token' -H 'Content-Type: application/json' \\",
  "  -d '{\"data\": [{\"event_name\": \"Purchase\", \"event_time\": '$(date +%s)', \"event_id\": \"order-1001\",",
  "       \"action_source\": \"website\", \"user_data\": {\"em\": \"" + HASH + "\"},",
  "       \"custom_data\": {\"value\": 49.9, \"currency\": \"EUR\"}}]}'",
].join('\n')
const PIXEL = "curl -gso /dev/null '" + location.origin +
  "/tr?id=1234567890&ev=Purchase&eid=order-1001&cd[value]=49.9&cd[currency]=EUR'"

function show() {
  byId('count').textContent = String(rows.size)
  byId('count-unit').textContent = rows.size === 1 ? 'event' : 'events'
  byId('clear').disabled = rows.size === 0
  byId('empty').hidden = rows.size > 0
  byId('events').hidden = rows.size === 0
}

const pairKey = (event) => JSON.stringify([event.pixel_id, event.event_name, event.event_id])

function markPairs({ event }) {
  if (!event.event_id) return
  const key = pairKey(event)
  const same = [...rows.values()].filter((row) =>
    row.event.status === 'processed' && pairKey(row.event) === key)
  const isPaired = new Set(same.map((row) => row.event.source)).size === 2
  for (const row of same) row.markPair(isPaired)
}

function remove(row) {
  row.item.remove()
  rows.delete(row.event.id)
  markPairs(row)
}

function add(event) {
  if (rows.has(event.id)) return
  const row = { event, ...rowOf(event) }
  rows.set(event.id, row)
  byId('list').prepend(row.item)
  markPairs(row)
  if (rows.size > ROWS) remove(rows.values().next().value)
}

function clear() {
  rows.clear()
  byId('list').replaceChildren()
}

// The stream tells only of what comes. What came before it opened, or while it was down, is read
// here, from scratch: a restarted emulator counts from 1 again, so ids alone do not tell.
async function load() {
  const { events } = await (await fetch('/__capi/events')).json()
  clear()
  for (const event of events) add(event)
  show()
}

function setLive(state, text) {
  byId('live').parentElement.dataset.state = state
  byId('live').textContent = text
}

const stream = new EventSource('/__capi/events/stream')
let loaded = Promise.resolve()
stream.addEventListener('open', () => {
  setLive('open', 'Live')
  loaded = load().catch(() => setLive('lost', 'Reconnecting'))
})
stream.addEventListener('error', () => setLive('lost', 'Reconnecting'))
stream.addEventListener('capi', (message) =>
  loaded.then(() => { add(JSON.parse(message.data)); show() }))
stream.addEventListener('clear', () => loaded.then(() => { clear(); show() }))

byId('env').textContent = 'CAPI_BASE_URL=' + location.origin +
  '\\nMETA_PIXEL_ID=1234567890\\nMETA_CAPI_ACCESS_TOKEN=any-token'
byId('curl').textContent = CURL
byId('pixel').textContent = PIXEL
byId('clear').addEventListener('click', () => fetch('/__capi/events', { method: 'DELETE' }))
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', () => copy(button))
}
`
