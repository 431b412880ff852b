// What the server has tracked, the Pixel repeats under the same id; `endpoint: false` says that the server knows of it already.
const { events, ...options } = JSON.parse(document.getElementById('pixel-events').textContent)

window.tracker = window.capi.createTracker(options)

for (const { event_name, custom_data, event_id } of events) {
  window.tracker.track(event_name, custom_data, { event_id, endpoint: false })
}
