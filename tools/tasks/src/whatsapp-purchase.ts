import type { Capi } from '@capi/core'

/** Somebody came from an advertisement that opens a chat, and bought there. */
export async function boughtInChat(capi: Capi, clickId: string) {
  return await capi.track(
    'Purchase',
    { value: 49.9, currency: 'EUR' },
    {
      action_source: 'business_messaging',
      messaging_channel: 'whatsapp',
      user_data: { whatsapp_business_account_id: '102290129340398', ctwa_clid: clickId },
    },
  )
}
