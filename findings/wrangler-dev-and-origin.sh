#!/usr/bin/env bash
# wrangler 4.164.0: `wrangler dev` changes the Origin and Referer that a page has sent. Where their host is the one that was asked, it
# writes the dev server's own scheme into them, so a page on https (a TLS tunnel or proxy in front of `wrangler dev`) arrives as http. A
# list of allowed origins, of CORS or of a collector of events, then refuses the site's own pages, though the Host is right and the
# address bar says https. Another host's Origin is left alone. With --local-upstream and --upstream-protocol https it arrives as it was sent.
# Seen 2026-11-28:
#   http://localhost:PORT     as sent
#   https://shop.example      http://shop.example
#   https://other.example     as sent
set -euo pipefail
folder=$(mktemp -d)
cd "$folder"
echo '{ "type": "module" }' >package.json
npm install --silent --no-audit --no-fund wrangler@4.164.0
echo '{ "name": "echo", "main": "echo.js", "compatibility_date": "2026-07-01" }' >wrangler.json
echo "export default { fetch: (request) => new Response(request.headers.get('origin')) }" >echo.js
port=$(node -p "const s = require('net').createServer().listen(0, () => { console.log(s.address().port); s.close() }); ''" | tr -d '\n')
export WRANGLER_SEND_METRICS=false
node node_modules/wrangler/wrangler-dist/cli.js dev --port "$port" --ip 127.0.0.1 --show-interactive-dev-session=false >log 2>&1 &
wrangler=$!
trap 'kill $wrangler; wait $wrangler || true; rm -rf "$folder"' EXIT
for _ in $(seq 120); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break || sleep 0.5; done
origin() { curl -s "http://127.0.0.1:$port/" -H "Host: $1" -H "Origin: $2"; }
own=$(origin "localhost:$port" "http://localhost:$port")
https=$(origin shop.example https://shop.example)
other=$(origin shop.example https://other.example)
echo "http://localhost:$port  $own"
echo "https://shop.example   $https"
echo "https://other.example  $other"
[ "$own $https $other" = "http://localhost:$port http://shop.example https://other.example" ]
