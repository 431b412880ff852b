import { graphError } from '../graph/graph-error.ts'
import type { Rule } from '../rules/rule.ts'

/** How Graph refuses to report. Source: Meta, Dataset Quality API, and public issues, read 2026-09. */
const RULES = {
  token_missing: {
    id: 'token_missing',
    status: 401,
    code: 190,
    title: 'No access token',
    fix: 'Send access_token in the query, or "Authorization: Bearer <token>". Any text will do here.',
  },
  dataset_id_missing: {
    id: 'dataset_id_missing',
    status: 400,
    code: 100,
    title: 'No dataset',
    fix: 'Add dataset_id to the query.',
  },
  dataset_unknown: {
    id: 'dataset_unknown',
    status: 400,
    code: 100,
    subcode: 2044055,
    title: 'Dataset not found',
    fix: 'Check the id. The emulator knows datasets by the events it keeps.',
  },
  object_unknown: {
    id: 'object_unknown',
    status: 400,
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    title: 'Object not found',
    fix: 'Check the id. The emulator knows datasets by the events it keeps.',
  },
  /** Reports that stand below the version, asked for below a dataset. Source: public issues, read 2026-11. */
  path_components_unknown: {
    id: 'path_components_unknown',
    status: 400,
    code: 2500,
    title: 'Unknown path',
    fix: 'Ask for /{version}/dataset_quality, with dataset_id in the query.',
  },
  field_unknown: {
    id: 'field_unknown',
    status: 400,
    code: 100,
    title: 'Unknown field',
    fix: 'Ask for fields that are there. The deduplication keys are in dedupe_key_feedback.',
  },
  batch_invalid: {
    id: 'batch_invalid',
    status: 400,
    code: 100,
    title: 'No batch',
    fix: 'Send batch as a JSON list of { method, relative_url }.',
  },
  aggregation_unknown: {
    id: 'aggregation_unknown',
    status: 400,
    code: 100,
    title: 'Unknown aggregation',
    fix: 'Set aggregation to one that Meta lists, such as event.',
  },
} as const satisfies Readonly<Record<string, Rule>>

export function refuseReport(rule: keyof typeof RULES, detail: string, version: string): Response {
  return graphError(RULES[rule], { detail }, version)
}
