#!/usr/bin/env bash
# Bun 1.4.5: a listener of node:diagnostics_channel is forgotten at the next garbage collection unless the application holds the channel
# object itself, also when it was added by subscribe(name, listener). Node.js 26.10.0 keeps a channel for as long as it has listeners. A
# library that subscribes to the channels of another one (undici's, Fastify's) therefore hears it for some seconds and then falls
# silent, without an error. Seen 2026-11-28, by how the listener was added:
#   node  channel.subscribe heard, subscribe heard, a channel that is held heard
#   bun   channel.subscribe silent, subscribe silent, a channel that is held heard
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' >package.json
npm install --silent --no-audit --no-fund bun@1.4.5 node@26.10.0
cat >main.mjs <<'JS'
import { channel, subscribe } from 'node:diagnostics_channel'
const heard = new Set()
const listener = (name) => heard.add(name)
channel('channel.subscribe').subscribe(listener)
subscribe('subscribe', listener)
const held = channel('a channel that is held')
held.subscribe(listener)
const collect = globalThis.Bun ? () => Bun.gc(true) : globalThis.gc
for (let round = 0; round < 3; round++) {
  await new Promise((resolve) => setTimeout(resolve, 20))
  collect()
}
const names = ['channel.subscribe', 'subscribe', held.name]
for (const name of names) channel(name).publish(name)
console.log(names.map((name) => `${name} ${heard.has(name) ? 'heard' : 'silent'}`).join(', '))
JS
node=$(node_modules/.bin/node --expose-gc main.mjs)
bun=$(node_modules/.bin/bun main.mjs)
printf 'node  %s\nbun   %s\n' "$node" "$bun"
[[ $node == 'channel.subscribe heard, subscribe heard, a channel that is held heard' ]]
[[ $bun == 'channel.subscribe silent, subscribe silent, a channel that is held heard' ]]
