// @boundaries-ignore the words of the log stand in one table, and it is no public name
import { adviceFor } from '../../../../packages/core/src/transport/advice.ts'
import { keyOf, type Refusal, refusals, type Verdict } from './refusals.ts'

/** By what has to be done, the commonest first. */
const GROUPS: readonly (readonly [Verdict, heading: string, advice: string])[] = [
  [
    'rejected',
    'The event is wrong',
    'Verdict `rejected`. Meta refuses the whole request for one event. The queue finds that event by halving: it becomes a dead letter, dropped as `rejected`, and the others are delivered. Fix what sent it, then `capi.deadLetters.replay({ event_ids })` or `purge`. Where an issue is named below, core finds the fault first, and such an event is never sent.',
  ],
  [
    'auth',
    'The token is wrong',
    'Verdict `auth`. Delivery to this pixel pauses, and its events wait. One request tries again, after 15 seconds to five minutes. Make a new token in Events Manager and start the application with it, or pass `accessToken` as a function that reads the current one. Events of the last seven days are not lost: in memory as long as the process lives, with `@capi/sqlite` also over the restart.',
  ],
  [
    'config',
    'Permission, dataset or version',
    'Verdict `config`. Delivery pauses, as for a token. Look whether `pixelId` is the id of the dataset (Events Manager, Settings), and whether the token was made for that dataset. Once it is fixed at Meta, delivery goes on by itself.',
  ],
  [
    'throttled',
    'Too many requests',
    'Verdict `throttled`. Delivery waits as long as `Retry-After` or the usage headers say. Nothing to do, unless it never ends: then something else uses up the limits of this application or account.',
  ],
  [
    'retry',
    'Trouble at Meta that passes',
    'Verdict `retry`. The same bytes go out again under the same `event_id`. Nothing to do.',
  ],
]

/** What is worth knowing of a code beside its group. Sources: docs of the Graph API, read 2026-09. */
export const ERROR_NOTES: Readonly<Record<string, string>> = {
  '-3': 'Stands for all negative codes: they are internal ones of Meta’s.',
  '190': 'The subcode says more: 460 the password was changed, 463 expired, 467 invalid.',
  '200': 'Stands for 200 to 299.',
  '1404078': 'Counts under any code, 368 among them.',
  '1404163': 'Counts under any code.',
  '2859015': 'Counts under any code.',
  '3910001': 'Counts under any code.',
  '80004': 'Stands for 80000 to 80014, the limits of business use cases.',
}

/** Every code, under what to do about it. */
export function metaErrorsFill(): string {
  const all = refusals()
  return GROUPS.map(([verdict, heading, advice]) => {
    const entries = all.filter((one) => one.verdict === verdict).map(entry)
    return [`## ${heading}`, advice, ...entries].join('\n\n')
  }).join('\n\n')
}

function entry({ code, subcode, vectors, rules, issues }: Refusal): string {
  const key = keyOf(code, subcode)
  const [vector] = vectors
  const lines = [
    ...rules.map(({ id, title, fix }) => `- **${title}.** ${fix} Emulator’s rule: \`${id}\`.`),
    ...(issues.length === 0 ? [] : [`- Found before sending as ${list(issues)}.`]),
  ]
  // A vector’s name says the same as a rule’s title; it is for codes that no rule has.
  const name = rules.length === 0 && vector ? `${capitalised(vector.name)}.` : ''
  const advice = adviceFor(`meta_${key.replace('/', '_')}`)
  // The log's own words say more than the name of a vector.
  const words = advice === undefined ? name : `${capitalised(advice.what)}. ${advice.todo}`
  return [
    `### ${key.replace('/', ' / ')}`,
    `${words} ${ERROR_NOTES[key] ?? ''}`.trim(),
    lines.join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function list(issues: readonly string[]): string {
  return issues.map((code) => `[\`${code}\`](/troubleshooting/issues/#${code})`).join(', ')
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
