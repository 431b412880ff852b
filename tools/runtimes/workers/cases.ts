import { allOutcomes } from '../cases/to-bytes.ts'

export default {
  async fetch(request: Request): Promise<Response> {
    const vectors = (await request.json()) as Parameters<typeof allOutcomes>[0]
    return Response.json(await allOutcomes(vectors))
  },
}
