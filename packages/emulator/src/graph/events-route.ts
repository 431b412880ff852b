import { type Context, Hono } from 'hono'
import type { CallDraft, CallVariables } from '../calls/call-draft.ts'
import { eventsOf } from '../rules/judge.ts'
import { ROUTE_RULES } from '../rules/route-rules.ts'
import type { Call } from '../rules/rule.ts'
import type { GraphContext } from './graph-context.ts'
import { graphError, RULE_HEADER } from './graph-error.ts'
import { graphHeaders } from './graph-headers.ts'
import { messagesFor } from './messages.ts'
import { readCall } from './read-call.ts'
import { refuseCall, takeCall } from './take-call.ts'
import { traceId } from './trace-id.ts'

const VERSIONED = '/:version{v[0-9]+\\.[0-9]+}/:pixel/events'
const UNVERSIONED = '/:pixel{[^_][^/]*}/events'

/** The one edge of the Conversions API. Source: Meta, Using the API, read 2026-09. */
export function eventsRoute(context: GraphContext): Hono<CallVariables> {
  const app = new Hono<CallVariables>()

  const take = async (c: Context<CallVariables>, version?: string) => {
    const pixelId = c.req.param('pixel') ?? ''
    const request = c.req.raw
    const draft = c.get('call')
    const call = await readCall(request, draft)
    return takeCall(context, call, { pixelId, request, draft }, (verdict, issues) => {
      const { refusal, errors } = verdict
      if (refusal) return graphError(refusal.rule, refusal.fault, version)
      return received(draft, call, version, {
        ruleId: errors.values().next().value?.rule.id,
        messages: messagesFor(verdict, issues),
      })
    })
  }

  app.post(VERSIONED, (c) => take(c, c.req.param('version')))

  app.post(UNVERSIONED, async (c) => {
    if (context.mode === 'lenient') return take(c)
    const draft = c.get('call')
    const call = await readCall(c.req.raw, draft)
    return refuseCall(
      context,
      call,
      { pixelId: c.req.param('pixel'), draft },
      {
        rule: ROUTE_RULES.version_missing,
        fault: { detail: 'The path names no API version.' },
      },
    )
  })

  // A page may call Graph, so a browser asks first.
  app.options(VERSIONED, () => new Response(null, { status: 200, headers: PREFLIGHT }))

  app.all(VERSIONED, (c) =>
    graphError(
      ROUTE_RULES.method_unsupported,
      { detail: `The edge takes POST, not ${c.req.method}.` },
      c.req.param('version'),
    ),
  )

  return app
}

const PREFLIGHT = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'authorization, content-type, content-encoding',
}

interface Comments {
  /** That Meta would have refused by, in lenient mode. */
  readonly ruleId: string | undefined
  readonly messages: readonly string[]
}

function received(
  draft: CallDraft,
  call: Call,
  version: string | undefined,
  { ruleId, messages }: Comments,
): Response {
  const fbtrace_id = traceId()
  const headers = {
    ...graphHeaders(fbtrace_id, version),
    ...(ruleId !== undefined && { [RULE_HEADER]: ruleId }),
  }
  const body = { events_received: eventsOf(call).length, messages, fbtrace_id }
  draft.answer = JSON.stringify(body)
  return new Response(draft.answer, { headers })
}
