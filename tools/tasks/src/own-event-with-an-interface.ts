import type { Capi } from '@capi/core'

/** An interface, not a type alias: it has no index signature. */
interface Quiz {
  readonly score: number
  readonly level: string
}

export async function quizFinished(capi: Capi, quiz: Quiz, userId: number) {
  return await capi.track('QuizFinished', quiz, {
    action_source: 'other',
    user_data: { external_id: userId },
  })
}
