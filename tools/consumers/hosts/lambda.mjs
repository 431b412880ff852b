// Calls the handler of lambda.mjs as AWS does: each request over HTTP becomes an event of the shape in LAMBDA_EVENT.
import { createServer } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

// Between two requests the instance is frozen: nothing leaves it.
const { fetch } = globalThis
let running = 0
globalThis.fetch = (...asked) => (running > 0 ? fetch(...asked) : new Promise(() => {}))

const { handler } = await import(pathToFileURL(join(process.cwd(), 'lambda.mjs')).href)
const SHAPES = {
  v2,
  v1,
  alb: (asked) => alb(asked, false),
  'alb-multi': (asked) => alb(asked, true),
}
const shape = SHAPES[process.env.LAMBDA_EVENT]

/** Function URLs and HTTP APIs. */
function v2({ method, path, query, headers, body, ip }) {
  const { cookie, ...others } = headers
  return {
    version: '2.0',
    rawPath: path,
    rawQueryString: query,
    headers: others,
    cookies: cookie?.split('; '),
    requestContext: {
      domainName: headers.host,
      http: { method, path, sourceIp: ip },
      stage: '$default',
    },
    body,
    isBase64Encoded: false,
  }
}

/** REST APIs. */
function v1({ method, path, query, headers, body, ip }) {
  const pairs = [...new URLSearchParams(query)]
  return {
    httpMethod: method,
    path,
    resource: '/{proxy+}',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, [v]])),
    queryStringParameters: Object.fromEntries(pairs),
    multiValueQueryStringParameters: Object.fromEntries(pairs.map(([k, v]) => [k, [v]])),
    requestContext: {
      identity: { sourceIp: ip },
      httpMethod: method,
      path,
      stage: 'prod',
      domainName: headers.host,
    },
    body,
    isBase64Encoded: false,
  }
}

/** Load balancers, with and without multi-value headers. */
function alb({ method, path, query, headers, body }, isMulti) {
  const raw = query
    .split('&')
    .filter(Boolean)
    .map((pair) => pair.split('='))
  const lists = (entries) => Object.fromEntries(entries.map(([k, v]) => [k, [v]]))
  return {
    httpMethod: method,
    path,
    requestContext: { elb: { targetGroupArn: 'arn' } },
    ...(isMulti
      ? {
          multiValueHeaders: lists(Object.entries(headers)),
          multiValueQueryStringParameters: lists(raw),
        }
      : { headers, queryStringParameters: Object.fromEntries(raw) }),
    body,
    isBase64Encoded: false,
  }
}

async function serve(req, res) {
  let body = ''
  for await (const chunk of req.setEncoding('utf8')) body += chunk
  const [path, query = ''] = req.url.split('?')
  const headers = Object.fromEntries(Object.entries(req.headers).map(([k, v]) => [k, String(v)]))
  const ip = headers['x-forwarded-for']?.split(',').at(-1)?.trim() ?? '203.0.113.7'
  running++
  const answer = await handler(
    shape({ method: req.method, path, query, headers, body: body || null, ip }),
    {},
  ).finally(() => running--)
  for (const [name, value] of Object.entries(answer.headers ?? {})) res.setHeader(name, value)
  for (const [name, value] of Object.entries(answer.multiValueHeaders ?? {}))
    res.setHeader(name, value)
  if (answer.cookies?.length) res.setHeader('set-cookie', answer.cookies)
  res.writeHead(answer.statusCode)
  res.end(answer.isBase64Encoded ? Buffer.from(answer.body, 'base64') : answer.body)
}

createServer((req, res) => void serve(req, res)).listen(Number(process.env.PORT), '127.0.0.1')
