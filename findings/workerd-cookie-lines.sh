#!/usr/bin/env bash
# workerd (through miniflare 4.20260730.0): a request with two Cookie lines, as HTTP/2 clients may split them and proxies pass them on, is
# read as one header joined by ", " in place of "; ". A reader that splits at ";" then finds "_fbp" nowhere: it stands inside the value of
# the cookie before it, and the visitor gets a second browser id. Node.js joins the same lines by "; ". Seen 2026-11-28:
#   workerd  session=1, _fbp=fb.1.1596403881668.1116446470
#   node     session=1; _fbp=fb.1.1596403881668.1116446470
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' >package.json
npm install --silent --no-audit --no-fund miniflare@4.20260730.0
cat >main.mjs <<'JS'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { Miniflare } from 'miniflare'
const script = `export default { fetch: (request) => new Response('seen:' + request.headers.get('cookie')) }`
const worker = new Miniflare({ modules: true, script, compatibilityDate: '2026-07-30' })
const node = createServer((req, res) => res.end(`seen:${req.headers.cookie}`)).listen(0, '127.0.0.1')
const lines = ['GET / HTTP/1.1', 'Host: shop.example', 'Cookie: session=1', 'Cookie: _fbp=fb.1.1596403881668.1116446470']
const ask = (port) =>
  new Promise((resolve) => {
    let text = ''
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`))
    socket.on('data', (chunk) => {
      text += chunk
      const [, seen] = /seen:([^\r\n]*)/.exec(text) ?? []
      if (seen !== undefined) resolve(seen, socket.destroy())
    })
  })
const inWorkerd = await ask((await worker.ready).port)
const inNode = await ask(node.address().port)
console.log(`workerd  ${inWorkerd}\nnode     ${inNode}`)
await worker.dispose()
node.close()
const fbp = '_fbp=fb.1.1596403881668.1116446470'
process.exit(inWorkerd === `session=1, ${fbp}` && inNode === `session=1; ${fbp}` ? 0 : 1)
JS
node main.mjs
