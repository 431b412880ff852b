import { Hono } from 'hono'
import type { CallVariables } from '../calls/call-draft.ts'
import { ROUTE_RULES } from '../rules/route-rules.ts'
import type { Call } from '../rules/rule.ts'
import type { GraphContext } from './graph-context.ts'
import { graphError, RULE_HEADER } from './graph-error.ts'
import { readCall } from './read-call.ts'
import { refuseCall, takeCall } from './take-call.ts'

/**
 * A Conversions API Gateway: its key stands in the body, and it says 202 before Meta has judged.
 * What Meta would say is kept with the events and named in a header; in strict mode it is the answer.
 * Source: Meta, Java Business SDK, CAPIGatewayEndpoint, read 2026-09.
 */
export function gatewayRoute(context: GraphContext): Hono<CallVariables> {
  const app = new Hono<CallVariables>()

  app.post('/capi/:pixel/events', async (c) => {
    const pixelId = c.req.param('pixel')
    const request = c.req.raw
    const draft = c.get('call')
    const call = withKey(await readCall(request, draft))
    if (call.token === undefined && context.mode !== 'lenient') {
      const refusal = {
        rule: ROUTE_RULES.access_key_missing,
        fault: { detail: 'The body has no accessKey.' },
      }
      return refuseCall(context, call, { pixelId, draft }, refusal)
    }
    return takeCall(context, call, { pixelId, request, draft }, ({ refusal }) => {
      const answersNow = refusal && (refusal.blamed === undefined || context.mode === 'strict')
      if (answersNow) return graphError(refusal.rule, refusal.fault)
      const headers = refusal ? { [RULE_HEADER]: refusal.rule.id } : {}
      return Response.json({}, { status: 202, headers })
    })
  })

  return app
}

/** The key stands in for the token, which a Gateway holds itself; what is kept of it is masked alike. */
function withKey({ token: _unused, ...call }: Call): Call {
  const key = call.body?.['accessKey']
  return typeof key === 'string' && key.trim() !== '' ? { ...call, token: key.trim() } : call
}
