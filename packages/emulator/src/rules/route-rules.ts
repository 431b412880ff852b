import type { Rule } from './rule.ts'

/** Refusals of where and how something was called, before its payload matters. */
export const ROUTE_RULES = {
  /** Source: Meta, Marketing API > Versioning: unversioned calls are refused, read 2026-09. */
  version_missing: {
    id: 'version_missing',
    status: 400,
    code: 100,
    title: 'No API version',
    fix: 'Call /v27.0/{dataset}/events.',
  },
  /** Source: Meta, Ads Pixel > Events: the edge is written to and nothing else, read 2026-09. */
  method_unsupported: {
    id: 'method_unsupported',
    status: 400,
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    title: 'Method not supported',
    fix: 'Send events with POST; they cannot be read back.',
  },
  /** Source: Meta, Java Business SDK, CAPIGatewayEndpoint, read 2026-09; the code is ours. */
  access_key_missing: {
    id: 'access_key_missing',
    status: 401,
    code: 190,
    title: 'No access key',
    fix: 'Send the accessKey of the Gateway in the body, beside data. Any text will do here.',
  },
  path_unknown: {
    id: 'path_unknown',
    status: 404,
    code: 100,
    title: 'Unknown path',
    fix: 'The emulator answers POST /{version}/{dataset}/events, POST /capi/{pixel}/events and GET or POST /tr.',
  },
} as const satisfies Readonly<Record<string, Rule>>
