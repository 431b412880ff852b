/** A refusal of Meta's in words: what is wrong, and what to do about it. */
export interface Advice {
  /** Continues "Meta refused the request: ". */
  readonly what: string
  readonly todo: string
}

// Whole sentences, so that bundlers see tables without side effects.
const NEW_TOKEN = 'Make a new token in Events Manager and restart the application with it.'
const LINK =
  'Link it to the dataset in Events Manager, then send the event again: deadLetters.replay({ event_ids }) for what was tracked.'
const ACCOUNT = 'Look into Account Quality in Business Manager.'

const DATASET: Advice = {
  what: 'the dataset does not exist, or this access token may not see it',
  todo: 'Compare pixelId with the dataset ID in Events Manager, and check that the token was made for that dataset.',
}
const PERMISSION: Advice = {
  what: 'the access token has no permission for this dataset',
  todo: 'Assign the dataset to the system user of the token in Business Manager, or make a token for it in Events Manager.',
}
const TOKEN: Advice = {
  what: 'the access token is not valid',
  todo: 'Check that accessToken is complete. If it was revoked, make a new token in Events Manager and restart the application with it.',
}
const VERSION: Advice = {
  what: 'the version of the Graph API is no longer served',
  todo: 'Set apiVersion to a current one, or update @capi/core.',
}
const ASSET: Advice = {
  what: 'the Page or account of the conversation is not linked to the dataset',
  todo: LINK,
}
const RESTRICTED: Advice = {
  what: 'the account or application is restricted',
  todo: ACCOUNT,
}

/** By `code_subcode`, `code`, or the subcode alone; the documentation's table is made of it. Sources: those of `classify`, and Meta's words for subcodes of 190. */
export const ADVICE: Readonly<Record<string, Advice>> = {
  '3': {
    what: 'the application of this token lacks the capability',
    todo: 'Check the products and permissions of the application in the App Dashboard.',
  },
  '10': PERMISSION,
  '12': VERSION,
  '100_33': DATASET,
  '101': {
    what: 'the application of this token does not exist',
    todo: NEW_TOKEN,
  },
  '102': TOKEN,
  '104': {
    what: 'the proof of the app secret is missing or wrong',
    todo: 'Set appSecret to the secret of the application that made the token.',
  },
  '190': TOKEN,
  '190_458': {
    what: 'the application was removed from the account of the token',
    todo: NEW_TOKEN,
  },
  '190_460': { what: 'the access token ended with a change of password', todo: NEW_TOKEN },
  '190_463': {
    what: 'the access token has expired',
    todo: 'Make a new token in Events Manager and restart the application with it; a system user’s token can be made without an expiry date.',
  },
  '368': { what: 'the account or application is blocked for a policy', todo: ACCOUNT },
  '803': DATASET,
  '2500': {
    what: 'Graph does not know the address that was called',
    todo: 'Check baseUrl, apiVersion and pixelId.',
  },
  '2635': VERSION,
  '1404163': RESTRICTED,
  '2044055': DATASET,
  '2804065': ASSET,
  '2804073': ASSET,
  '2804118': { what: 'the WhatsApp Business account is not linked to the dataset', todo: LINK },
  '2804131': { what: 'no Page is linked to the dataset', todo: LINK },
  '2804132': { what: 'no WhatsApp Business account is linked to the dataset', todo: LINK },
  '2804133': { what: 'no Instagram account is linked to the dataset', todo: LINK },
}

/** @param code as causes write it: `meta_190_463`. Undefined where the code says no more than its number. */
export function adviceFor(code: string): Advice | undefined {
  if (code === 'http_401') return TOKEN
  const [, meta = '', subcode = ''] = /^meta_(\d+)(?:_(\d+))?$/.exec(code) ?? []
  const known = ADVICE[`${meta}_${subcode}`] ?? (subcode ? ADVICE[subcode] : undefined)
  return known ?? ADVICE[meta] ?? (/^2\d\d$/.test(meta) ? PERMISSION : undefined)
}
