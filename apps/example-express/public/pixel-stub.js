// A tiny stand-in for Meta's fbevents.js that reports to the emulator, for working offline.
;(() => {
  const { url } = document.currentScript.dataset
  const NINETY_DAYS_SEC = 90 * 24 * 60 * 60
  let pixelId = ''

  const readCookie = (name) => {
    const pair = document.cookie.split('; ').find((text) => text.startsWith(`${name}=`))
    return pair?.slice(name.length + 1)
  }

  const browserId = () => {
    const known = readCookie('_fbp')
    if (known) return known
    const [random] = crypto.getRandomValues(new Uint32Array(1))
    const fresh = `fb.1.${Date.now()}.${random}`
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
    document.cookie = `_fbp=${fresh}; Max-Age=${NINETY_DAYS_SEC}; Path=/; SameSite=Lax`
    return fresh
  }

  const toText = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))

  const track = (name, customData = {}, options = {}) => {
    const query = new URLSearchParams({
      id: pixelId,
      ev: name,
      dl: location.href,
      rl: document.referrer,
      ts: String(Date.now()),
      fbp: browserId(),
    })
    const clickId = readCookie('_fbc')
    if (clickId) query.set('fbc', clickId)
    if (options.eventID) query.set('eid', options.eventID)
    for (const [key, value] of Object.entries(customData)) query.set(`cd[${key}]`, toText(value))
    // Read to its end: a browser reports an answer left unread as a failed request.
    fetch(`${url}/tr/?${query}`, { mode: 'no-cors', keepalive: true })
      .then((answer) => answer.arrayBuffer())
      .catch(() => {
        console.info(`Pixel stand-in: ${name} did not reach ${url}. Is the emulator running?`)
      })
  }

  const commands = {
    init: (id) => {
      pixelId = id
    },
    track,
    trackCustom: track,
  }

  window.fbq = (command, ...rest) => commands[command]?.(...rest)
})()
