import '@shopify/shopify-api/adapters/node'
import { ApiVersion, LogSeverity, type Shopify, shopifyApi } from '@shopify/shopify-api'

/** The library that validates; your app has one already. */
export function createShopify(apiSecretKey: string): Shopify {
  return shopifyApi({
    apiKey: process.env['SHOPIFY_API_KEY'] || 'not-needed-to-validate',
    apiSecretKey,
    hostName: 'app.example',
    apiVersion: ApiVersion.July26,
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error },
  })
}
