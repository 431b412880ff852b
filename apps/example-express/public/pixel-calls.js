// The browser's copy of each event. `eventID` is what lets Meta count the pair once.
const { pixelId, events } = JSON.parse(document.getElementById('pixel-events').textContent)

window.fbq('init', pixelId)

for (const { event_name, custom_data, event_id } of events) {
  window.fbq('track', event_name, custom_data, { eventID: event_id })
}
