import { consentOf, errorName, isPageAddress } from '@capi/core/adapter'
import type { CapiMiddlewareOptions } from './middleware-options.ts'
import type { Warn } from './warn-once.ts'

interface Answer {
  readonly isFit: (answer: unknown) => boolean
  /** What is said of one that is not fit. */
  readonly otherwise: string
  /** What to do in place of a promise. */
  readonly instead: string
}

const TEXT: Answer = {
  isFit: (answer) => typeof answer === 'string',
  otherwise: 'returned no text: it is ignored.',
  instead: 'load the text in a middleware before',
}
const PAGE: Answer = {
  isFit: isPageAddress,
  otherwise: 'returned no address of a page, whole or a path: it is ignored.',
  instead: 'load the address in a middleware before',
}
const BOOLEAN: Answer = {
  isFit: (answer) => typeof answer === 'boolean',
  otherwise: 'returned no boolean: that counts as false.',
  instead: 'decide in a middleware before',
}

/** What each function answers, if it is not undefined or null: those who know nothing say that. */
const ANSWERS = {
  consent: {
    isFit: (answer) => consentOf(answer) !== undefined,
    otherwise: "returned none of 'granted', 'denied', 'ldu', 'pending': that counts as denied.",
    instead: 'that counts as denied; load the consent in a middleware before',
  },
  user: {
    isFit: (answer) => typeof answer === 'object' && !Array.isArray(answer),
    otherwise: 'returned no object: it is ignored.',
    instead: 'load the user in a middleware before',
  },
  clientIp: TEXT,
  pageUrl: PAGE,
  cookieDomain: TEXT,
  skip: BOOLEAN,
  autoPageView: BOOLEAN,
} satisfies Record<string, Answer>

type Name = keyof typeof ANSWERS

/**
 * The same options, with functions that say once when they throw, or answer what nobody can use. What comes of that
 * is left to whoever calls them.
 */
export function watchFunctions(options: CapiMiddlewareOptions, warn: Warn): CapiMiddlewareOptions {
  const { consent, user, clientIp, pageUrl, cookieDomain, skip, autoPageView } = options

  function watched<A, R>(name: Name, call: (given: A) => R): (given: A) => R {
    return (given) => {
      try {
        const answer = call(given)
        look(name, answer)
        return answer
      } catch (error) {
        warn('option_threw', name, `threw ${errorName(error)}.`)
        throw error
      }
    }
  }

  function look(name: Name, answer: unknown): void {
    if (answer === undefined || answer === null) return
    const { isFit, otherwise, instead } = ANSWERS[name]
    if (isThenable(answer))
      warn('option_async', name, `returned a promise: functions are synchronous; ${instead}.`)
    else if (!isFit(answer)) warn('option_invalid', name, otherwise)
  }

  return {
    ...options,
    ...(typeof consent === 'function' && { consent: watched('consent', consent) }),
    user: user && watched('user', user),
    clientIp: clientIp && watched('clientIp', clientIp),
    pageUrl: pageUrl && watched('pageUrl', pageUrl),
    cookieDomain:
      typeof cookieDomain === 'function' ? watched('cookieDomain', cookieDomain) : cookieDomain,
    skip: skip && watched('skip', skip),
    autoPageView:
      typeof autoPageView === 'function' ? watched('autoPageView', autoPageView) : autoPageView,
  }
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value
}
