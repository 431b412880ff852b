#!/usr/bin/env bash
# @rivercode/facebook-conversion-api-nextjs 4.3.2 builds its call to Meta with the FormData of formdata-node 4.4.1 and hands it to the
# platform's Request. Up to Node.js 22 that is a form; since Node.js 24 only the platform's own FormData is one, anything else is
# written as text: the body of each call is `[object FormData]`, without events and without the token, and nothing throws.
# Seen 2026-11-28:
#   Node.js 22.23.3  multipart/form-data, a form with data and access_token
#   Node.js 24.21.0  text/plain;charset=UTF-8, [object FormData]
#   Node.js 26.10.0  text/plain;charset=UTF-8, [object FormData]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{}' >package.json
npm install --silent --no-audit --no-fund --legacy-peer-deps @rivercode/facebook-conversion-api-nextjs@4.3.2 formdata-node@4.4.1
cat >body.cjs <<'JS'
const { fbEventsHandler } = require('@rivercode/facebook-conversion-api-nextjs/handlers')
process.env.FB_ACCESS_TOKEN = 'token'
process.env.NEXT_PUBLIC_FB_PIXEL_ID = '1234567890'
globalThis.fetch = async (request) => {
  const [kind] = request.headers.get('content-type').split('; ')
  const body = await request.text()
  const names = [...body.matchAll(/name="(\w+)"/g)].map(([, name]) => name)
  console.log(`${kind}, ${names.length > 0 ? `a form with ${names.join(' and ')}` : body}`)
  return Response.json({ events_received: 1 })
}
const headers = { 'x-real-ip': '81.2.69.160', 'user-agent': 'Mozilla/5.0' }
const response = { status: () => response, json: () => response }
fbEventsHandler({ method: 'POST', headers, body: { eventName: 'Lead', eventId: 'lead.1' } }, response)
JS
expect() {
  local seen
  seen=$(npx -y "node@$1" body.cjs)
  echo "Node.js $1  $seen"
  [[ $seen == "$2" ]] || { echo "was: $2"; exit 1; }
}
expect 22.23.3 'multipart/form-data, a form with data and access_token'
expect 24.21.0 'text/plain;charset=UTF-8, [object FormData]'
expect 26.10.0 'text/plain;charset=UTF-8, [object FormData]'
