// What only the browser knows goes to the shop's own address, which tells Meta; the Pixel repeats it.
const button = document.querySelector('[data-save]')

button?.addEventListener('click', () => {
  const custom_data = JSON.parse(button.dataset.save)
  const event = {
    event_name: 'AddToWishlist',
    event_id: crypto.randomUUID(),
    custom_data,
    event_source_url: location.href,
    referrer_url: document.referrer,
  }
  navigator.sendBeacon('/events', JSON.stringify(event))
  window.fbq?.('track', event.event_name, custom_data, { eventID: event.event_id })
  button.textContent = 'Saved for later'
  button.disabled = true
})
