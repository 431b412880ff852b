import { answerCase } from '../cases/web-battery.ts'

interface Context {
  waitUntil(work: Promise<unknown>): void
}

export default {
  fetch: (request: Request, env: { readonly ADAPTER: string }, context: Context) =>
    answerCase(env.ADAPTER, request, context),
}
