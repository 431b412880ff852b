#!/usr/bin/env bash
# facebook-nodejs-business-sdk 24.0.1 behind a proxy that answers with a page of its own instead of Meta's JSON: a 200 (the sign-in
# page of a network, a bot check) resolves like a delivery, its `events_received` undefined, and a 503 rejects with the
# SyntaxError of its parser, which has no status, in place of the SDK's own error. So neither success nor a reason to try again can be
# read off what `execute()` ends with. Seen 2026-11-28:
#   200 JSON  resolves, events_received 1
#   200 page  resolves, events_received undefined
#   200 empty resolves, events_received undefined
#   503 JSON  rejects, FacebookRequestError, status 503
#   503 page  rejects, SyntaxError, status undefined
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{}' >package.json
npm install --silent --no-audit --no-fund facebook-nodejs-business-sdk@24.0.1
cat >proxies.cjs <<'JS'
const { createServer } = require('node:http')
const { EventRequest, FacebookAdsApi, ServerEvent, UserData } = require('facebook-nodejs-business-sdk')
const PAGE = '<h1>Please wait</h1>'
const ERROR = '{"error":{"message":"Busy","code":2}}'
const ROWS = [
  ['200 JSON', 200, '{"events_received":1}', 'resolves, events_received 1'],
  ['200 page', 200, PAGE, 'resolves, events_received undefined'],
  ['200 empty', 200, '', 'resolves, events_received undefined'],
  ['503 JSON', 503, ERROR, 'rejects, FacebookRequestError, status 503'],
  ['503 page', 503, PAGE, 'rejects, SyntaxError, status undefined'],
]
let row = ROWS[0]
const server = createServer((request, response) => {
  const type = row[2].startsWith('<') ? 'text/html' : 'application/json'
  request.resume().on('end', () => response.writeHead(row[1], { 'content-type': type }).end(row[2]))
})
server.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}`
  Object.defineProperty(FacebookAdsApi, 'GRAPH', { get: () => url })
  let same = true
  for (row of ROWS) {
    const event = new ServerEvent()
      .setEventName('Lead')
      .setEventTime(Math.floor(Date.now() / 1000))
      .setActionSource('phone_call')
      .setUserData(new UserData().setEmail('anna@example.com'))
    const seen = await new EventRequest('token', '1234567890', [event]).execute().then(
      (answer) => `resolves, events_received ${answer.events_received}`,
      (error) => `rejects, ${error.constructor.name}, status ${error.status}`,
    )
    console.log(`${row[0]}  ${seen}`)
    same &&= seen === row[3]
  }
  server.close()
  process.exitCode = same ? 0 : 1
})
JS
node proxies.cjs
