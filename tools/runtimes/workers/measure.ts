import { measured } from '../src/measured.ts'

export default {
  fetch: async (_request: Request, env: { readonly CAPI_BASE_URL: string }): Promise<Response> =>
    Response.json(await measured(env.CAPI_BASE_URL)),
}
