/** Says that names are unknown. These functions have no logger. */
export function emitUnknown(line: string): void {
  process.emitWarning(`@capi/shopify: ${line}`, 'CapiShopifyWarning', 'option_unknown')
}
