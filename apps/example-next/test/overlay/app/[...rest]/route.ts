import { answerHeaders, CONTEXT_HEADER } from '@capi/testing/remote-cases'
import { capiFor, caseOf } from '../../battery'

/** The target of every case of the request battery. */
async function answer(request: Request): Promise<Response> {
  const one = caseOf(request.headers)
  if (one === undefined) return new Response('not here', { status: 404 })
  const { context } = await capiFor(one).getCapi()
  const headers = answerHeaders(one)
  headers.set(CONTEXT_HEADER, encodeURIComponent(JSON.stringify(context)))
  return new Response('ok', { headers })
}

export { answer as GET, answer as POST }
