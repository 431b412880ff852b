import { Hono } from 'hono'
import type { CallVariables } from '../calls/call-draft.ts'
import { graphHeaders } from '../graph/graph-headers.ts'
import { readCall } from '../graph/read-call.ts'
import { traceId } from '../graph/trace-id.ts'
import { isFields } from '../rules/rule.ts'
import { refuseReport } from './report-errors.ts'

const DEBUG_TOKEN = /^\/?debug_token\?(?:.*&)?input_token=[^&]/

/** Any token will do here, so each is that of a system user, without an end. */
const TOKEN = {
  type: 'SYSTEM_USER',
  application: 'Emulator',
  is_valid: true,
  expires_at: 0,
  data_access_expires_at: 0,
  scopes: ['ads_read', 'ads_management', 'business_management'],
}

/**
 * Graph's batch, of which only `debug_token` is answered: asked in a body, the token stands in no address.
 * Sources: Meta, Graph API > Batch Requests, and Debug-Token, read 2026-11.
 */
export function batchRoute(version: string): Hono<CallVariables> {
  const app = new Hono<CallVariables>()
  app.on('POST', [version, `${version}/`], async (c) => {
    const graphVersion = c.req.param('version') ?? ''
    const { token, body = {} } = await readCall(c.req.raw, c.get('call'))
    if (token === undefined)
      return refuseReport('token_missing', 'The call carries no access token.', graphVersion)
    const calls = listIn(body['batch'])
    if (calls === undefined)
      return refuseReport('batch_invalid', 'The parameter batch is no list.', graphVersion)
    const { 'access-control-allow-origin': _any, ...headers } = graphHeaders(
      traceId(),
      graphVersion,
    )
    return Response.json(calls.map(answer), { headers })
  })
  return app
}

function listIn(text: unknown): readonly unknown[] | undefined {
  try {
    const list: unknown = typeof text === 'string' ? JSON.parse(text) : text
    return Array.isArray(list) ? list : undefined
  } catch {
    return undefined
  }
}

function answer(call: unknown) {
  const url = isFields(call) && typeof call['relative_url'] === 'string' ? call['relative_url'] : ''
  const message = '(#100) The emulator answers only debug_token in a batch.'
  return DEBUG_TOKEN.test(url)
    ? { code: 200, body: JSON.stringify({ data: TOKEN }) }
    : { code: 400, body: JSON.stringify({ error: { message, type: 'OAuthException', code: 100 } }) }
}
