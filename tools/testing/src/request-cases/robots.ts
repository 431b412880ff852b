import { NEW_FBP, type RequestCase } from './request-case.ts'

/** Who reads a page without anybody looking at it. */
const NOBODY: readonly [name: string, header: string, value: string][] = [
  ['a robot', 'user-agent', 'Mozilla/5.0 (compatible; Googlebot/2.1)'],
  ["Facebook's crawler", 'user-agent', 'facebookexternalhit/1.1'],
  ["a prefetch of Facebook's app", 'user-agent', 'Mozilla/5.0 [FBAN/FBIOS;FBRV/83160404]'],
  ["a prefetch of Facebook's app, by its header", 'x-purpose', 'preview'],
]

export const ROBOT_CASES: readonly RequestCase[] = NOBODY.map(
  ([name, ...header]): RequestCase => ({
    name: `${name} gets no cookie`,
    request: { headers: [['cookie', null], header] },
    expected: { fbp: NEW_FBP, ...(header[0] === 'user-agent' && { agent: header[1] }) },
  }),
)
