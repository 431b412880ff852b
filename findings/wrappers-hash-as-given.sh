#!/usr/bin/env bash
# Two wrappers of the Conversions API hash ordinary values in forms that Meta does not hash, so that nothing matches, without an error:
# @rivercode/facebook-conversion-api-nextjs 4.3.2 hashes what it is given, letter case, blanks and `+` included, and sends the bare
# `fbclid` of the referer as `fbc`; @juicyllama/nestjs-meta-capi 1.4.1 hashes the country in capitals, keeps blanks of a post code, and
# sends the gender in clear. Both leave out a value of 0. Behind each value stands the text whose SHA-256 leaves, or plain.
# Seen 2026-11-28:
#   em "Anna@Example.com"   next Anna@Example.com   nest anna@example.com
#   ph "+41 79 123 45 67"   next +41 79 123 45 67   nest 41791234567
#   country "ch"            next ch                 nest CH
#   zp "SW1A 1AA"           next SW1A 1AA           nest SW1A 1AA
#   ge "f"                                          nest plain
#   fbc                     next IwAR1
#   value 0                 next nothing            nest nothing
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{}' >package.json
npm install --silent --no-audit --no-fund --legacy-peer-deps @rivercode/facebook-conversion-api-nextjs@4.3.2 \
  @juicyllama/nestjs-meta-capi@1.4.1 @nestjs/common@11.1.9 @nestjs/core@11.1.9 @nestjs/axios@4.0.1 @nestjs/config@4.0.2 axios@1.13.2 \
  reflect-metadata@0.2.2 rxjs@7.8.2 class-validator@0.14.3 class-transformer@0.5.1 node@22.23.3
cat >wrappers.cjs <<'JS'
require('reflect-metadata')
const { createHash } = require('node:crypto')
const { Logger } = require('@nestjs/common')
const { of } = require('rxjs')
const { fbEventsHandler } = require('@rivercode/facebook-conversion-api-nextjs/handlers')
const { MetaCapiService } = require('@juicyllama/nestjs-meta-capi')
const sha256 = (text) => createHash('sha256').update(text).digest('hex')
Logger.overrideLogger(false)
process.env.FB_ACCESS_TOKEN = 'token'
process.env.NEXT_PUBLIC_FB_PIXEL_ID = '1234567890'
const [em, ph, country, zp, ge] = ['Anna@Example.com', '+41 79 123 45 67', 'ch', 'SW1A 1AA', 'f']

async function byNext() {
  let sent
  globalThis.fetch = async (request) => {
    sent = (await request.text()).match(/\[\{.*\}\]/)[0]
    return Response.json({ events_received: 1 })
  }
  const headers = { 'x-real-ip': '81.2.69.160', referer: 'https://shop.example/?fbclid=IwAR1' }
  const person = { emails: [em], phones: [ph], country, zipCode: zp }
  const body = { eventName: 'Purchase', eventId: 'order.1', ...person, value: 0, currency: 'EUR' }
  const response = { status: () => response, json: () => response }
  await fbEventsHandler({ method: 'POST', headers, body }, response)
  return JSON.parse(sent)[0]
}

async function byNest() {
  let sent
  const post = (_url, form) => {
    sent = new URLSearchParams(form).get('data')
    return of({ data: { events_received: 1 } })
  }
  const pixels = { shop: { pixelId: '1234567890', accessToken: 'token' } }
  const service = new MetaCapiService({ post }, { pixels })
  await service.sendEvent('Purchase', { em, ph, country, zp, ge, value: 0, currency: 'EUR' })
  return JSON.parse(sent)[0]
}

/** The text that was hashed, if it is one of these. */
function read(sent, texts) {
  const value = [sent].flat()[0]
  if (value === undefined) return 'nothing'
  return texts.find((text) => sha256(text) === value) ?? (texts[0] === value ? 'plain' : value)
}

async function main() {
  const [next, nest] = [await byNext(), await byNest()]
  const of = (key, given, ...others) =>
    [next, nest].map(({ user_data }) => read(user_data[key], [given, ...others]))
  const ROWS = [
    ['em', of('em', em, 'anna@example.com'), `${em} anna@example.com`],
    ['ph', of('ph', ph, '41791234567'), `${ph} 41791234567`],
    ['country', of('country', country, 'CH'), 'ch CH'],
    ['zp', of('zp', zp, 'sw1a1aa'), `${zp} ${zp}`],
    ['ge', of('ge', ge), 'nothing plain'],
    ['fbc', [next.user_data.fbc], 'IwAR1'],
    ['value', [next, nest].map(({ custom_data }) => custom_data.value ?? 'nothing'), 'nothing nothing'],
  ]
  let same = true
  for (const [name, seen, expected] of ROWS) {
    console.log(`${name}  ${seen.join('  ')}`)
    same &&= seen.join(' ') === expected
  }
  process.exitCode = same ? 0 : 1
}
main()
JS
node_modules/.bin/node wrappers.cjs
