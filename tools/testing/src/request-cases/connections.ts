import { cookieLine, FBP, fbcOf, NEW_FBP, type RequestCase } from './request-case.ts'

/** HTTP/2, and visitors who go away. */
export const CONNECTION_CASES: readonly RequestCase[] = [
  {
    name: 'HTTP/2 names the host by its authority',
    request: { version: '2', target: '/p?fbclid=AbC' },
    expected: {
      url: 'http://shop.example/p?fbclid=AbC',
      fbc: fbcOf('AbC'),
      cookies: [cookieLine('_fbc', { value: 'AbC' })],
    },
  },
  {
    name: 'HTTP/2 may name a port in its authority',
    request: { version: '2', host: 'shop.example:8443' },
    expected: { url: 'http://shop.example:8443/p' },
  },
  {
    name: 'HTTP/2 gives a new visitor a cookie',
    request: { version: '2', headers: [['cookie', null]] },
    expected: { fbp: NEW_FBP, cookies: [cookieLine('_fbp')] },
  },
  {
    name: 'HTTP/2 keeps the cookie beside those of writeHead',
    request: { version: '2', headers: [['cookie', null]] },
    answer: { writeHead: { 'set-cookie': ['session=1'] } },
    expected: { fbp: NEW_FBP, cookies: ['session=1', cookieLine('_fbp')] },
  },
  {
    name: 'HTTP/2 may split the cookies',
    request: {
      version: '2',
      headers: [
        ['cookie', 'a=b'],
        ['cookie', `_fbp=${FBP}`],
      ],
    },
    expected: {},
  },
  {
    name: 'a visitor who goes away is known all the same',
    request: { isAborted: true, target: '/p?fbclid=AbC' },
    expected: { url: 'http://shop.example/p?fbclid=AbC', fbc: fbcOf('AbC') },
  },
  {
    name: 'a visitor who goes away while sending is known all the same',
    request: { isAborted: true, method: 'POST', headers: [['content-length', '1000']] },
    expected: {},
  },
  {
    name: 'a new visitor who goes away is known all the same',
    request: { isAborted: true, headers: [['cookie', null]] },
    expected: { fbp: NEW_FBP },
  },
]
