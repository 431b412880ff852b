import type { Answer } from './answer.ts'
import type { LiveCall } from './probes.ts'

/** A call and both answers to it. */
export interface Exchange {
  readonly call: LiveCall
  readonly meta: Answer
  readonly emulator: Answer
}

const outcome = ({ status, code }: Answer): string =>
  code === undefined || code === '' ? String(status) : `${status} ${code}`

const isTaken = ({ status }: Answer): boolean => status >= 200 && status < 300

interface Question {
  readonly id: string
  readonly asks: string
  readonly answer: (of: (prefix: string) => readonly Exchange[]) => string
}

const QUESTIONS: readonly Question[] = [
  {
    id: 'E1',
    asks: 'Does Meta drop a second server event with the same name and id?',
    answer: () => 'not asked here: only Events Manager counts them, hours later',
  },
  {
    id: 'E2',
    asks: 'Does a refused batch say which event is at fault?',
    answer: (of) =>
      of('E2')
        .map(({ call, meta }) => `${call.name.slice(3)}: ${meta.eventIndex ?? 'no index'}`)
        .join('; '),
  },
  {
    id: 'E3',
    asks: 'Is a call without events answered the same each time?',
    answer: (of) =>
      of('E3')
        .map(({ meta }) => outcome(meta))
        .join(', '),
  },
  {
    id: 'E4',
    asks: 'Is Authorization: Bearer taken on /events?',
    answer: (of) => {
      const [website] = of('website')
      if (website === undefined) return 'not asked'
      return isTaken(website.meta) ? 'yes' : `see the answer: ${outcome(website.meta)}`
    },
  },
  {
    id: 'E5',
    asks: 'How large may a body be?',
    answer: () => 'not asked here: it takes thousands of events',
  },
  {
    id: 'E6',
    asks: 'Is a gzip body taken?',
    answer: (of) =>
      of('E6')
        .map(({ meta }) => outcome(meta))
        .join(', '),
  },
  {
    id: 'E7',
    asks: 'Which headers tell the usage?',
    answer: (of) => {
      const names = new Set(of('').flatMap(({ meta }) => meta.usageHeaders))
      return names.size === 0 ? 'none came' : [...names].join(', ')
    },
  },
  {
    id: 'E8',
    asks: 'How far ahead may event_time be?',
    answer: (of) =>
      of('E8')
        .map(({ call, meta }) => `${call.name.slice(3)}: ${outcome(meta)}`)
        .join('; '),
  },
  {
    id: 'E9',
    asks: 'Is 200 ever answered with fewer events than were sent?',
    answer: (of) => {
      const fewer = of('').filter(
        ({ call, meta }) => isTaken(meta) && (meta.eventsReceived ?? 0) < call.events,
      )
      return fewer.length === 0 ? 'not in this run' : fewer.map(({ call }) => call.name).join(', ')
    },
  },
  {
    id: 'E10',
    asks: 'What does a version long gone answer?',
    answer: (of) =>
      of('E10')
        .map(({ meta }) => `${outcome(meta)}, answered by ${meta.apiVersion ?? 'no named version'}`)
        .join(', '),
  },
]

/** What this run says to the questions that no document answers. */
export function findings(exchanges: readonly Exchange[]): string[] {
  const of = (prefix: string) =>
    exchanges.filter(({ call }) => prefix === '' || call.name.split(' ')[0] === prefix)
  return QUESTIONS.map(({ id, asks, answer }) => `${id.padEnd(4)}${asks}\n    ${answer(of)}`)
}
