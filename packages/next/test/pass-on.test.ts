import { NextRequest, NextResponse } from 'next/server.js'
import { expect, it } from 'vitest'
import { passOn } from '../src/pass-on.ts'
import { addToRequest } from '../src/visit-request.ts'

const COOKIE = 'sid=a%20b; _fbc=fb.1.1.AbC; _fbp=fb.1.1.42'
const asked = (cookie = 'sid=a%20b') =>
  new NextRequest('http://localhost:3000/p', { headers: { cookie, accept: 'text/html' } })

/** What a page gets of the request, as Next reads it from the response. */
function passed(response: Response): Record<string, string | null> {
  const names = response.headers.get('x-middleware-override-headers')?.split(',') ?? []
  return Object.fromEntries(
    names.map((name) => [name, response.headers.get(`x-middleware-request-${name}`)]),
  )
}

it('puts new cookies where the proxy of the application reads them, and keeps those of others', () => {
  const request = asked()
  expect(addToRequest(request, COOKIE, 'note')).toEqual(['x-capi-visit', 'cookie'])
  expect(request.cookies.get('_fbc')?.value).toBe('fb.1.1.AbC')
  expect(request.cookies.get('_fbp')?.value).toBe('fb.1.1.42')
  expect(request.headers.get('cookie')).toBe(COOKIE)
  expect(request.headers.get('x-capi-visit')).toBe('note')
})

it('changes no cookie where there is none to add', () => {
  const request = asked()
  expect(addToRequest(request, undefined, 'note')).toEqual(['x-capi-visit'])
  expect(request.headers.get('cookie')).toBe('sid=a%20b')
  expect(request.cookies.has('_fbp')).toBe(false)
})

it.each([
  ['goes on', () => NextResponse.next()],
  ['is rewritten', () => NextResponse.rewrite('http://localhost:3000/other')],
])('gives pages the note and the cookies of a request that %s', (_what, respond) => {
  const request = asked()
  const added = addToRequest(request, COOKIE, 'note')
  const response = respond()
  response.headers.set('x-own', '1')
  passOn(response, request.headers, added)
  expect(passed(response)).toMatchObject({
    accept: 'text/html',
    cookie: COOKIE,
    'x-capi-visit': 'note',
  })
  expect(response.headers.get('x-own')).toBe('1')
  // Only the headers of the request are passed on.
  expect(response.headers.has('accept')).toBe(false)
})

it('adds to the headers that the application itself passes on, and changes none of them', () => {
  const request = asked()
  const added = addToRequest(request, COOKIE, 'note')
  const headers = new Headers({ cookie: 'sid=own' })
  const response = NextResponse.next({ request: { headers } })
  passOn(response, request.headers, added)
  expect(passed(response)).toEqual({ cookie: 'sid=own', 'x-capi-visit': 'note' })
})

it('passes nothing on where the application answers itself', () => {
  const request = asked()
  const added = addToRequest(request, COOKIE, 'note')
  const response = new NextResponse('no', { status: 403 })
  passOn(response, request.headers, added)
  expect(passed(response)).toEqual({})
})
