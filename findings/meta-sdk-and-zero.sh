#!/usr/bin/env bash
# facebook-nodejs-business-sdk 24.0.1 takes numbers that its setters are given, and sends some of them as nothing, without an error:
# a quantity, price, number of items or predicted value of 0 is left out, though a value of 0 is sent; an external_id that is
# a number becomes a list that holds null; a Date for event_time leaves as ISO text, where Meta's documents ask for seconds.
# Seen 2026-11-28:
#   value 0              {"value":0}
#   num_items 0          {}
#   predicted_ltv 0      {}
#   contents, all 0      {"contents":[{"id":"mug"}]}
#   external_id 12345    {"external_id":[null]}
#   external_id "12345"  {"external_id":["12345"]}
#   event_time as Date   {"event_time":"2026-11-28T00:00:00.000Z"}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{}' >package.json
npm install --silent --no-audit --no-fund facebook-nodejs-business-sdk@24.0.1
cat >zero.cjs <<'JS'
const { Content, CustomData, ServerEvent, UserData } = require('facebook-nodejs-business-sdk')
const nothing = new Content().setId('mug').setQuantity(0).setItemPrice(0)
const ROWS = [
  ['value 0', new CustomData().setValue(0), '{"value":0}'],
  ['num_items 0', new CustomData().setNumItems(0), '{}'],
  ['predicted_ltv 0', new CustomData().setPredictedLtv(0), '{}'],
  ['contents, all 0', new CustomData().setContents([nothing]), '{"contents":[{"id":"mug"}]}'],
  ['external_id 12345', new UserData().setExternalId(12345), '{"external_id":[null]}'],
  ['external_id "12345"', new UserData().setExternalId('12345'), '{"external_id":["12345"]}'],
  ['event_time as Date', new ServerEvent().setEventTime(new Date('2026-11-28')), '{"event_time":"2026-11-28T00:00:00.000Z"}'],
]
let same = true
for (const [name, given, expected] of ROWS) {
  const seen = JSON.stringify(given.normalize())
  console.log(`${name}  ${seen}`)
  same &&= seen === expected
}
process.exit(same ? 0 : 1)
JS
node zero.cjs
