#!/usr/bin/env bash
# Two surprises of a proxy in Next 16.4.6 (`next build`, `next start`), for one that sets a visitor's `_fbp` or sends a PageView:
# - Started with `--hostname 127.0.0.1`, a rewrite to a page of the same application leaves over HTTP and comes back in: the proxy runs
#   twice for one page, and what it counts, it counts twice. Started without, it runs once.
# - A static page keeps `s-maxage=31536000` beside the `Set-Cookie` of the proxy: a shared cache that goes by it may hand the first
#   visitor's `_fbp` to all that follow.
# Seen 2026-11-28:
#   without --hostname: rewrite: /rewritten; static page: s-maxage=31536000; set-cookie _fbp
#   --hostname 127.0.0.1: rewrite: /rewritten, /page; static page: s-maxage=31536000; set-cookie _fbp
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{}' >package.json
npm install --silent --no-audit --no-fund next@16.4.6 react@19.3.1 react-dom@19.3.1 node@22.23.3
export NEXT_TELEMETRY_DISABLED=1
mkdir -p app/page
cat >app/layout.js <<'JS'
export default ({ children }) => <html><body>{children}</body></html>
JS
echo 'export default () => <p>static</p>' >app/page/page.js
cat >proxy.js <<'JS'
import { NextResponse } from 'next/server'

export function proxy(request) {
  const { pathname } = request.nextUrl
  console.log(`proxy ${pathname}`)
  const response = pathname === '/rewritten' ? NextResponse.rewrite(new URL('/page', request.url)) : NextResponse.next()
  response.cookies.set('_fbp', 'fb.1.1596403881668.1116446470')
  return response
}
JS
cat >ask.mjs <<'JS'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

async function run(...flags) {
  const port = await freePort()
  const args = ['node_modules/next/dist/bin/next', 'start', '--port', `${port}`, ...flags]
  const next = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  next.stdout.setEncoding('utf8').on('data', (text) => { output += text })
  try {
    while (!output.includes('Ready')) await Promise.race([once(next.stdout, 'data'), once(next, 'exit').then(() => { throw new Error(output) })])
    const ask = async (path) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`)
      await response.text()
      return response
    }
    await ask('/rewritten')
    const { headers } = await ask('/page')
    await new Promise((resolve) => setTimeout(resolve, 500))
    const runs = output.match(/^proxy .*$/gm) ?? []
    return [
      `rewrite: ${runs.slice(0, -1).map((line) => line.replace('proxy ', '')).join(', ')}`,
      `static page: ${headers.get('cache-control')}; set-cookie ${headers.getSetCookie().map((line) => line.split('=')[0])}`,
    ].join('; ')
  } finally {
    const closed = once(next, 'close')
    next.kill()
    await closed
  }
}

const seen = [`without --hostname: ${await run()}`, `--hostname 127.0.0.1: ${await run('--hostname', '127.0.0.1')}`]
console.log(seen.join('\n'))
const [cached, bare, own] = ['static page: s-maxage=31536000; set-cookie _fbp', 'rewrite: /rewritten;', 'rewrite: /rewritten, /page;']
const same = seen[0].includes(bare) && seen[1].includes(own) && seen.every((line) => line.endsWith(cached))
process.exitCode = same ? 0 : 1
JS
node_modules/.bin/node node_modules/next/dist/bin/next build >build.log 2>&1 || { cat build.log; exit 1; }
node_modules/.bin/node ask.mjs
