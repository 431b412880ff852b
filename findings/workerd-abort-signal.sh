#!/usr/bin/env bash
# workerd (through miniflare 4.20260730.0): an AbortController that one request made cannot even be asked by the next. Reading
# `signal.aborted` at module level throws "Cannot perform I/O on behalf of a different request", although nothing is fetched, awaited
# or timed; a plain object with the same flag is read without complaint. A client that keeps one controller for its life so fails
# every request of a Worker but the first. Seen 2026-11-28:
#   first request   signal:false flag:false
#   second request  signal:Error flag:false
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' >package.json
npm install --silent --no-audit --no-fund miniflare@4.20260730.0
cat >main.mjs <<'JS'
import { Miniflare } from 'miniflare'
const script = `
  let kept
  export default {
    fetch() {
      kept ??= { controller: new AbortController(), flag: { aborted: false } }
      let signal
      try { signal = kept.controller.signal.aborted } catch (error) { signal = error.name }
      return new Response('signal:' + signal + ' flag:' + kept.flag.aborted)
    },
  }`
const worker = new Miniflare({ modules: true, script, compatibilityDate: '2026-07-30' })
const seen = []
for (const which of ['first', 'second']) {
  const answer = await worker.dispatchFetch('http://worker.example/')
  seen.push(await answer.text())
  console.log(`${which} request  ${seen.at(-1)}`)
}
await worker.dispose()
process.exit(seen.join() === 'signal:false flag:false,signal:Error flag:false' ? 0 : 1)
JS
node main.mjs
