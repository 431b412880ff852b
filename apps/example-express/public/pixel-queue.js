// Keeps fbq() calls until Meta's fbevents.js has loaded and takes them over.
// The same as the head of Meta's own snippet, as a file: a page needs no inline script.
if (!window.fbq) {
  const fbq = (...call) => {
    if (fbq.callMethod) fbq.callMethod(...call)
    else fbq.queue.push(call)
  }
  fbq.queue = []
  fbq.push = fbq
  fbq.loaded = true
  fbq.version = '2.0'
  window.fbq = fbq
  window._fbq = fbq
}
