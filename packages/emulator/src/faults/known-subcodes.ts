import { EVENT_RULES } from '../rules/event-rules.ts'

/** What an answer with a subcode of code 100 says. */
export interface SubcodeText {
  readonly title: string
  readonly fix: string
}

/**
 * Refusals that depend on accounts, which the emulator has none of: they come when a fault asks for them.
 * Source: refusals in public issues and runbooks, read 2026-09 and 2026-11.
 */
const OF_ACCOUNTS: readonly (readonly [subcode: number, title: string, fix: string])[] = [
  [
    2804065,
    'Page and dataset do not belong together',
    'Link the Page in user_data.page_id to the dataset in Events Manager, then replay the event.',
  ],
  [
    2804070,
    'Page unknown',
    'Set user_data.page_id to the id of a Page, not of an Instagram account.',
  ],
  [
    2804072,
    'Not the page of the click',
    'Set user_data.page_id to the page whose ad brought the ctwa_clid.',
  ],
  [
    2804073,
    'Page and page-scoped user do not belong together',
    'Set user_data.page_id to the page that the page_scoped_user_id was made for.',
  ],
  [2804087, 'Click to WhatsApp unknown', 'Pass the ctwa_clid of the webhook on as it is.'],
  [
    2804118,
    'WhatsApp account not linked to this dataset',
    'Link the WhatsApp account to the dataset in Events Manager, then replay the event.',
  ],
  [
    2804131,
    'No page linked to this dataset',
    'Link the Page in Events Manager, then replay the event.',
  ],
  [
    2804132,
    'No WhatsApp account linked to this dataset',
    'Link the WhatsApp account in Events Manager, or send to its own dataset; then replay the event.',
  ],
  [
    2804133,
    'No Instagram account linked to this dataset',
    'Link the Instagram account in Events Manager, then replay the event.',
  ],
]

/** 2804019 stands for many rules, so it has no text of its own. */
const GENERAL = 2804019

/** Every subcode of code 100 that has one meaning. */
export const KNOWN_SUBCODES: ReadonlyMap<number, SubcodeText> = new Map([
  ...EVENT_RULES.flatMap(({ subcode, title, fix }): [number, SubcodeText][] =>
    subcode === undefined || subcode === GENERAL ? [] : [[subcode, { title, fix }]],
  ),
  ...OF_ACCOUNTS.map(([subcode, title, fix]): [number, SubcodeText] => [subcode, { title, fix }]),
])
