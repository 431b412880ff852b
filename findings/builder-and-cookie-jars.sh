#!/usr/bin/env bash
# capi-param-builder-nodejs 1.3.2 reads requests of Express, Fastify and Node.js by itself, but not beside the usual cookie parsers,
# whose jars have no prototype: it calls `cookies.hasOwnProperty` on them. With cookie-parser 1.4.7 on Express 5.3.0 it throws for each
# visitor without cookies (the ones that advertisements bring), with @fastify/cookie 11.1.5 on Fastify 5.12.8 for each visitor with
# one. A Request of the Fetch standard (Hono, Next.js, Workers) throws nothing, and its cookies are not seen: a second `fbp`
# is made for a browser that has one. Seen 2026-11-28:
#   express                  no cookie: a new fbp   with _fbp: its fbp
#   express, cookie-parser   no cookie: TypeError   with _fbp: its fbp
#   fastify, @fastify/cookie no cookie: a new fbp   with _fbp: TypeError
#   Request                  no cookie: a new fbp   with _fbp: a new fbp
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{}' >package.json
npm install --silent --no-audit --no-fund capi-param-builder-nodejs@1.3.2 express@5.3.0 cookie-parser@1.4.7 fastify@5.12.8 @fastify/cookie@11.1.5
cat >jars.cjs <<'JS'
const { ParamBuilder } = require('capi-param-builder-nodejs')
const express = require('express')
const cookieParser = require('cookie-parser')
const fastify = require('fastify')
const FBP = 'fb.1.1795000000000.1234567890'
const read = (request) => {
  const builder = new ParamBuilder(['shop.example'])
  try {
    builder.processRequestFromContext(request)
  } catch (error) {
    return error.name
  }
  return builder.getFbp().startsWith(FBP) ? 'its fbp' : 'a new fbp'
}
const answer = (request, response) => response.send(read(request))
async function main() {
  const app = express()
  app.get('/plain', answer)
  app.get('/parsed', cookieParser(), answer)
  const server = app.listen(0)
  const url = `http://127.0.0.1:${server.address().port}`
  const other = fastify()
  await other.register(require('@fastify/cookie'))
  other.get('/', async (request) => read(request))
  const otherUrl = await other.listen({ port: 0 })
  const get = (at) => async (init) => (await fetch(at, init)).text()
  const ROWS = [
    ['express', get(`${url}/plain`), 'a new fbp,its fbp'],
    ['express, cookie-parser', get(`${url}/parsed`), 'TypeError,its fbp'],
    ['fastify, @fastify/cookie', get(otherUrl), 'a new fbp,TypeError'],
    ['Request', async (init) => read(new Request('https://shop.example/', init)), 'a new fbp,a new fbp'],
  ]
  let same = true
  for (const [name, ask, expected] of ROWS) {
    const seen = [await ask({}), await ask({ headers: { cookie: `_fbp=${FBP}` } })]
    console.log(`${name}  no cookie: ${seen[0]}  with _fbp: ${seen[1]}`)
    same &&= seen.join() === expected
  }
  server.close()
  await other.close()
  process.exitCode = same ? 0 : 1
}
main()
JS
node jars.cjs
