/**
 * A small pixel of our own in the place of Meta's fbevents.js: it replays what the page's stub has queued, keeps
 * the two cookies and reports to /tr of where it came from. It knows no automatic events.
 * Source: Meta Pixel > Reference and GDPR, and fbp and fbc, read 2026-09.
 */
export const FBEVENTS = String.raw`(function () {
  'use strict'
  var fbq = window.fbq
  if (!fbq || fbq.isCapiEmulator) return
  fbq.isCapiEmulator = true

  var COOKIE_SECONDS = 90 * 24 * 3600
  var script = document.currentScript
  var endpoint = new URL('/tr/', script ? script.src : location.href).href
  var pixels = []
  var isRevoked = false
  var held = []
  var sending = Promise.resolve()

  function readCookie(name) {
    // The raw text: decoding would change a click id.
    var found = document.cookie.split('; ').find(function (one) { return one.indexOf(name + '=') === 0 })
    return found ? found.slice(name.length + 1) : ''
  }

  // The widest domain the browser allows is the one all subdomains share.
  function writeCookie(name, valueFor) {
    var labels = location.hostname.split('.')
    var isName = !/^[\d.]+$|:/.test(location.hostname)
    for (var count = 1; isName && count <= labels.length; count++) {
      var value = valueFor(count - 1)
      put(name, value, labels.length === 1 ? '' : '; Domain=' + labels.slice(-count).join('.'))
      if (readCookie(name) === value) return
    }
    put(name, valueFor(0), '')
  }

  function put(name, value, domain) {
    document.cookie = name + '=' + value + '; Path=/; SameSite=Lax; Max-Age=' + COOKIE_SECONDS + domain +
      (location.protocol === 'https:' ? '; Secure' : '')
  }

  function keepCookies() {
    var now = Date.now()
    if (!readCookie('_fbp')) {
      var random = Math.floor(1e9 + Math.random() * 1147483647)
      writeCookie('_fbp', function (index) { return ['fb', index, now, random].join('.') })
    }
    // As written in the URL, for decoding would change it.
    var fbclid = (/[?&]fbclid=([^&#]+)/.exec(location.href) || [])[1]
    if (fbclid && readCookie('_fbc').split('.')[3] !== fbclid) {
      writeCookie('_fbc', function (index) { return ['fb', index, now, fbclid].join('.') })
    }
  }

  function normalise(key, value) {
    var text = String(value).trim().toLowerCase()
    if (key === 'ph') return text.replace(/\D/g, '').replace(/^0+/, '')
    return key === 'em' || key === 'external_id' ? text : text.replace(/\s/g, '')
  }

  // Only hashes leave the page, as with Meta's. Without crypto.subtle (plain http) nothing does.
  async function hashed(userData) {
    var result = {}
    for (var key of Object.keys(userData || {})) {
      var value = normalise(key, userData[key] === null || userData[key] === undefined ? '' : userData[key])
      if (value === '') continue
      if (/^[0-9a-f]{64}$/.test(value)) result[key] = value
      else if (window.crypto && crypto.subtle) {
        var digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(value))
        result[key] = Array.from(new Uint8Array(digest), function (byte) {
          return byte.toString(16).padStart(2, '0')
        }).join('')
      }
    }
    return result
  }

  function addGroup(fields, group, values) {
    Object.keys(values || {}).forEach(function (key) {
      var value = values[key]
      if (value === undefined || value === null) return
      fields.append(group + '[' + key + ']', typeof value === 'object' ? JSON.stringify(value) : String(value))
    })
  }

  function report(pixel, name, data, options) {
    // Taken now: the page may have moved on by the time it is sent.
    var call = { time: Date.now(), url: location.href, referrer: document.referrer }
    var send = function () {
      keepCookies()
      var cookies = { fbp: readCookie('_fbp'), fbc: readCookie('_fbc') }
      sending = sending.then(async function () {
        var fields = new URLSearchParams({ id: pixel.id, ev: name, dl: call.url, rl: call.referrer, ts: String(call.time) })
        var eventId = options && (options.eventID || options.event_id)
        if (eventId) fields.append('eid', String(eventId))
        if (cookies.fbp) fields.append('fbp', cookies.fbp)
        if (cookies.fbc) fields.append('fbc', cookies.fbc)
        addGroup(fields, 'cd', data)
        addGroup(fields, 'ud', await hashed(pixel.userData))
        transmit(fields)
      }).catch(function (error) { console.error('CAPI emulator pixel:', error) })
    }
    if (isRevoked) held.push(send)
    else send()
  }

  function transmit(fields) {
    var url = endpoint + '?' + fields
    if (url.length > 2000 && navigator.sendBeacon && navigator.sendBeacon(endpoint, fields)) return
    new Image().src = url
  }

  var methods = {
    init: function (id, userData) {
      var pixel = pixels.find(function (one) { return one.id === String(id) })
      if (!pixel) pixels.push({ id: String(id), userData: userData })
      else if (userData) pixel.userData = userData
      if (!isRevoked) keepCookies()
    },
    track: function (name, data, options) {
      pixels.forEach(function (pixel) { report(pixel, name, data, options) })
    },
    trackSingle: function (id, name, data, options) {
      pixels.forEach(function (pixel) { if (pixel.id === String(id)) report(pixel, name, data, options) })
    },
    consent: function (choice) {
      isRevoked = choice === 'revoke'
      if (choice !== 'grant') return
      held.splice(0).forEach(function (send) { send() })
    },
  }
  methods.trackCustom = methods.track
  methods.trackSingleCustom = methods.trackSingle

  // Methods of Meta's pixel that do nothing here. A page must not seem to have used them.
  var others = ['set', 'dataProcessingOptions', 'setUserProperties', 'addPixelId', 'removePixelId', 'agent',
    'disablePushState', 'getState', 'trackShopify']
  var warned = {}

  fbq.callMethod = function (method) {
    if (Object.prototype.hasOwnProperty.call(methods, method)) {
      methods[method].apply(null, Array.prototype.slice.call(arguments, 1))
      return
    }
    var name = String(method).slice(0, 40)
    if (warned['$' + name]) return
    warned['$' + name] = true
    console.warn("CAPI emulator pixel: fbq('" + name + "', …) " + (others.indexOf(name) < 0
      ? 'is no method of the pixel; the call did nothing. Known: ' + Object.keys(methods).join(', ') + '.'
      : "is not imitated; the call did nothing here, and does at Meta. See README, What it does not imitate."))
  }
  // The stub has kept the calls made before this file came.
  ;(fbq.queue || []).splice(0).forEach(function (call) { fbq.callMethod.apply(fbq, call) })
})()
`
