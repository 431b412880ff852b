import { type CapiOptions, createCapi } from '@capi/core'

interface Tenant {
  readonly pixelId: string
  readonly token: string
}

/** Software for many shops: each has its own dataset and token, and there is no default one. */
export function tenantsOf(options: CapiOptions, tenants: ReadonlyMap<string, Tenant>) {
  const tokens = new Map([...tenants.values()].map(({ pixelId, token }) => [pixelId, token]))
  const { pixelId: _none, ...rest } = options
  const capi = createCapi({ ...rest, accessToken: (pixelId) => tokens.get(pixelId) })
  return {
    capi,
    async lead(tenant: string, email: string) {
      const found = tenants.get(tenant)
      if (found === undefined) return undefined
      return await capi
        .with({ pixelId: found.pixelId })
        .track('Lead', {}, { action_source: 'chat', user_data: { em: email } })
    },
  }
}
