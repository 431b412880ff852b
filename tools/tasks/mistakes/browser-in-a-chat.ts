import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) =>
  capi.track(
    'Purchase',
    { value: 5, currency: 'EUR' },
    {
      action_source: 'business_messaging',
      messaging_channel: 'whatsapp',
      user_data: {
        ctwa_clid: 'ARAkLkA8rmlFeiCktEJQ',
        whatsapp_business_account_id: '102290129340398',
        client_user_agent: 'Mozilla/5.0',
      },
    },
  )
