import { type NextRequest, NextResponse } from 'next/server'
import { capiFor, caseOf } from './battery'
import { capi } from './lib/capi'

/** An application's own proxy, behind ours. */
function own(request: NextRequest): Response | undefined {
  const headers = new Headers(request.headers)
  headers.set('x-own', 'passed on')
  switch (request.nextUrl.pathname) {
    case '/own/headers':
      return NextResponse.next({ request: { headers } })
    case '/own/rewrite':
      return NextResponse.rewrite(Object.assign(request.nextUrl.clone(), { pathname: '/seen' }))
    case '/own/redirect':
      return Response.redirect('http://shop.example/elsewhere')
    case '/own/cached':
      return NextResponse.next({ headers: { 'cache-control': 'public, s-maxage=60' } })
    case '/own/cookies':
      return new Response(request.cookies.get('_fbp')?.value)
    case '/own/throws':
      throw new Error('the application failed')
    default:
      return undefined
  }
}

export function proxy(request: NextRequest): Promise<Response> {
  const one = caseOf(request.headers)
  return one === undefined ? capi.proxy(request, own) : capiFor(one).proxy(request)
}

export const config = { matcher: ['/((?!_next/).*)'] }
