import {
  checkBatchSize,
  checkBody,
  checkBodySize,
  checkData,
  checkPartnerAgent,
  checkToken,
} from './check-call.ts'
import { type CallRule, INVALID } from './rule.ts'

/**
 * Checks of the call as a whole, in order; the first failure wins.
 * Source: Meta, Conversions API > Using the API and Error Codes, read 2026-09.
 */
export const CALL_RULES: readonly CallRule[] = [
  {
    id: 'body_too_large',
    status: 413,
    code: 100,
    title: 'Body too large',
    fix: 'Send fewer events per call. The limit is the emulator’s own: Meta states none.',
    check: checkBodySize,
  },
  {
    id: 'token_missing',
    status: 401,
    code: 190,
    title: 'No access token',
    fix: 'Send "Authorization: Bearer <token>". Any text will do here.',
    check: checkToken,
  },
  {
    id: 'body_unreadable',
    ...INVALID,
    title: 'Unreadable body',
    fix: 'Send a JSON object with "Content-Type: application/json".',
    check: checkBody,
  },
  {
    id: 'data_invalid',
    ...INVALID,
    title: 'No list of events',
    fix: 'Send the events as objects in a list named data, in a body whose Content-Type says what it is.',
    check: checkData,
  },
  {
    id: 'batch_too_large',
    ...INVALID,
    title: 'Too many events',
    fix: 'Split the events over several calls.',
    check: checkBatchSize,
  },
  {
    id: 'partner_agent_invalid',
    ...INVALID,
    title: 'Partner agent malformed',
    fix: 'Send a name of under 23 characters with at least two letters, or leave partner_agent out.',
    check: checkPartnerAgent,
  },
]
