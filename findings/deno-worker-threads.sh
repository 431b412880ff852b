#!/usr/bin/env bash
# Deno 2.9.6, node:worker_threads, valid input:
# 1. `new Worker(file, { execArgv: ['--disable-warning=ExperimentalWarning'] })` throws ERR_WORKER_INVALID_EXEC_ARGV; Node.js 26
#    and Bun 1.4.5 start the thread.
# 2. In a thread, `receiveMessageOnPort(parentPort)` throws; Node.js and Bun give the next message, or undefined.
# So a thread cannot take in one go what waits in its own port. Seen 2026-11-28:
#   node  flags:taken port:read
#   bun   flags:taken port:read
#   deno  flags:ERR_WORKER_INVALID_EXEC_ARGV port:TypeError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' >package.json
npm install --silent --no-audit --no-fund deno@2.9.6 bun@1.4.5
cat >worker.mjs <<'JS'
import { parentPort, receiveMessageOnPort } from 'node:worker_threads'
parentPort.on('message', () => {
  let port = 'read'
  try {
    receiveMessageOnPort(parentPort)
  } catch (error) {
    port = error.name
  }
  parentPort.postMessage(port)
})
JS
cat >main.mjs <<'JS'
import process from 'node:process'
import { Worker } from 'node:worker_threads'
const file = new URL('./worker.mjs', import.meta.url)
let worker
let flags = 'taken'
try {
  worker = new Worker(file, { execArgv: ['--disable-warning=ExperimentalWarning'] })
} catch (error) {
  flags = error.code
  worker = new Worker(file)
}
worker.once('message', (port) => {
  console.log(`flags:${flags} port:${port}`)
  process.exit(0)
})
worker.postMessage('a')
worker.postMessage('b')
JS
expect() {
  local seen
  seen=$("${@:2}")
  echo "${2##*/}  $seen"
  [[ $seen == "$1" ]] || { echo "was: $1"; exit 1; }
}
expect 'flags:taken port:read' node main.mjs
expect 'flags:taken port:read' node_modules/.bin/bun main.mjs
expect 'flags:ERR_WORKER_INVALID_EXEC_ARGV port:TypeError' node_modules/.bin/deno run --allow-all main.mjs
